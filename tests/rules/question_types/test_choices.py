"""Single and multiple choice: options, shuffling, ticking, letters."""

import random
from collections import Counter

import pytest

from quizapp.rules import choices
from quizapp.rules.errors import Invalid
from quizapp.rules.paper import new_option_id
from quizapp.rules.question_types import multiple_choice, single_choice
from tests.rules.question_types.papers import FOUR, item_for
from tests.rules.statistics import chi_square_limit


def codes(kind, content, key):
    return sorted(problem.code for problem in kind.check({"stem": "题干", **content}, key))


@pytest.mark.parametrize(
    ("options", "right", "expected"),
    [
        (["甲"], [0], ["option-count"]),
        ([str(n) for n in range(27)], [0], ["option-count"]),
        ("甲乙", [0], ["option-count"]),
        (["甲", " "], [0], ["option-empty"]),
        (["甲", 3], [0], ["option-empty"]),
        (["甲 乙", "甲  乙 "], [0], ["option-twice"]),
        (["甲", "乙" * 1001], [0], ["text-too-long"]),
        (["甲", "乙\0"], [0], ["text-not-storable"]),
        (["甲", "乙"], [], ["key-missing"]),
        (["甲", "乙"], None, ["key-missing"]),
        (["甲", "乙"], [2], ["key-no-option"]),
        (["甲", "乙"], [-1], ["key-no-option"]),
        (["甲", "乙"], [True], ["key-no-option"]),
        (["甲", "乙"], ["A"], ["key-no-option"]),
        (["甲", "乙"], [1, 1], ["key-twice"]),
        (["甲", "乙"], [0, 1], []),
    ],
)
def test_options_and_key_are_checked(options, right, expected):
    assert codes(multiple_choice, {"options": options}, {"right": right}) == expected


def test_single_choice_wants_one_right_option():
    assert codes(single_choice, {"options": FOUR}, {"right": [0, 1]}) == ["key-too-many"]
    assert codes(single_choice, {"options": FOUR}, {"right": [3]}) == []


def test_the_problem_names_the_letters():
    (problem,) = multiple_choice.check({"stem": "题干", "options": ["甲", "乙", "甲"]}, {"right": [0]})
    assert (problem.place, problem.params) == ("options[2]", {"letter": "C", "twin": "A"})


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("k3xq", "wrong-shape"),
        (("a",), "wrong-shape"),
        (["nope"], "unknown-option"),
        ([1], "unknown-option"),
        ([["a"]], "unknown-option"),
        (["FIRST", "FIRST"], "repeated-option"),
        (["FIRST", "SECOND"], "too-many-options"),
    ],
)
def test_a_wrong_tick_is_refused(value, code):
    item = item_for("single_choice")
    named = {"FIRST": item["option_ids"][0], "SECOND": item["option_ids"][1]}
    if isinstance(value, list):
        value = [named.get(entry, entry) if isinstance(entry, str) else entry for entry in value]
    with pytest.raises(Invalid) as caught:
        single_choice.check_value(item, value)
    assert caught.value.problems[0].code == code


def test_multiple_choice_takes_all_options_in_any_order():
    item = item_for("multiple_choice")
    multiple_choice.check_value(item, item["option_ids"][::-1])


def test_an_empty_list_is_allowed_and_answers_nothing():
    item = item_for("single_choice")
    single_choice.check_value(item, [])
    assert single_choice.is_answered(item, []) is False
    assert single_choice.mark(item, {"right": [1]}, [], "exact") == 0


def test_a_corrected_key_may_accept_two_options_of_a_single_choice():
    item = item_for("single_choice")
    assert [single_choice.mark(item, {"right": [1, 3]}, [option], "exact") for option in item["option_ids"]] == [
        0, 2000, 0, 2000,
    ]


@pytest.mark.parametrize(
    "option",
    [
        "以上都对", "以上说法均不正确", "上述三项", "A和C", "A、B、D", "ＡＢＣ都对", "AB", "A、C两项", "都不是",
        "全部正确", "前三项", "All of the above", "Both A and B", "None of the above",
    ],
)
def test_options_that_lean_on_their_place_are_not_shuffled(option):
    content = {"stem": "题干", "options": ["甲", "乙", "丙", option]}
    assert all(item_for("multiple_choice", seed, content)["order"] == [0, 1, 2, 3] for seed in range(20))


@pytest.mark.parametrize(
    "option", ["AB型血", "维生素B12", "BCG疫苗", "十八周岁以上", "CD光盘", "全部财产", "A级景区", "DNA"]
)
def test_options_that_only_look_like_it_are_shuffled(option):
    assert not choices.leans_on_place(option)


def test_review_helpers_speak_of_the_paper_as_shown():
    item = {"option_ids": ["aaaa", "bbbb", "cccc", "dddd"], "order": [2, 0, 3, 1]}
    assert choices.shown(item, ["甲", "乙", "丙", "丁"]) == [
        ("cccc", "丙"), ("aaaa", "甲"), ("dddd", "丁"), ("bbbb", "乙"),
    ]
    assert choices.letters(item, ["bbbb", "aaaa"]) == "BD"
    assert choices.explain(item, {"right": [3, 0]}) == {"right": ["aaaa", "dddd"]}


def test_neither_order_nor_ids_tell_the_key():
    """G6: over 5,000 papers the right option stands everywhere, and its id sorts everywhere, equally often."""
    rng, places, ranks = random.Random(20260731), Counter(), Counter()
    content = {"stem": "题干", "options": FOUR}
    for _ in range(5000):
        item = single_choice.lay_out(content, rng, lambda: new_option_id(rng))
        right = item["option_ids"][1]
        places[item["order"].index(1)] += 1
        ranks[sorted(item["option_ids"]).index(right)] += 1
    for counts in (places, ranks):
        assert sum((counts[place] - 1250) ** 2 / 1250 for place in range(4)) < chi_square_limit(3)
