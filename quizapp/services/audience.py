"""Who an exam is for: those below its unit whose post it names, holding the trainee's role there."""

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Exam, Person, UnitClosure
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services.scope import NOT_HERE, above


def exams_to_sit(actor: Actor) -> list[Exam]:
    """Return the exams that this person is in the audience of, newest window last."""
    if not actor.may("exams.sit"):
        return []
    query = select(Exam).where(Exam.unit_id.in_(above(actor.unit_id))).order_by(Exam.closes_at, Exam.id)
    post = db.session.scalar(select(Person.post).where(Person.id == actor.person_id))
    return [exam for exam in db.session.scalars(query) if not exam.posts or post in exam.posts]


def get_exam_to_sit(actor: Actor, public_id: str) -> Exam:
    """Return one exam of the person's audience. Raises NotFound."""
    query = (
        select(Exam, Person.post)
        .join(UnitClosure, UnitClosure.ancestor_id == Exam.unit_id)
        .join(Person, Person.unit_id == UnitClosure.descendant_id)
        .where(Exam.public_id == public_id, Person.id == actor.person_id)
    )
    row = db.session.execute(query).first()
    if row is None or not actor.may("exams.sit") or row.Exam.posts and row.post not in row.Exam.posts:
        raise NotFound(NOT_HERE)
    return row.Exam
