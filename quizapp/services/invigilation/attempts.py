"""One attempt as staff may see it while it goes on, with a line in the trail; and handing it in as it stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from quizapp.extensions import db
from quizapp.models import Answer, AnswerEvent, Attempt, AttemptContact, Exam, LateAnswer, Person, RosterEntry, Unit
from quizapp.rules.errors import Conflict, Invalid, NotFound, Problem
from quizapp.rules.invigilation import is_expiring
from quizapp.rules.permissions import Actor
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.attempts import finish, receipts
from quizapp.services.attempts.ending import CLOSED
from quizapp.services.extensions.granting import DEED as GRANT
from quizapp.services.invigilation.counting import heard_at
from quizapp.services.invigilation.people import Signals, signals_of, silences_of, standing_of
from quizapp.services.transaction import writing

LOOK, CLOSE = "attempts.look", "attempts.close"
REASON_LONGEST = 200
EMPTY = ("null", "[]", '""')


@dataclass(frozen=True)
class Slot:
    """A question's place in the paper: whether an answer stands, when the last one came, how many came. Never which."""

    number: int
    is_answered: bool
    saved_at: datetime | None
    saves: int


@dataclass(frozen=True)
class Seen:
    """Somebody's attempt without question, answer or key."""

    attempt_id: str
    exam_id: str
    title: str
    person_id: str
    name: str
    unit: str
    standing: str
    is_expiring: bool
    started_at: datetime
    deadline_at: datetime
    finished_at: datetime | None
    heard_at: datetime
    slots: list[Slot]
    late: int
    silences: list[tuple[datetime, datetime]]
    signals: Signals
    may_close: bool
    may_extend: bool

    @property
    def answered(self) -> int:
        """How many questions hold an answer."""
        return sum(one.is_answered for one in self.slots)


def look(actor: Actor, exam_id: str, attempt_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> Seen:
    """Return an attempt of the reader's units, and write that it was looked at. It changes nothing of the attempt.

    Raises NotFound out of reach.
    """
    row = _row(actor, exam_id, attempt_id, LOOK)
    seen = _seen(actor, row, now)
    unit_id = row.unit_id
    with writing():
        audit.record(actor, unit_id, "attempt.looked", attempt_id, now, trace, name=seen.name)
    return seen


def get_to_close(actor: Actor, exam_id: str, attempt_id: str, now: datetime) -> Seen:
    """Return an open attempt that the actor may hand in as it stands. Raises NotFound, or Conflict: not open."""
    row = _row(actor, exam_id, attempt_id, CLOSE)
    scope.require(actor, CLOSE, row.Exam.unit_id)
    if row.Attempt.state != "open":
        raise Conflict(N_("This attempt is not open any more."))
    return _seen(actor, row, now)


def close(
    actor: Actor, exam_id: str, attempt_id: str, reason: str, now: datetime, trace: audit.Trace = audit.NO_TRACE
) -> None:
    """Hand an open attempt in as it stands, with its receipt; it can be taken up again while the exam is not marked.

    Raises NotFound, Invalid (no reason), or Conflict: one's own, or not open any more.
    """
    row = _row(actor, exam_id, attempt_id, CLOSE)
    scope.require(actor, CLOSE, row.Exam.unit_id)
    problems = check_text(reason, REASON_LONGEST, "reason")
    if not reason.strip():
        problems.append(Problem("reason", N_("Please enter the reason."), "reason"))
    if problems:
        raise Invalid(problems)
    if row.Attempt.person_id == actor.person_id:
        raise Conflict(N_("This is your own attempt; please hand it in yourself."))
    row_id, unit_id, name = row.Attempt.id, row.unit_id, row.name
    with writing() as session:
        mine = update(Attempt).where(Attempt.id == row_id, Attempt.state == "open", Attempt.deadline_at > now)
        if not session.execute(mine.values(state="submitted", finished_at=now)).rowcount:
            raise Conflict(N_("This attempt is not open any more."))
        attempt = session.get(Attempt, row_id, populate_existing=True)
        receipts.ensure(attempt, finish.standing(session, row_id))
        audit.record(actor, unit_id, CLOSED, attempt_id, now, trace, name=name, reason=reason.strip())


def _row(actor: Actor, exam_id: str, attempt_id: str, deed: str):
    who = (RosterEntry.unit_id, Person.name, Person.public_id, Unit.name.label("unit"))
    query = (
        select(Attempt, Exam, heard_at().label("heard"), *who)
        .join(Exam, Exam.id == Attempt.exam_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(RosterEntry, (RosterEntry.person_id == Person.id) & (RosterEntry.campaign_id == Exam.campaign_id))
        .join(Unit, Unit.id == RosterEntry.unit_id)
        .outerjoin(AttemptContact, AttemptContact.attempt_id == Attempt.id)
        .where(Attempt.public_id == attempt_id, Exam.public_id == exam_id)
    )
    row = db.session.execute(query.where(RosterEntry.unit_id.in_(scope.visible_units(actor, deed)))).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    return row


def _seen(actor: Actor, row, now: datetime) -> Seen:
    attempt, exam = row.Attempt, row.Exam
    late = select(func.count()).where(LateAnswer.attempt_id == attempt.id)
    is_open = attempt.state == "open"
    return Seen(
        attempt.public_id,
        exam.public_id,
        exam.title,
        row.public_id,
        row.name,
        row.unit,
        standing_of(attempt, row.heard, now),
        is_open and is_expiring(attempt.deadline_at, now),
        attempt.started_at,
        attempt.deadline_at,
        attempt.finished_at,
        row.heard,
        _slots(attempt),
        db.session.scalar(late),
        silences_of(attempt.id),
        signals_of([attempt.id]).get(attempt.id, Signals()),
        is_open and scope.covers(actor, CLOSE, exam.unit_id),
        exam.released_at is None and attempt.state != "marked" and scope.covers(actor, GRANT, exam.unit_id),
    )


def _slots(attempt: Attempt) -> list[Slot]:
    answered = select(Answer.slot).where(Answer.attempt_id == attempt.id, Answer.value.not_in(EMPTY))
    standing = set(db.session.scalars(answered))
    query = select(AnswerEvent.slot, func.max(AnswerEvent.arrived_at), func.count())
    query = query.where(AnswerEvent.attempt_id == attempt.id).group_by(AnswerEvent.slot)
    saves = {slot: (last, count) for slot, last, count in db.session.execute(query)}
    slots = [item["slot"] for item in attempt.paper["items"]]
    return [Slot(number, slot in standing, *saves.get(slot, (None, 0))) for number, slot in enumerate(slots, 1)]
