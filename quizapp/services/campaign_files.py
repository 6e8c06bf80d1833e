"""A campaign as plain data that people write by hand (JSON, options of the command)."""

from datetime import date

from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.plain_fields import MAPPING, TEXT, TEXTS, check
from quizapp.rules.words import N_
from quizapp.services.campaigns import Draft, usual_policy

DAYS = ("starts_on", "ends_on", "roster_on")
FIELDS = {
    "title": TEXT, "unit": TEXT, **dict.fromkeys(DAYS, TEXT), "handbooks": TEXTS, "plan": TEXT, "policy": MAPPING,
}  # fmt: skip
NEEDED = ("title", "unit", "starts_on", "ends_on")


def read(plain, today: date) -> Draft:
    """Return the draft that plain data describes; the roster's day is `today` unless told. Raises Invalid."""
    problems = check(plain, FIELDS, NEEDED)
    days = {"roster_on": today}
    for name in DAYS:
        if isinstance(plain, dict) and isinstance(plain.get(name), str):
            days[name] = _day(plain[name], name, problems)
    if problems:
        raise Invalid(problems)
    return Draft(
        plain["title"],
        plain["unit"],
        days["starts_on"],
        days["ends_on"],
        days["roster_on"],
        plain.get("handbooks", []),
        plain.get("plan", ""),
        plain.get("policy") or usual_policy(),
    )


def _day(text: str, place: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = N_("The date %(value)s is not of the form 2024-01-31.")
        problems.append(Problem("date", message, place, {"value": text}))
        return None
