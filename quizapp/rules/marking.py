"""Marking a whole paper: what every slot earned, and the total."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.rules.question_types import KINDS

VERSION = 1  # goes up whenever the same answers could earn different points; sealed into every result


@dataclass(frozen=True)
class Marked:
    """The marks of one attempt, in thousandths of a point; `marks` is slot -> points."""

    points_milli: int
    full_milli: int
    marks: dict[str, int]
    answered: int


def mark_paper(paper: dict, keys: Mapping[int, dict], values: Mapping[str, object]) -> Marked:
    """Return the marks for the values that stand (slot -> value; an absent slot is unanswered).

    `keys` maps revision ids to keys; a missing one raises KeyError, because nothing may be marked without its key.
    """
    marks = {}
    for item in paper["items"]:
        value = values.get(item["slot"])
        marks[item["slot"]] = KINDS[item["kind"]].mark(item, keys[item["revision_id"]], value, paper["rule"])
    full_milli = sum(item["points_milli"] for item in paper["items"])
    return Marked(sum(marks.values()), full_milli, marks, count_answered(paper, values))


def count_answered(paper: dict, values: Mapping[str, object]) -> int:
    """Return how many items hold an answer."""
    return sum(KINDS[item["kind"]].is_answered(item, values.get(item["slot"])) for item in paper["items"])
