"""Column types that mean the same on SQLite and PostgreSQL: moments, JSON text, public ids."""

import secrets
from datetime import UTC, datetime

import msgspec
from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LongInteger = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up only in a plain INTEGER key
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def to_ms(moment: datetime) -> int:
    """Return whole milliseconds since 1970 UTC of an aware moment; a naive one is refused."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    delta = moment - EPOCH
    return delta.days * 86_400_000 + delta.seconds * 1000 + delta.microseconds // 1000


def from_ms(ms: int) -> datetime:
    """Return the aware UTC moment of whole milliseconds since 1970."""
    return datetime.fromtimestamp(ms // 1000, UTC).replace(microsecond=ms % 1000 * 1000)


def new_public_id() -> str:
    """Return 16 random characters (79 bits) for an id that stands in an address."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


class Moment(TypeDecorator):
    """An aware UTC moment, kept as milliseconds so that it compares and sorts alike everywhere."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else to_ms(value)

    def process_result_value(self, value, dialect):
        return None if value is None else from_ms(value)


class Json(TypeDecorator):
    """Plain values as compact JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value, dialect):
        return None if value is None else msgspec.json.decode(value)
