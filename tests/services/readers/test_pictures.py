"""I9: pictures are made anew from their points: what was hidden in the file is gone, and bombs are not opened."""

import base64
import io
import struct
import time
import zipfile
import zlib

import openpyxl
import pytest
from openpyxl.drawing.image import Image as Drawing
from PIL import Image, WebPImagePlugin

from quizapp.rules.pictures import MARKER, digest_of
from quizapp.services.readers import banks, own_pictures, pictures
from quizapp.services.readers.fence import run_fenced
from tests.samples import files
from tests.word import document, p

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId7" Target="media/image1.jpeg"/><Relationship Id="rId8" Target="media/gone.png"/>'
    '<Relationship Id="rId9" TargetMode="External" Target="http://example.org/x.png"/></Relationships>'
)


def jpeg(width: int = 2000, height: int = 900) -> bytes:
    """Return a photograph that tells which camera made it."""
    exif, held = Image.Exif(), io.BytesIO()
    exif[0x0110] = "SecretCamera"
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(held, "JPEG", exif=exif, comment=b"<script>1")
    return held.getvalue()


def shown(name: str) -> str:
    return f'<w:r><w:drawing><a:blip r:embed="{name}"/></w:drawing></w:r>'


def read(tmp_path, *body: str) -> dict:
    path = tmp_path / "题.docx"
    path.write_bytes(document(*body, parts={"word/media/image1.jpeg": jpeg(), "word/_rels/document.xml.rels": RELATIONS}))
    return run_fenced("bank", path, {"name": path.name})


def test_i9_a_picture_of_a_word_file_comes_with_its_question_without_what_was_hidden_in_it(tmp_path):
    """I9: re-encoded, small enough for a phone, the camera's name gone."""
    found = read(tmp_path, p("1. 图中是哪种灯（ ）。"), p(shown("rId7")), p("A. 亮", shown("rId7")), p("B. 暗"), p("答案：A"))
    (question,) = found["questions"]
    marker = MARKER.search(question["stem"])
    assert marker and MARKER.search(question["options"][0])[0] == marker[0] and not question["problems"]
    (digest, kept), = found["pictures"].items()
    data = base64.b64decode(kept["data"])
    assert digest == marker["digest"] and b"SecretCamera" not in data and b"script" not in data
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (int(marker["width"]), int(marker["height"])) == (960, 432)
        assert picture.format.lower() == kept["kind"] and not picture.getexif()
    assert len(data) <= pictures.LARGEST


def test_i9_what_is_not_there_or_elsewhere_is_named_at_its_question(tmp_path):
    """I8: nothing is fetched; I9: the question says that its picture is missing."""
    found = read(tmp_path, p("1. 灯（ ）。", shown("rId8"), shown("rId9")), p("A. 亮"), p("B. 暗"), p("答案：A"))
    assert [one["code"] for one in found["questions"][0]["problems"]] == ["picture-left-out"]
    assert "pictures" not in found


