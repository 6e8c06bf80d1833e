"""Answer files: what a phone without a network could not send, sealed for the server under the attempt's own key.

`QUIZAPP1.<attempt>.<iv>.<box>`: AES-256-GCM, as browsers offer it on https. `QUIZAPP0.<attempt>.<content>.<mac>`: where
they do not (plain http), readable, but with an HMAC-SHA256. All parts in base64url without padding. The content is
`{"epoch": …, "answers": [[slot, seq, value], …]}`. Only who holds the attempt's key can make either.
"""

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.words import N_

LONGEST = 300_000  # characters
SHAPE = re.compile(r"(QUIZAPP[01])\.([0-9A-Za-z]{1,32})\.([\w-]+)\.([\w-]+)", re.ASCII)
NOT_ONE = N_("This is not an answer file. It begins with QUIZAPP and was made by the exam page on a phone.")
CHANGED = N_(
    "This answer file was changed, cut off, or not made for this site; nothing of it was taken in. "
    "Please have the phone make it again."
)


@dataclass(frozen=True)
class Parts:
    """A file as it stands there, not opened yet."""

    kind: str
    attempt: str
    first: str
    second: str

    @property
    def digest(self) -> str:
        """What tells this file from every other, however it was wrapped on its way."""
        return hashlib.sha256(".".join((self.kind, self.attempt, self.first, self.second)).encode()).hexdigest()


Slot = Annotated[str, msgspec.Meta(min_length=1, max_length=8)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class Content(msgspec.Struct, forbid_unknown_fields=True):
    """What a file holds once it is opened."""

    epoch: Count
    answers: Annotated[list[tuple[Slot, Count, Any]], msgspec.Meta(max_length=500)]


decoder = msgspec.json.Decoder(Content)  # made once, by one thread: the first use by several at once can crash


def attempt_key(master: bytes, attempt: str) -> bytes:
    """Return the key that one attempt's phone is given at its start (32 bytes)."""
    return hmac.digest(master, f"answer file {attempt}".encode(), "sha256")


def take_apart(text: str) -> Parts:
    """Return the parts of a file's text, whatever spaces came into it on its way. Raises Invalid where it is none."""
    found = SHAPE.fullmatch("".join(text.split())) if len(text) <= LONGEST else None
    if found is None:
        raise Invalid([Problem("not-an-answer-file", NOT_ONE)])
    return Parts(*found.groups())


def open_up(parts: Parts, key: bytes) -> Content:
    """Return what a file holds. Raises Invalid where one sign of it is not as the attempt's phone wrote it."""
    try:
        plain = _plain(parts, key, _bytes(parts.first), _bytes(parts.second))
        return decoder.decode(plain)
    except (InvalidTag, ValueError, binascii.Error, msgspec.MsgspecError):
        raise Invalid([Problem("changed", CHANGED)]) from None


def _bytes(text: str) -> bytes:
    """Return what base64url stands for; spelled in any other way than the one it is refused."""
    raw = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
        raise ValueError("spelled otherwise")
    return raw


def _plain(parts: Parts, key: bytes, first: bytes, second: bytes) -> bytes:
    head = f"{parts.kind}.{parts.attempt}"
    if parts.kind == "QUIZAPP1":
        return AESGCM(key).decrypt(first, second, head.encode())
    if not hmac.compare_digest(hmac.digest(key, f"{head}.{parts.first}".encode(), "sha256"), second):
        raise InvalidTag
    return first
