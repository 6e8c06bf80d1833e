"""Nearly the same, the same, and the opposite: found exactly, each pair once."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_one_against_many_finds_just_what_comparing_with_each_finds():
    dice = random.Random(8)
    words = ["".join(dice.choice("甲乙丙丁戊") for _ in range(dice.randint(1, 14))) for _ in range(400)]
    questions = [one(number, text, right=bool(number % 2)) for number, text in enumerate(words)]
    runs = {q.id: set(grams(q.text, duplicates.SIZE) or [q.text]) for q in questions}
    for mine in questions[:20]:
        share = {q.id: len(runs[mine.id] & runs[q.id]) / len(runs[mine.id] | runs[q.id]) for q in questions}
        slow = {
            (q.id, duplicates.relation(mine, q))
            for q in questions if share[q.id] >= duplicates.LEAST or duplicates.is_contradiction(mine, q)
        }  # fmt: skip
        found = duplicates.alike(mine, questions)
        worth_it = duplicates.has_runs_of(mine)
        assert all(worth_it(f"q{number}\n，{words[number]}。") for number, _ in found)
        assert set(found) == slow and len(found) == len(slow)
        assert [what for _, what in found] == sorted((what for _, what in found), key=duplicates.RELATIONS.index)


def test_a_stem_that_says_what_is_asked_is_enough_and_a_short_one_is_not():
    asked = one(1, "村里公共道路两旁的路灯应当由谁负责每晚巡查？", ["村里的电工", "每一户轮流"])
    near = one(2, "村里公共道路两旁的路灯，应当由谁来负责每晚巡查？", ["镇上派来的人员", "不需要任何人去"])
    assert duplicates.alike(asked, [near]) == [(2, "near")] and pairs([asked, near]) == []
    asked, other = one(1, "下列说法正确的是", ["甲村", "乙村"]), one(2, "下列说法正确的是", ["丙村", "丁村"])
    assert duplicates.alike(asked, [other]) == []


@given(st.lists(st.text(alphabet="灯亮 Ａａ①ﬁ\u200b\ua015，。（）\n+é\u0301", max_size=6), max_size=8))
def test_texts_evened_out_together_are_what_each_is_alone(texts):
    assert duplicates.even_all(texts) == [duplicates.even(text) for text in texts]


def case(number, *parts):
    content = {"stem": "某村来了一户人家。", "parts": [{"kind": "true_false", "stem": stem} for stem, _ in parts]}
    key = {"parts": [{"right": right, "explanation": f"第{number}种说法"} for _, right in parts]}
    return duplicates.ready(number, "case", content, key)


def test_cases_of_one_material_contradict_only_where_a_question_of_theirs_does():
    mine = case(1, ("要收费。", False), ("要登记。", True))
    assert not duplicates.is_contradiction(mine, case(2, ("要收费。", False), ("要登记。", True)))
    assert not duplicates.is_contradiction(mine, case(3, ("要走访。", True)))
    assert duplicates.is_contradiction(mine, case(4, ("要登记。", False)))
    assert duplicates.relation(mine, case(5, ("要登记。", True), ("要收费。", False))) == "same"


def test_pairs_in_another_order_are_no_contradiction_and_other_pairs_are():
    def matching(number, lefts, rights, pairs):
        content = {"stem": "连一连", "options": lefts, "right": rights}
        return duplicates.ready(number, "matching", content, {"pairs": pairs})

    mine = matching(1, ["甲", "乙"], ["一", "二"], [0, 1])
    assert not duplicates.is_contradiction(mine, matching(2, ["乙", "甲"], ["一", "二"], [1, 0]))
    assert duplicates.is_contradiction(mine, matching(3, ["甲", "乙"], ["一", "二"], [1, 0]))
    assert not duplicates.is_contradiction(mine, matching(4, ["丙", "丁"], ["一", "二"], [1, 0])), "other things are asked"
