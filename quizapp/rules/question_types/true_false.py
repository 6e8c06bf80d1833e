"""True or false: a statement that holds or does not; full points or none."""

from collections.abc import Callable

from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.texts import check_stem
from quizapp.rules.words import N_

NAME = N_("True or false")
LACKING = N_("“%(section)s”: true-or-false questions wanted %(count)s, found %(found)s, missing %(missing)s.")
HOW = N_("The right choice earns full points, the other 0.")


def define(question: dict) -> tuple[dict, dict]:
    """Return (content, key) of a parsed question that has an answer, a boolean."""
    return {"stem": question["stem"]}, {"right": question["answer"]}


def document(content: dict, key: dict) -> dict:
    """Return what `define` reads."""
    return {"options": [], "answer": key["right"]}


def check(content: dict, key: dict) -> list[Problem]:
    """Return what is wrong with the statement and its key, which has to be a boolean."""
    problems = check_stem(content)
    if not isinstance(key.get("right"), bool):
        problems.append(Problem("key-missing", N_("The right answer is missing."), "right"))
    return problems


def lay_out(content: dict, rng, new_id: Callable[[], str]) -> dict:
    """Return nothing: a statement has nothing to shuffle."""
    return {}


def check_value(item: dict, value) -> None:
    """Raise Invalid unless the value is True, False or None."""
    if value is not None and not isinstance(value, bool):
        raise Invalid([Problem("wrong-shape", N_("The answer to this question is true or false."), item["slot"])])


def is_answered(item: dict, value) -> bool:
    """Return whether true or false was chosen."""
    return value is not None


def mark(item: dict, key: dict, value, rule: str) -> int:
    """Return full points for the right choice, else 0, in thousandths of a point; `rule` plays no part."""
    return item["points_milli"] if value is key["right"] else 0


def explain(item: dict, key: dict) -> dict:
    """Return the key: `{"right": bool}`."""
    return {"right": key["right"]}
