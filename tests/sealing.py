"""An answer file as a phone makes it, for tests that have no phone."""

import base64
import hashlib
import hmac
import json

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

IV = bytes(range(12))


def text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def sealed(attempt: str, key: bytes, content: dict, iv: bytes = IV) -> str:
    """Return what a browser makes that has a cipher."""
    head = f"QUIZAPP1.{attempt}"
    box = AESGCM(key).encrypt(iv, json.dumps(content).encode(), head.encode())
    return f"{head}.{text_of(iv)}.{text_of(box)}"


def signed(attempt: str, key: bytes, content: dict) -> str:
    """Return what a browser makes over plain http."""
    head = f"QUIZAPP0.{attempt}.{text_of(json.dumps(content).encode())}"
    return f"{head}.{text_of(hmac.new(key, head.encode(), hashlib.sha256).digest())}"
