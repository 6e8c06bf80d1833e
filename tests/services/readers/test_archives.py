"""Archives of banks: each file by itself, names of Chinese Windows readable, traps refused."""

import io
import zipfile

import pytest

from quizapp.services.readers import Unreadable, banks, fence
from tests.rules.formats.account import codes
from tests.services.readers.test_banks import CSV, HEAD, ONE, ROW, told, workbook
from tests.services.readers.test_interchange import ONE_TWO
from tests.word import document, p

TEXT = "1. 灯要多（  ）。\nA. 亮\nB. 暗\n答案：A\n"


def packed(files: dict[str, bytes | str], as_windows=False) -> bytes:
    """Return a zip; `as_windows` writes names in GBK and does not say so, as Chinese Windows does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in files.items():
            container.writestr(name, data)
    data = out.getvalue()
    if as_windows:
        for name in files:
            other = name.encode("gbk")
            assert len(other) == len(name), "names of letters of two bytes would need other lengths"
            data = data.replace(name.encode(), other)
    return data


def read(data: bytes) -> dict:
    return banks.read(io.BytesIO(data), {})


def test_every_file_is_read_and_stands_before_its_places():
    found = read(packed({"题/一.txt": TEXT, "二.xlsx": workbook(HEAD, ROW), "三.csv": CSV, "四.docx": document(*(p(line) for line in TEXT.splitlines()))}))
    assert (found["format"], told(found)) == ("zip", [ONE] * 4)
    assert [one["source"]["from"] for one in found["questions"]] == ["题/一.txt!1", "二.xlsx!题库!2", "三.csv!2", "四.docx!1"]


def test_names_that_are_not_said_to_be_utf8_are_those_of_chinese_windows():
    whole = bytearray(packed({"abcd.txt": TEXT}))
    name = "题库".encode("gbk")
    whole = bytes(whole).replace(b"abcd", name)
    assert read(whole)["questions"][0]["source"]["from"] == "题库.txt!1"


@pytest.mark.parametrize("encoding, called", [("gbk", "图"), ("gbk", "卷二"), ("utf-8", "图"), ("utf-8", "题库"), ("utf-8", "卷·一"), ("cp437", "abc")])
def test_a_name_is_read_as_whoever_packed_it_wrote_it(encoding, called):
    """图 in GBK is a Greek letter in UTF-8; Macs write UTF-8 and do not say so."""
    name = called.encode(encoding)
    whole = packed({f"{'x' * len(name)}.txt": TEXT}).replace(b"x" * len(name), name)
    assert read(whole)["questions"][0]["source"]["from"] == f"{called}.txt!1"


def test_a_picture_that_no_question_shows_is_a_note_and_in_nobodys_way():
    found = read(packed({"一.txt": TEXT, "图.bmp": "xx", "b.PNG": b"\x89PNG\r\n\x1a\n"}))
    noted = [(one["code"], one["place"], one["severity"]) for one in found["problems"]]
    assert told(found) == [ONE] and noted == [("picture-unused", "图.bmp", "warning"), ("picture-unused", "b.PNG", "warning")]
    assert read(packed({"图.png": b"\x89PNG\r\n\x1a\n"}))["problems"][0]["severity"] == "error", "and nothing else is there"


def test_what_cannot_be_read_is_named_and_the_rest_is_read():
    files = {"一.txt": TEXT, "图.png": b"\x89PNG\r\n\x1a\n", "里.zip": packed({"二.txt": TEXT}), "空.txt": "", "__MACOSX/x": "x", ".DS_Store": "x"}
    found = read(packed(files))
    assert told(found) == [ONE]
    assert [(one["code"], one["place"]) for one in found["problems"]] == [("picture-unused", "图.png"), ("nested-archive", "里.zip"), ("empty-file", "空.txt")]


def test_lines_left_out_and_problems_keep_the_name_of_their_file():
    found = read(packed({"一.txt": "题库\n" + TEXT + "2. 门（ ）\nA. 开\nB. 关\n"}))
    assert found["ignored"] == [{"from": "一.txt!1", "to": "一.txt!1", "reason": "front-matter"}]
    assert found["questions"][1]["problems"][0]["place"] == "一.txt!6" and codes(found) == ["no-answer"]


@pytest.mark.parametrize(
    "data, wanted",
    [
        (packed({"a.txt": b"0" * 3_000_000}), "too-much"), (packed({"../a.txt": TEXT}), "unsafe-names"), (packed({}), "empty-archive"),
        (packed({f"{number}.txt": "" for number in range(2001)}), "too-much"), (packed({"a.txt": TEXT})[:40], "damaged"),
    ],
    ids=["a bomb", "a way out", "nothing", "a thousand doors", "cut off"],  # the bytes bear the time
)  # fmt: skip
def test_archives_that_are_traps_are_refused(data, wanted):
    """I2: a bomb, a way out, an endless list, a ruin."""
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == wanted and str(refused.value)


@pytest.mark.parametrize("name", ["../../a.txt", "C:/a.txt"])
def test_a_name_that_leads_out_of_an_archive_is_told_in_words_about_an_archive(name):
    with pytest.raises(Unreadable) as refused:
        read(packed({name: TEXT}))
    assert f"leads out of the archive ({name})" in str(refused.value) and "workbook" not in str(refused.value)


def test_a_link_and_a_name_that_comes_twice_are_told_too():
    link = zipfile.ZipInfo("灯.txt")
    link.external_attr = 0o120777 << 16
    twice = packed({"a.txt": TEXT, "b.txt": TEXT}).replace(b"b.txt", b"a.txt")
    for data, said in ((packed({link: "/etc/passwd"}), "灯.txt is no file but a link"), (twice, "the same name (a.txt)")):
        with pytest.raises(Unreadable) as refused:
            read(data)
        assert said in str(refused.value) and refused.value.code == "unsafe-names"


def test_a_bomb_within_a_file_of_an_archive_is_named_there():
    """I2: each container is looked over, those in an archive too."""
    found = read(packed({"一.txt": TEXT, "二.docx": document(p("灯" * 90_000))}))
    assert told(found) == [ONE] and [(one["code"], one["place"]) for one in found["problems"]] == [("too-much", "二.docx")]


def test_an_archive_is_read_behind_the_fence(tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(packed({"一.txt": TEXT, "二.xlsx": workbook(HEAD, ROW)}))
    assert told(fence.run_fenced("bank", path)) == [ONE, ONE]


PAPER, KEY = "1. 先看（ ）\nA. 灯\nB. 门\n2. 后看（ ）\nA. 灯\nB. 门\n", "参考答案\n1-2 BA\n"


@pytest.mark.parametrize(
    "names", [("甲卷.txt", "甲卷答案.txt"), ("卷/甲.txt", "卷/甲（参考答案）.txt"), ("试卷.txt", "答案.txt"),
              ("甲卷试题.txt", "甲卷-答案及解析.txt"), ("a.txt", "a_answers.txt")]
)  # fmt: skip
def test_an_answer_key_in_a_file_of_its_own_answers_the_paper_beside_it(names):
    document = banks.read(io.BytesIO(packed({names[0]: PAPER, names[1]: KEY, "别的.md": "一句话。\n"} if "答案" not in names[1][:2] else {names[0]: PAPER, names[1]: KEY})), {})
    assert [one["answer"] for one in document["questions"]] == ["B", "A"]
    assert document["habit"]["files"][names[0]]["key"] == names[1]
    assert not any(one["place"].startswith(names[1]) for one in document["problems"])


def test_a_file_called_after_answers_that_answers_nothing_is_read_by_itself():
    whole = PAPER.replace("2. 后看", "答案：A\n2. 后看") + "答案：B\n"
    document = banks.read(io.BytesIO(packed({"甲.txt": whole, "甲答案.txt": whole})), {})
    assert len(document["questions"]) == 4


def test_what_a_package_holds_beside_its_questions_is_structure():
    test = "<assessmentTest><assessmentItemRef href='a.xml'/></assessmentTest>"
    files = {"res1.dat": "<?xml version='1.0'?><parentContextInfo/>", "test.xml": test, "res2.dat": ONE_TWO}
    alone, package = read(packed(files)), read(packed({"imsmanifest.xml": "<manifest/>", **files}))
    assert set(codes(alone)) == {"other-xml", "items-elsewhere", "no-questions"} and codes(package) == []
    assert {"from": "res1.dat!1", "to": "res1.dat!1", "reason": "structure"} in package["ignored"]
    many = test.replace("/>", "/><assessmentItemRef href='b.xml'/><assessmentItemRef href='c.xml'/>", 1)
    assert "items-elsewhere" in codes(read(packed({"imsmanifest.xml": "<manifest/>", **files, "test.xml": many})))


def manifest(**types: str) -> str:
    named = "".join(f'<resource type="{kind}" href="{name}.xml"/>' for name, kind in types.items())
    return f"<manifest><resources>{named}</resources></manifest>"


def test_questions_stand_as_the_test_or_the_manifest_names_them_and_files_that_are_not_there_are_named():
    items = {f"{name}.xml": ONE_TWO.replace("us-1", name).replace("灯要多", f"{name}灯要多") for name in "abc"}
    test = "<assessmentTest><assessmentItemRef href='c.xml'/><assessmentItemRef href='a.xml'/></assessmentTest>"
    kinds = {"b": "imsqti_item_xmlv2p1", "t": "imsqti_test_xmlv2p1", "lost": "imsqti_item_xmlv2p1", "page": "webcontent"}
    document = read(packed({**items, "t.xml": test, "imsmanifest.xml": manifest(**kinds)}))
    assert [one["code"] for one in document["questions"]] == ["b", "c", "a"]
    assert [(one["code"], one["place"], one["params"]) for one in document["problems"]] == [
        ("missing-file", "imsmanifest.xml!1", {"name": "lost.xml"})
    ]


def test_a_quiz_that_a_cartridge_of_canvas_holds_twice_is_read_once():
    files = {"q1/assessment_qti.xml": ONE_TWO, "non_cc_assessments/q1.xml.qti": ONE_TWO}
    document = read(packed({**files, "imsmanifest.xml": manifest()}))
    assert [one["source"]["from"] for one in document["questions"]] == ["non_cc_assessments/q1.xml.qti!3"]
    assert codes(document) == []
