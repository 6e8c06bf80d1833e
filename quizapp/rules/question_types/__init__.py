"""The kinds of question: one module a kind, each named here once; a new kind is a module, a template and a line."""

from collections.abc import Callable
from typing import Protocol

from quizapp.rules.errors import Problem
from quizapp.rules.question_types import (
    case,
    fill_blank,
    matching,
    multiple_choice,
    numerical,
    ordering,
    single_choice,
    true_false,
)


class Kind(Protocol):
    """What the module of a kind offers.

    `content` is what a revision shows, `key` what is right (kept apart), `item` one entry of a drawn paper:
    `{"slot", "revision_id", "kind", "points_milli", "section"}` and what `lay_out` adds. `value` is an answer as
    the outside sends it; None means cleared. Points are thousandths, 0 to `item["points_milli"]`.
    """

    NAME: str  # marked for translation
    LACKING: str  # marked; said of a section with too few questions: section, count, found, missing
    HOW: str  # marked; how an answer earns points, for people; empty where the exam's rule says it

    @staticmethod
    def define(question: dict) -> tuple[dict, dict]:
        """Return (content, key) of a question in the shape of `bank check --json` that has an answer."""

    @staticmethod
    def document(content: dict, key: dict) -> dict:
        """Return the parts of that shape that `define` reads beside the stem: options, answer and what goes with it."""

    @staticmethod
    def check(content: dict, key: dict) -> list[Problem]:
        """Return every problem of an authored question; never raises, however wrong the shapes."""

    @staticmethod
    def lay_out(content: dict, rng, new_id: Callable[[], str]) -> dict:
        """Return what the kind adds to a paper item; it may not tell the key."""

    @staticmethod
    def check_value(item: dict, value) -> None:
        """Raise Invalid with a sentence unless the value may be stored for this item."""

    @staticmethod
    def is_answered(item: dict, value) -> bool:
        """Return whether a checked value answers anything."""

    @staticmethod
    def mark(item: dict, key: dict, value, rule: str) -> int:
        """Return what a checked value earns; `rule` is a name in scoring.RULES."""

    @staticmethod
    def explain(item: dict, key: dict) -> dict:
        """Return the key in the words of this paper, for a released review."""


KINDS: dict[str, Kind] = {
    "single_choice": single_choice,
    "multiple_choice": multiple_choice,
    "true_false": true_false,
    "fill_blank": fill_blank,
    "numerical": numerical,
    "matching": matching,
    "ordering": ordering,
}
HELD = {**KINDS, "case": case}  # what a bank holds; the parts of a case are of KINDS


def define(question: dict) -> tuple[dict, dict]:
    """Return (content, key) of a parsed question of a kind in HELD that has an answer."""
    kind = question["kind"]
    content, key = case.define(question, KINDS) if kind == "case" else KINDS[kind].define(question)
    return ({**content, "material": question["material"]}, key) if question.get("material") else (content, key)


def document(kind: str, content: dict, key: dict) -> dict:
    """Return the parts of a parsed question that `define` makes this content and key of, the stem apart."""
    told = case.document(content, key, KINDS) if kind == "case" else KINDS[kind].document(content, key)
    return {**told, "material": content["material"]} if "material" in content else told


def check(kind: str, content: dict, key: dict) -> list[Problem]:
    """Return every problem of an authored question of a kind in HELD."""
    return case.check(content, key, KINDS) if kind == "case" else KINDS[kind].check(content, key)


def of_part(item: dict, whole: dict) -> dict:
    """Return the content, key or markup of a paper's item; of a case, that of the item's own part."""
    return whole["parts"][item["part"]] if "part" in item else whole


def as_authored(content: dict) -> dict:
    """Return an item that shows a question in its authored order; the ids are the places."""
    left, right = (range(len(content.get(side, ()))) for side in ("options", "right"))
    return {
        "option_ids": [str(place) for place in left],
        "order": list(left),
        "right_ids": [str(place) for place in right],
        "right_order": list(right),
    }
