"""The kinds of question: one module a kind, each named here once; a new kind is a module, a template and a line."""

from collections.abc import Callable
from typing import Protocol

from quizapp.rules.errors import Problem
from quizapp.rules.question_types import fill_blank, multiple_choice, single_choice, true_false


class Kind(Protocol):
    """What the module of a kind offers.

    `content` is what a revision shows, `key` what is right (kept apart), `item` one entry of a drawn paper:
    `{"slot", "revision_id", "kind", "points_milli", "section"}` and what `lay_out` adds. `value` is an answer as
    the outside sends it; None means cleared. Points are thousandths, 0 to `item["points_milli"]`.
    """

    NAME: str  # marked for translation
    LACKING: str  # marked; said of a section with too few questions: section, count, found, missing

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
}
