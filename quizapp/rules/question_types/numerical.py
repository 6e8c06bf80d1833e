"""Numerical: one number, right within a tolerance; full points or none."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.texts import check_stem
from quizapp.rules.words import N_

NAME = N_("Numerical")
LACKING = N_("“%(section)s”: numerical questions wanted %(count)s, found %(found)s, missing %(missing)s.")
HOW = N_("A number within the tolerance earns full points, any other number 0.")
LONGEST = 32
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")  # 1,200 is 1200; 1,5 is no number here
SIGNS = str.maketrans({"−": "-", "–": "-", "。": "."})


def read_number(text) -> Decimal | None:
    """Return the number that a text writes, whatever its width, spaces and grouping; None for anything else."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return None
    plain = GROUPED.sub("", "".join(unicodedata.normalize("NFKC", text.translate(SIGNS)).split()))
    return Decimal(plain) if NUMBER.fullmatch(plain) and plain.isascii() else None


def define(question: dict) -> tuple[dict, dict]:
    """Return (content, key) of a parsed question that has an answer, `{"value", "tolerance"}`."""
    answer = question["answer"]
    value, tolerance = (written(answer.get(name, 0)) for name in ("value", "tolerance"))
    return {"stem": question["stem"]}, {"value": value, "tolerance": tolerance}


def document(content: dict, key: dict) -> dict:
    """Return what `define` reads."""
    return {"options": [], "answer": {name: figure(Decimal(key[name])) for name in ("value", "tolerance")}}


def figure(number: Decimal) -> int | float:
    """Return a number as JSON holds it."""
    return int(number) if number == number.to_integral_value() else float(number)


def written(number) -> str:
    """Return a number of a file as plain digits; what is none comes back as it is, for `check` to name."""
    if isinstance(number, int | float) and not isinstance(number, bool):
        number = Decimal(str(number))
        return format(number.normalize() if number else Decimal(0), "f") if number.is_finite() else str(number)
    return number.strip() if isinstance(number, str) else ""


def check(content: dict, key: dict) -> list[Problem]:
    """Return what is wrong with the text, the number and its tolerance."""
    problems = check_stem(content)
    if key.get("value") in (None, ""):
        return [*problems, Problem("key-missing", N_("The right answer is missing."), "value")]
    if read_number(key["value"]) is None:
        problems.append(Problem("key-number", N_("The right answer is not a number."), "value"))
    tolerance = read_number(key.get("tolerance", "0"))
    if tolerance is None or tolerance < 0:
        problems.append(Problem("key-tolerance", N_("The tolerance is a number from 0 up."), "tolerance"))
    return problems


def lay_out(content: dict, rng, new_id: Callable[[], str]) -> dict:
    """Return nothing: there is nothing to shuffle."""
    return {}


def check_value(item: dict, value) -> None:
    """Raise Invalid unless the value is None or a text that writes a number."""
    if value is not None and read_number(value) is None:
        message = N_("Please write the number alone, in digits, such as 12 or 3.5.")
        raise Invalid([Problem("not-a-number", message, item["slot"])])


def is_answered(item: dict, value) -> bool:
    """Return whether a number was written."""
    return value is not None


def mark(item: dict, key: dict, value, rule: str) -> int:
    """Return full points within the tolerance, its ends included, else 0; `rule` plays no part."""
    given = read_number(value)
    if given is None:
        return 0
    is_near = abs(given - read_number(key["value"])) <= read_number(key.get("tolerance", "0"))
    return item["points_milli"] if is_near else 0


def explain(item: dict, key: dict) -> dict:
    """Return the key: `{"value": text, "tolerance": text}`."""
    return {"value": key["value"], "tolerance": key.get("tolerance", "0")}
