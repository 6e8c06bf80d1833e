"""The plain PDF: any reader finds its pages and words; lines stay within the page."""

import io
import zlib

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from quizapp.rules import pdf

TEXTS = st.text(st.characters(codec="utf-16-be", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200)


def read(lines, title="卷"):
    return PdfReader(io.BytesIO(pdf.write(lines, title, "第 %(page)s 页，共 %(pages)s 页")))


def test_the_words_stand_on_the_pages_they_were_set_on():
    found = read([pdf.Line("一、单选题 A1"), pdf.Line("答案 𠮷", page=True)], "网上测试")
    first, second = (page.extract_text() for page in found.pages)
    assert "一、单选题 A1" in first and "第 1 页，共 2 页" in first
    assert "答案" in second and "第 2 页，共 2 页" in second
    assert found.metadata.title == "网上测试"


@given(TEXTS, st.floats(40, 480))
def test_no_line_is_wider_than_its_room_but_by_a_closing_sign_and_nothing_is_lost(text, room):
    lines = pdf.wrapped(text, 11, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        body = line.rstrip(pdf.NO_LINE_START)
        assert pdf.width(body, 11) <= room + 22


def test_a_long_paper_fills_pages_and_leaves_the_margins_free():
    pages = pdf.pages_of([pdf.Line(f"{n}. " + "很长的一道题，" * 20, above=6) for n in range(60)])
    assert len(pages) > 3
    for page in pages:
        assert all(pdf.TOP <= y <= pdf.HEIGHT - pdf.BOTTOM + 1 for _, y, _, _ in page)


def test_a_picture_stands_in_the_file_point_by_point_within_the_margins_and_below_its_words():
    points = bytes(range(60)) * 5 * 300
    tall = pdf.Picture(100, 300, zlib.compress(points))
    lines = [pdf.Line(f"{n}.", keep=True) if n % 2 else pdf.Line("", indent=260, above=3, picture=tall) for n in range(1, 9)]
    for page in pdf.pages_of(lines):
        assert len(page) % 2 == 0, "a question never stands without its picture"
        for (_, words, _, _), (x, foot, scale, picture) in zip(page[::2], page[1::2], strict=True):
            assert words < foot - picture.rows * scale and foot <= pdf.HEIGHT - pdf.BOTTOM
            assert x + picture.columns * scale <= pdf.WIDTH - pdf.RIGHT
    images = [image for page in read(lines).pages for image in page.images]
    assert images and all(one.image.convert("RGB").tobytes() == points for one in images)