def huge() -> bytes:
    """Return a PNG of 30,000 by 30,000 points in a few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("data", [
    b"", b"\x89PNG\r\n\x1a\n", huge(), b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", jpeg()[:300],
    b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)", b"\xd7\xcd\xc6\x9a" + bytes(60),
])  # fmt: skip
def test_i9_bombs_scripts_and_pieces_are_no_pictures(data):
    """I9: polyglots, an SVG with a script, 30k x 30k points, half a file."""
    assert pictures.remade(data) is None


def test_the_same_picture_is_kept_once_and_transparency_stays():
    album, held = pictures.Album(), io.BytesIO()
    Image.new("RGBA", (40, 30), (255, 0, 0, 0)).save(held, "PNG")
    assert album.take(held.getvalue()) == album.take(held.getvalue()) and len(album.pictures) == 1
    (kept,) = album.pictures.values()
    with Image.open(io.BytesIO(base64.b64decode(kept["data"]))) as picture:
        assert picture.mode == "RGBA" and picture.getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("address", ["https://example.com/a.png", "pictures/a.png"])
@pytest.mark.parametrize("head", ["", "---\nslug: jia\n---\n\n## 单选题\n\n"])
def test_a_picture_that_a_text_names_and_that_is_not_at_hand_is_named_and_its_words_stay(tmp_path, head, address):
    path = tmp_path / "题.md"
    path.write_text(f"{head}1. 灯（ ）\nA. 亮![灯]({address})\nB. 暗\n答案：A\n", "utf-8")
    (question,) = run_fenced("bank", path, {"name": path.name})["questions"]
    assert question["options"] == [f"亮![灯]({address})", "暗"]
    assert [one["code"] for one in question["problems"]] == ["picture-left-out"]


def test_pictures_for_which_the_time_does_not_reach_are_left_out_and_the_file_is_read(monkeypatch):
    album, held = pictures.Album(), io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(held, "PNG")
    monkeypatch.setattr(pictures, "SECONDS", 0)
    assert album.take(held.getvalue()) is None and not album.pictures


def test_a_drawing_is_kept_exactly_and_a_photo_is_not_packed_twice(monkeypatch):
    drawing = Image.new("RGB", (960, 700), "white")
    drawing.paste(Image.linear_gradient("L").resize((300, 300)), (40, 40))
    drawing.save(held := io.BytesIO(), "PNG")
    kind, _, _, data = pictures.remade(held.getvalue())
    with Image.open(io.BytesIO(data)) as kept:
        assert kind == "png" and kept.convert("RGB").tobytes() == drawing.tobytes()
    saved, packed = pictures._saved, []
    monkeypatch.setattr(pictures, "_saved", lambda one, kind, **how: packed.append((kind, how)) or saved(one, kind, **how))
    Image.effect_noise((960, 700), 60).convert("RGB").save(held := io.BytesIO(), "JPEG")
    assert pictures.remade(held.getvalue())[0] == "webp" and ("PNG", {"optimize": True}) not in packed


def test_a_picture_within_a_web_page_comes_with_its_question_and_lines_stay_where_they_were(tmp_path):
    held, path = io.BytesIO(), tmp_path / "题.html"
    Image.new("RGB", (40, 30), "red").save(held, "PNG")
    data = base64.encodebytes(held.getvalue()).decode()
    body = f'<p>1. 图中是哪种灯（ ）。<img alt="x" src="data:image/png;base64,{data}"></p>\n<p>A. 亮</p>\n<p>B. 暗</p>\n<p>答案：A</p>'
    path.write_text(f"<html><body>\n{body}\n</body></html>", "utf-8")
    found = run_fenced("bank", path, {"name": path.name})
    (question,) = found["questions"]
    assert MARKER.search(question["stem"])["digest"] in found["pictures"] and question["answer"] == "A"
    assert question["source"] == {"from": 2, "to": 5 + data.count("\n")} and not question["problems"]


def test_a_page_full_of_beginnings_of_pictures_is_read_at_once():
    """I12: no pattern runs away."""
    began = time.perf_counter()
    for page in ("<img src='data:image/png;base64," * 20_000, "<img " * 100_000, "<img src='data:image/png;base64," + "A" * 500_000):
        pictures.with_markers(page + "base64,", pictures.Album())
    assert time.perf_counter() - began < 20


HEAD = ["题干", "选项A", "选项B", "答案", "图"]
METAFILE = b"\xd7\xcd\xc6\x9a" + bytes(60)


def png(colour: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(held, "PNG")
    return held.getvalue()


def sheet_of(tmp_path, *rows: list[str], at: dict[str, str], change=lambda name, data: data) -> dict:
    """Read a workbook with a picture of a colour at each cell; `change` may put other bytes into one of its parts."""
    book, path = openpyxl.Workbook(), tmp_path / "题.xlsx"
    for row in rows:
        book.active.append(row)
    for cell, colour in at.items():
        book.active.add_image(Drawing(io.BytesIO(png(colour))), cell)
    book.save(held := io.BytesIO())
    with zipfile.ZipFile(held) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            out.writestr(name, change(name, made.read(name)))
    return run_fenced("bank", path, {"name": path.name, "source": True})


def colour_of(document: dict, text: str) -> str:
    """Return the text with the colour of each picture in its place."""

    def told(found) -> str:
        with Image.open(io.BytesIO(base64.b64decode(document["pictures"][found["digest"]]["data"]))) as picture:
            return str(picture.convert("RGB").getpixel((0, 0)))

    return MARKER.sub(told, text)


RED, GREEN, BLUE = "(255, 0, 0)", "(0, 128, 0)", "(0, 0, 255)"


def test_i9_pictures_of_a_workbook_go_to_the_stem_of_their_row_or_the_option_of_their_column(tmp_path):
    """I9: a picture over a cell is that of its row's question, whatever column without meaning it lies in."""
    rows = HEAD, ["灯（ ）。", "亮", "暗", "A"], ["门（ ）。", "", "", "B"], ["窗（ ）。", "开", "关", "A"]
    at = {"E2": "red", "B3": "green", "C3": "blue", "A3": "red"}
    found = sheet_of(tmp_path, *rows, at=at)
    lamp, door, window = found["questions"]
    assert colour_of(found, lamp["stem"]) == f"灯（ ）。{RED}" and lamp["options"] == ["亮", "暗"]
    assert colour_of(found, door["stem"]) == f"门（ ）。{RED}"
    assert [colour_of(found, one) for one in door["options"]] == [GREEN, BLUE] and door["answer"] == "B"
    assert window["stem"] == "窗（ ）。" and len(found["pictures"]) == 3
    assert not found["problems"] and not any(one["problems"] for one in found["questions"])
    assert "⟦图" in dict(map(tuple, found["source"]))["Sheet!2"]


