"""Attempts with late answers, as those see them who may decide whether they count."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Attempt, Campaign, Exam, LateAnswer, Person, RosterEntry, Unit, UnitClosure
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.attempts import papers
from quizapp.services.late_answers import records
from quizapp.services.proposals import asking
from quizapp.services.standings import BOARD_KINDS

PROPOSE, DECIDE = "late.propose", "late.decide"


@dataclass(frozen=True)
class Line:
    """One attempt with late answers; `late_seconds` is how long after its end the last of them came."""

    attempt_id: str
    person: str
    unit: str
    state: str
    recorded: int
    counted: int
    overtaken: int
    arrived_at: datetime
    late_seconds: int
    is_carried: bool  # some came by an answer file
    is_after_release: bool  # the key was out when the first of them came
    proposal: str | None


@dataclass(frozen=True)
class Slot:
    """One late answer beside what stands; `item` is the question as the person saw it."""

    number: int
    item: papers.Item
    late: records.Late
    late_seconds: int


@dataclass(frozen=True)
class Sheet:
    """An attempt's late answers in full, and whether this reader may propose to count them."""

    line: Line
    exam_id: str
    title: str
    ended_at: datetime
    is_by_hand: bool  # handed in by the person, so that late means: after that
    slots: list[Slot]
    may_propose: bool


def count_attempts(actor: Actor, exam_id: str) -> int:
    """Return how many attempts of an exam have late answers; 0 for whoever may not decide about them."""
    exam = db.session.scalar(select(Exam).where(Exam.public_id == exam_id))
    if exam is None or not scope.covers(actor, DECIDE, exam.unit_id):
        return 0
    query = select(func.count(LateAnswer.attempt_id.distinct())).join(Attempt, Attempt.id == LateAnswer.attempt_id)
    return db.session.scalar(query.where(Attempt.exam_id == exam.id))


def list_lines(actor: Actor, exam_id: str) -> list[Line]:
    """Return the attempts of an exam with late answers, by unit and name. Raises NotFound out of reach."""
    exam = db.session.scalar(select(Exam).where(Exam.public_id == exam_id))
    if exam is None:
        raise NotFound(scope.NOT_HERE)
    scope.require(actor, DECIDE, exam.unit_id)
    has_late = select(LateAnswer.attempt_id).join(Attempt, Attempt.id == LateAnswer.attempt_id)
    query = _attempts().where(Attempt.id.in_(has_late.where(Attempt.exam_id == exam.id)))
    rows = db.session.execute(query.order_by(Unit.code, Person.name, Attempt.id)).all()
    late = records.of_attempts(attempt.id for attempt, *_ in rows)
    return [_line(row, late[row[0].id]) for row in rows]


def get_sheet(actor: Actor, attempt_id: str) -> Sheet:
    """Return one attempt's late answers. Raises NotFound out of reach, and where there are none."""
    row = find_row(attempt_id)
    late = row and records.of_attempts([row[0].id]).get(row[0].id)
    if not late:
        raise NotFound(scope.NOT_HERE)
    attempt, exam, *_ = row
    scope.require(actor, DECIDE, exam.unit_id)
    return sheet(row, late, is_outside(actor, PROPOSE, attempt, exam))


def find_row(attempt_id: str):
    """Return (attempt, exam, person's name, unit's name), or None."""
    return db.session.execute(_attempts().where(Attempt.public_id == attempt_id)).first()


def _attempts():
    return (
        select(Attempt, Exam, Person.name, Unit.name)
        .join(Exam, Exam.id == Attempt.exam_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Unit, Unit.id == Person.unit_id)
    )


def sheet(row, late: list[records.Late], may_propose: bool) -> Sheet:
    """Return late answers beside their questions, in the order of the paper."""
    attempt, exam, *_ = row
    line, by_slot = _line(row, late), {one.slot: one for one in late}
    slots = [
        Slot(number, item, by_slot[item.slot], _seconds_late(attempt, by_slot[item.slot].arrived_at))
        for number, item in enumerate(papers.present(attempt.paper), 1)
        if item.slot in by_slot
    ]
    may = may_propose and line.proposal is None and line.recorded > 0 and attempt.state not in ("open", "sealed")
    return Sheet(line, exam.public_id, exam.title, _end(attempt), is_by_hand(attempt), slots, may)


def is_by_hand(attempt: Attempt) -> bool:
    """Whether the person ended the attempt before its time was over."""
    return attempt.finished_at is not None and attempt.finished_at != attempt.deadline_at


def _end(attempt: Attempt) -> datetime:
    return attempt.finished_at or attempt.deadline_at


def _seconds_late(attempt: Attempt, arrived_at: datetime) -> int:
    return max(0, int((arrived_at - _end(attempt)).total_seconds()))


def _line(row, late: list[records.Late]) -> Line:
    attempt, exam, person, unit = row
    last = max((one.arrived_at for one in late), default=_end(attempt))
    states = [one.state for one in late]
    return Line(
        attempt.public_id,
        person,
        unit,
        attempt.state,
        states.count("recorded"),
        states.count("counted"),
        states.count("overtaken"),
        last,
        _seconds_late(attempt, last),
        any(one.source == "file" for one in late),
        exam.released_at is not None and last >= exam.released_at,
        asking.find_open(records.KIND, attempt.public_id),
    )


def is_outside(actor: Actor, deed: str, attempt: Attempt, exam: Exam) -> bool:
    """Whether somebody holds the deed over the exam's unit, and has no part in the village whose attempt it is.

    Nobody speaks for the village of their own unit, nor with an office inside it, nor for themselves. The village is
    that of the person today and that of the roster; people above the villages have none.
    """
    if actor.person_id == attempt.person_id:
        return False
    inside = set(db.session.scalars(_inside(attempt, exam)))
    offices = actor.units_for(deed) - inside
    return actor.unit_id not in inside and bool(offices & set(db.session.scalars(scope.above(exam.unit_id))))


def _inside(attempt: Attempt, exam: Exam):
    """Everything within the villages concerned."""
    today = select(Person.unit_id).where(Person.id == attempt.person_id)
    mine = (RosterEntry.person_id == attempt.person_id) & (RosterEntry.campaign_id == exam.campaign_id)
    homes = today.union(select(RosterEntry.unit_id).where(mine))
    villages = (
        select(Unit.id)
        .join(UnitClosure, UnitClosure.ancestor_id == Unit.id)
        .where(UnitClosure.descendant_id.in_(homes), Unit.kind.in_(BOARD_KINDS))
    )
    return select(UnitClosure.descendant_id).where(UnitClosure.ancestor_id.in_(villages))


def lock_campaign(session, exam: Exam) -> None:
    """Let publishing and counting go one after the other: a sheet is made of figures that do not move meanwhile."""
    session.execute(select(Campaign.id).where(Campaign.id == exam.campaign_id).with_for_update())
