"""The pulse of a serving process: every few seconds it writes that it serves, and what its requests have noted."""

from datetime import datetime, timedelta

import msgspec
from flask import current_app
from sqlalchemy import delete, func, insert, select, update

from quizapp.models import ServingSpan
from quizapp.models.types import to_ms
from quizapp.rules.invigilation import SILENT
from quizapp.services.invigilation.notes import Notes
from quizapp.services.transaction import dialects, run, writing

EVERY_SECONDS = 15
GAP = timedelta(seconds=60)  # between two beats: the time between them is no time of serving
MOST_SPANS = 5000
GROUP = 500

SILENCE = dialects(
    "INSERT INTO attempt_silences (attempt_id, from_at, until_at)"
    " SELECT contact.attempt_id, contact.heard_at, :first FROM attempt_contacts AS contact"
    " JOIN attempts ON attempts.id = contact.attempt_id"
    f" WHERE attempts.public_id = :attempt AND contact.heard_at + {SILENT // timedelta(milliseconds=1)} < :first"
)
CONTACT = dialects(
    "INSERT INTO attempt_contacts (attempt_id, heard_at) SELECT id, :last FROM attempts WHERE public_id = :attempt"
    " ON CONFLICT (attempt_id) DO UPDATE SET heard_at = excluded.heard_at"
    " WHERE excluded.heard_at > attempt_contacts.heard_at"
)
SIGNAL = dialects(
    "INSERT INTO attempt_signals (attempt_id, kind, device, told, at)"
    " SELECT id, :kind, :device, :told, :at FROM attempts WHERE public_id = :attempt"
)


def notes() -> Notes:
    """Return the notes of this process."""
    found = current_app.extensions.get("notes")
    return found if found is not None else current_app.extensions.setdefault("notes", Notes())


def hear(attempt: str, now: datetime) -> None:
    """Note that an attempt was heard; its own person's request has been let in before."""
    notes().hear(attempt, to_ms(now))


def tell(attempt: str, kind: str, device: str, values: dict, now: datetime) -> None:
    """Note what a device tells of an attempt: `kind` "opened" or "told"."""
    notes().tell(attempt, kind, device, values, to_ms(now))


def beat(span_id: int | None, now: datetime) -> int:
    """Write that this process serves, then what was noted; return the span that the next beat goes on with.

    What cannot be written stays noted. After a pause in which nothing could be written a new span begins.
    """
    with writing() as session:
        going_on = update(ServingSpan).where(ServingSpan.id == span_id, ServingSpan.last_at >= now - GAP)
        if span_id is None or not session.execute(going_on.values(last_at=now)).rowcount:
            begun = insert(ServingSpan).values(started_at=now, last_at=now).returning(ServingSpan.id)
            span_id = session.scalar(begun)
            newest = select(func.max(ServingSpan.id)).scalar_subquery()
            session.execute(delete(ServingSpan).where(ServingSpan.id <= newest - MOST_SPANS))
    _write_notes(notes(), to_ms(now))
    return span_id


def _write_notes(noted: Notes, now: int) -> None:
    heard, told = noted.due_heard(now), noted.due_told(now)
    for start in range(0, len(heard), GROUP):
        group = heard[start : start + GROUP]
        with writing() as session:
            for statements in (SILENCE, CONTACT):
                run(session.connection(), statements, group)
        noted.wrote_heard(group)
    for start in range(0, len(told), GROUP):
        group = told[start : start + GROUP]
        rows = [row | {"told": msgspec.json.encode(row["told"]).decode()} for row in group]
        with writing() as session:
            run(session.connection(), SIGNAL, rows)
        noted.wrote_told(group, now)
