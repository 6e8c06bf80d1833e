"""A unit's people in a running exam, by name: how each stands, and what is known beside the answers."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from quizapp.extensions import db
from quizapp.models import (
    Answer,
    Attempt,
    AttemptContact,
    AttemptSignal,
    AttemptSilence,
    Exam,
    Person,
    RosterEntry,
    Unit,
)
from quizapp.rules import blueprint, invigilation
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.invigilation.counting import find_exam, heard_at
from quizapp.services.invigilation.live import in_reach

DEED = "people.view"  # names; whoever may not see them sees how many


@dataclass
class Signals:
    """What phones told of an attempt, as sums over its devices. It proves nothing; no mark reads it."""

    left: int = 0  # how often the page was left for longer than a moment
    away_seconds: int = 0
    loads: int = 0
    clock_seconds: int = 0  # how far the phone's own clock is off, the worst of them; + is ahead
    sign_ins: int = 0
    devices: int = 0  # browsers that told anything
    agents: list[str] = field(default_factory=list)  # of the sign-ins

    @property
    def reloads(self) -> int:
        """How often the page was loaded again: each device's first load is none."""
        return max(0, self.loads - self.devices)


@dataclass(frozen=True)
class Sitter:
    """Somebody on the roster; `standing` is as in rules/invigilation, what follows it is of the last attempt."""

    name: str
    unit: str
    post: str
    standing: str
    person_id: str
    attempt_id: str | None = None
    started_at: datetime | None = None
    deadline_at: datetime | None = None
    finished_at: datetime | None = None
    heard_at: datetime | None = None
    answered: int = 0
    questions: int = 0
    is_expiring: bool = False
    signals: Signals = field(default_factory=Signals)


def list_people(actor: Actor, exam_id: str, unit_code: str, now: datetime) -> list[Sitter]:
    """Return the people of a unit and below, those first who need somebody; a bounded number of queries.

    Raises NotFound for a unit out of reach.
    """
    exam = find_exam(exam_id)
    unit = scope.get_unit(unit_code)
    scope.require(actor, DEED, unit.id)
    here = in_reach(actor, exam, DEED) & RosterEntry.unit_id.in_(scope.below(unit.id))
    rows = db.session.execute(_entries().where(here).order_by(Unit.code, Person.name, Person.id)).all()
    rows = [row for row in rows if not exam.posts or row.post in exam.posts]
    attempts = _attempts(exam, [row.id for row in rows])
    ids = [attempt.id for attempt, *_ in attempts.values()]
    signals = signals_of(ids)
    questions = blueprint.parse(exam.blueprint).count
    found = [_sitter(row, attempts.get(row.id), questions, signals, now) for row in rows]
    return sorted(found, key=lambda one: (not one.is_expiring, invigilation.STANDINGS.index(one.standing)))


def _entries():
    return (
        select(Person.id, Person.public_id, Person.name, Unit.name.label("unit"), RosterEntry.post, RosterEntry.excuse)
        .join(Person, Person.id == RosterEntry.person_id)
        .join(Unit, Unit.id == RosterEntry.unit_id)
    )


def _attempts(exam: Exam, person_ids: list[int]) -> dict[int, tuple]:
    """Return person -> (attempt, when heard, how many answers stand) of the open attempt, else of the last."""
    answered = select(func.count()).where(Answer.attempt_id == Attempt.id, Answer.value.not_in(("null", "[]", '""')))
    query = (
        select(Attempt, heard_at(), answered.scalar_subquery())
        .outerjoin(AttemptContact, AttemptContact.attempt_id == Attempt.id)
        .where(Attempt.exam_id == exam.id, Attempt.person_id.in_(person_ids))
        .order_by(Attempt.person_id, Attempt.state == "open", Attempt.number)
        .options(defer(Attempt.paper))
    )
    return {attempt.person_id: (attempt, heard, count) for attempt, heard, count in db.session.execute(query)}


def _sitter(row, found: tuple | None, questions: int, signals: dict[int, Signals], now: datetime) -> Sitter:
    who = (row.name, row.unit, row.post)
    if found is None:
        return Sitter(*who, "excused" if row.excuse else "missing", row.public_id)
    attempt, heard, answered = found
    return Sitter(
        *who,
        standing_of(attempt, heard, now),
        row.public_id,
        attempt.public_id,
        attempt.started_at,
        attempt.deadline_at,
        attempt.finished_at,
        heard,
        answered,
        questions,
        attempt.state == "open" and invigilation.is_expiring(attempt.deadline_at, now),
        signals.get(attempt.id, Signals()),
    )


def standing_of(attempt: Attempt, heard: datetime, now: datetime) -> str:
    """Return how an attempt stands; one of rules/invigilation.STANDINGS."""
    if attempt.state == "open":
        return "silent" if invigilation.is_silent(heard, now) else "answering"
    is_by_clock = invigilation.was_taken_in(attempt.state, attempt.finished_at, attempt.deadline_at)
    return "taken_in" if is_by_clock else "handed_in"


def signals_of(attempt_ids: list[int]) -> dict[int, Signals]:
    """Return what phones told of attempts: of each device its newest sums, added up."""
    query = select(AttemptSignal).where(AttemptSignal.attempt_id.in_(attempt_ids)).order_by(AttemptSignal.id)
    newest = {(one.attempt_id, one.kind, one.device): one.told for one in db.session.scalars(query)}
    found: dict[int, Signals] = {}
    for (attempt_id, kind, _), told in newest.items():
        sums = found.setdefault(attempt_id, Signals())
        if kind == "opened":
            sums.sign_ins += 1
            sums.agents.append(told.get("agent", ""))
            continue
        sums.devices += 1
        sums.left += told.get("left", 0)
        sums.away_seconds += told.get("away_seconds", 0)
        sums.loads += told.get("loads", 0)
        sums.clock_seconds = max(sums.clock_seconds, told.get("clock_seconds", 0), key=abs)
    return found


def silences_of(attempt_id: int) -> list[tuple[datetime, datetime]]:
    """Return the times in which nothing was heard of an attempt that was heard again."""
    query = select(AttemptSilence.from_at, AttemptSilence.until_at).where(AttemptSilence.attempt_id == attempt_id)
    return [tuple(row) for row in db.session.execute(query.order_by(AttemptSilence.from_at))]
