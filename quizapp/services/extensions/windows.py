"""Until when somebody may begin an exam: the window's end, later where minutes were granted to them."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Exam, Extension
from quizapp.services import scope


def minutes_of(exam_ids: list[int], person_id: int | None, unit_id: int) -> dict[int, int]:
    """Return exam -> minutes by which its window ends later for a person of a unit (None: for anybody there)."""
    theirs = Extension.unit_id.in_(scope.above(unit_id))
    if person_id is not None:
        theirs |= Extension.person_id == person_id
    query = select(Extension.exam_id, func.sum(Extension.minutes)).where(Extension.exam_id.in_(exam_ids), theirs)
    return dict(db.session.execute(query.where(Extension.moves_window).group_by(Extension.exam_id)).all())


def closes_for(exam: Exam, person_id: int, unit_id: int) -> datetime:
    """Return when the window of an exam ends for one person."""
    return later(exam, minutes_of([exam.id], person_id, unit_id).get(exam.id, 0))


def later(exam: Exam, minutes: int) -> datetime:
    """Return the end of an exam's window moved by so many minutes."""
    return exam.closes_at + timedelta(minutes=minutes)


def last_end(exam: Exam, people: dict[int, int]) -> datetime:
    """Return when the window ends for whoever was given the most; `people`: person -> unit of those named."""
    units = db.session.scalars(
        select(Extension.unit_id).where(
            Extension.exam_id == exam.id, Extension.moves_window, Extension.unit_id.is_not(None)
        )
    )
    places = [(None, unit_id) for unit_id in set(units)] + list(people.items())
    given = [minutes_of([exam.id], *place).get(exam.id, 0) for place in places]
    return later(exam, max(given, default=0))
