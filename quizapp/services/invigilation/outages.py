"""What is suggested where people lost time together: looked at, granted by a leader as an extension, or dismissed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Attempt, Exam, Extension, OutageDismissal, Person, Unit, UnitClosure
from quizapp.rules.errors import Conflict, Invalid, NotFound, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.exam_management import VIEW
from quizapp.services.extensions.granting import DEED as GRANT
from quizapp.services.invigilation import shared
from quizapp.services.invigilation.counting import find_exam
from quizapp.services.invigilation.lost import Lost, find_lost, is_dismissed
from quizapp.services.invigilation.people import DEED as NAMES
from quizapp.services.transaction import writing

FRESH = timedelta(seconds=15)
REASON_LONGEST = 200


@dataclass(frozen=True)
class Suggestion:
    """An outage as a reader sees it; `names` of those it fell on for whoever may see names, unit "" for all."""

    unit: str
    unit_name: str
    key: str
    start: datetime
    end: datetime
    is_over: bool
    minutes: int
    silent: int
    open_count: int
    may_grant: bool
    names: tuple[str, ...] = ()


def list_suggestions(actor: Actor, exam_id: str, now: datetime) -> list[Suggestion]:
    """Return what is suggested for the reader's units, the newest first.

    The server's own falls are for whoever looks after the whole exam. It is computed at most every few seconds,
    whoever asks.
    """
    exam = find_exam(exam_id)
    if exam.released_at is not None or exam.opens_at > now:
        return []
    lost = shared.get(("outages", exam_id, *_revision(exam)), now, lambda: find_lost(exam, now), FRESH)
    if not lost:
        return []
    meant = {one.unit_id or exam.unit_id for one in lost}
    reach = scope.visible_units(actor, VIEW).where(UnitClosure.descendant_id.in_(meant))
    seen = set(db.session.scalars(reach))
    may_grant = scope.covers(actor, GRANT, exam.unit_id)
    places = _places(lost)
    return [
        _suggestion(one, places, may_grant)
        for one in sorted(lost, key=lambda each: each.outage.start, reverse=True)
        if (one.unit_id or exam.unit_id) in seen
    ]


def get_suggestion(actor: Actor, exam_id: str, unit: str, key: str, now: datetime) -> Suggestion:
    """Return one of them with the names of those it fell on, for whoever may grant. Raises NotFound."""
    exam = find_exam(exam_id)
    scope.require(actor, GRANT, exam.unit_id)
    one = _find(exam, unit, key, now)
    attempts = select(Attempt.person_id).where(Attempt.id.in_(one.outage.silent))
    people = select(Person.name).where(Person.id.in_(attempts), Person.unit_id.in_(scope.visible_units(actor, NAMES)))
    names = tuple(db.session.scalars(people.order_by(Person.name)))
    return _suggestion(one, _places([one]), True, names)


def dismiss(
    actor: Actor,
    exam_id: str,
    unit: str,
    key: str,
    reason: str,
    now: datetime,
    trace: audit.Trace = audit.NO_TRACE,
) -> None:
    """Decide that nothing is given for an outage, and why; it is suggested no more. Raises NotFound or Invalid."""
    exam = find_exam(exam_id)
    scope.require(actor, GRANT, exam.unit_id)
    problems = check_text(reason, REASON_LONGEST, "reason")
    if not reason.strip():
        problems.append(Problem("reason", N_("Please enter the reason."), "reason"))
    if problems:
        raise Invalid(problems)
    one, row_id, unit_id = _find(exam, unit, key, now), exam.id, exam.unit_id
    with writing() as session:
        known = session.scalars(select(OutageDismissal).where(OutageDismissal.exam_id == row_id)).all()
        if any(is_dismissed(one, each) for each in known):
            raise Conflict(N_("Somebody else has decided this meanwhile."))
        session.add(
            OutageDismissal(
                exam_id=row_id, unit_id=one.unit_id, start_at=one.outage.start, until_at=one.outage.end,
                reason=reason.strip(), dismissed_by_id=actor.person_id, dismissed_at=now,
            )
        )  # fmt: skip
        whom = session.scalar(select(Unit.name).where(Unit.id == (one.unit_id or unit_id)))
        audit.record(actor, unit_id, "outage.dismissed", exam_id, now, trace, whom=whom, reason=reason.strip(),
                     minutes=one.minutes)  # fmt: skip


def _find(exam: Exam, unit: str, key: str, now: datetime) -> Lost:
    """Return what is lost now; an outage that goes on is known by its beginning. Raises NotFound."""
    unit_id = scope.get_unit(unit).id if unit else None
    for one in find_lost(exam, now) if exam.released_at is None else []:
        if one.unit_id == unit_id and one.key == key:
            return one
    raise NotFound(scope.NOT_HERE)


def _revision(exam: Exam) -> tuple:
    """Return what changes when somebody grants or dismisses, so that nobody is shown what was decided."""
    newest = [select(func.max(table.id)).where(table.exam_id == exam.id) for table in (Extension, OutageDismissal)]
    return tuple(db.session.execute(select(*(one.scalar_subquery() for one in newest))).one())


def _places(lost: list[Lost]) -> dict[int, tuple[str, str]]:
    ids = {one.unit_id for one in lost if one.unit_id is not None}
    query = select(Unit.id, Unit.code, Unit.name).where(Unit.id.in_(ids))
    return {unit_id: (code, name) for unit_id, code, name in db.session.execute(query)}


def _suggestion(one: Lost, places: dict, may_grant: bool, names: tuple[str, ...] = ()) -> Suggestion:
    code, name = places.get(one.unit_id, ("", ""))
    lost = one.outage
    return Suggestion(code, name, one.key, lost.start, lost.end, lost.is_over, one.minutes, len(lost.silent),
                      lost.open_count, may_grant, names)  # fmt: skip
