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

    key: tuple[str, int, int, str]
    slot: str
    value: object
    arrived_at: datetime
    source: str
    stands: tuple[int, int, object] | None
    state: str


Key = tuple[str, int, int, str]  # slot, epoch, seq and the value as it came: what a proposal pins


def key_of(row: LateAnswer | Answer) -> Key:
    """Return what tells an answer of an attempt from every other."""
    return row.slot, row.epoch, row.seq, row.value


def of_attempts(attempt_ids: Iterable[int], only: list[Key] | None = None) -> dict[int, list[Late]]:
    """Return attempt -> the newest late value of each slot, in the order they came; nothing for attempts without.

    `only`: as if nothing but these had come.
    """
    ids = list(attempt_ids)
    newest: dict[tuple[int, str], LateAnswer] = {}
    for row in db.session.scalars(select(LateAnswer).where(LateAnswer.attempt_id.in_(ids)).order_by(LateAnswer.id)):
        before = newest.get((row.attempt_id, row.slot))
        if only is not None and key_of(row) not in only:
            continue
        if before is None or (row.epoch, row.seq) >= (before.epoch, before.seq):
            newest[row.attempt_id, row.slot] = row
    standing, decided = _standing(ids), counted(ids)
    found: dict[int, list[Late]] = {}
    for (attempt_id, slot), row in newest.items():
        is_counted = key_of(row) in decided.get(attempt_id, ())
        found.setdefault(attempt_id, []).append(_late(row, standing.get((attempt_id, slot)), is_counted))
    return found


def _late(row: LateAnswer, stands: tuple | None, is_counted: bool) -> Late:
    ahead = stands is None or (row.epoch, row.seq) > stands[:2]
    state = "counted" if is_counted else "recorded" if ahead else "overtaken"
    return Late(key_of(row), row.slot, msgspec.json.decode(row.value), row.arrived_at, row.source, stands, state)


def _standing(attempt_ids: list[int]) -> dict[tuple[int, str], tuple]:
    rows = db.session.scalars(select(Answer).where(Answer.attempt_id.in_(attempt_ids)))
    return {(one.attempt_id, one.slot): (one.epoch, one.seq, msgspec.json.decode(one.value)) for one in rows}


def counted(attempt_ids: list[int]) -> dict[int, set[Key]]:
    """Return attempt -> the late answers that somebody's decision has counted."""
    found: dict[int, set[Key]] = {}
    for attempt_id, proposal in decisions(attempt_ids):
        found.setdefault(attempt_id, set()).update(pinned(proposal))
    return found


def pinned(proposal: Proposal) -> list[Key]:
    """Return the answers that a proposal is about."""
    return [tuple(one) for one in proposal.payload["late"]]


def decisions(attempt_ids: list[int]) -> list[tuple[int, Proposal]]:
    """Return (attempt, accepted proposal) about attempts, oldest first."""
    query = select(Attempt.id, Proposal).join(Proposal, Proposal.subject == Attempt.public_id)
    about = (Proposal.kind == KIND) & (Proposal.state == "accepted") & Attempt.id.in_(attempt_ids)
    return [tuple(row) for row in db.session.execute(query.where(about).order_by(Proposal.id))]
