"""Receipts: the short code, the salted digest of the answers, and the signed statement anyone can check."""

import hashlib
from collections.abc import Mapping

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from quizapp.rules import codes, signing

CODE_LENGTH = 10
RANDOM_BYTES = 7  # what one code is made of
SALT_BYTES = 16
FIELDS = {"answered", "attempt", "code", "digest", "key_id", "submitted_at"}


def new_code(random_bytes: bytes) -> str:
    """Return a receipt code of 10 characters (50 bits) from 7 random bytes."""
    return codes.make(random_bytes, CODE_LENGTH)


def normalise_code(typed: str) -> str | None:
    """Return the receipt code that somebody typed, or None where it cannot be one."""
    return codes.normalise(typed, CODE_LENGTH)


def answers_digest(salt: bytes, answers: Mapping[str, object]) -> str:
    """Return SHA-256(salt || canonical JSON of slot -> value) in hexadecimal.

    Cleared answers (None) are left out, so that a slot never touched and one cleared again are the same. The salt
    keeps others from guessing the answers by trying them.
    """
    standing = {slot: value for slot, value in answers.items() if value is not None}
    return hashlib.sha256(salt + rfc8785.dumps(standing)).hexdigest()


def payload(code: str, attempt: str, digest: str, answered: int, submitted_at: str, key_id: str) -> dict:
    """Return the statement a receipt makes; `attempt` is the public id, `submitted_at` as clock.rfc3339 writes it."""
    return {
        "answered": answered,
        "attempt": attempt,
        "code": code,
        "digest": digest,
        "key_id": key_id,
        "submitted_at": submitted_at,
    }


def sign(statement: dict, private_key: Ed25519PrivateKey) -> str:
    """Return the base64 signature of a receipt's statement."""
    return signing.sign(statement, private_key)


def is_genuine(statement: dict, signature: str, public_key: Ed25519PublicKey) -> bool:
    """Return whether this receipt was signed by this key, without asking any server; never raises."""
    return set(statement) == FIELDS and signing.is_signed(statement, signature, public_key)
