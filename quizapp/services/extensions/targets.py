"""Whom an extension is for, and which of their attempts it reaches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from quizapp.extensions import db
from quizapp.models import Attempt, Exam, LateAnswer, Person, Unit
from quizapp.rules import extensions as rules
from quizapp.rules.errors import NotFound
from quizapp.services import scope

ORDER = (Unit.code, Person.name, Person.id)


@dataclass(frozen=True)
class Target:
    """A person, or a unit and everybody below it; `name` is what a reader calls them, "" for everybody."""

    person_id: int | None
    unit_id: int | None
    name: str

    @property
    def is_named(self) -> bool:
        """Whether it is one person."""
        return self.person_id is not None


@dataclass(frozen=True)
class Reached:
    """An attempt with what an extension would do to it."""

    attempt_id: int
    public_id: str
    login: str
    person: str
    unit: str
    state: str
    deadline_at: datetime
    effect: rules.Effect


def find(exam: Exam, person: str = "", unit: str = "") -> Target:
    """Return whom a public id or a unit's code means; neither: everybody. Raises NotFound outside the exam's unit."""
    if person:
        row = db.session.scalar(
            select(Person).where(Person.public_id == person, Person.unit_id.in_(scope.below(exam.unit_id)))
        )
        if row is None:
            raise NotFound(scope.NOT_HERE)
        return Target(row.id, None, row.name)
    if not unit:
        return Target(None, exam.unit_id, "")
    row = db.session.scalar(select(Unit).where(Unit.code == unit, Unit.id.in_(scope.below(exam.unit_id))))
    if row is None:
        raise NotFound(scope.NOT_HERE)
    return Target(None, row.id, row.name if row.id != exam.unit_id else "")


def person_of_login(login: str) -> str:
    """Return the public id of a login, "" for none. Raises NotFound for a login that there is not."""
    found = login and db.session.scalar(select(Person.public_id).where(Person.login == login))
    if login and not found:
        raise NotFound(scope.NOT_HERE)
    return found


def reached(exam: Exam, target: Target, minutes: int, now: datetime, is_locking: bool = False) -> list[Reached]:
    """Return the attempts of those meant that so many minutes change, by unit and name; only the newest of each person.

    With `is_locking` they stay as they are until the open transaction ends.
    """
    query = _newest(exam).where(_meant(target)).order_by(*ORDER)
    if is_locking:
        query = query.with_for_update(of=Attempt)
    found = []
    for *known, state, deadline_at, first_late_at in db.session.execute(query):
        effect = rules.effect(state, deadline_at, minutes, now, exam.grace_seconds, first_late_at, target.is_named)
        if effect is not None:
            found.append(Reached(*known, state, deadline_at, effect))
    return found


def _newest(exam: Exam):
    other = aliased(Attempt)
    newest = select(func.max(other.number)).where(other.exam_id == exam.id, other.person_id == Attempt.person_id)
    late = select(func.min(LateAnswer.arrived_at)).where(
        LateAnswer.attempt_id == Attempt.id, LateAnswer.arrived_at > Attempt.deadline_at
    )
    return (
        select(
            Attempt.id,
            Attempt.public_id,
            Person.login,
            Person.name,
            Unit.name,
            Attempt.state,
            Attempt.deadline_at,
            late.scalar_subquery(),
        )
        .join(Person, Person.id == Attempt.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Attempt.exam_id == exam.id, Attempt.number == newest.scalar_subquery())
        .where(Attempt.state.in_(("open", "submitted", "auto_submitted")))
    )


def _meant(target: Target):
    if target.is_named:
        return Person.id == target.person_id
    return Person.unit_id.in_(scope.below(target.unit_id))