def test_what_no_browser_shows_and_what_stands_beside_no_question_is_named_with_its_place(tmp_path):
    rows = HEAD, ["灯（ ）。", "亮", "暗", "A"], ["门（ ）。", "开", "关", "B"]
    found = sheet_of(
        tmp_path, *rows, at={"A2": "red", "B9": "green", "A1": "blue"},
        change=lambda name, data: METAFILE if name == "xl/media/image1.png" else data,
    )  # fmt: skip
    assert [one["code"] for one in found["questions"][0]["problems"]] == ["metafile-left-out"]
    assert {(one["code"], one["place"]) for one in found["problems"]} == {
        ("picture-unplaced", "Sheet!9"), ("picture-unplaced", "Sheet!1"),
    }  # fmt: skip


def test_a_row_for_each_option_keeps_its_question_whole_with_a_picture(tmp_path):
    rows = ["题干", "选项", "是否正确"], ["灯（ ）。", "亮", "是"], ["灯（ ）。", "暗", "否"], ["门（ ）。", "", "是"]
    rows = *rows, ["门（ ）。", "关", "否"]
    found = sheet_of(tmp_path, *rows, at={"A2": "red", "B4": "green"})
    lamp, door = found["questions"]
    assert (colour_of(found, lamp["stem"]), lamp["options"]) == (f"灯（ ）。{RED}", ["亮", "暗"])
    assert [colour_of(found, one) for one in door["options"]] == [GREEN, "关"] and door["answer"] == "A"


