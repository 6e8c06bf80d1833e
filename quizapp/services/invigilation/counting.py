"""Everybody of a running exam counted at one moment, unit by unit; live.py shows each reader the own units of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select

from quizapp.extensions import db
from quizapp.models import Attempt, AttemptContact, Exam, RosterEntry, Unit
from quizapp.rules import clock
from quizapp.rules.errors import NotFound
from quizapp.rules.invigilation import EXPIRING, SILENT
from quizapp.services import scope
from quizapp.services.standings import village_of

NUMBERED = ("missing", "taken_in", "handed_in", "answering", "silent")


@dataclass(frozen=True)
class Counted:
    """An exam with all its people counted, by the unit of the roster: what no single reader may see of everybody."""

    exam_id: str
    title: str
    state: str
    opens_at: datetime
    closes_at: datetime
    seen_at: datetime
    unit_id: int
    home: dict[int, int]  # unit -> village
    names: dict[int, tuple[str, str]]  # village -> (code, name)
    sums: dict[int, dict[str, int]]  # unit -> how many of its people stand how


def count(exam_id: str, now: datetime) -> Counted:
    """Return all people of an exam, counted. Raises NotFound."""
    exam = find_exam(exam_id)
    home, sums = village_of(exam.unit_id), _sums(exam, now)
    villages = {home.get(one, one) for one in sums}
    query = select(Unit.id, Unit.code, Unit.name).where(Unit.id.in_({*villages, exam.unit_id}))
    names = {unit_id: (code, name) for unit_id, code, name in db.session.execute(query)}
    state = clock.window_state(exam.opens_at, exam.ends_at, exam.released_at, now)
    return Counted(exam.public_id, exam.title, state, exam.opens_at, exam.ends_at, now, exam.unit_id, home, names, sums)


def find_exam(exam_id: str) -> Exam:
    """Return an exam, whoever asks. Raises NotFound."""
    exam = db.session.scalar(select(Exam).where(Exam.public_id == exam_id))
    if exam is None:
        raise NotFound(scope.NOT_HERE)
    return exam


def _sums(exam: Exam, now: datetime) -> dict[int, dict[str, int]]:
    """Return unit -> how many of its people stand how, for the people whom the exam is meant for."""
    sums: dict[int, dict[str, int]] = {}
    for unit_id, post, is_excused, number, expiring, count in db.session.execute(_counts(exam, now)):
        if exam.posts and post not in exam.posts:
            continue
        told = "excused" if is_excused and not number else NUMBERED[number or 0]
        add_to(sums.setdefault(unit_id, {}), {told: count, "expiring": expiring or 0})
    return sums


def add_to(sums: dict[str, int], more: dict[str, int]) -> None:
    """Add counts by name."""
    for name, count in more.items():
        sums[name] = sums.get(name, 0) + count


def meant(exam: Exam):
    """Return what a select of roster entries is narrowed to: the people whom the exam is meant for."""
    return and_(RosterEntry.campaign_id == exam.campaign_id, RosterEntry.unit_id.in_(scope.below(exam.unit_id)))


def heard_at():
    """Return the expression of when an attempt was last heard, its start if never."""
    return func.coalesce(AttemptContact.heard_at, Attempt.started_at)


def standing(now: datetime):
    """Return the expression of how an attempt stands, as a number of NUMBERED: of several the highest tells."""
    by_the_clock = Attempt.state.in_(("marked", "sealed")) & (Attempt.finished_at == Attempt.deadline_at)
    return case(
        (and_(Attempt.state == "open", heard_at() < now - SILENT), 4),
        (Attempt.state == "open", 3),
        ((Attempt.state == "auto_submitted") | by_the_clock, 1),
        else_=2,
    )


def _counts(exam: Exam, now: datetime):
    """Return the select of (unit, post, whether excused, standing, how many expire soon, how many)."""
    expires = case((and_(Attempt.state == "open", Attempt.deadline_at <= now + EXPIRING), 1), else_=0)
    best = (
        select(Attempt.person_id, func.max(standing(now)).label("number"), func.max(expires).label("expires"))
        .outerjoin(AttemptContact, AttemptContact.attempt_id == Attempt.id)
        .where(Attempt.exam_id == exam.id)
        .group_by(Attempt.person_id)
        .subquery()
    )
    groups = (RosterEntry.unit_id, RosterEntry.post, (RosterEntry.excuse != "").label("excused"), best.c.number)
    return (
        select(*groups, func.sum(best.c.expires), func.count())
        .outerjoin(best, best.c.person_id == RosterEntry.person_id)
        .where(meant(exam))
        .group_by(*groups)
    )
