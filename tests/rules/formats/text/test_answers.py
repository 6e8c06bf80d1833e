"""Answers of choices and statements as people spell them: in letters, in words of options, in both."""

import pytest

from quizapp.rules.formats import text
from tests.rules.formats.account import codes

CARS = ["C1", "B2", "A1"]
LEVELS = ["B级", "A级", "E级"]
PHONES = ["110", "119", "120"]
LETTERS = ["C", "A", "铁"]


def read(kind: str, options: list[str], answer: str) -> tuple:
    rows = "".join(f"{letter}. {option}\n" for letter, option in zip("ABC", options, strict=False))
    document = text.read(f"一、{kind}题\n1. 有（ ）。\n{rows}答案：{answer}\n2. 有几个（ ）。\nA. 甲\nB. 乙\n答案：A\n")
    assert len(document["questions"]) == 2
    return document["questions"][0]["answer"], codes(document)


@pytest.mark.parametrize(("options", "answer", "letters"), [
    (CARS, "A1、B2", "BC"),
    (CARS, "A1和B2", "BC"),
    (LEVELS, "A级、B级", "AB"),
    (["甲", "乙", "丙"], "甲、丙", "AC"),
    (["甲 乙", "甲", "乙"], "甲 乙", "A"),
    (CARS, "应选A、B、C三项", "ABC"),
    (CARS, "A项、B项", "AB"),
    (CARS, "①A②B", "AB"),
    (CARS, "答案选AC", "AC"),
])  # fmt: skip
def test_an_answer_may_list_words_of_options_or_say_which_to_choose(options, answer, letters):
    assert read("多选", options, answer) == (letters, [])


@pytest.mark.parametrize(("options", "answer", "letter"), [
    (["B超", "AED"], "AED", "B"), (CARS, "选B项", "B"), (CARS, "答案选C", "C"), (PHONES, "A、110", "A"),
])  # fmt: skip
def test_an_answer_of_one_may_say_so(options, answer, letter):
    assert read("单选", options, answer) == (letter, [])


@pytest.mark.parametrize("answer", ["A（119）", "A、119", "A 119", "A. 119", "A:119", "A，119"])
def test_a_letter_and_the_words_of_another_option_contradict_each_other(answer):
    assert read("单选", PHONES, answer) == ("A", ["answer-contradicts"])


@pytest.mark.parametrize(("options", "answer", "code"), [
    (LETTERS, "A、C", "answer-mixed"),
    (["甲", "乙", "丙"], "A、B、丙", "answer-mixed"),
    (["甲", "乙", "丙"], "A、庚", "answer-cut"),
    (["甲", "乙", "丙"], "A，B2", "answer-unreadable"),
])  # fmt: skip
def test_an_answer_that_may_mean_something_else_is_named(options, answer, code):
    assert read("多选", options, answer)[1] == [code]


@pytest.mark.parametrize(("word", "is_right"), [("正確", True), ("錯誤", False), ("Right", True), ("Wrong", False)])
def test_statements_are_answered_in_other_spellings(word, is_right):
    for source in (f"判断题\n1. 灯要亮。\n答案：{word}\n", f"判断题\n1. 灯要亮。（{word}）\n"):
        (one,) = text.read(source)["questions"]
        assert (one["answer"], one["problems"]) == (is_right, [])


@pytest.mark.parametrize("answer", ["A（错误）", "B（正确）"])
def test_a_letter_and_a_word_that_say_otherwise_contradict_each_other(answer):
    assert codes(text.read(f"判断题\n1. 灯要亮。\n答案：{answer}\n")) == ["answer-contradicts"]
