"""What a receiver is told of one unit: the published result as plain data, and the digest that seals it.

Inside the house figures are whole thousandths. Outside they are plain numbers, shares of 1 and points, with at most
three decimals; the canonical text (RFC 8785) writes each of them in one way only, so that the digest stays exact.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime

import rfc8785

from quizapp.rules.clock import rfc3339

TYPE = "village_result.published"
VERSION = 1
REVISIONS_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
OWN = {"event_id", "revision", "supersedes", "published_at", "seal"}  # of this one publication, not of the result


@dataclass(frozen=True)
class Place:
    """A unit as others name it."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Counted:
    """The dated roster of a unit in numbers."""

    on: date
    size: int
    excused: int


@dataclass(frozen=True)
class Publication:
    """Which revision of a unit's result this is; `supersedes` is the event id of the one before."""

    event_id: str
    revision: int
    supersedes: str | None
    published_at: datetime


def next_revision(last: int, since: datetime, restored_at: datetime | None) -> int:
    """Return the number of the revision after `last`, which was published at `since`.

    A restored instance does not know what it published after its backup: it goes on with a number that was never
    used, the minute of the restore, so that no number stands for two contents.
    """
    if restored_at is None or restored_at < since:
        return last + 1
    return max(last + 1, int((restored_at - REVISIONS_BEGAN).total_seconds()) // 60)


def result(campaign: dict, township: Place, unit: Place, row: dict, of: int, roster: Counted) -> dict:
    """Return the result of a unit from its row of `evaluation.evaluate`; `campaign` is `{"id", "title"}`.

    The row's indicators bear the names to be shown. A unit without any figure has no "rank".
    """
    told = {
        "type": TYPE,
        "version": VERSION,
        "campaign": campaign["id"],
        "campaign_title": campaign["title"],
        "township": township.code,
        "township_name": township.name,
        "unit": dict(vars(unit)),
        "indicators": [outside(entry) for entry in row["indicators"]],
        "total": number(row["total"]),
        "of": of,
        "roster": {
            "date": roster.on.isoformat(),
            "size": roster.size,
            "excused": roster.excused,
            "counted": roster.size - roster.excused,
        },
    }
    return told if row["rank"] is None else {**told, "rank": row["rank"]}


def outside(indicator: dict) -> dict:
    """Return an indicator of a row as it goes outside: plain numbers, "value" absent while there is none."""
    numbers = ("value", "target", "weight", "effective_weight", "points")
    return {name: number(value) if name in numbers else value for name, value in indicator.items()}


def number(milli: int) -> int | float:
    """Return thousandths as the plain number they stand for."""
    return milli // 1000 if milli % 1000 == 0 else milli / 1000


def publish(told: dict, publication: Publication) -> dict:
    """Return the result as one publication of it, not sealed yet."""
    return {
        **told,
        "event_id": publication.event_id,
        "revision": publication.revision,
        "supersedes": publication.supersedes,
        "published_at": rfc3339(publication.published_at),
    }


def is_same(told: dict, published: dict) -> bool:
    """Whether a publication already says what the result says."""
    return told == {name: value for name, value in published.items() if name not in OWN}


def digest(published: dict) -> str:
    """Return SHA-256 in hexadecimal over the canonical text of a publication without its seal."""
    unsealed = {name: value for name, value in published.items() if name != "seal"}
    return hashlib.sha256(rfc8785.dumps(unsealed)).hexdigest()


def to_text(published: dict) -> str:
    """Return the canonical text that is signed and sent."""
    return rfc8785.dumps(published).decode()


def sealed_row(published: dict, total_milli: int) -> dict:
    """Return the row of the chain that fixes a publication; rank 0 stands for none."""
    return {
        "kind": "sheet",
        "event_id": published["event_id"],
        "unit": published["unit"]["code"],
        "revision": published["revision"],
        "digest": digest(published),
        "total_milli": total_milli,
        "rank": published.get("rank", 0),
        "of": published["of"],
        "published_at": published["published_at"],
    }
