"""Texts that people wrote: what may be stored, and how texts are evened out before they are compared."""

import unicodedata
from functools import lru_cache

from quizapp.rules.errors import Problem
from quizapp.rules.words import N_

STEM_LONGEST = 4000
FILLERS = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0"}
VARIATION_SELECTORS = [range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)]
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

    Full and half width, case, every space, invisible characters and punctuation at the end are evened out. A text
    of nothing but punctuation keeps it. Doing it twice changes nothing more.
    """
    folded = fold(text)
    return folded.rstrip(FINAL_PUNCTUATION) or folded


def fold(text: str, space: str = "") -> str:
    """Return the form in which texts that look alike are the same: width, case and invisible characters evened out.

    Runs of spaces become `space` inside and go at the ends. Doing it twice changes nothing more.
    """
    while True:  # taking a character out may let its neighbours combine
        shown = unicodedata.normalize("NFKC", text)
        invisible = {ord(char): None for char in set(shown) if is_invisible(char)}
        shown = shown.translate(invisible) if invisible else shown
        folded = unicodedata.normalize("NFKC", space.join(shown.casefold().split()))
        if folded == text:
            return folded
        text = folded


@lru_cache(maxsize=8192)  # every character of a bank is asked about, and few are different
def is_invisible(char: str) -> bool:
    """Return whether a character shows nothing and takes no room: zero width, directions, variants, fillers."""
    return (
        unicodedata.category(char) == "Cf"
        or char in FILLERS
        or any(ord(char) in block for block in VARIATION_SELECTORS)
    )
