"""Options that say of themselves that they are right."""

import pytest

from quizapp.rules.formats import text


def test_marks_behind_options_are_the_answer_and_no_words_of_theirs():
    lines = ["1. 灯要多（ ）。 [单选题] *", "A.亮(正确答案)", "B.暗", "2. 带（ ）。 [多选题] *", "A.灯(正确答案)", "B.石", "C.伞（正确答案）",
             "3. 夜里要带灯。[判断题] *", "对", "错(正确答案)", "4. 门（ ）。 [单选题] *", "A.开", "B.关"]  # fmt: skip
    questions = text.read("\n".join(lines))["questions"]
    assert [(one["kind"], one["options"], one["answer"]) for one in questions] == [
        ("single_choice", ["亮", "暗"], "A"), ("multiple_choice", ["灯", "石", "伞"], "AC"), ("true_false", [], False),
        ("single_choice", ["开", "关"], None)]  # fmt: skip


SIGNS = [  # how the right option looks, and the others
    ("*{}. {}", "{}. {}"), ("*{}) {}", "{}) {}"), ("{}. {}*", "{}. {}"), ("{}、{} √", "{}、{}"), ("√{}. {}", "{}. {}"),
    ("{}. {}（√）", "{}. {}（×）"), ("{}. {}（对）", "{}. {}（错）"), ("**{}. {}**", "{}. {}"), ("{}. **{}**", "{}. {}"),
    ("- **{}. {}**", "- {}. {}"), ("* {}. {}", "{}. {}"), ("★{}. {}", "{}. {}"), ("☑ {}. {}", "☐ {}. {}"),
    ("- [x] {}. {}", "- [ ] {}. {}"), ("（√）{}. {}", "（ ）{}. {}"), ("●{}. {}", "○{}. {}"), ("+{}. {}", "-{}. {}"),
]  # fmt: skip
BOXES = [("☑{}", "☐{}"), ("- [x] {}", "- [ ] {}"), ("[*] {}", "[ ] {}"), ("● {}", "○ {}"), ("■ {}", "□ {}")]
ASKED = [("灯要多（ ）。", ["亮", "暗", "高"], "A"), ("带（ ）。", ["灯", "石", "伞"], "AC"), ("门（ ）。", ["开", "关", "锁"], "C")]


def told(lines: list[str]) -> list[tuple]:
    return [(one["stem"], one["options"], one["answer"]) for one in text.read("\n".join(lines))["questions"]]


def laid_out(right: str, other: str) -> list[str]:
    """Return the questions of ASKED with their options in two forms, with a place for the letter or without."""
    lines = []
    for number, (stem, options, answer) in enumerate(ASKED, 1):
        lines.append(f"{number}. {stem}")
        for letter, words in zip("ABC", options, strict=True):
            form = right if letter in answer else other
            lines.append(form.format(letter, words) if form.count("{}") > 1 else form.format(words))
    return lines


@pytest.mark.parametrize(("right", "other"), SIGNS + BOXES)
def test_a_sign_that_some_options_of_most_questions_bear_tells_the_answer(right, other):
    assert told(laid_out(right, other)) == ASKED


def test_signs_between_options_of_one_line_belong_to_the_option_before_them():
    lines = ["1. 灯要多（ ）。 A.亮√ B.暗 C.高", "2. 带（ ）。", "A.灯√B.石C.伞√", "3. 门（ ）。", "A.开  B.关  C.锁√"]
    assert told(lines) == ASKED


@pytest.mark.parametrize("lines", [
    laid_out("● {}. {}", "● {}. {}"),  # a bullet
    [*laid_out("{}. {}", "{}. {}")[:-1], "C. 锁*"],  # a note at one of many
    laid_out("**{}.** {}", "**{}.** {}"),
    laid_out("*{}、*{}", "*{}、*{}"),
])  # fmt: skip
def test_a_sign_that_all_options_bear_or_hardly_any_tells_nothing(lines):
    assert [answer for _, _, answer in told(lines)] == [None] * 3


def test_where_the_answer_stands_in_words_the_sign_is_no_second_one():
    lines = laid_out("*{}. {}", "{}. {}")
    assert told([*lines[:4], "我的答案：B", "答案：A", *lines[4:8], "答案：AC", *lines[8:]]) == ASKED


def test_an_option_that_was_not_ticked_is_one_where_others_are():
    lines = ["1. 灯要多（ ）。", "☑亮", "☐暗", "2. 门（ ）。", "☐开", "☐关"]
    assert told(lines) == [("灯要多（ ）。", ["亮", "暗"], "A"), ("门（ ）。", ["开", "关"], None)]


def test_round_and_square_boxes_may_stand_in_one_file_and_beside_both_truths():
    source = "".join(f"{one}. 灯{one}要（ ）。\n○A.暗  ●B.亮\n" for one in (1, 2, 3, 4))
    source += "5. 要带（ ）。\n☑A.灯  ☑B.伞  □C.石头\n6. 雨天有（ ）。\n☑ A. 伞\n□ B. 灯\n☑ C. 靴\n7. 天是绿的。\n○对  ●错\n8. 天是蓝的。\n●A.正确  ○B.错误\n"
    assert [one["answer"] for one in text.read(source)["questions"]] == ["B"] * 4 + ["AB", "AC", False, True]
