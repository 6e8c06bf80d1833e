"""Whose time a change would cut, counted before anything is cut: one wrong setting ends no exam."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Attempt

SHARE = 100  # one in so many open attempts may lose time by one person's word


@dataclass(frozen=True)
class Cut:
    """How many attempts are open, how many of them would lose time, and the most that one would lose."""

    open: int
    cut: int
    most_seconds: int

    @property
    def needs_second(self) -> bool:
        """Whether more than one in a hundred would lose time, so that a second person has to agree."""
        return self.cut * SHARE > self.open


def by_ending(exam_id: int, ends_at: datetime) -> Cut:
    """Return what it would cut if no attempt of an exam could go on beyond a moment."""
    loses = Attempt.deadline_at > ends_at
    query = select(
        func.count(),
        func.count().filter(loses),
        func.max(Attempt.deadline_at).filter(loses),
    ).where(Attempt.exam_id == exam_id, Attempt.state == "open")
    open_now, cut, latest = db.session.execute(query).one()
    return Cut(open_now, cut, int((latest - ends_at).total_seconds()) if latest else 0)
