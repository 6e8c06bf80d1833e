"""Units as data: which codes, names and kinds make sense, and what lies below what."""

import unicodedata

from quizapp.rules.errors import Problem
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_

KINDS = ("province", "city", "county", "township", "village", "community", "estate")
KIND_NAMES = {
    "province": N_("province"),
    "city": N_("city"),
    "county": N_("county"),
    "township": N_("township"),
    "village": N_("village"),
    "community": N_("community"),
    "estate": N_("housing estate"),
}
LEVELS = {"province": 1, "city": 2, "county": 3, "township": 4, "village": 5, "community": 5, "estate": 6}
CODE_LONGEST, NAME_LONGEST = 32, 120


def clean_code(code: str) -> str:
    """Return a code as it is kept: half width, no spaces around or inside."""
    return "".join(unicodedata.normalize("NFKC", code).split())


def clean_name(name: str) -> str:
    """Return a name as it is kept: no spaces around, single ones inside."""
    return " ".join(name.split())


def check_unit(code: str, name: str, kind: str, parent_kind: str | None, place: str = "") -> list[Problem]:
    """Return what is wrong with the values of a unit."""
    return [*check_code(code, place), *check_name(name, place), *check_kind(kind, parent_kind, place)]


def check_code(code: str, place: str = "") -> list[Problem]:
    """Return what is wrong with a code: 1 to 32 letters, figures, dashes, dots."""
    if 0 < len(code) <= CODE_LONGEST and code.isascii() and all(char.isalnum() or char in "-._" for char in code):
        return []
    message = N_("The code of a unit is 1 to %(longest)s letters, figures, dots or dashes, not “%(code)s”.")
    return [Problem("unit-code", message, place or "code", {"longest": CODE_LONGEST, "code": code[:40]})]


def check_name(name: str, place: str = "") -> list[Problem]:
    """Return what is wrong with a unit's name."""
    if not name:
        return [Problem("unit-name-missing", N_("The unit has no name."), place or "name")]
    return check_text(name, NAME_LONGEST, place or "name")


def check_kind(kind: str, parent_kind: str | None, place: str = "") -> list[Problem]:
    """Return what is wrong with a kind below another: every step goes down, but steps may be left out."""
    if kind not in KINDS:
        return [Problem("unit-kind", N_("There is no kind of unit “%(kind)s”."), place or "kind", {"kind": kind[:40]})]
    if parent_kind is not None and LEVELS[kind] <= LEVELS[parent_kind]:
        return [Problem("unit-kind-order", N_("A unit of this kind cannot lie below that one."), place or "kind")]
    return []
