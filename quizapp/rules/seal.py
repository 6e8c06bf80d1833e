"""Sealed results: a chain of hashes over canonical rows, its signed head, and where a damaged chain breaks."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from quizapp.rules import signing
from quizapp.rules.signing import key_id

START = "0" * 64  # what stands before the first row
HEAD_FIELDS = {"campaign", "count", "head", "time", "key_id"}

__all__ = ["HEAD_FIELDS", "START", "Damage", "Link", "canonical", "key_id", "row_hash", "sign_head", "verify_chain",
           "verify_head"]


@dataclass(frozen=True)
class Link:
    """One stored row with the hash that was stored beside it; the row as plain data or as its canonical text."""

    row: dict | str
    hash: str


@dataclass(frozen=True)
class Damage:
    """What is wrong and the index of the first row that cannot be trusted.

    Kinds: altered, deleted, inserted, reordered, tail_cut; rewritten: every link fits, but the end is not the one
    that was signed, so that rows from the index on were replaced together with their hashes.
    """

    index: int
    kind: str


def canonical(row: dict) -> str:
    """Return the row as canonical JSON (RFC 8785).

    Only texts, integers, lists and dicts may be sealed: raises ValueError for floats, booleans, None, integers
    beyond 53 bits and texts that are not Unicode.
    """
    _refuse_inexact(row)
    return rfc8785.dumps(row).decode()


def _refuse_inexact(value) -> None:
    if isinstance(value, dict):
        _refuse_inexact(list(value) + list(value.values()))
    elif isinstance(value, list):
        for entry in value:
            _refuse_inexact(entry)
    elif type(value) not in (str, int):
        raise ValueError(f"a sealed row holds texts and integers only, not {type(value).__name__}")


def row_hash(previous: str, row: dict | str) -> str:
    """Return SHA-256(previous || canonical row) in hexadecimal; `previous` is the hash before, or START."""
    text = row if isinstance(row, str) else canonical(row)
    return hashlib.sha256(bytes.fromhex(previous) + text.encode()).hexdigest()


def verify_chain(links: Sequence[Link], head: dict, earlier: Sequence[dict] = ()) -> Damage | None:
    """Return the first damage of a chain against a head whose signature was verified, or None if it is whole.

    `head` and `earlier` hold `count` and `head`; earlier heads, from receipts or receivers, narrow down where a
    chain that was rewritten as a whole begins to differ.
    """
    previous = START
    for index, link in enumerate(links):
        if not _fits(previous, link):
            return _locate(links, index, head)
        previous = link.hash
    if len(links) < head["count"]:
        return Damage(len(links), "tail_cut")
    return _compare(links, head, earlier)


def _fits(previous: str, link: Link) -> bool:
    try:
        return row_hash(previous, link.row) == link.hash
    except (ValueError, TypeError, RecursionError):
        return False


def _hash_after(links: Sequence[Link], count: int) -> str:
    return links[count - 1].hash if count else START


def _locate(links: Sequence[Link], index: int, head: dict) -> Damage:
    """Name the damage at the first row that does not follow from the one before it."""
    count = head["count"]
    if index >= count and _hash_after(links, count) == head["head"]:
        return Damage(count, "inserted")
    previous = _hash_after(links, index)
    if any(_fits(previous, link) for link in links[index + 1 :]):
        return Damage(index, "inserted" if len(links) > count else "reordered")
    if index and len(links) > count and _fits(_hash_after(links, index - 1), links[index]):
        return Damage(index - 1, "inserted")  # without the row before, the chain would go on
    return Damage(index, "deleted" if len(links) < count else "altered")


def _compare(links: Sequence[Link], head: dict, earlier: Sequence[dict]) -> Damage | None:
    """Hold a chain without a break against the ends that were signed."""
    agreed = 0
    for end in sorted([*earlier, head], key=lambda end: end["count"]):
        if end["count"] > len(links) or _hash_after(links, end["count"]) != end["head"]:
            return Damage(agreed, "rewritten")
        agreed = end["count"]
    return Damage(agreed, "inserted") if len(links) > agreed else None


def sign_head(head: dict, private_key: Ed25519PrivateKey) -> str:
    """Return the base64 signature of a head `{campaign, count, head, time, key_id}`."""
    if set(head) != HEAD_FIELDS:
        raise ValueError(f"a head has exactly the fields {sorted(HEAD_FIELDS)}")
    return signing.sign(head, private_key)


def verify_head(head: dict, signature: str, public_key: Ed25519PublicKey) -> bool:
    """Return whether this head was signed by this key; never raises for hostile input."""
    return set(head) == HEAD_FIELDS and signing.is_signed(head, signature, public_key)
