"""The rules by which a multiple-choice answer earns points, each as data with the paragraph that explains it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from quizapp.rules.words import N_

DEFAULT_RULE = "half_if_subset"
FIXED_MILLI = 500


class Ticks(NamedTuple):
    """How an answer compares with its key: options offered, right among them, right ones and wrong ones ticked."""

    options: int
    right: int
    hits: int
    wrong: int


@dataclass(frozen=True)
class Rule:
    """One scoring rule; `partial` values an answer that ticks something and is not exactly right."""

    name: str
    title: str
    explanation: str
    partial: Callable[[int, Ticks], int]


def award(rule: str, points_milli: int, ticks: Ticks) -> int:
    """Return what an answer earns, 0 to `points_milli`, in thousandths of a point rounded down.

    Nothing ticked earns 0 and exactly the right options earn everything, whatever the rule.
    """
    if ticks.hits + ticks.wrong == 0:
        return 0
    if ticks.hits == ticks.right and ticks.wrong == 0:
        return points_milli
    return min(points_milli, max(0, RULES[rule].partial(points_milli, ticks)))


def _nothing(points_milli: int, ticks: Ticks) -> int:
    return 0


def _half(points_milli: int, ticks: Ticks) -> int:
    return 0 if ticks.wrong else points_milli // 2


def _share_each(points_milli: int, ticks: Ticks) -> int:
    return 0 if ticks.wrong else points_milli * ticks.hits // ticks.right


def _fixed_each(points_milli: int, ticks: Ticks) -> int:
    return 0 if ticks.wrong else FIXED_MILLI * ticks.hits


def _net(points_milli: int, ticks: Ticks) -> int:
    # Wrong ticks weigh by the number of wrong options; by the number of right ones, ticking everything would
    # pay more than any honest guess as soon as a question has five options.
    wrong_options = ticks.options - ticks.right
    if wrong_options == 0:
        return points_milli * ticks.hits // ticks.right
    net = ticks.hits * wrong_options - ticks.wrong * ticks.right
    return points_milli * net // (ticks.right * wrong_options)


RULES = {
    rule.name: rule
    for rule in (
        Rule(
            "exact",
            N_("All or nothing"),
            N_("Exactly the right options earn full points; anything else earns 0."),
            _nothing,
        ),
        Rule(
            "half_if_subset",
            N_("Half for an incomplete answer"),
            N_(
                "Exactly the right options earn full points. Some of the right options and no wrong one earn half. "
                "Any wrong option earns 0."
            ),
            _half,
        ),
        Rule(
            "per_right",
            N_("An equal share for each right option"),
            N_("Each right option earns an equal share of the points. Any wrong option earns 0."),
            _share_each,
        ),
        Rule(
            "fixed_per_right",
            N_("Half a point for each right option"),
            N_(
                "Exactly the right options earn full points. An incomplete answer without a wrong option earns 0.5 "
                "points for each right option, never more than full points. Any wrong option earns 0."
            ),
            _fixed_each,
        ),
        Rule(
            "net",
            N_("Right minus wrong"),
            N_(
                "The share of the right options that are ticked, minus the share of the wrong options that are "
                "ticked, times the points; never below 0. Ticking everything earns nothing unless everything is right."
            ),
            _net,
        ),
    )
}
