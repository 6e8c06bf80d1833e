"""How hard a question is said to be: the words kept, and what people call them."""

from quizapp.rules.words import N_

NAMES = {"easy": N_("easy"), "medium": N_("medium"), "hard": N_("hard")}
CALLED = {"易": "easy", "中": "medium", "难": "hard"}


def name(kept: str) -> str:
    """Return the marked word for a difficulty; one that is not ours stays as its file wrote it."""
    return NAMES.get(kept, kept)
