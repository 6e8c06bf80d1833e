"""The five scoring rules of multiple choice."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.scoring import DEFAULT_RULE, RULES, Ticks, award

every_rule = pytest.mark.parametrize("rule", sorted(RULES))


@st.composite
def ticks(draw):
    options = draw(st.integers(2, 26))
    right = draw(st.integers(1, options))
    return Ticks(options, right, draw(st.integers(0, right)), draw(st.integers(0, options - right)))


def test_the_default_is_half_for_an_incomplete_answer():
    assert DEFAULT_RULE == "half_if_subset"
    assert set(RULES) == {"exact", "half_if_subset", "per_right", "fixed_per_right", "net"}


@pytest.mark.parametrize(
    ("rule", "options", "right", "hits", "wrong", "earned"),
    [
        ("exact", 4, 3, 3, 0, 2000),
        ("exact", 4, 3, 2, 0, 0),
        ("exact", 4, 3, 3, 1, 0),
        ("half_if_subset", 4, 3, 3, 0, 2000),
        ("half_if_subset", 4, 3, 2, 0, 1000),
        ("half_if_subset", 4, 3, 1, 0, 1000),
        ("half_if_subset", 4, 3, 0, 0, 0),
        ("half_if_subset", 4, 3, 2, 1, 0),
        ("half_if_subset", 4, 3, 3, 1, 0),
        ("half_if_subset", 4, 1, 1, 0, 2000),
        ("per_right", 4, 3, 2, 0, 1333),
        ("per_right", 4, 3, 1, 0, 666),
        ("per_right", 4, 3, 3, 0, 2000),
        ("per_right", 4, 3, 3, 1, 0),
        ("fixed_per_right", 5, 4, 1, 0, 500),
        ("fixed_per_right", 5, 4, 3, 0, 1500),
        ("fixed_per_right", 5, 4, 4, 0, 2000),
        ("fixed_per_right", 5, 2, 2, 0, 2000),
        ("fixed_per_right", 5, 4, 4, 1, 0),
        ("net", 4, 2, 2, 0, 2000),
        ("net", 4, 2, 2, 1, 1000),
        ("net", 4, 2, 1, 1, 0),
        ("net", 4, 2, 0, 2, 0),
        ("net", 4, 2, 2, 2, 0),
        ("net", 4, 3, 2, 0, 1333),
        ("net", 4, 4, 3, 0, 1500),
        ("net", 5, 3, 3, 1, 1000),
    ],
)
def test_what_two_points_become(rule, options, right, hits, wrong, earned):
    assert award(rule, 2000, Ticks(options, right, hits, wrong)) == earned


def test_half_a_point_an_option_never_passes_full_points():
    assert award("fixed_per_right", 1000, Ticks(6, 5, 4, 0)) == 1000


@every_rule
@given(ticked=ticks(), points=st.integers(0, 100_000))
def test_never_below_nothing_and_never_above_full(rule, ticked, points):
    assert 0 <= award(rule, points, ticked) <= points


@every_rule
@given(ticked=ticks(), points=st.integers(1, 100_000))
def test_full_points_for_exactly_the_right_options_and_none_for_nothing(rule, ticked, points):
    assert award(rule, points, ticked._replace(hits=ticked.right, wrong=0)) == points
    assert award(rule, points, ticked._replace(hits=0, wrong=0)) == 0


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"net"}))
@given(ticked=ticks())
def test_any_wrong_option_earns_nothing(rule, ticked):
    if ticked.wrong:
        assert award(rule, 2000, ticked) == 0


@every_rule
@given(ticked=ticks())
def test_one_more_right_option_never_costs_and_one_more_wrong_never_pays(rule, ticked):
    earned = award(rule, 2000, ticked)
    if ticked.hits < ticked.right:
        assert award(rule, 2000, ticked._replace(hits=ticked.hits + 1)) >= earned
    if ticked.hits + ticked.wrong and ticked.wrong < ticked.options - ticked.right:
        assert award(rule, 2000, ticked._replace(wrong=ticked.wrong + 1)) <= earned


def subsets(options):
    return [set(chosen) for size in range(1, options + 1) for chosen in combinations(range(options), size)]


def expectation(rule, options, guess, keys, points):
    earned = [award(rule, points, Ticks(options, len(key), len(guess & key), len(guess - key))) for key in keys]
    return Fraction(sum(earned), len(earned))


@every_rule
@pytest.mark.parametrize("options", range(2, 8))
@pytest.mark.parametrize("points", [500, 1000, 2000, 5000])
def test_ticking_everything_never_beats_honest_guessing(rule, options, points):
    """In expectation over all keys: neither the mean of all guesses nor a single tick earns less."""
    keys = subsets(options)
    everything = expectation(rule, options, set(range(options)), keys, points)
    guesses = [expectation(rule, options, guess, keys, points) for guess in keys]
    assert everything <= sum(guesses) / len(guesses)
    assert everything <= expectation(rule, options, {0}, keys, points)


@every_rule
@pytest.mark.parametrize("options", range(2, 8))
def test_ticking_everything_earns_nothing_while_some_option_is_wrong(rule, options):
    keys = [key for key in subsets(options) if len(key) < options]
    assert expectation(rule, options, set(range(options)), keys, 2000) == 0


@every_rule
def test_every_rule_explains_itself(rule):
    assert RULES[rule].name == rule
    assert RULES[rule].title and RULES[rule].explanation.endswith(".")
