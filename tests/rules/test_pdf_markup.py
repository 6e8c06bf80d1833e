"""What a PDF sets of clean markup: formulas that cannot be misread, tables, lists, lines, and pictures at their place."""

import pytest

from quizapp.rules import pdf
from quizapp.rules.pdf_markup import lines
from quizapp.rules.pdf_words import LOWERED, RAISED, runs
from quizapp.services import rendering

SIGNS = {0: "%s", RAISED: "^{%s}", LOWERED: "_{%s}"}
ADDRESS = '<img class="picture" src="/pictures/%s" width="9" height="9" alt="图">' % ("a" * 24)
PICTURE = pdf.Picture(9, 9, b"")


def words(text: str) -> str:
    return "".join(SIGNS[level] % run for level, run in runs(text))


def texts(html: str, sign: str = "1. ") -> list:
    found = lines(sign, html, {"a" * 24: PICTURE}, pdf.Line(""))
    return [one.picture or [cell for cell, _ in one.cells] or words(one.text) for one in found]


@pytest.mark.parametrize(("written", "is_set"), [
    (r"\frac{1}{4}", "^{1}/_{4}"), (r"2\frac{1}{4}x", "2 ^{1}/_{4}x"), (r"\frac{a+b}{2}c", "((a+b)/2)c"),
    (r"\frac{\frac12}{3}", "(^{1}/_{2})/3"), (r"x^2+x_1^2", "x^{2}+x_{1}^{2}"), (r"e^{x^2+1}", "e^{x^2+1}"),
    (r"(a+b)^2", "(a+b)^{2}"), (r"\left(\frac{a}{b}\right)^2", "(^{a}/_{b})^{2}"), (r"H_2O", "H_{2}O"),
    (r"\sqrt{a+b}", "√(a+b)"), (r"2\sqrt[3]{8}", "2 ^{3}√8"), (r"\sum_{i=1}^{n} a_i", "∑_{i=1}^{n}a_{i}"),
    (r"2\sin x", "2sin x"), (r"90^\circ", "90∘"), (r"\overline{AB}", "(AB)^{―}"),
    (r"\begin{cases}x>1\\y<2\end{cases}", "{x>1; y<2"), (r"x^{\frac12}", "x^{1/2}"),
])  # fmt: skip
def test_a_formula_stands_on_one_line_and_cannot_be_misread(written, is_set):
    assert texts(rendering.inline(f"${written}$"), "") == [is_set]


def test_what_is_raised_in_words_stays_so():
    assert texts("CO<sub>2</sub>，10<sup>2</sup>") == ["1. CO_{2}，10^{2}"]


def test_lines_and_lists_stay_lines_with_their_numbers():
    html = rendering.block("依据<br>如下：\n\n1. 甲\n2. 乙\n\n文\n\n- 丙")
    assert texts(html) == ["1. 依据", "如下：", "1. 甲", "2. 乙", "文", "· 丙"]


def test_a_table_is_rows_of_cells_of_equal_widths_and_its_pictures_follow_it():
    html = rendering.block("看表：\n\n|费|元|\n|--|--|\n|甲<br>乙|PICTURE|\n|x|").replace("PICTURE", ADDRESS)
    head, first, *rows, name, picture = lines("1. ", html, {"a" * 24: PICTURE}, pdf.Line(""))
    assert head.text == "1. 看表：" and head.keep and first.keep and name.keep and picture.picture is PICTURE
    assert [[text for text, _ in one.cells] for one in rows] == [["甲\n乙", "〔图 1〕"], ["x", ""]] and name.text == "〔图 1〕"
    assert len({tuple(wide for _, wide in one.cells) for one in (first, *rows)}) == 1


def test_a_wide_table_fits_the_page_and_leaves_narrow_columns_as_they_are():
    html = rendering.block("|号|甲|乙|\n|--|--|--|\n|1|" + "很长的话" * 30 + "|" + "更长的话" * 60 + "|")
    widths = [wide for _, wide in lines("", html, {}, pdf.Line("", indent=18))[0].cells]
    assert widths[0] < 30 and widths[1] == widths[2] and sum(widths) <= pdf.WIDTH - pdf.LEFT - pdf.RIGHT - 18


def test_a_picture_stands_below_its_words_and_a_number_never_goes_missing():
    assert texts("看图" + ADDRESS + "说") == ["1. 看图", PICTURE, "说"]
    assert texts(ADDRESS) == ["1. ", PICTURE] and texts("") == ["1. "]
