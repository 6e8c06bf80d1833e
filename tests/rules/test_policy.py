"""Evaluation policies: the default one is sound, and others are refused with every problem and its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import policy
from quizapp.rules.errors import Invalid
from tests.rules.question_types.test_contract import JSON_VALUES

ONE = {"code": "mean", "name": "均分", "source": "computed", "measure": "mean_share", "target": 1000, "weight": 60_000}
TWO = {"code": "contest", "name": "竞赛", "source": "entered", "measure": "entered", "target": 900, "weight": 40_000}


def problems_of(plain):
    return [(problem.code, problem.place) for problem in policy.check(plain)]


def test_the_default_policy_is_sound_and_reads_back_the_same():
    plain = policy.to_plain(policy.DEFAULT)
    assert policy.check(plain) == []
    assert policy.parse(plain) == policy.DEFAULT


def test_the_default_policy_weighs_activity_20_test_50_competition_30():
    weights = {entry.code: entry.weight // 1000 for entry in policy.DEFAULT.indicators}
    assert weights["training"] + weights["study"] + weights["lectures"] + weights["summary"] == 20
    assert weights["participation"] + weights["mean"] + weights["passed"] == 50
    assert weights["contest"] == 30


def test_what_is_not_said_has_a_default():
    read = policy.parse({"indicators": [ONE, TWO]})
    assert [(entry.direction, entry.when_missing) for entry in read.indicators] == [("up", "spread")] * 2
    assert read.minimum_size == 5


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"code": ""}, [("indicator-name", "code")]),
        ({"name": 3}, [("indicator-name", "name")]),
        ({"name": "名" * 121}, [("text-too-long", "name")]),
        ({"target": 0}, [("indicator-number", "target")]),
        ({"target": 1001}, [("indicator-number", "target")]),
        ({"target": 0.9}, [("indicator-number", "target")]),
        ({"weight": 0}, [("indicator-number", "weight")]),
        ({"weight": True}, [("indicator-number", "weight")]),
        ({"measure": "applause"}, [("indicator-choice", "measure")]),
        ({"measure": ["entered"]}, [("indicator-choice", "measure")]),
        ({"source": None}, [("indicator-choice", "source")]),
        ({"direction": "left"}, [("indicator-choice", "direction")]),
        ({"when_missing": "hide"}, [("indicator-choice", "when_missing")]),
        ({"source": "computed"}, [("indicator-source", "source")]),
        ({"measure": "pass_share"}, [("indicator-source", "source")]),
        ({"colour": "red"}, [("unknown-field", "colour")]),
    ],
)
def test_each_field_of_an_indicator_is_checked(change, expected):
    assert problems_of({"indicators": [ONE, {**TWO, **change}]}) == [
        (code, f"indicators[1].{field}") for code, field in expected
    ]


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        (None, [("indicators", "indicators")]),
        ({"indicators": []}, [("indicators", "indicators")]),
        ({"indicators": ["x"]}, [("indicators", "indicators")]),
        ({"indicators": [ONE]}, [("weights", "indicators")]),
        ({"indicators": [ONE, {**TWO, "weight": 40_001}]}, [("weights", "indicators")]),
        ({"indicators": [ONE, {**TWO, "code": "mean"}]}, [("indicator-twice", "indicators[1].code")]),
        ({"indicators": [ONE, TWO], "minimum_size": -1}, [("indicator-number", "minimum_size")]),
        ({"indicators": [ONE, TWO], "note": ""}, [("unknown-field", "note")]),
    ],
)
def test_the_whole_is_checked(plain, expected):
    assert problems_of(plain) == expected


def test_weights_that_do_not_add_up_are_told_in_points():
    (problem,) = policy.check({"indicators": [ONE, {**TWO, "weight": 39_500}]})
    assert problem.message % problem.params == "The weights have to add up to 100, not 99.5."


def test_a_bad_policy_is_refused():
    with pytest.raises(Invalid):
        policy.parse({"indicators": [ONE]})


ANY_INDICATORS = st.lists(st.fixed_dictionaries(dict.fromkeys(ONE, JSON_VALUES)), max_size=3)


@given(JSON_VALUES | st.fixed_dictionaries({"indicators": ANY_INDICATORS}))
def test_checking_never_fails_and_every_problem_can_be_told(plain):
    assert all(problem.message % problem.params for problem in policy.check(plain))
