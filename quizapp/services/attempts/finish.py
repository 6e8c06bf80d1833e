"""Handing in, and taking in by the clock what nobody handed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select, update

from quizapp.extensions import db
from quizapp.models import Answer, Attempt, Exam, Receipt
from quizapp.rules.errors import Conflict
from quizapp.services.attempts import papers, receipts, save
from quizapp.services.attempts.ending import Ended, find_ended
from quizapp.services.transaction import writing

GROUP = 200
MARGIN = timedelta(seconds=10)  # longer than an answer can wait in our own queues


class UnknownEpoch(Conflict):
    """The device took part before the server was set back to a backup: what it holds has to be sent again first."""

    type = "unknown-epoch"


@dataclass(frozen=True)
class HandedIn:
    """What the person gets for handing in."""

    attempt_id: str
    state: str
    submitted_at: datetime
    answered: int
    code: str
    digest: str
    signature: str
    key_id: str
    ended: Ended | None = None


def submit(public_id: str, person_id: int, epoch: int, answers: list[save.Sent], arrival: datetime) -> HandedIn:
    """Take the last answers and close the attempt in one transaction; again returns the same receipt.

    One that arrives after deadline and grace closes as the clock would have: at the deadline, its late answers
    recorded but not counted. Raises NotFound for a foreign attempt, UnknownEpoch where the device has to resume first.
    """
    ticket = save.ticket_of(public_id, person_id)
    batch, _ = save.check(ticket, epoch, answers, arrival)
    with writing() as session:
        _lock(session, ticket, epoch, arrival)
        if batch.rows:
            batch.apply(session.connection())
        _close(session, ticket, arrival)
        attempt = session.get(Attempt, ticket.attempt_id, populate_existing=True)
        receipt = receipts.ensure_for_end(attempt, lambda: standing(session, attempt.id))
        return _handed_in(attempt, receipt, arrival)


def _lock(session, ticket: papers.Ticket, epoch: int, arrival: datetime) -> None:
    """Let one hand-in of an attempt go on at a time (SQLite has a single writer anyhow).

    Refuses to close an open attempt by a device whose saved answers a restored backup may lack.
    """
    query = select(Attempt.state, Attempt.deadline_at, Attempt.epoch, Attempt.least_epoch)
    attempt = session.execute(query.where(Attempt.id == ticket.attempt_id).with_for_update()).one()
    in_time = arrival <= attempt.deadline_at + timedelta(milliseconds=ticket.grace_ms)
    if attempt.state == "open" and in_time and not attempt.least_epoch <= epoch <= attempt.epoch:
        raise UnknownEpoch(save.UNKNOWN_EPOCH)


def _close(session, ticket: papers.Ticket, arrival: datetime) -> None:
    mine = update(Attempt).where(Attempt.id == ticket.attempt_id, Attempt.state == "open")
    deadline = Attempt.deadline_at
    in_time = deadline >= arrival - timedelta(milliseconds=ticket.grace_ms)
    if not session.execute(mine.where(in_time).values(state="submitted", finished_at=arrival)).rowcount:
        session.execute(mine.values(state="auto_submitted", finished_at=deadline))


def standing(session, attempt_id: int) -> dict[str, object]:
    """Return the values that stand, by slot."""
    rows = session.execute(select(Answer.slot, Answer.value).where(Answer.attempt_id == attempt_id))
    return {slot: msgspec.json.decode(value) for slot, value in rows}


def _handed_in(attempt: Attempt, receipt: Receipt, arrival: datetime | None = None) -> HandedIn:
    return HandedIn(
        attempt.public_id,
        attempt.state,
        receipt.submitted_at,
        receipt.answered,
        receipt.code,
        receipt.digest,
        receipt.signature,
        receipt.key_id,
        None if attempt.finished_at == arrival else find_ended(attempt),
    )


def find_handed_in(public_id: str, person_id: int) -> HandedIn | None:
    """Return the receipt of a person's own attempt, or None where there is none yet."""
    attempt = db.session.scalar(select(Attempt).where(Attempt.public_id == public_id, Attempt.person_id == person_id))
    receipt = receipts.of_this_end(attempt) if attempt else None
    return _handed_in(attempt, receipt) if receipt else None


def close_expired(now: datetime) -> int:
    """Take in every attempt whose deadline and grace are over, in groups; finish time is the deadline. Repeatable."""
    total = 0
    for grace in db.session.scalars(select(Exam.grace_seconds).distinct()).all():
        is_over = Attempt.deadline_at < now - timedelta(seconds=grace)
        exams = select(Exam.id).where(Exam.grace_seconds == grace)
        due = select(Attempt.id).where(Attempt.state == "open", is_over, Attempt.exam_id.in_(exams)).limit(GROUP)
        while ids := db.session.scalars(due).all():
            total += take_in(ids, is_over)
    return total


def take_in(attempt_ids: list[int], *conditions) -> int:
    """Close open attempts as they stand, at their deadline; returns how many were still open.

    The conditions are asked of each once more as it is closed: it may have been given more time since it was found.
    """
    with writing() as session:
        return session.execute(
            update(Attempt)
            .where(Attempt.id.in_(attempt_ids), Attempt.state == "open", *conditions)
            .values(state="auto_submitted", finished_at=Attempt.deadline_at)
        ).rowcount


def give_receipts(now: datetime) -> int:
    """Issue the receipt of every attempt that the clock took in and that no answer can reach any more. Repeatable."""
    mine = select(Receipt.code).where(
        Receipt.attempt_id == Attempt.id, Receipt.superseded_by.is_(None), Receipt.submitted_at == Attempt.finished_at
    )
    total = 0
    for grace in db.session.scalars(select(Exam.grace_seconds).distinct()).all():
        exams = select(Exam.id).where(Exam.grace_seconds == grace)
        settled = (Attempt.state == "auto_submitted") & (Attempt.deadline_at < now - timedelta(seconds=grace) - MARGIN)
        due = select(Attempt.id).where(settled, Attempt.exam_id.in_(exams), ~mine.exists()).limit(GROUP)
        while ids := db.session.scalars(due).all():
            total += _give(ids, settled)
    return total


def _give(attempt_ids: list[int], condition) -> int:
    with writing() as session:
        query = select(Attempt).where(Attempt.id.in_(attempt_ids), condition).with_for_update()
        attempts = session.scalars(query).all()
        for attempt in attempts:
            receipts.ensure(attempt, standing(session, attempt.id))
    return len(attempts)