def test_a_picture_that_wps_keeps_within_a_cell_is_taken(tmp_path):
    """I9: =DISPIMG names a picture of its own part; one that names none is said at its question."""
    images = (
        '<etc:cellImages xmlns:etc="e" xmlns:xdr="x" xmlns:a="a" xmlns:r="r"><etc:cellImage><xdr:pic><xdr:nvPicPr>'
        '<xdr:cNvPr id="1" name="ID_A1"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic>'
        "</etc:cellImage></etc:cellImages>"
    )
    relations = '<Relationships><Relationship Id="rId1" Type="x/image" Target="media/image1.png"/></Relationships>'
    rows = HEAD, ["灯（ ）。", "亮", "暗", "A", '=DISPIMG("ID_A1",1)'], ["门（ ）。", "开", "关", "B", '=DISPIMG("ID_B2",1)']
    book, path = openpyxl.Workbook(), tmp_path / "题.xlsx"
    for row in rows:
        book.active.append(row)
    book.active["E2"].data_type = book.active["E3"].data_type = "s"  # what such a formula comes to is its own text
    book.save(path)
    with zipfile.ZipFile(path, "a") as out:
        out.writestr("xl/cellimages.xml", images)
        out.writestr("xl/_rels/cellimages.xml.rels", relations)
        out.writestr("xl/media/image1.png", png("blue"))
    found = run_fenced("bank", path, {"name": path.name})
    lamp, door = found["questions"]
    assert colour_of(found, lamp["stem"]) == f"灯（ ）。{BLUE}" and not lamp["problems"]
    assert door["stem"] == "门（ ）。" and [one["code"] for one in door["problems"]] == ["picture-left-out"]
    assert not found["problems"]


def test_a_metafile_in_a_word_file_is_named_as_what_it_is(tmp_path):
    path = tmp_path / "题.docx"
    parts = {"word/media/image1.jpeg": bytes(40) + b" EMF" + bytes(60), "word/_rels/document.xml.rels": RELATIONS}
    path.write_bytes(document(p("1. 灯（ ）。", shown("rId7")), p("A. 亮"), p("B. 暗"), p("答案：A"), parts=parts))
    (question,) = run_fenced("bank", path, {"name": path.name})["questions"]
    assert [one["code"] for one in question["problems"]] == ["metafile-left-out"]


@pytest.mark.parametrize("path", files("question_banks/*/起重机械管理员.xls"))
def test_pictures_of_an_old_workbook_are_counted_where_they_cannot_be_taken(path):
    found = banks.read(io.BytesIO(path.read_bytes() + png("red")), {})
    assert [(one["code"], one["params"]) for one in found["problems"]] == [("pictures-left-out", {"count": 1})]


def read_fenced(tmp_path, name: str, data: bytes) -> dict:
    path = tmp_path / name
    path.write_bytes(data)
    return run_fenced("bank", path, {"name": name})


def in_one_archive(tmp_path, **files: bytes | str) -> dict:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return read_fenced(tmp_path, "题.zip", held.getvalue())


def test_pictures_beside_a_text_of_moodle_xml_stand_where_the_text_shows_them(tmp_path):
    """However the file names them: in HTML and in Markdown, and as Moodle 1 did it."""
    packed = base64.b64encode(png("red")).decode()
    files = f'<file name="灯 1.png" path="/" encoding="base64">{packed}</file>'
    choice = (
        "<question type='multichoice'><questiontext format='html'><text><![CDATA[<p>看图"
        f"<img alt='' src='@@PLUGINFILE@@/%E7%81%AF%201.png?time=1'>（ ）</p>]]></text>{files}</questiontext>"
        f"<answer fraction='100' format='markdown'><text>![灯](@@PLUGINFILE@@/%E7%81%AF%201.png)亮</text>{files}</answer>"
        "<answer fraction='0'><text>暗</text></answer></question>"
    )
    old = (
        "<question type='truefalse'><questiontext><text>灯亮着。</text></questiontext><image>a.png</image>"
        f"<image_base64>{packed}</image_base64><answer fraction='100'><text>true</text></answer></question>"
    )
    found = read_fenced(tmp_path, "题.xml", f"<?xml version='1.0'?><quiz>{choice}{old}</quiz>".encode())
    first, second = found["questions"]
    marker = MARKER.search(first["stem"])[0]
    assert first["stem"] == f"看图{marker}（ ）" and first["options"] == [f"{marker}亮", "暗"]
    assert second["stem"].split() == ["灯亮着。", marker] and len(found["pictures"]) == 1
    assert not first["problems"] and not second["problems"]


