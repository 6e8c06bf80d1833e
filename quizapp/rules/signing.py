"""Ed25519 signatures over canonical JSON, and the short id that every signature names its key by."""

import base64
import binascii
import hashlib

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def key_id(public_key: Ed25519PublicKey) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the raw public key."""
    return hashlib.sha256(public_key.public_bytes_raw()).hexdigest()[:16]


def sign(statement: dict, private_key: Ed25519PrivateKey) -> str:
    """Return the base64 signature over the statement's canonical JSON (RFC 8785).

    The statement has to name the key it is signed with in `key_id`; raises ValueError where it does not.
    """
    if statement.get("key_id") != key_id(private_key.public_key()):
        raise ValueError("the statement names another key")
    return base64.b64encode(private_key.sign(rfc8785.dumps(statement))).decode()


def is_signed(statement: dict, signature: str, public_key: Ed25519PublicKey) -> bool:
    """Return whether this very statement was signed by the key that it names; never raises for hostile input."""
    if statement.get("key_id") != key_id(public_key):
        return False
    try:
        public_key.verify(decode(signature), rfc8785.dumps(statement))
    except (InvalidSignature, ValueError, TypeError, RecursionError):
        return False
    return True


def decode(text: str) -> bytes:
    """Return the bytes of strict base64; raises ValueError for any other spelling of the same bytes."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not the one right base64 spelling")
    return raw
