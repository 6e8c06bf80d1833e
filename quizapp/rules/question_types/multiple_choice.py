"""Multiple choice: one or more options are right; an incomplete answer earns what the exam's rule says."""

from quizapp.rules.choices import check, check_ticked, define, document, explain, is_answered, lay_out, right_ids
from quizapp.rules.scoring import Ticks, award
from quizapp.rules.words import N_

NAME = N_("Multiple choice")
LACKING = N_("“%(section)s”: multiple-choice questions wanted %(count)s, found %(found)s, missing %(missing)s.")
HOW = ""  # the rule that the exam or the section names

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


def check_value(item: dict, value) -> None:
    """Raise Invalid unless the value is None or a list of this item's option ids, each at most once."""
    check_ticked(item, value)


def mark(item: dict, key: dict, value, rule: str) -> int:
    """Return what the ticked options earn by the scoring rule, in thousandths of a point."""
    ticked, right = set(value or ()), set(right_ids(item, key))
    ticks = Ticks(len(item["option_ids"]), len(right), len(ticked & right), len(ticked - right))
    return award(rule, item["points_milli"], ticks)
