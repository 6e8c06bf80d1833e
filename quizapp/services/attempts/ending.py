"""Who ended an attempt where neither its person nor the clock did: the trail tells, in which the deed stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Exam, Person

CLOSED, EXAM_CLOSED = "attempt.closed", "exam.closed"  # in the trail


@dataclass(frozen=True)
class Ended:
    """`what` was ended, "attempt" or "exam" (for everybody), and by whom; without a name by the system operator."""

    what: str
    name: str


def find_ended(public_id: str, exam_id: int, finished_at: datetime) -> Ended | None:
    """Return who ended an attempt of an exam at this moment; None where its person or the clock did."""
    exam = select(Exam.public_id).where(Exam.id == exam_id).scalar_subquery()
    is_own = (AuditEvent.action == CLOSED) & (AuditEvent.subject == public_id)
    is_all = (AuditEvent.action == EXAM_CLOSED) & (AuditEvent.subject == exam)
    query = select(AuditEvent.action, Person.name).outerjoin(Person, Person.id == AuditEvent.person_id)
    row = db.session.execute(query.where(AuditEvent.at == finished_at, is_own | is_all)).first()
    return Ended("attempt" if row.action == CLOSED else "exam", row.name or "") if row else None
