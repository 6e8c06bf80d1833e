"""Handing in, and taking in by the clock what nobody handed in."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select, update

from quizapp.extensions import db
from quizapp.models import Answer, Attempt, Exam, Receipt
from quizapp.models.types import from_ms, to_ms
from quizapp.rules.errors import Conflict
from quizapp.rules.question_types import KINDS
from quizapp.services.attempts import papers, receipts, save
from quizapp.services.attempts.ending import Ended, find_ended
from quizapp.services.transaction import dialects, run, writing

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
    done = save.durably(Submission(public_id, ticket, epoch, batch, to_ms(arrival)))
    if done is None:
        raise UnknownEpoch(save.UNKNOWN_EPOCH)
    if to_ms(done.submitted_at) == to_ms(arrival):
        return done
    return replace(done, ended=find_ended(public_id, ticket.exam_id, done.submitted_at))


# Locked: one hand-in of an attempt goes on at a time (SQLite has a single writer anyhow).
LOCK = dialects(
    "SELECT state, deadline_at, epoch, least_epoch FROM attempts WHERE id = :attempt_id {lock}",
    lock={"sqlite": "", "postgresql": "FOR UPDATE"},
)
CLOSE = dialects(
    "UPDATE attempts SET state = 'submitted', finished_at = :arrived_at"
    " WHERE id = :attempt_id AND state = 'open' AND deadline_at + :grace_ms >= :arrived_at"
)
CLOSE_LATE = dialects(
    "UPDATE attempts SET state = 'auto_submitted', finished_at = deadline_at WHERE id = :attempt_id AND state = 'open'"
)
END = dialects("SELECT state, finished_at FROM attempts WHERE id = :attempt_id")
STANDING = dialects("SELECT slot, value FROM answers WHERE attempt_id = :attempt_id")


@dataclass(frozen=True)
class Submission:
    """A hand-in with its last answers, ready to be written; on SQLite in one commit with whoever else is waiting."""

    public_id: str
    ticket: papers.Ticket
    epoch: int
    batch: save.Batch
    arrived_at: int

    def apply(self, connection) -> HandedIn | None:
        """Take the answers, close the attempt and issue its receipt, in the open transaction.

        None, with nothing written, where an open attempt would be closed by a device whose saved answers a restored
        backup may lack.
        """
        ticket = self.ticket
        mine = {"attempt_id": ticket.attempt_id, "arrived_at": self.arrived_at, "grace_ms": ticket.grace_ms}
        state, deadline_at, epoch, least_epoch = run(connection, LOCK, mine).one()
        in_time = self.arrived_at <= deadline_at + ticket.grace_ms
        if state == "open" and in_time and not least_epoch <= self.epoch <= epoch:
            return None
        if self.batch.rows:
            self.batch.apply(connection)
        if not run(connection, CLOSE, mine).rowcount:
            run(connection, CLOSE_LATE, mine)
        state, finished_at = run(connection, END, mine).one()
        return _receipted(self.public_id, state, receipts.ensure_for_end(
            connection, ticket.attempt_id, self.public_id, from_ms(finished_at), lambda: self._standing(connection)
        ))  # fmt: skip

    def _standing(self, connection) -> tuple[dict[str, object], int]:
        rows = run(connection, STANDING, {"attempt_id": self.ticket.attempt_id})
        values = {slot: msgspec.json.decode(value) for slot, value in rows}
        items = [self.ticket.item(slot) for slot in values]
        return values, sum(KINDS[item["kind"]].is_answered(item, values[item["slot"]]) for item in items)


def standing(session, attempt_id: int) -> dict[str, object]:
    """Return the values that stand, by slot."""
    rows = session.execute(select(Answer.slot, Answer.value).where(Answer.attempt_id == attempt_id))
    return {slot: msgspec.json.decode(value) for slot, value in rows}


def _receipted(public_id: str, state: str, receipt: Receipt) -> HandedIn:
    return HandedIn(
        public_id,
        state,
        receipt.submitted_at,
        receipt.answered,
        receipt.code,
        receipt.digest,
        receipt.signature,
        receipt.key_id,
    )


def find_handed_in(public_id: str, person_id: int) -> HandedIn | None:
    """Return the receipt of a person's own attempt, or None where there is none yet."""
    attempt = db.session.scalar(select(Attempt).where(Attempt.public_id == public_id, Attempt.person_id == person_id))
    receipt = receipts.of_this_end(attempt) if attempt else None
    ended = receipt and find_ended(public_id, attempt.exam_id, attempt.finished_at)
    return replace(_receipted(public_id, attempt.state, receipt), ended=ended) if receipt else None


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
