"""What came late for an attempt, slot by slot, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Answer, Attempt, LateAnswer, Proposal

KIND = "late_answers"


@dataclass(frozen=True)
class Late:
    """The newest late value of one slot; `stands` is what counts there now, (epoch, seq, value) or None.

    `state`: "counted" by a decision, "recorded", or "overtaken" where a newer answer of the person stands.
    """

    id: int
    slot: str
    epoch: int
    seq: int
    value: object
    arrived_at: datetime
    stands: tuple[int, int, object] | None
    state: str


def of_attempts(attempt_ids: Iterable[int], only: list[int] | None = None) -> dict[int, list[Late]]:
    """Return attempt -> the newest late value of each slot, in the order they came; nothing for attempts without.

    `only`: as if nothing but the late answers of these ids had come.
    """
    ids = list(attempt_ids)
    query = select(LateAnswer).where(LateAnswer.attempt_id.in_(ids)).order_by(LateAnswer.id)
    if only is not None:
        query = query.where(LateAnswer.id.in_(only))
    newest: dict[tuple[int, str], LateAnswer] = {}
    for row in db.session.scalars(query):
        before = newest.get((row.attempt_id, row.slot))
        if before is None or (row.epoch, row.seq) >= (before.epoch, before.seq):
            newest[row.attempt_id, row.slot] = row
    standing, counted = _standing(ids), counted_ids(ids)
    found: dict[int, list[Late]] = {}
    for (attempt_id, slot), row in newest.items():
        found.setdefault(attempt_id, []).append(_late(row, standing.get((attempt_id, slot)), row.id in counted))
    return found


def _late(row: LateAnswer, stands: tuple | None, is_counted: bool) -> Late:
    ahead = stands is None or (row.epoch, row.seq) > stands[:2]
    state = "counted" if is_counted else "recorded" if ahead else "overtaken"
    value = msgspec.json.decode(row.value)
    return Late(row.id, row.slot, row.epoch, row.seq, value, row.arrived_at, stands, state)


def _standing(attempt_ids: list[int]) -> dict[tuple[int, str], tuple]:
    rows = db.session.scalars(select(Answer).where(Answer.attempt_id.in_(attempt_ids)))
    return {(one.attempt_id, one.slot): (one.epoch, one.seq, msgspec.json.decode(one.value)) for one in rows}


def counted_ids(attempt_ids: list[int]) -> set[int]:
    """Return the ids of the late answers that somebody's decision has counted."""
    return {one for proposal in decisions(attempt_ids) for one in proposal.payload["late"]}


def decisions(attempt_ids: list[int]) -> list[Proposal]:
    """Return the accepted proposals about attempts, oldest first."""
    subjects = select(Attempt.public_id).where(Attempt.id.in_(attempt_ids))
    about = (Proposal.kind == KIND) & Proposal.subject.in_(subjects) & (Proposal.state == "accepted")
    return list(db.session.scalars(select(Proposal).where(about).order_by(Proposal.id)))
