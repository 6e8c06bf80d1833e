"""Marking: every answer against the key its attempt pinned; once, and the same again by anyone who recomputes it."""

from datetime import datetime, timedelta
from time import monotonic, sleep

import msgspec
from sqlalchemy import func, select, update

from quizapp.extensions import db
from quizapp.models import Answer, Attempt, Exam, QuestionKey, Result
from quizapp.rules import clock, marking
from quizapp.services import boards
from quizapp.services.attempts import receipts
from quizapp.services.attempts.finish import MARGIN
from quizapp.services.transaction import insert, writing

GROUP = 10  # marked in one transaction: on SQLite nobody's answer is saved meanwhile
BREATH_SECONDS = 0.02  # after each, for whoever waits to write in another process …
BREATHS = 1.5  # … and while an exam is open, so many times what the group took: who hands in goes before who is marked
BUDGET_SECONDS = 5
HANDED_IN = ("submitted", "auto_submitted")


def keys_of(revision_ids: set[int]) -> dict[int, dict]:
    """Return the keys of revisions."""
    rows = db.session.execute(
        select(QuestionKey.revision_id, QuestionKey.key).where(QuestionKey.revision_id.in_(revision_ids))
    )
    return dict(rows.all())


def mark_due(now: datetime) -> int:
    """Mark what can no longer change: handed in, its exam over, or its board live. Returns how many; repeatable.

    After some seconds it stops and leaves the rest to the next round: closing on time goes before.
    """
    total, end = 0, monotonic() + BUDGET_SECONDS
    is_open = db.session.scalar(select(Exam.id).where(Exam.opens_at <= now, Exam.ends_at > now).limit(1)) is not None
    for grace in db.session.scalars(select(Exam.grace_seconds).distinct()).all():
        query = select(Attempt.id).join_from(Attempt, Exam).where(Exam.grace_seconds == grace, _is_settled(now, grace))
        while monotonic() < end and (ids := db.session.scalars(query.order_by(Attempt.id).limit(GROUP)).all()):
            began = monotonic()
            total += mark(ids, now)
            sleep(max(BREATH_SECONDS, BREATHS * (monotonic() - began) if is_open else 0))
    return total


def is_awaited() -> bool:
    """Whether somebody handed in whose board is live: they look for their place now. Costs nothing where none is."""
    live = db.session.scalars(select(Exam.id).where(Exam.board == "live")).all()
    waiting = select(Attempt.id).where(Attempt.state == "submitted", Attempt.exam_id.in_(live)).limit(1)
    return bool(live) and db.session.scalar(waiting) is not None


def _is_settled(now: datetime, grace: int):
    """Until its exam is over an attempt may be taken up again; one the clock took in also waits for our own queues."""
    is_over = (Exam.board == "live") | (Exam.ends_at < now - MARGIN)
    is_quiet = Attempt.deadline_at < now - MARGIN - timedelta(seconds=grace)
    return is_over & ((Attempt.state == "submitted") | ((Attempt.state == "auto_submitted") & is_quiet))


def mark(attempt_ids: list[int], now: datetime) -> int:
    """Mark attempts in one transaction; one that is marked already, or open, is left as it is."""
    with writing() as session:
        claimed = session.scalars(
            update(Attempt)
            .where(Attempt.id.in_(attempt_ids), Attempt.state.in_(HANDED_IN))
            .values(state="marked")
            .returning(Attempt.id)
        ).all()
        attempts = session.scalars(select(Attempt).where(Attempt.id.in_(claimed))).all()
        keys = keys_of({item["revision_id"] for attempt in attempts for item in attempt.paper["items"]})
        answers = _answers(session, claimed)
        results = [_result(attempt, answers.get(attempt.id, {}), keys, now) for attempt in attempts]
        if results:
            session.execute(insert(Result), results)
        boards.refresh_attempts(session, attempts)
    return len(claimed)


def mark_again(session, attempt: Attempt, now: datetime) -> None:
    """Mark a marked attempt anew from what stands, in the open transaction; its receipt follows."""
    keys = keys_of({item["revision_id"] for item in attempt.paper["items"]})
    fresh = _result(attempt, _answers(session, [attempt.id]).get(attempt.id, {}), keys, now)
    session.execute(update(Result).where(Result.attempt_id == attempt.id).values(**fresh))
    boards.refresh_attempts(session, [attempt])


def _answers(session, attempt_ids) -> dict[int, dict[str, tuple]]:
    found: dict[int, dict] = {}
    rows = session.execute(
        select(Answer.attempt_id, Answer.slot, Answer.value, Answer.arrived_at).where(
            Answer.attempt_id.in_(attempt_ids)
        )
    )
    for attempt_id, slot, value, arrived_at in rows:
        found.setdefault(attempt_id, {})[slot] = (msgspec.json.decode(value), arrived_at)
    return found


def _result(attempt: Attempt, answers: dict[str, tuple], keys: dict[int, dict], now: datetime) -> dict:
    values = {slot: value for slot, (value, _) in answers.items()}
    marked = marking.mark_paper(attempt.paper, keys, values)
    receipt = receipts.ensure(attempt, values)
    last = max((arrived_at for _, arrived_at in answers.values()), default=attempt.started_at)
    counted_until = (
        last if attempt.finished_at == attempt.deadline_at else attempt.finished_at
    )  # the end came by itself
    return {
        "attempt_id": attempt.id,
        "exam_id": attempt.exam_id,
        "person_id": attempt.person_id,
        "points_milli": marked.points_milli,
        "full_milli": marked.full_milli,
        "marks": marked.marks,
        "seconds_used": clock.seconds_used(
            attempt.started_at, counted_until, attempt.outage_seconds, attempt.deadline_at
        ),
        "marking_version": marking.VERSION,
        "answers_digest": receipt.digest,
        "marked_at": now,
    }


def count_unmarked(exam_id: int) -> int:
    """Return how many attempts of an exam still wait for their marks or their end."""
    query = select(func.count()).where(Attempt.exam_id == exam_id, Attempt.state.in_(("open", *HANDED_IN)))
    return db.session.scalar(query)
