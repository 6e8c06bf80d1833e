"""Village evaluation: points, spread weights, totals and ranks; and that what would raise them does raise them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import evaluation
from quizapp.rules.evaluation import Figure, Unit, effective_weights, evaluate, figures_from_sums
from quizapp.rules.improvement import missing, what_would_change
from quizapp.rules.policy import DEFAULT, FULL_WEIGHT, Indicator, Policy
from quizapp.rules.ranking import UnitSums

SMALL = Policy((
    Indicator("sat", "参与率", "computed", "participation", 900, 50_000),
    Indicator("mean", "平均分", "computed", "mean_share", 1000, 30_000),
    Indicator("contest", "竞赛", "entered", "entered", 800, 20_000),
))


@st.composite
def policies(draw):
    cuts = sorted(draw(st.sets(st.integers(1, FULL_WEIGHT - 1), max_size=5)))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, FULL_WEIGHT], strict=True)]
    return Policy(tuple(
        Indicator(f"i{place}", f"指标{place}", "entered", "entered", draw(st.integers(1, 1000)), weight,
                  draw(st.sampled_from(["up", "down"])), draw(st.sampled_from(["spread", "zero"])))
        for place, weight in enumerate(weights)
    ))


@st.composite
def units_of(draw, policy, number):
    figures = {}
    for entry in policy.indicators:
        whole = draw(st.integers(0, 40))
        if draw(st.booleans()):
            figures[entry.code] = Figure(draw(st.integers(0, whole)), whole)
    return Unit(number, draw(st.sampled_from("甲乙")), figures)


@st.composite
def evaluations(draw):
    policy = draw(policies())
    return policy, [draw(units_of(policy, number)) for number in range(draw(st.integers(1, 5)))]


def one(policy, **figures):
    (row,) = evaluate(policy, [Unit(1, "甲村", {code: Figure(*figure) for code, figure in figures.items()})])
    return row, {entry["code"]: entry for entry in row["indicators"]}


def test_points_are_weight_times_the_share_of_the_target():
    row, told = one(SMALL, sat=(9, 12), mean=(2, 3), contest=(1, 1))
    assert (told["sat"]["value"], told["sat"]["points"], told["sat"]["state"]) == (750, 41_667, "below")
    assert (told["mean"]["value"], told["mean"]["points"], told["mean"]["state"]) == (667, 20_000, "below")
    assert (told["contest"]["value"], told["contest"]["points"], told["contest"]["state"]) == (1000, 20_000, "ok")
    assert row["total"] == 81_667


def test_a_target_exactly_reached_is_reached():
    assert one(SMALL, sat=(9, 10))[1]["sat"]["state"] == "ok"
    assert one(SMALL, sat=(899, 1000))[1]["sat"]["state"] == "below"


def test_less_is_better_where_the_policy_says_so():
    policy = Policy((Indicator("late", "逾期率", "entered", "entered", 100, FULL_WEIGHT, "down"),))
    points = [one(policy, late=figure)[0]["total"] for figure in ((0, 10), (1, 10), (2, 10), (10, 10))]
    assert points == [100_000, 100_000, 50_000, 10_000]


def test_a_missing_figure_is_not_yet_and_its_weight_is_spread_over_the_others():
    row, told = one(SMALL, sat=(9, 10), mean=(1, 2))
    contest = told["contest"]
    assert (contest["state"], contest["points"], contest["effective_weight"]) == ("not_yet", 0, 0)
    assert "value" not in contest
    assert (told["contest"]["weight"], told["sat"]["weight"]) == (20_000, 50_000)
    assert (told["sat"]["effective_weight"], told["mean"]["effective_weight"]) == (62_500, 37_500)
    assert row["total"] == 62_500 + 18_750


def test_a_missing_figure_earns_nothing_where_the_policy_says_so():
    strict = Policy(tuple(replace(entry, when_missing="zero") for entry in SMALL.indicators))
    row, told = one(strict, sat=(9, 10))
    assert [told[code]["effective_weight"] for code in ("sat", "mean", "contest")] == [50_000, 30_000, 20_000]
    assert row["total"] == 50_000


def test_a_figure_of_an_empty_whole_is_not_yet():
    assert one(SMALL, sat=(0, 0))[1]["sat"]["state"] == "not_yet"


def test_a_unit_without_any_figure_has_no_rank_and_stands_last():
    rows = evaluate(SMALL, [Unit(1, "甲村", {}), Unit(2, "乙村", {"sat": Figure(0, 5)})])
    assert [(row["unit"], row["rank"], row["total"]) for row in rows] == [(2, 1, 0), (1, None, 0)]


def test_a_share_above_one_is_refused():
    with pytest.raises(ValueError, match="6 of 5"):
        one(SMALL, sat=(6, 5))


@given(evaluations())
def test_weights_always_add_up_and_nothing_earns_more_than_it_weighs(drawn):
    policy, units = drawn
    for row in evaluate(policy, units):
        entries = row["indicators"]
        has_figures = any(entry["state"] != "not_yet" for entry in entries)
        stays = sum(entry.weight for entry in policy.indicators if entry.when_missing == "zero")
        assert sum(entry["effective_weight"] for entry in entries) == (FULL_WEIGHT if has_figures else stays)
        assert all(0 <= entry["points"] <= entry["effective_weight"] for entry in entries)
        assert row["total"] == sum(entry["points"] for entry in entries) <= FULL_WEIGHT


def test_what_rounding_leaves_goes_to_the_largest_remainders_then_to_earlier_ones():
    """16,393.44 + 40,983.61 + 42,622.95: the two largest remainders are rounded up."""
    weights = [("a", 10_000), ("b", 25_000), ("c", 26_000), ("d", 39_000)]
    policy = Policy(tuple(Indicator(code, code, "entered", "entered", 1000, weight) for code, weight in weights))
    assert effective_weights(policy, {"a", "b", "c"}) == {"a": 16_393, "b": 40_984, "c": 42_623, "d": 0}
    even = Policy(tuple(Indicator(code, code, "entered", "entered", 1000, 25_000) for code in "abcd"))
    assert effective_weights(even, {"b", "c", "d"}) == {"a": 0, "b": 33_334, "c": 33_333, "d": 33_333}


@given(evaluations())
def test_a_weight_is_spread_in_proportion_to_within_one_thousandth(drawn):
    policy, units = drawn
    for unit in units:
        present = {code for code, figure in unit.figures.items() if figure.whole}
        weights = effective_weights(policy, present)
        base = sum(entry.weight for entry in policy.indicators if entry.code in present)
        stay = sum(e.weight for e in policy.indicators if e.when_missing == "zero" and e.code not in present)
        for entry in policy.indicators:
            if entry.code in present:
                assert abs(weights[entry.code] - Fraction(entry.weight * (FULL_WEIGHT - stay), base)) < 1


@given(evaluations())
def test_a_rank_is_one_more_than_the_number_of_better_units(drawn):
    policy, units = drawn
    rows = evaluate(policy, units)
    ranked = [row for row in rows if row["rank"] is not None]
    for row in ranked:
        assert row["rank"] == 1 + sum(other["total"] > row["total"] for other in ranked)
    assert rows[: len(ranked)] == sorted(ranked, key=lambda row: (-row["total"], row["name"], row["unit"]))
    assert {row["unit"] for row in rows} == {unit.id for unit in units}


@given(evaluations())
def test_sheets_hold_only_what_may_be_sealed(drawn):
    from quizapp.rules.seal import canonical

    policy, units = drawn
    for row in evaluate(policy, units):
        canonical({name: value for name, value in row.items() if value is not None})


@given(evaluations())
def test_what_would_raise_an_indicator_reaches_its_target_and_one_less_does_not(drawn):
    policy, units = drawn
    for unit in units:
        for entry in policy.indicators:
            figure = unit.figures.get(entry.code)
            if figure is None or not figure.whole or attains(entry, figure):
                continue
            need, sign = missing(entry, figure), 1 if entry.direction == "up" else -1
            assert need > 0
            assert attains(entry, replace(figure, part=figure.part + sign * need))
            assert not attains(entry, replace(figure, part=figure.part + sign * (need - 1)))


def attains(entry, figure):
    return evaluation.attainment(entry, Fraction(figure.part, figure.whole)) == 1


@given(evaluations())
def test_each_indicator_below_its_target_is_told_with_its_gain_largest_first(drawn):
    policy, units = drawn
    for row in evaluate(policy, units):
        unit = next(unit for unit in units if unit.id == row["unit"])
        changes = what_would_change(policy, unit, row)
        assert {change.code for change in changes} == {e["code"] for e in row["indicators"] if e["state"] != "ok"}
        gains = [change.gain for change in changes]
        assert gains == sorted(gains, key=lambda gain: (gain is None, -(gain or 0)))
        assert all(change.message % change.params for change in changes)


SUMS = UnitSums("A01", "甲村", 12, 2, 7, 5, 480_000, 100_000)


def test_computed_figures_come_from_the_sums_of_the_dated_roster():
    figures = figures_from_sums(DEFAULT, SUMS, studied=8)
    assert {code: (figure.part, figure.whole) for code, figure in figures.items()} == {
        "participation": (7, 10), "passed": (5, 10), "mean": (480_000, 1_000_000), "study": (8, 10),
    }
    assert figures["participation"].evidence == {"roster": 12, "excused": 2, "counted": 10, "sat": 7}
    assert "study" not in figures_from_sums(DEFAULT, SUMS)


def test_what_would_raise_a_village_is_said_in_people():
    policy = DEFAULT
    figures = {**figures_from_sums(policy, SUMS, studied=8), "contest": Figure(3, 4), "lectures": Figure(1, 1)}
    unit = Unit("A01", "甲村", figures)
    (row,) = evaluate(policy, [unit])
    told = {change.code: change.message % change.params for change in what_would_change(policy, unit, row)}
    assert told == {
        "participation": "2 more to sit the test.",
        "passed": "4 more to pass the test.",
        "study": "1 more to finish the required reading.",
        "mean": "520 more points in all; not yet sat: 3.",
        "contest": "From 75 % to the target of 100 %.",
        "training": "No figure yet: enter it with its evidence.",
        "summary": "No figure yet: enter it with its evidence.",
    }


def test_nothing_is_missing_where_the_target_is_reached():
    up, down = SMALL.indicators[0], replace(SMALL.indicators[0], direction="down")
    assert [missing(up, Figure(part, 10)) for part in (8, 9, 10)] == [1, 0, 0]
    assert [missing(down, Figure(part, 10)) for part in (8, 9, 10)] == [0, 0, 1]


def test_a_gain_is_what_is_left_of_the_weight():
    unit = Unit(1, "甲村", {"sat": Figure(1, 2), "mean": Figure(1, 1), "contest": Figure(1, 1)})
    (row,) = evaluate(SMALL, [unit])
    (change,) = what_would_change(SMALL, unit, row)
    assert (change.code, change.gain) == ("sat", 50_000 - 27_778)


def test_an_empty_roster_is_told_as_such():
    unit = Unit(1, "甲村", {"sat": Figure(0, 0), "contest": Figure(1, 1)})
    (row,) = evaluate(SMALL, [unit])
    told = {change.code: change.message for change in what_would_change(SMALL, unit, row)}
    assert told["sat"].startswith("No figure yet: nobody")
