"""Answers that came too late and are in time after all, since their attempt was given more time."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from quizapp.models import Attempt, LateAnswer
from quizapp.models.types import to_ms
from quizapp.services.attempts.save import Batch


def count_again(session, exam_id: int, deadlines: dict[int, datetime], grace_seconds: int) -> dict[int, int]:
    """Let late answers count that lie within the new deadlines of their attempts (row id -> deadline).

    They go the way of any answer, with the arrival they had, into what stands and into the history; so that a phone
    that is gone loses nothing. Returns attempt -> how many. In the open transaction, which has moved the deadlines.
    """
    grace, counted, moved = timedelta(seconds=grace_seconds), {}, []
    query = select(LateAnswer).join(Attempt, Attempt.id == LateAnswer.attempt_id).where(Attempt.exam_id == exam_id)
    for late in session.scalars(query.order_by(LateAnswer.id)).all():
        deadline = deadlines.get(late.attempt_id)
        if deadline is None or late.arrived_at > deadline + grace:
            continue
        outcome = Batch(late.attempt_id, [_row(late, grace_seconds)]).apply(session.connection())
        if late.slot in outcome.saved or late.slot in outcome.superseded:
            counted[late.attempt_id] = counted.get(late.attempt_id, 0) + 1
            moved.append({"this": late.id})
    if moved:
        table = LateAnswer.__table__
        session.connection().execute(delete(table).where(table.c.id == bindparam("this")), moved)
    return counted


def _row(late: LateAnswer, grace_seconds: int) -> dict:
    return {
        "attempt_id": late.attempt_id,
        "slot": late.slot,
        "epoch": late.epoch,
        "seq": late.seq,
        "value": late.value,
        "arrived_at": to_ms(late.arrived_at),
        "grace_ms": grace_seconds * 1000,
        "source": late.source,
    }
