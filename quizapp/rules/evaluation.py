"""What each unit's indicators earn by the policy, the total and the rank, and what would raise them.

Every figure is an integer in thousandths: shares of 1 (value, target), points (weight, effective_weight, points,
total). Points are effective weight times min(1, value / target), computed from the exact share and rounded once,
halves up; the total is the sum of the rounded points, so that a sheet can be added up by hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any

from quizapp.rules.policy import WHOLE, Indicator, Policy
from quizapp.rules.ranking import UnitSums, milli, rank, share


@dataclass(frozen=True)
class Figure:
    """One measured figure: a part of a whole, and the evidence (plain texts and integers) it rests on.

    A figure with an empty whole is no figure: the indicator is "not yet".
    """

    part: int
    whole: int
    evidence: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Unit:
    """A unit to evaluate with its figures by indicator code; an absent code is "not yet"."""

    id: Any
    name: str
    figures: Mapping[str, Figure]


def figures_from_sums(policy: Policy, sums: UnitSums, studied: int | None = None) -> dict[str, Figure]:
    """Return the computed figures of a unit by indicator code.

    `studied` is how many of the counted roster finished the required reading; None where nothing was required.
    """
    counts = {"roster": sums.roster_size, "excused": sums.excused, "counted": sums.counted}
    whole_milli = sums.counted * sums.full_milli
    measured = {
        "participation": Figure(sums.sat, sums.counted, {**counts, "sat": sums.sat}),
        "pass_share": Figure(sums.passed, sums.counted, {**counts, "sat": sums.sat, "passed": sums.passed}),
        "mean_share": Figure(
            sums.score_milli, whole_milli,
            {**counts, "sat": sums.sat, "points_milli": sums.score_milli, "full_milli": sums.full_milli},
        ),
    }
    if studied is not None:
        measured["study_completion"] = Figure(studied, sums.counted, {**counts, "finished": studied})
    return {entry.code: measured[entry.measure] for entry in policy.indicators if entry.measure in measured}


def evaluate(policy: Policy, units: Iterable[Unit]) -> list[dict]:
    """Return `{"unit", "name", "indicators", "total", "rank"}` for each unit, best first.

    Equal totals share a rank and stand by name and id. A unit without any figure has rank None and stands last.
    Each indicator is `{"code", "name", "value", "target", "weight", "effective_weight", "points", "state",
    "evidence"}`; state is ok (target reached), below or not_yet, and `value` is absent while not_yet.
    """
    measured, empty = [], []
    for unit in units:
        row = _row(policy, unit)
        (measured if _has_figures(row) else empty).append(row)
    ranked = rank(measured, lambda row: -row["total"], _display)
    return [{**entry.row, "rank": entry.rank} for entry in ranked] + sorted(empty, key=_display)


def _has_figures(row: dict) -> bool:
    return any(entry["state"] != "not_yet" for entry in row["indicators"])


def _display(row: dict) -> tuple:
    return row["name"], row["unit"]


def _row(policy: Policy, unit: Unit) -> dict:
    shares = {entry.code: _share(unit.figures.get(entry.code)) for entry in policy.indicators}
    weights = effective_weights(policy, {code for code, exact in shares.items() if exact is not None})
    indicators = [
        _indicator(entry, shares[entry.code], weights[entry.code], unit.figures.get(entry.code))
        for entry in policy.indicators
    ]
    total = sum(entry["points"] for entry in indicators)
    return {"unit": unit.id, "name": unit.name, "indicators": indicators, "total": total, "rank": None}


def _share(figure: Figure | None) -> Fraction | None:
    if figure is None:
        return None
    if not 0 <= figure.part <= figure.whole:
        raise ValueError(f"a share cannot be {figure.part} of {figure.whole}")
    return share(figure.part, figure.whole)


def _indicator(entry: Indicator, exact: Fraction | None, weight: int, figure: Figure | None) -> dict:
    told = {
        "code": entry.code, "name": entry.name, "target": entry.target, "weight": entry.weight,
        "effective_weight": weight, "points": 0, "state": "not_yet", "evidence": {},
    }
    if exact is None:
        return told
    points = milli(Fraction(weight, WHOLE) * attainment(entry, exact))
    state = "ok" if attainment(entry, exact) == 1 else "below"
    return {**told, "value": milli(exact), "points": points, "state": state, "evidence": dict(figure.evidence)}


def attainment(entry: Indicator, exact: Fraction) -> Fraction:
    """Return how far a share reaches the target, 0 to 1; "down" turns the ratio round, and a share of 0 reaches it."""
    target = Fraction(entry.target, WHOLE)
    if entry.direction == "down":
        return min(Fraction(1), target / exact) if exact else Fraction(1)
    return min(Fraction(1), exact / target)


def effective_weights(policy: Policy, present: set[str]) -> dict[str, int]:
    """Return what each indicator weighs when only those in `present` have a figure.

    The weight of a missing one is 0 and spread over the present ones in proportion to theirs, or stays where the
    policy says that missing earns 0. The weights always add up to the policy's whole; what rounding leaves goes to
    the largest remainders, earlier indicators first. Without any figure there is nothing to spread over.
    """
    stays = {entry.code for entry in policy.indicators if entry.when_missing == "zero"} - present
    weights = {entry.code: entry.weight for entry in policy.indicators if entry.code in stays | present}
    spread = sum(entry.weight for entry in policy.indicators if entry.code not in weights)
    base = sum(weight for code, weight in weights.items() if code in present)
    if base:
        exact = {code: Fraction(weight * (base + spread), base) for code, weight in weights.items() if code in present}
        weights.update(_round_together(exact))
    return {entry.code: weights.get(entry.code, 0) for entry in policy.indicators}


def _round_together(exact: dict[str, Fraction]) -> dict[str, int]:
    rounded = {code: floor(weight) for code, weight in exact.items()}
    left = sum(exact.values()) - sum(rounded.values())
    for code in sorted(exact, key=lambda code: rounded[code] - exact[code])[: int(left)]:
        rounded[code] += 1
    return rounded
