"""The file that a campaign's chain is exported to: its shape, and the keys it names."""

import base64
from typing import Annotated

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from quizapp.rules import seal
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.signing import decode, key_id
from quizapp.rules.words import N_

FORMAT = "quizapp-chain"


class KeyIn(msgspec.Struct):
    key_id: str
    public_key: str


class HeadIn(msgspec.Struct):
    campaign: str
    count: Annotated[int, msgspec.Meta(ge=0)]
    head: str
    time: str
    key_id: str
    signature: str

    def statement(self) -> dict:
        """Return what the signature covers."""
        return {name: getattr(self, name) for name in seal.HEAD_FIELDS}


class RowIn(msgspec.Struct):
    row: str
    hash: str


class CampaignIn(msgspec.Struct):
    id: str
    title: str


class ChainFile(msgspec.Struct):
    """The whole file; `sheets` are the texts that were signed and sent."""

    format: str
    version: int
    campaign: CampaignIn
    keys: list[KeyIn]
    heads: list[HeadIn]
    rows: list[RowIn]
    sheets: list[str]


decoder = msgspec.json.Decoder(ChainFile)  # made once, by one thread: the first use by several at once can crash


def read(raw: bytes) -> ChainFile:
    """Return the file that some bytes hold. Raises Invalid for anything else."""
    try:
        found = decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        message = N_("This is no exported chain: %(why)s.")
        raise Invalid([Problem("not-a-chain", message, "", {"why": str(error)})]) from None
    if found.format != FORMAT or found.version != 1:
        raise Invalid([Problem("not-a-chain", N_("This is no exported chain of a version known here."), "format")])
    return found


def own_keys(file: ChainFile) -> dict[str, Ed25519PublicKey]:
    """Return the keys that the file brings; they prove only that it agrees with itself. Damaged ones are left out."""
    found = {}
    for one in file.keys:
        try:
            key = public_key(one.public_key)
        except ValueError:
            continue
        found[key_id(key)] = key
    return found


def public_key(text: str) -> Ed25519PublicKey:
    """Return a public key from base64 of its 32 bytes; raises ValueError for anything else."""
    return Ed25519PublicKey.from_public_bytes(decode(text.strip()))


def key_text(key: Ed25519PublicKey) -> str:
    """Return a public key as `public_key` reads it."""
    return base64.b64encode(key.public_bytes_raw()).decode()