def test_what_is_no_picture_is_still_said_to_be_left_out(tmp_path):
    sound = f'<file name="a.mp3" encoding="base64">{base64.b64encode(b"ID3 no picture").decode()}</file>'
    body = f"<questiontext format='html'><text>听<a href='@@PLUGINFILE@@/a.mp3'>声</a></text>{sound}</questiontext>"
    found = read_fenced(tmp_path, "题.xml", (
        f"<?xml version='1.0'?><quiz><question type='truefalse'>{body.replace('<a', '&lt;a').replace('</a', '&lt;/a')}"
        "<answer fraction='100'><text>true</text></answer></question></quiz>"
    ).encode())  # fmt: skip
    assert [one["code"] for one in found["questions"][0]["problems"]] == ["picture-left-out"]


def test_pictures_in_an_archive_belong_to_the_pages_that_show_them(tmp_path):
    """Their files are no banks that cannot be read; one that nothing shows is worth a note."""
    page = "<p>1. 图中的灯（ ）<img src='%E9%A2%98_files/a.png'></p><p>A. 亮</p><p>B. 暗</p><p>答案：A</p>"
    found = in_one_archive(tmp_path, **{"甲/题.html": page, "甲/题_files/a.png": png("red"), "甲/无.png": png("red")})
    (question,) = found["questions"]
    assert MARKER.search(question["stem"])["digest"] in found["pictures"] and not question["problems"]
    assert [(one["place"], one["severity"]) for one in found["problems"]] == [("甲/无.png", "warning")]


def test_icons_of_a_platform_are_no_pictures_of_its_questions(tmp_path):
    held = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(held, "PNG")
    page = "<p>1. 灯（ ）</p><p>A. 亮<img src='o.png'></p><p>B. 暗</p><p>答案：A</p>"
    (question,) = in_one_archive(tmp_path, **{"题.html": page, "o.png": held.getvalue()})["questions"]
    assert question["options"] == ["亮", "暗"]


def test_a_bank_that_a_page_names_as_a_picture_is_read_all_the_same(tmp_path):
    page = "<p>1. 灯（ ）<img src='二.txt'></p><p>A. 亮</p><p>B. 暗</p><p>答案：A</p>"
    found = in_one_archive(tmp_path, **{"题.html": page, "二.txt": "1. 门（ ）\nA. 开\nB. 关\n答案：B\n多余的一行\n\n一、\n"})
    assert [one["answer"] for one in found["questions"]] == ["A", "B"]


def test_pictures_of_a_package_are_found_from_the_item_or_from_its_top(tmp_path):
    def item(stem: str, address: str) -> str:
        return (
            f'<?xml version="1.0"?><assessmentItem identifier="{stem}" xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1">'
            '<responseDeclaration identifier="R"><correctResponse><value>A</value></correctResponse></responseDeclaration>'
            f'<itemBody><p>{stem}<img src="{address}" alt=""/>（ ）</p><choiceInteraction responseIdentifier="R">'
            '<simpleChoice identifier="A">亮</simpleChoice><simpleChoice identifier="B">暗</simpleChoice>'
            "</choiceInteraction></itemBody></assessmentItem>"
        )

    items = {"items/1.xml": item("lamp", "../images/a.png"), "items/2.xml": item("door", "images/a.png"),
             "items/3.xml": item("roof", "no.png")}  # fmt: skip
    found = in_one_archive(tmp_path, **items, **{"images/a.png": png("red")})
    stems = [one["stem"] for one in found["questions"]]
    assert [bool(MARKER.search(stem)) for stem in stems] == [True, True, False]
    assert [[one["code"] for one in each["problems"]] for each in found["questions"]] == [[], [], ["picture-left-out"]]


def kept(size: tuple[int, int]) -> tuple[bytes, str]:
    """Return a picture as a bank keeps it, and its kind."""
    held = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(held, "PNG")
    kind, _, _, data = pictures.remade(held.getvalue())
    return data, kind


