"""What a trainee is told of answers that came too late."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Attempt, Person
from quizapp.services.late_answers import records


@dataclass(frozen=True)
class Decision:
    """Who counted some of them, when and why."""

    answers: int
    reason: str
    proposed_by: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class Notes:
    """How many late answers are recorded without counting, and the decisions that counted some."""

    recorded: int = 0
    decisions: list[Decision] = field(default_factory=list)


def of_attempt(attempt_id: str, person_id: int) -> Notes:
    """Return what to tell a person of their own attempt; empty where nothing came late."""
    mine = (Attempt.public_id == attempt_id) & (Attempt.person_id == person_id)
    row_id = db.session.scalar(select(Attempt.id).where(mine))
    late = records.of_attempts([row_id]).get(row_id, []) if row_id else []
    if not late:
        return Notes()
    decided = [proposal for _, proposal in records.decisions([row_id])]
    people = {id for one in decided for id in (one.asked_by_id, one.decided_by_id)}
    names = dict(db.session.execute(select(Person.id, Person.name).where(Person.id.in_(people))).all())
    return Notes(
        sum(one.state == "recorded" for one in late),
        [
            Decision(
                len(one.payload["late"]), one.reason, names[one.asked_by_id], names[one.decided_by_id], one.decided_at
            )
            for one in decided
        ],
    )
