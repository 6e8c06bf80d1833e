"""Texts that people wrote: what may be stored, and how texts are evened out before they are compared."""

import unicodedata

from quizapp.rules.errors import Problem
from quizapp.rules.words import N_

STEM_LONGEST = 4000
FINAL_PUNCTUATION = ".。,、;:!?·"  # as it stands after NFKC
NOT_STORABLE = N_("The text holds a character that cannot be stored.")
TOO_LONG = N_("The text may have at most %(longest)s characters.")


def is_storable(text: str) -> bool:
    """Return whether a database can hold the text: no NUL, and no half of a surrogate pair."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_text(text: str, longest: int, place: str) -> list[Problem]:
    """Return what is wrong with a text that is to be stored; it may be empty."""
    if not is_storable(text):
        return [Problem("text-not-storable", NOT_STORABLE, place)]
    if len(text) > longest:
        return [Problem("text-too-long", TOO_LONG, place, {"longest": longest})]
    return []


def check_stem(content: dict) -> list[Problem]:
    """Return what is wrong with the stem of a question's content."""
    stem = content.get("stem")
    if not isinstance(stem, str) or not stem.strip():
        return [Problem("stem-missing", N_("The question has no text."), "stem")]
    return check_text(stem, STEM_LONGEST, "stem")


def even_out(text: str) -> str:
    """Return the text without the differences that do not make an answer wrong.

    Full and half width, case, every space, invisible format characters and punctuation at the end are evened out.
    A text of nothing but punctuation keeps it. Doing it twice changes nothing more.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(char for char in folded if not char.isspace() and unicodedata.category(char) != "Cf")
    kept = unicodedata.normalize("NFKC", kept)
    return kept.rstrip(FINAL_PUNCTUATION) or kept