def with_part(png: bytes, name: bytes, data: bytes) -> bytes:
    """Return a PNG with one more part before its end."""
    end = len(png) - 12
    return png[:end] + struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) + png[end:]


def with_longer_points(png: bytes) -> bytes:
    """Return a PNG whose packed points go on with words."""
    start = png.index(b"IDAT")
    length = int.from_bytes(png[start - 4 : start])
    points = zlib.compress(zlib.decompress(png[start + 4 : start + 4 + length]) + b"secret words")
    part = struct.pack(">I", len(points)) + b"IDAT" + points + struct.pack(">I", zlib.crc32(b"IDAT" + points))
    return png[: start - 4] + part + png[start + 8 + length :]


def with_words(webp: bytes) -> bytes:
    data = webp + b"XMP " + struct.pack("<I", 12) + b"secret words"
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


@pytest.mark.parametrize("size, kind", [((30, 20), "png"), ((200, 160), "webp")])
def test_what_left_with_a_bank_is_kept_to_the_byte_where_its_name_and_all_of_it_say_so(size, kind):
    data, made = kept(size)
    album = pictures.Album()
    marked = MARKER.fullmatch(album.take(data, f"pictures/{digest_of(data)}.{kind}"))
    assert made == kind and marked["digest"] == digest_of(data)
    assert base64.b64decode(album.pictures[marked["digest"]]["data"]) == data


@pytest.mark.parametrize(
    "size, change",
    [
        ((30, 20), lambda png: with_part(png, b"tEXt", b"Comment\0secret words")),
        ((30, 20), with_longer_points),
        ((30, 20), lambda png: png + b"secret words"),
        ((200, 160), with_words),
        ((200, 160), lambda webp: webp + b"secret words"),
    ],
)
def test_a_name_does_not_bring_in_what_is_hidden_in_a_picture(size, change):
    """I9: whoever names a picture by its digest gets it made anew all the same, unless it is nothing but its points."""
    data = change(kept(size)[0])
    album = pictures.Album()
    album.take(data, f"{digest_of(data)}.png")
    assert digest_of(data) not in album.pictures
    assert all(b"secret" not in base64.b64decode(one["data"]) for one in album.pictures.values())


def test_a_picture_larger_than_any_that_is_kept_is_made_smaller_whatever_its_name():
    held = io.BytesIO()
    Image.new("RGB", (pictures.WIDEST + 40, 30), "red").save(held, "PNG")
    marked = MARKER.fullmatch(pictures.Album().take(held.getvalue(), digest_of(held.getvalue())))
    assert int(marked["width"]) == pictures.WIDEST


def test_pictures_beside_a_text_in_an_archive_stand_where_it_shows_them(tmp_path):
    """As editors of Markdown save them; what is not there stays in the text."""
    text = "1. 图![灯](img/a.png)中（ ）\nA. 亮![](img/gone.png)\nB. 暗\n答案：A\n"
    found = in_one_archive(tmp_path, **{"题.md": text, "img/a.png": png("red")})
    (question,) = found["questions"]
    assert MARKER.search(question["stem"])["digest"] in found["pictures"]
    assert question["options"] == ["亮![](img/gone.png)", "暗"] and not found["problems"]
    assert list(found["habit"]["files"]) == ["题.md"] and not found["ignored"], "a picture is no file that was left out"


def test_i9_the_points_of_a_picture_of_ours_that_is_too_large_are_not_unpacked(monkeypatch):
    """I9: its name may say what it will; a few bytes of WebP can stand for 268 million points."""
    held = io.BytesIO()
    Image.new("RGB", (2000, 1300)).save(held, "WEBP")
    monkeypatch.setattr(WebPImagePlugin.WebPImageFile, "load", lambda _: pytest.fail("it was unpacked"))
    assert own_pictures.as_it_is(held.getvalue(), pictures.WIDEST, pictures.TALLEST, pictures.LARGEST) is None
