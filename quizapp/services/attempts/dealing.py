"""Dealing an exam's fixed papers: evenly, and to nobody the same one twice while there is another."""

from sqlalchemy import select

from quizapp.models import Attempt, FixedPaper
from quizapp.rules.choices import LETTERS


def deal(session, exam_id: int, person_id: int) -> dict | None:
    """Return the fixed paper for a person's next attempt and count it, in the open transaction; None without any.

    The one dealt least is next, of those that the person has not had.
    """
    query = select(FixedPaper.number, FixedPaper.dealt).where(FixedPaper.exam_id == exam_id)
    rows = session.execute(query.order_by(FixedPaper.number).with_for_update()).all()
    if not rows:
        return None
    mine = select(Attempt.paper).where(Attempt.exam_id == exam_id, Attempt.person_id == person_id)
    had = {drawn.get("form") for drawn in session.scalars(mine)}
    number = min(rows, key=lambda row: (LETTERS[row.number - 1] in had, row.dealt, row.number)).number
    form = session.get(FixedPaper, (exam_id, number))
    form.dealt += 1
    return form.paper
