"""Single choice: one option of several is right; full points or none."""

from quizapp.rules import choices
from quizapp.rules.choices import define, document, explain, is_answered, lay_out, right_ids
from quizapp.rules.errors import Problem
from quizapp.rules.words import N_

NAME = N_("Single choice")
LACKING = N_("“%(section)s”: single-choice questions wanted %(count)s, found %(found)s, missing %(missing)s.")
HOW = N_("The right option earns full points, any other 0.")

__all__ = [
    "HOW",
    "LACKING",
    "NAME",
    "check",
    "check_value",
    "define",
    "document",
    "explain",
    "is_answered",
    "lay_out",
    "mark",
]


def check(content: dict, key: dict) -> list[Problem]:
    """Return what is wrong with the question; exactly one option has to be right."""
    problems = choices.check(content, key)
    right = key.get("right")
    if isinstance(right, list) and len(right) > 1:
        message = N_("A single-choice question has one right option; this one has %(count)s.")
        problems.append(Problem("key-too-many", message, "right", {"count": len(right)}))
    return problems


def check_value(item: dict, value) -> None:
    """Raise Invalid unless the value is None or a list of at most one of this item's option ids."""
    choices.check_ticked(item, value, most=1)


def mark(item: dict, key: dict, value, rule: str) -> int:
    """Return full points for the right option, else 0, in thousandths of a point; `rule` plays no part."""
    return item["points_milli"] if value and value[0] in right_ids(item, key) else 0
