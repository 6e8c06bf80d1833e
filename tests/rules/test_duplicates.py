"""Nearly the same, the same, and the opposite: found exactly, each pair once."""

import random

import pytest

from quizapp.rules import duplicates
from quizapp.rules.similarity import grams


def one(number, stem, options=(), right=0, kind="single_choice"):
    key = {"right": [right]} if options else {"right": right}
    return duplicates.ready(number, kind if options else "true_false", {"stem": stem, "options": list(options)}, key)


def pairs(questions, least=duplicates.LEAST):
    return [(a, b) for _, found in duplicates.find(questions, least) for a, b, _ in found]


LAMP = ["应当每晚巡查路灯一次", "可以不巡查", "由住户自己巡查"]


def test_a_changed_word_is_nearly_the_same_and_another_matter_is_not():
    questions = [
        one(1, "村里的路灯应当由谁负责巡查？", LAMP),
        one(2, "村里的路灯，应当由谁来负责巡查", LAMP),
        one(3, "办理居住证需要带什么材料？", ["身份证", "户口簿", "照片"]),
    ]
    assert pairs(questions) == [(1, 2)] and duplicates.relation(questions[0], questions[1]) == "near"


def test_width_and_punctuation_make_no_difference():
    a, b = one(1, "办理居住证，收费吗（ ）", ["ＡＢ", "丙"]), one(2, "办理居住证收费吗（）。", ["ab", "丙"])
    assert pairs([a, b]) == [(1, 2)] and duplicates.relation(a, b) == "same"


@pytest.mark.parametrize(
    ("a", "b", "is_one"),
    [
        (one(1, "灯亮。", right=True), one(2, "灯亮", right=False), True),
        (one(1, "灯亮。", right=True), one(2, "灯暗。", right=False), False),
        (one(1, "下列正确的是", ["甲", "乙"], 0), one(2, "下列正确的是", ["甲", "丙"], 1), True),
        (one(1, "下列正确的是", ["甲", "乙"], 0), one(2, "下列正确的是", ["丁", "丙"], 1), False),
        (one(1, "下列正确的是", ["甲", "乙"], 0), one(2, "下列正确的是", ["乙", "甲"], 1), False),
    ],
)
def test_the_same_stem_with_another_key_is_a_contradiction(a, b, is_one):
    assert duplicates.is_contradiction(a, b) is is_one
    assert duplicates.contradictions([a, b]) == ([(1, 2)] if is_one else [])


def test_blanks_contradict_where_no_accepted_text_is_shared():
    def blank(number, texts):
        return duplicates.ready(number, "fill_blank", {"stem": "保存____年", "blanks": 1}, {"blanks": [texts]})

    assert duplicates.is_contradiction(blank(1, ["5"]), blank(2, ["三"]))
    assert not duplicates.is_contradiction(blank(1, ["5", "五"]), blank(2, ["五"]))


def test_the_quick_way_finds_just_what_comparing_every_pair_finds():
    dice = random.Random(7)
    questions = []
    for number in range(300):
        words = [dice.choice("甲乙丙丁戊") for _ in range(dice.randint(3, 14))]
        questions.append(one(number, "".join(words), right=True))
    runs = {q.id: set(grams(q.text, duplicates.SIZE) or [q.text]) for q in questions}
    for least in (0.5, 0.7, 1.0):
        slow = {(a, b) for a in runs for b in runs if a < b and len(runs[a] & runs[b]) / len(runs[a] | runs[b]) >= least}
        quick = pairs(questions, least)
        assert set(quick) == slow and len(quick) == len(slow) and slow
