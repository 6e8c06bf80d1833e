"""The plain PDF: any reader finds its pages and words, tables have lines, what belongs together stays so."""

import io
import zlib

from pypdf import PdfReader

from quizapp.rules import pdf


def read(lines, title="卷"):
    return PdfReader(io.BytesIO(pdf.write(lines, title, "第 %(page)s 页，共 %(pages)s 页")))


def test_the_words_stand_on_the_pages_they_were_set_on():
    found = read([pdf.Line("一、单选题 A1"), pdf.Line("答案 𠮷", page=True)], "网上测试")
    first, second = (page.extract_text() for page in found.pages)
    assert "一、单选题 A1" in first and "第 1 页，共 2 页" in first
    assert "答案" in second and "第 2 页，共 2 页" in second
    assert found.metadata.title == "网上测试"


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


def test_a_question_is_never_torn_between_its_options_and_no_heading_ends_a_page():
    lines = []
    for n in range(30):
        lines += [pdf.Line(f"第{n}部分", 13, 14, keep=True)] * (n % 5 == 0)
        lines += [pdf.Line(f"{n}. 题干", above=7, keep=True), *[pdf.Line(f"{n} 选项", indent=18, keep=True)] * 3]
        lines += [pdf.Line(f"{n} 完", indent=18)]
    pages = pdf.pages_of(lines)
    assert len(pages) > 2
    for page in pages:
        assert "题干" in page[0][3] or "部分" in page[0][3]
        assert page[-1][3].endswith("完")


def test_what_no_page_holds_together_is_torn_and_leaves_no_page_half_empty():
    pages = pdf.pages_of([pdf.Line(f"{n}", keep=True) for n in range(100)])
    assert [len(page) for page in pages] == [40, 40, 20]


def test_a_table_is_drawn_with_lines_within_the_page_and_goes_on_behind_a_full_one():
    row = pdf.Line("", cells=(("甲" * 60, 100), ("乙", 200)))
    pages = pdf.pages_of([*[row] * 7, pdf.Line("", cells=(("甲" * 400, 100), ("乙", 200)))])
    assert len(pages) == 3
    for page in pages:
        down = [one for one in page if isinstance(one[3], pdf.Rule) and one[3].high]
        across = [one for one in page if isinstance(one[3], pdf.Rule) and one[3].wide]
        assert {round(one[0]) for one in down} == {57, 157, 357} and {one[3].wide for one in across} == {300}
        assert min(y - rule.high for _, y, _, rule in down) == min(one[1] for one in across)
        assert max(y for _, y, _, _ in down) == max(one[1] for one in across) <= pdf.HEIGHT - pdf.BOTTOM
        assert all(x + 8 * 11 < 157 for x, _, _, text in page if text == "甲" * 8)
    assert read([row]).pages[0].get_contents().get_data().count(b" l S") == 8 * 3 + 2
