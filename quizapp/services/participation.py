"""Who has taken part in an exam and who has not, village by village, over the dated roster of its campaign."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from quizapp.extensions import db
from quizapp.models import Attempt, Exam, Person, RosterEntry, Unit, UnitClosure
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.standings import village_of

DEED = "people.view"


@dataclass(frozen=True)
class Count:
    """How many of a unit's people have handed in, are at it, have not begun, or are excused."""

    code: str
    name: str
    done: int
    going: int
    missing: int
    excused: int

    @property
    def counted(self) -> int:
        """Everybody but the excused."""
        return self.done + self.going + self.missing


@dataclass(frozen=True)
class Turnout:
    """One exam's participation within the reader's units; `villages` with the most missing first."""

    exam_id: str
    title: str
    opens_at: datetime
    closes_at: datetime
    whole: Count
    villages: list[Count]


@dataclass(frozen=True)
class Missing:
    """Somebody on the roster who has not handed in; `is_going`: has begun."""

    name: str
    unit: str
    post: str
    is_going: bool


def list_open(actor: Actor, now: datetime) -> list[Turnout]:
    """Return the exams that are open now with the turnout of the units that the reader leads."""
    own = actor.units_for(DEED)
    over = select(UnitClosure.ancestor_id).where(UnitClosure.descendant_id.in_(own))
    near = Exam.unit_id.in_(over) | Exam.unit_id.in_(scope.visible_units(actor, DEED))
    query = select(Exam).where(Exam.opens_at <= now, Exam.ends_at > now, near).order_by(Exam.closes_at)
    found = [_turnout(actor, exam) for exam in db.session.scalars(query).all()]
    return [one for one in found if one.whole.counted or one.whole.excused]


def get_turnout(actor: Actor, exam_id: str, deed: str = DEED) -> Turnout:
    """Return one exam's turnout within the units that the deed reaches. Raises NotFound where none belong to it."""
    exam = db.session.scalar(select(Exam).where(Exam.public_id == exam_id))
    found = _turnout(actor, exam, deed) if exam else None
    if found is None or not (found.whole.counted or found.whole.excused):
        raise NotFound(scope.NOT_HERE)
    return found


def list_missing(actor: Actor, exam_id: str, unit_code: str = "") -> list[Missing]:
    """Return who of the reader's units (or one of them) has not handed in, by unit and name."""
    exam = db.session.scalar(select(Exam).where(Exam.public_id == exam_id))
    if exam is None:
        raise NotFound(scope.NOT_HERE)
    query = _roster(actor, exam).add_columns(Person.name, Unit.name.label("unit"), RosterEntry.post, RosterEntry.excuse)
    if unit_code:
        unit = scope.get_unit(unit_code)
        scope.require(actor, DEED, unit.id)
        query = query.where(RosterEntry.unit_id.in_(scope.below(unit.id)))
    rows = db.session.execute(query.order_by(Unit.code, Person.name)).all()
    return [
        Missing(row.name, row.unit, row.post, row.state == "going")
        for row in rows
        if row.state != "done" and not row.excuse and _is_meant(exam, row.post)
    ]


def _roster(actor: Actor, exam: Exam, deed: str = DEED):
    """Return the select of roster entries within reach with how far each person is: done, going or missing."""
    handed_in = func.max(case((Attempt.state != "open", 2), else_=1))
    stage = select(Attempt.person_id, handed_in.label("stage")).where(Attempt.exam_id == exam.id)
    stage = stage.group_by(Attempt.person_id).subquery()
    state = case((stage.c.stage == 2, "done"), (stage.c.stage == 1, "going"), else_="missing").label("state")
    return (
        select(RosterEntry.unit_id, state)
        .join(Person, Person.id == RosterEntry.person_id)
        .join(Unit, Unit.id == RosterEntry.unit_id)
        .outerjoin(stage, stage.c.person_id == RosterEntry.person_id)
        .where(RosterEntry.campaign_id == exam.campaign_id)
        .where(RosterEntry.unit_id.in_(scope.visible_units(actor, deed)))
        .where(RosterEntry.unit_id.in_(scope.below(exam.unit_id)))
    )


def _is_meant(exam: Exam, post: str) -> bool:
    return not exam.posts or post in exam.posts


def _turnout(actor: Actor, exam: Exam, deed: str = DEED) -> Turnout:
    query = _roster(actor, exam, deed).add_columns(RosterEntry.post, RosterEntry.excuse)
    rows = [row for row in db.session.execute(query) if _is_meant(exam, row.post)]
    home = village_of(exam.unit_id)
    units = {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(_homes(rows, home))))}
    groups: dict[int, list] = {}
    for row in rows:
        groups.setdefault(home.get(row.unit_id, row.unit_id), []).append(row)
    counts = [_count(units[unit_id], some) for unit_id, some in groups.items()]
    counts.sort(key=lambda one: (-one.missing - one.going, one.code))
    own = units.get(next(iter(groups))) if len(groups) == 1 else None
    whole = _count(own or db.session.get(Unit, exam.unit_id), rows)
    return Turnout(exam.public_id, exam.title, exam.opens_at, exam.ends_at, whole, counts)


def _homes(rows, home: dict[int, int]) -> set[int]:
    return {home.get(row.unit_id, row.unit_id) for row in rows}


def _count(unit: Unit, rows) -> Count:
    excused = sum(bool(row.excuse) for row in rows)
    states = [row.state for row in rows if not row.excuse]
    return Count(unit.code, unit.name, *(states.count(state) for state in ("done", "going", "missing")), excused)
