"""Ranks of people and units, against a naive recount."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.ranking import (
    Outcome,
    PersonResult,
    UnitSums,
    milli,
    rank,
    rank_people,
    rank_units,
    share,
    sum_roster,
)

PEOPLE = st.lists(
    st.builds(PersonResult, st.integers(0, 10_000), st.sampled_from("张李王赵"), st.integers(0, 3), st.integers(0, 3)),
    unique_by=lambda person: person.id, max_size=12,
)


@st.composite
def units(draw):
    size = draw(st.integers(0, 8))
    excused = draw(st.integers(0, size))
    sat = draw(st.integers(0, size - excused))
    passed, score = draw(st.integers(0, sat)), draw(st.integers(0, sat * 3))
    return UnitSums(draw(st.integers(0, 10_000)), draw(st.sampled_from("甲乙丙")), size, excused, sat, passed, score, 3)


UNITS = st.lists(units(), unique_by=lambda unit: unit.id, max_size=10)


def test_equals_share_a_rank_and_the_next_one_counts_them():
    people = [PersonResult(1, "丁", 90, 60), PersonResult(2, "乙", 80, 50), PersonResult(3, "甲", 80, 50),
              PersonResult(4, "丙", 80, 51)]
    assert [(entry.rank, entry.row.id) for entry in rank_people(people)] == [(1, 1), (2, 2), (2, 3), (4, 4)]


@given(PEOPLE)
def test_a_rank_is_one_more_than_the_number_of_better_people(people):
    """B8: equal to a naive recount, whatever the ties."""
    ranked = rank_people(people)
    assert sorted(entry.row.id for entry in ranked) == sorted(person.id for person in people)
    for entry in ranked:
        mine = (-entry.row.score_milli, entry.row.seconds_used)
        assert entry.rank == 1 + sum((-other.score_milli, other.seconds_used) < mine for other in people)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_the_rows_came(people, rng):
    shuffled = list(people)
    rng.shuffle(shuffled)
    assert rank_people(shuffled) == rank_people(people)


def test_rows_alike_in_everything_stay_in_the_order_they_came():
    rows = [{"points": 5, "note": "b"}, {"points": 5, "note": "a"}, {"points": 7, "note": "c"}]
    ranked = rank(rows, lambda row: -row["points"], lambda row: "same")
    assert [(entry.rank, entry.row["note"]) for entry in ranked] == [(1, "c"), (2, "b"), (2, "a")]


@given(UNITS)
def test_a_units_rank_is_one_more_than_the_number_of_better_units(units):
    """B8: shares compared as cross products, never as floats."""
    ranked = rank_units(units)
    assert sorted(entry.row.id for entry in ranked) == sorted(unit.id for unit in units)
    for entry in ranked:
        mine = entry.row
        if not mine.counted:
            assert entry.rank is None
            continue
        better = sum(
            other.score_milli * mine.counted > mine.score_milli * other.counted for other in units if other.counted
        )
        assert entry.rank == 1 + better
    ranks = [entry.rank for entry in ranked]
    assert ranks == sorted(ranks, key=lambda rank: (rank is None, rank))


@given(units())
def test_no_share_passes_one(unit):
    for exact in (unit.participation, unit.pass_share, unit.score, unit.mean_of_sat):
        assert exact is None or 0 <= exact <= 1


@pytest.mark.parametrize(
    "sums",
    [
        {"roster_size": 3, "sat": 4},
        {"roster_size": 3, "excused": 1, "sat": 3},
        {"roster_size": 3, "sat": 2, "passed": 3},
        {"roster_size": 3, "sat": 2, "score_milli": 201, "full_milli": 100},
        {"roster_size": 3, "excused": 4},
        {"roster_size": 3, "excused": -1},
        {"roster_size": 3, "passed": -1},
        {"roster_size": 3, "score_milli": -1},
        {"roster_size": 3, "full_milli": 0},
    ],
)
def test_sums_that_would_pass_one_are_refused(sums):
    with pytest.raises(ValueError, match="contradict"):
        UnitSums(1, "甲村", **sums)


def test_absentees_count_nothing_and_excused_people_are_left_out():
    roster = {1: False, 2: False, 3: False, 4: True, 5: True}
    outcomes = {1: Outcome(90, True), 2: Outcome(50, False), 4: Outcome(100, True), 9: Outcome(100, True)}
    unit = sum_roster(UnitSums(7, "甲村", full_milli=100), roster, outcomes)
    assert unit == UnitSums(7, "甲村", 5, 2, 2, 1, 140, 100)
    assert (unit.counted, unit.score, unit.participation) == (3, Fraction(140, 300), Fraction(2, 3))
    assert (unit.pass_share, unit.mean_of_sat) == (Fraction(1, 3), Fraction(7, 10))


def test_a_unit_without_anybody_to_count_has_no_rank_and_stands_last():
    listed = rank_units([UnitSums(1, "甲村", 2, 2), UnitSums(2, "乙村", 2, 0), UnitSums(3, "丙村")])
    assert [(entry.rank, entry.row.name) for entry in listed] == [(1, "乙村"), (None, "丙村"), (None, "甲村")]


def test_a_small_unit_is_ranked_and_marked():
    unit = UnitSums(1, "甲村", 6, 2, 4, 4, 400, 100)
    assert (unit.is_small(5), unit.is_small(4)) == (True, False)
    assert rank_units([unit])[0].rank == 1


def test_thirds_tie_exactly():
    """Two in six and one in three are one rank; so are shares that floats would tell apart."""
    units = [UnitSums(1, "甲", 6, 0, 2, 0, 2, 1), UnitSums(2, "乙", 3, 0, 1, 0, 1, 1),
             UnitSums(3, "丙", 3 * 10**17, 0, 10**17, 0, 10**17, 1)]
    assert [entry.rank for entry in rank_units(units)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, 333), (2, 3, 667), (1, 2000, 1), (1, 2001, 0), (1, 1, 1000), (0, 5, 0), (0, 0, None)],
)
def test_thousandths_are_rounded_once_halves_up(part, whole, expected):
    assert milli(share(part, whole)) == expected
