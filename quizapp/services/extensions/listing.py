"""What was granted at an exam, and whom somebody may be looking for who grants."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from quizapp.extensions import db
from quizapp.models import Attempt, Exam, ExtendedAttempt, Extension, Person, RoleGrant, Unit
from quizapp.rules.names import fold_login
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.exams import get_exam
from quizapp.services.extensions.granting import DEED
from quizapp.services.units import Place

MOST_FOUND = 20


@dataclass(frozen=True)
class Granted:
    """One grant; `whom` is "" for everybody, `granted_by` "" for the system operator."""

    whom: str
    minutes: int
    reason: str
    is_outage: bool
    granted_by: str
    granted_at: datetime
    attempts: int
    reopened: int


@dataclass(frozen=True)
class Candidate:
    """Somebody of the exam's unit who may be given time, and how the newest attempt stands ("": none)."""

    id: str
    name: str
    unit: str
    state: str
    deadline_at: datetime | None


def list_granted(actor: Actor | None, exam_id: str) -> list[Granted]:
    """Return what was granted at an exam, newest first. Raises NotFound out of reach."""
    exam = _exam(actor, exam_id)
    giver, named = aliased(Person), aliased(Person)
    counts = select(ExtendedAttempt.extension_id, func.count().label("all"),
                    func.count().filter(ExtendedAttempt.is_reopened).label("again"))  # fmt: skip
    counts = counts.group_by(ExtendedAttempt.extension_id).subquery()
    query = (
        select(Extension, giver.name, named.name, Unit.name, counts.c.all, counts.c.again)
        .outerjoin(giver, giver.id == Extension.granted_by_id)
        .outerjoin(named, named.id == Extension.person_id)
        .outerjoin(Unit, Unit.id == Extension.unit_id)
        .outerjoin(counts, counts.c.extension_id == Extension.id)
        .where(Extension.exam_id == exam.id)
        .order_by(Extension.id.desc())
    )
    return [
        Granted(person or ("" if one.unit_id == exam.unit_id else unit), one.minutes, one.reason, one.is_outage,
                by or "", one.granted_at, attempts or 0, reopened or 0)
        for one, by, person, unit, attempts, reopened in db.session.execute(query)
    ]  # fmt: skip


def list_units(actor: Actor | None, exam_id: str) -> list[Place]:
    """Return the units below the exam's own that may be given time, by code. Raises NotFound out of reach."""
    exam = _exam(actor, exam_id)
    query = select(Unit.code, Unit.name, Unit.kind).where(Unit.id.in_(scope.below(exam.unit_id)))
    return [Place(*row) for row in db.session.execute(query.where(Unit.id != exam.unit_id).order_by(Unit.code))]


def find_people(actor: Actor | None, exam_id: str, words: str) -> list[Candidate]:
    """Return trainees of the exam's unit by a part of the name or login, a screenful at most. Raises NotFound."""
    exam = _exam(actor, exam_id)
    login = Person.login_key.contains(fold_login(words), autoescape=True)
    return _candidates(exam, or_(Person.name.contains(words, autoescape=True), login))


def find_person(actor: Actor | None, exam_id: str, person_id: str) -> Candidate | None:
    """Return one of them by public id. Raises NotFound for the exam."""
    found = _candidates(_exam(actor, exam_id), Person.public_id == person_id)
    return found[0] if found else None


def _exam(actor: Actor | None, public_id: str) -> Exam:
    exam = get_exam(public_id)
    scope.require(actor, DEED, exam.unit_id)
    return exam


def _candidates(exam: Exam, condition) -> list[Candidate]:
    other = aliased(Attempt)
    newest = select(func.max(other.number)).where(other.exam_id == exam.id, other.person_id == Person.id)
    trainees = select(RoleGrant.person_id).where(RoleGrant.role == "trainee")
    query = (
        select(Person.public_id, Person.name, Unit.name, Attempt.state, Attempt.deadline_at)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(
            Attempt,
            (Attempt.person_id == Person.id)
            & (Attempt.exam_id == exam.id)
            & (Attempt.number == newest.scalar_subquery()),
        )
        .where(condition, Person.is_active, Person.id.in_(trainees), Person.unit_id.in_(scope.below(exam.unit_id)))
        .order_by(Unit.code, Person.name, Person.id)
        .limit(MOST_FOUND)
    )
    return [Candidate(public_id, name, unit, state or "", until)
            for public_id, name, unit, state, until in db.session.execute(query)]  # fmt: skip
