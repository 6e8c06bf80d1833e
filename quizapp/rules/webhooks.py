"""Signed deliveries by the Standard Webhooks headers: v1 HMAC-SHA256 and v1a Ed25519, with rotation."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from quizapp.rules.errors import Refusal
from quizapp.rules.signing import decode
from quizapp.rules.words import N_

TOLERANCE = timedelta(seconds=300)
SECRET_PREFIX = "whsec_"
FEWEST_SECRET_BYTES, MOST_SECRET_BYTES = 24, 64
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The signed text is "id.timestamp.body": a full stop in the id would let its end pass for a timestamp.
MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
TIMESTAMP = re.compile(r"[0-9]{1,11}")


class Unverified(Refusal):
    """A message that nobody should believe."""

    status = 401
    type = "unverified"


def sign(
    message_id: str,
    sent_at: datetime,
    body: bytes,
    secrets: Iterable[bytes] = (),
    private_keys: Iterable[Ed25519PrivateKey] = (),
) -> dict[str, str]:
    """Return the three headers, with one signature for each secret (v1) and each private key (v1a).

    During a rotation pass both the old and the new secret. Raises ValueError for an id that may not be signed and
    where there is nothing to sign with.
    """
    if not MESSAGE_ID.fullmatch(message_id):
        raise ValueError("a message id has 1 to 64 letters, figures, _ and -")
    timestamp = str((sent_at - EPOCH) // timedelta(seconds=1))
    signed = _signed_text(message_id, timestamp, body)
    signatures = [f"v1,{_mac(secret, signed)}" for secret in secrets]
    signatures += [f"v1a,{base64.b64encode(key.sign(signed)).decode()}" for key in private_keys]
    if not signatures:
        raise ValueError("a message needs a secret or a key to be signed with")
    return {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": " ".join(signatures)}


def verify(
    headers: Mapping[str, str],
    body: bytes,
    now: datetime,
    secrets: Iterable[bytes] = (),
    public_keys: Iterable[Ed25519PublicKey] = (),
) -> str:
    """Return the message id if one signature fits one of the secrets or keys; raises Unverified otherwise.

    Also refused: more than 300 s older or newer than `now`. The receiver has to keep the id and apply it once.
    """
    message_id, timestamp, offered = _read_headers(headers)
    if abs(now - (EPOCH + timedelta(seconds=int(timestamp)))) > TOLERANCE:
        raise Unverified(N_("The message is more than five minutes older or newer than this clock."))
    signed = _signed_text(message_id, timestamp, body)
    secrets, public_keys = list(secrets), list(public_keys)
    for version, _, signature in (entry.partition(",") for entry in offered.split(" ")):
        if version == "v1" and any(_same(_mac(secret, signed), signature) for secret in secrets):
            return message_id
        if version == "v1a" and any(_is_signed(key, signature, signed) for key in public_keys):
            return message_id
    raise Unverified(N_("No signature of the message fits."))


def _read_headers(headers: Mapping[str, str]) -> tuple[str, str, str]:
    named = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp = named.get("webhook-id", ""), named.get("webhook-timestamp", "")
    offered = named.get("webhook-signature", "")
    if not (MESSAGE_ID.fullmatch(message_id) and TIMESTAMP.fullmatch(timestamp) and offered):
        raise Unverified(N_("The headers that sign the message are missing or not as they should be."))
    return message_id, timestamp, offered


def _signed_text(message_id: str, timestamp: str, body: bytes) -> bytes:
    return f"{message_id}.{timestamp}.".encode() + body


def _mac(secret: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()


def _same(expected: str, given: str) -> bool:
    # The texts are compared, in constant time: base64 has several spellings for the same bytes.
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def _is_signed(key: Ed25519PublicKey, signature: str, signed: bytes) -> bool:
    try:
        key.verify(decode(signature), signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_body(body: bytes) -> dict:
    """Return the JSON object of a verified body; raises Unverified for anything else and for a name given twice."""
    try:
        read = json.loads(body, object_pairs_hook=_without_twins)
    except (ValueError, RecursionError) as error:
        raise Unverified(N_("The body is not one unambiguous JSON object.")) from error
    if not isinstance(read, dict):
        raise Unverified(N_("The body is not one unambiguous JSON object."))
    return read


def _without_twins(pairs: list[tuple]) -> dict:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name is given twice")
    return dict(pairs)


def secret_to_text(secret: bytes) -> str:
    """Return a secret as it is handed to a receiver, "whsec_" and base64."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def secret_from_text(text: str) -> bytes:
    """Return the 24 to 64 bytes of a secret; raises ValueError for a weak or misspelt one."""
    secret = decode(text.removeprefix(SECRET_PREFIX))
    if not FEWEST_SECRET_BYTES <= len(secret) <= MOST_SECRET_BYTES:
        raise ValueError(f"a secret has {FEWEST_SECRET_BYTES} to {MOST_SECRET_BYTES} bytes")
    return secret
