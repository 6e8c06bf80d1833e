"""The row of the chain that fixes one person's result, without saying whose it is."""

import hashlib
from dataclasses import dataclass

from quizapp.rules.seal import canonical


@dataclass(frozen=True)
class ToSeal:
    """One marked attempt: points in thousandths, the receipt's salt, and the paper as drawn."""

    attempt: str
    salt: bytes
    exam: str
    unit: str
    points_milli: int
    full_milli: int
    seconds_used: int
    marking_version: int
    answers_digest: str
    paper: dict


def pseudonym(salt: bytes, attempt: str) -> str:
    """Return SHA-256(salt || attempt) in hexadecimal: without the salt, nobody can tell whose row it is."""
    return hashlib.sha256(salt + attempt.encode()).hexdigest()


def pinned_digest(paper: dict) -> str:
    """Return SHA-256 over what marking depends on: each slot's revision and points, and the rule."""
    pinned = {item["slot"]: [item["revision_id"], item["points_milli"], *_own(item)] for item in paper["items"]}
    return hashlib.sha256(canonical({"rule": paper["rule"], "pinned": pinned}).encode()).hexdigest()


def _own(item: dict) -> list:
    """Which part of a case it is, and the scoring rule of its section, where it has one."""
    return [item[name] for name in ("part", "rule") if name in item]


def sealed_row(one: ToSeal) -> dict:
    """Return the row; `unit` is the code of the unit that the dated roster counts the person in, or empty."""
    return {
        "kind": "result",
        "id": pseudonym(one.salt, one.attempt),
        "exam": one.exam,
        "unit": one.unit,
        "points_milli": one.points_milli,
        "full_milli": one.full_milli,
        "seconds_used": one.seconds_used,
        "marking_version": one.marking_version,
        "answers": one.answers_digest,
        "pinned": pinned_digest(one.paper),
    }
