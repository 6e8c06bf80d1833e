"""Marking a whole paper: what every slot earned, and the total."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.rules.question_types import HELD, KINDS, of_part
from quizapp.rules.scoring import RULES

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
        key, value = of_part(item, keys[item["revision_id"]]), values.get(item["slot"])
        marks[item["slot"]] = KINDS[item["kind"]].mark(item, key, value, rule_of(paper, item))
    full_milli = sum(item["points_milli"] for item in paper["items"])
    return Marked(sum(marks.values()), full_milli, marks, count_answered(paper, values))


def rule_of(paper: dict, item: dict) -> str:
    """Return the scoring rule of an item's multiple choice: its section's, else the paper's; both as drawn."""
    return item.get("rule", paper["rule"])


def how(kind: str, rule: str) -> str:
    """Return the marked sentence that tells how an answer earns points."""
    return HELD[kind].HOW or RULES[rule].explanation


def how_marked(paper: dict) -> list[tuple[str, str]]:
    """Return (name of the kind, how it earns points) for what a drawn paper holds, both marked, each once."""
    found = [
        (KINDS[item["kind"]].NAME, how(item["kind"], rule_of(paper, item))) for item in paper["items"]
    ]
    return list(dict.fromkeys(found))


def count_answered(paper: dict, values: Mapping[str, object]) -> int:
    """Return how many items hold an answer."""
    return sum(KINDS[item["kind"]].is_answered(item, values.get(item["slot"])) for item in paper["items"])
