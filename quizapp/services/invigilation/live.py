"""A running exam, village by village: who is heard, silent, about to run out of time, through, or not there yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select

from quizapp.extensions import db
from quizapp.models import Attempt, AttemptContact, Exam, RosterEntry, Unit
from quizapp.rules import clock
from quizapp.rules.errors import NotFound
from quizapp.rules.invigilation import EXPIRING, SILENT, STANDINGS
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.exam_management import VIEW
from quizapp.services.invigilation import shared
from quizapp.services.standings import village_of

NUMBERED = ("missing", "taken_in", "handed_in", "answering", "silent")


@dataclass(frozen=True)
class Tally:
    """How a unit's people stand; `expiring` are among the silent and the answering."""

    code: str
    name: str
    silent: int = 0
    answering: int = 0
    missing: int = 0
    taken_in: int = 0
    handed_in: int = 0
    excused: int = 0
    expiring: int = 0

    @property
    def roster(self) -> int:
        """Everybody but the excused."""
        return self.started + self.missing

    @property
    def started(self) -> int:
        """Whoever has begun, finished or not."""
        return self.silent + self.answering + self.taken_in + self.handed_in

    @property
    def urgency(self) -> tuple:
        """What sorts the units that need attention to the top."""
        return (-self.silent, -self.expiring, -self.missing, self.code)


@dataclass(frozen=True)
class Watch:
    """An exam within the reader's units at a moment; `villages` by code."""

    exam_id: str
    title: str
    state: str
    opens_at: datetime
    closes_at: datetime
    seen_at: datetime
    whole: Tally
    villages: tuple[Tally, ...]


def get_watch(actor: Actor, exam_id: str, now: datetime) -> Watch:
    """Return an exam as it goes on within the reader's units, at most a few seconds old.

    Raises NotFound where none of its people are within reach. Readers of the same units share one look.
    """
    key = ("watch", exam_id, actor.units_for(VIEW))
    return shared.get(key, now, lambda: _look(actor, exam_id, now))


def find_exam(exam_id: str) -> Exam:
    """Return an exam, whoever asks. Raises NotFound."""
    exam = db.session.scalar(select(Exam).where(Exam.public_id == exam_id))
    if exam is None:
        raise NotFound(scope.NOT_HERE)
    return exam


def _look(actor: Actor, exam_id: str, now: datetime) -> Watch:
    exam = find_exam(exam_id)
    sums = _sums(actor, exam, now)
    if not sums:
        raise NotFound(scope.NOT_HERE)
    query = select(Unit.id, Unit.code, Unit.name).where(Unit.id.in_({*sums, exam.unit_id}))
    places = {unit_id: (code, name) for unit_id, code, name in db.session.execute(query)}
    villages = sorted((Tally(*places[one], **told) for one, told in sums.items()), key=lambda one: one.code)
    added = {name: sum(getattr(one, name) for one in villages) for name in (*STANDINGS, "expiring")}
    whole = villages[0] if len(villages) == 1 else Tally(*places[exam.unit_id], **added)
    state = clock.window_state(exam.opens_at, exam.ends_at, exam.released_at, now)
    return Watch(exam.public_id, exam.title, state, exam.opens_at, exam.ends_at, now, whole, tuple(villages))


def _sums(actor: Actor, exam: Exam, now: datetime) -> dict[int, dict[str, int]]:
    """Return village -> how many of its people stand how, for the people whom the exam is meant for."""
    home = village_of(exam.unit_id)
    sums: dict[int, dict[str, int]] = {}
    for unit_id, post, is_excused, number, expiring, count in db.session.execute(_counts(actor, exam, now)):
        if exam.posts and post not in exam.posts:
            continue
        told = "excused" if is_excused and not number else NUMBERED[number or 0]
        village = sums.setdefault(home.get(unit_id, unit_id), {})
        village[told] = village.get(told, 0) + count
        village["expiring"] = village.get("expiring", 0) + (expiring or 0)
    return sums


def in_reach(actor: Actor, exam: Exam, deed: str):
    """Return what a select of roster entries is narrowed to: this exam's people whom the deed reaches."""
    return and_(
        RosterEntry.campaign_id == exam.campaign_id,
        RosterEntry.unit_id.in_(scope.visible_units(actor, deed)),
        RosterEntry.unit_id.in_(scope.below(exam.unit_id)),
    )


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


def _counts(actor: Actor, exam: Exam, now: datetime):
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
        .where(in_reach(actor, exam, VIEW))
        .group_by(*groups)
    )
