"""Markdown of other systems: options as a list within their question, answers that are folded away."""

import pytest

from quizapp.rules.formats import text
from tests.rules.formats.account import lines_lost

FOLDED = "   <details><summary>查看答案</summary>\n\n   答案：B\n\n   解析：看书。\n\n   </details>\n\n"
OPEN = "<details>\n<summary>答案</summary>\nA\n</details>\n"


def found(given: str) -> list:
    document = text.read(given)
    assert lines_lost(given, document) == []
    return [(one["stem"], one["options"], one["answer"], one["explanation"]) for one in document["questions"]]


def test_numbered_options_within_a_question_are_lettered_where_letters_answer_it():
    """They were questions of their own, and the last of them had the answer."""
    nested = "1. 灯要（ ）。\n   1. 亮\n   2. 暗\n\n   **答案：B**\n\n2. 门要（ ）。\n   1. 开\n   2. 关\n   3. 锁\n\n   答案：AC\n"
    assert found(nested) == [("灯要（ ）。", ["亮", "暗"], "B", ""), ("门要（ ）。", ["开", "关", "锁"], "AC", "")]
    assert [one[0] for one in found("1. 带灯。\n答案：对\n  2. 带伞。\n答案：错\n")] == ["带灯。", "带伞。"]


def test_the_marks_that_fold_an_answer_away_are_no_words_of_options_and_explanations():
    lettered = "1. 灯要（ ）。\n   - A. 亮\n   - B. 暗\n\n"
    assert found(lettered + FOLDED + "2. 门要（ ）。\n\nA. 开\nB. 关\n" + OPEN) == [
        ("灯要（ ）。", ["亮", "暗"], "B", "看书。"), ("门要（ ）。", ["开", "关"], "A", "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "fold",
    [
        "<details><summary>答案：B</summary>看书</details>",
        "<details>\n<summary>答案：B</summary>\n看书\n</details>",
        "<details><summary>Show Answer</summary>答案：B 解析：看书</details>",
        "<details><summary><b>答案</b></summary>\n\nB\n解析：看书\n</details>",
    ],
)
def test_what_the_head_of_a_fold_tells_is_kept(fold):
    assert found(f"1. 灯要（ ）。\nA. 亮\nB. 暗\n{fold}\n") == [("灯要（ ）。", ["亮", "暗"], "B", "看书")]


def test_marks_of_a_page_that_a_question_is_about_stay():
    (one,) = found("1. 折叠用哪个标签？\nA. <details>\nB. <summary>\n答案：A\n")
    assert one[1:3] == (["<details>", "<summary>"], "A")
