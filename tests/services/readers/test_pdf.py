"""PDF with text: letters come together, wrapped lines are joined, pages of pictures and locked files are refused."""

import io

import pypdf
import pytest

from quizapp.rules.formats import pdf as rules
from quizapp.services.readers import Unreadable, banks, fence
from tests.rules.formats.account import codes, lines_lost
from tests.samples import files


def written(*pages: list[str], picture=False) -> bytes:
    """Return a PDF whose pages hold these lines, in a font that says by a table which letter each code is."""
    letters = sorted({char for page in pages for line in page for char in line})
    code = {char: f"{place + 1:04X}" for place, char in enumerate(letters)}
    table = "\n".join(f"<{code[char]}> <{char.encode('utf-16-be').hex()}>" for char in letters)
    cmap = ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(letters)} beginbfchar\n{table}\nendbfchar\nendcmap end end")  # fmt: skip
    things = ["<</Type/Catalog/Pages 2 0 R>>", "", stream(cmap),
              "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 3 0 R>>",
              "<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>",
              stream("x", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")]  # fmt: skip
    shown = "/XObject<</I 6 0 R>>" if picture else ""
    kids = []
    for page in pages:
        lines = [
            f"BT /F 12 Tf 50 {800 - 20 * place} Td <{''.join(code[char] for char in line)}> Tj ET"
            for place, line in enumerate(page)
        ]
        things.append(stream("\n".join(lines)))
        things.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 840]/Resources<</Font<</F 4 0 R>>{shown}>>/Contents {len(things)} 0 R>>"
        )
        kids.append(f"{len(things)} 0 R")
    things[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(things, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{thing}\nendobj\n".encode()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        out
        + f"xref\n0 {len(things) + 1}\n0000000000 65535 f \n{rows}trailer<</Size {len(things) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def stream(text: str, more: str = "") -> str:
    return f"<<{more}/Length {len(text.encode())}>>\nstream\n{text}\nendstream"


PAGES = (
    ["一、单选题", "1. 夜里出门，灯 要 多（ ），走路", "才看得清。", "A. 亮", "B. 暗", "12"],
    ["答案：A", "2. 门 要（ ）。", "A. 开", "B. 关", "答案：B", "13"],
)


def read(data: bytes) -> dict:
    return banks.read(io.BytesIO(data), {})


def test_the_text_of_pages_is_a_bank():
    document = read(written(*PAGES))
    assert (document["format"], document["encoding"]) == ("pdf", "")
    assert [(one["stem"], one["options"], one["answer"]) for one in document["questions"]] == [
        ("夜里出门，灯要多（）， 走路才看得清。".replace(" ", ""), ["亮", "暗"], "A"), ("门要（）。", ["开", "关"], "B")]  # fmt: skip
    assert [one["reason"] for one in document["ignored"]] == ["heading", "page-number", "page-number"]


def test_every_line_is_accounted_for_through_all_pages():
    content = {"pages": ["1\n题库\n1. 灯（ ）\nA. 亮\nB. 暗", "答案：A\n\n2"], "pictures": 0}
    assert lines_lost("\n".join(content["pages"]), rules.read(content)) == []


def test_what_a_browser_prints_around_a_page_is_no_part_of_a_question():
    head, foot = "11/27/26, 6:03 PM 题库", "ﬁle:///题库.html {}/2"
    pages = [f"{head}\n1. 灯要（ ）。\nA. 亮\n{foot.format(1)}", f"{head}\nB. 暗\n答案：A\n{foot.format(2)}"]
    (one,) = rules.read({"pages": pages, "pictures": 0})["questions"]
    assert (one["options"], one["answer"], one["explanation"]) == (["亮", "暗"], "A", "")


def test_brackets_and_letters_broken_at_the_end_of_a_line_come_together():
    """The lines at the head and at the foot of most pages are none of a question."""
    bodies = ["1. 灯要亮。（\n√ ）", "2. 带（ ）。\nA、灯 B\n、伞\n答案：B", "3. 带（ ）。\nA、石 B、灯\n答案：B"]
    document = rules.read({"pages": [f"某镇题库\n{body}\n内部资料" for body in bodies], "pictures": 0})
    assert [(one["stem"], one["options"], one["answer"]) for one in document["questions"]] == [
        ("灯要亮。", [], True), ("带（）。", ["灯", "伞"], "B"), ("带（）。", ["石", "灯"], "B")]  # fmt: skip
    assert {"某镇题库", "内部资料"}.isdisjoint("".join(one["stem"] for one in document["questions"]).split("\n"))


def test_pages_with_pictures_are_named():
    assert codes(read(written(*PAGES, picture=True))) == ["pictures-left-out"]


def locked() -> bytes:
    writer, out = pypdf.PdfWriter(io.BytesIO(written(*PAGES))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data, wanted",
    [
        (written([""]), "no-text"),
        (b"%PDF-1.7\n", "damaged"),
        (written(*PAGES)[:300], "damaged"),
        (written(*[["1"]] * 501), "too-many-pages"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data, wanted):
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == wanted and str(refused.value)


def test_a_locked_file_is_refused_with_a_sentence():
    with pytest.raises(Unreadable) as refused:
        read(locked())
    assert refused.value.code == "locked"


def test_a_pdf_is_read_behind_the_fence(tmp_path):
    path = tmp_path / "bank.pdf"
    path.write_bytes(written(*PAGES))
    assert len(fence.run_fenced("bank", path)["questions"]) == 2


@pytest.mark.parametrize("path", files("question_banks/*/*.pdf"))
def test_a_real_pdf_is_read_whole(path):
    document = read(path.read_bytes())
    assert len(document["questions"]) >= 179 and sum(bool(one["problems"]) for one in document["questions"]) <= 5
