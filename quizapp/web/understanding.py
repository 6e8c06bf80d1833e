"""What was understood of a file, for its preview: problems with their places, lines that were left out."""

from collections import Counter

from flask_babel import gettext

from quizapp.rules.errors import Problem, Refusal
from quizapp.rules.formats import places
from quizapp.rules.formats.reasons import REASONS
from quizapp.web.errors import sentence

SHOWN = 200  # problems on one page


def place_words(first, last=None, name: str | None = None) -> str:
    """Return where something stands in a file of the format of this name; "" where nowhere in particular."""
    return places.in_words(first, first if last is None else last, name, gettext)


def told(problems: list[Problem], name: str | None = None) -> list[dict]:
    """Return problems by line as a page shows them, the first SHOWN; `name` is the format of their file."""
    ordered = sorted(problems, key=lambda one: (places.head(one.place), places.number(one.place)))
    return [
        {
            "place": place_words(one.place, name=name),
            "text": sentence(one.message, one.params),
            "severity": one.severity,
        }
        for one in ordered[:SHOWN]
    ]


def noted(document: dict, severity: str) -> list[Problem]:
    """Return the problems of this severity that the reader noted on a document and its questions."""
    every = document["problems"] + [one for each in document.get("questions", []) for one in each["problems"]]
    return [Problem(**one) for one in every if one["severity"] == severity]


def left_out(document: dict) -> list[tuple[str, int]]:
    """Return why lines were left out and how many, in words."""
    counts: Counter[str] = Counter()
    for one in document["ignored"]:
        counts[one["reason"]] += places.count(one)
    return [(gettext(REASONS[reason]) if reason in REASONS else reason, count) for reason, count in counts.items()]


def refused(refusal: Refusal) -> list[Problem]:
    """Return everything that a refusal says, as problems."""
    return getattr(refusal, "problems", None) or [Problem(refusal.type, refusal.message, "", refusal.params)]
