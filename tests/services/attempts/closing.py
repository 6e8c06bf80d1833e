"""A crowd at one exam whose time is over, written straight into the tables, and what has to be true when it is closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Answer, Attempt, Exam, Person, Receipt, Result, Unit
from quizapp.models.types import new_public_id
from quizapp.services.attempts import papers
from quizapp.services.transaction import insert, writing
from tests.cast import VILLAGE


@dataclass(frozen=True)
class Crowd:
    """The attempts' row ids."""

    exam_id: int
    ids: list[int]
    deadline_at: datetime


def gather(exam: str, number: int, started_at: datetime, deadline_at: datetime, grace_seconds: int = 30) -> Crowd:
    """Add people of the village with open attempts at an exam, an answer in each; all have the same paper."""
    with writing() as session:
        row = session.scalar(select(Exam).where(Exam.public_id == exam))
        row.grace_seconds = grace_seconds
        unit = session.scalar(select(Unit.id).where(Unit.code == VILLAGE))
        paper, exam_id = papers.draw(row), row.id
        people = [
            {"login": f"crowd{n}", "login_key": f"crowd{n}", "name": "甲", "unit_id": unit, "created_at": started_at,
             "public_id": new_public_id(), "post": "", "password_hash": "", "is_active": True}
            for n in range(number)
        ]  # fmt: skip
        session.execute(insert(Person), people)
        person_ids = session.scalars(select(Person.id).where(Person.login.like("crowd%"))).all()
        sheets = [
            {"exam_id": exam_id, "person_id": person, "number": 1, "paper": paper, "started_at": started_at,
             "deadline_at": deadline_at, "public_id": new_public_id(), "state": "open", "epoch": 1, "outage_seconds": 0}
            for person in person_ids
        ]  # fmt: skip
        session.execute(insert(Attempt), sheets)
        ids = session.scalars(select(Attempt.id).where(Attempt.person_id.in_(person_ids))).all()
        session.execute(
            insert(Answer),
            [{"attempt_id": one, "slot": "1", "epoch": 1, "seq": 1, "value": "null", "arrived_at": deadline_at - timedelta(minutes=1)}
             for one in ids],
        )  # fmt: skip
    return Crowd(exam_id, list(ids), deadline_at)


def states(crowd: Crowd) -> dict[str, int]:
    """Return how many attempts of the crowd's exam are in which state."""
    db.session.rollback()
    query = select(Attempt.state, func.count()).where(Attempt.exam_id == crowd.exam_id).group_by(Attempt.state)
    return dict(db.session.execute(query).all())


def demand_closed_once(crowd: Crowd) -> None:
    """Demand that each attempt ended at its deadline and has one receipt that stands and one result."""
    db.session.rollback()
    ends = db.session.scalars(select(Attempt.finished_at).where(Attempt.exam_id == crowd.exam_id).distinct()).all()
    assert ends == [crowd.deadline_at]
    assert states(crowd) == {"marked": len(crowd.ids)}
    for table in (Receipt, Result):
        mine = select(func.count(), func.count(table.attempt_id.distinct())).where(table.attempt_id.in_(
            select(Attempt.id).where(Attempt.exam_id == crowd.exam_id)
        ))  # fmt: skip
        assert tuple(db.session.execute(mine).one()) == (len(crowd.ids), len(crowd.ids)), table.__tablename__
