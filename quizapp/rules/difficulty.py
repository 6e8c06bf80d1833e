"""How hard a question is said to be: the words kept, and what people call them."""

from quizapp.rules.words import N_

NAMES = {"easy": N_("easy"), "medium": N_("medium"), "hard": N_("hard")}
CALLED = {"易": "easy", "中": "medium", "难": "hard"}


def in_order(levels) -> list[str]:
    """Return the levels from easy to hard, those that are not ours behind them as they came."""
    given = dict.fromkeys(levels)
    return [one for one in NAMES if one in given] + [one for one in given if one not in NAMES]


def name(kept: str) -> str:
    """Return the marked word for a difficulty; one that is not ours stays as its file wrote it."""
    return NAMES.get(kept, kept)
