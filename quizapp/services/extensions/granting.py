"""Granting more time: first what it would do, then all of it in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from quizapp.extensions import db
from quizapp.models import Attempt, Exam, ExtendedAttempt, Extension, Person
from quizapp.rules import extensions as rules
from quizapp.rules.errors import Conflict, Invalid, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.attempts.again import count_again
from quizapp.services.exams import get_exam
from quizapp.services.extensions import targets, windows
from quizapp.services.transaction import insert, writing

DEED = "exams.extend"


@dataclass(frozen=True)
class Wish:
    """Minutes for one person (public id) or a unit and below (code); neither: for everybody.

    With 0 minutes a named person's handed-in attempt is taken up again with the time it still has.
    """

    minutes: int
    reason: str
    person: str = ""
    unit: str = ""
    is_outage: bool = False


@dataclass(frozen=True)
class Change:
    """What happens to one attempt."""

    attempt_id: str
    login: str
    person: str
    unit: str
    state: str
    deadline_before: datetime
    deadline_after: datetime
    is_reopened: bool
    counted_again: int = 0


@dataclass(frozen=True)
class Grant:
    """What a wish does or did; `whom` is "" for everybody.

    `closes_at` is when the window ends for those meant who have not begun, None where it does not move.
    """

    whom: str
    changes: list[Change]
    closes_at: datetime | None
    id: str = ""

    @property
    def reopened(self) -> int:
        """How many attempts that were handed in go on."""
        return sum(one.is_reopened for one in self.changes)


def preview(actor: Actor | None, exam_id: str, wish: Wish, now: datetime) -> Grant:
    """Return what granting would do, and change nothing. Raises as `grant`."""
    exam = _exam(actor, exam_id)
    _refuse(exam, wish, now)
    target = targets.find(exam, wish.person, wish.unit)
    _refuse_own(actor, target)
    found = targets.reached(exam, target, wish.minutes, now)
    closes_at = None
    if _moves_window(target, exam.id, wish):
        closes_at = windows.later(exam, _minutes_so_far(exam, target) + wish.minutes)
    _refuse_empty(target, found, closes_at, now)
    return Grant(target.name, [_change(one) for one in found], closes_at)


def grant(actor: Actor | None, exam_id: str, wish: Wish, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> Grant:
    """Give the time: deadlines move, what the clock took in goes on, answers that came too late meanwhile may count.

    Raises NotFound (exam, person or unit out of reach), Invalid, or Conflict: not opened yet, results out, or nobody
    would gain anything.
    """
    exam = _exam(actor, exam_id)
    row_id, unit_id = exam.id, exam.unit_id
    with writing() as session:
        exam = session.get(Exam, row_id, with_for_update=True, populate_existing=True)
        _refuse(exam, wish, now)
        target = targets.find(exam, wish.person, wish.unit)
        _refuse_own(actor, target)
        found = targets.reached(exam, target, wish.minutes, now, is_locking=True)
        extension = _note(session, actor, exam, target, wish, now)
        closes_at = None
        if extension.moves_window:
            closes_at = windows.later(exam, _minutes_so_far(exam, target))
            exam.ends_at = max(exam.ends_at, windows.last_end(exam, _named(exam.id)))
        _refuse_empty(target, found, closes_at, now)
        changes = _apply(session, extension, exam, found)
        audit.record(
            actor, unit_id, "exam.extended", exam_id, now, trace, whom=target.name, minutes=wish.minutes,
            reason=wish.reason, outage=wish.is_outage, attempts=len(changes),
            reopened=sum(one.is_reopened for one in changes),
        )  # fmt: skip
        return Grant(target.name, changes, closes_at, extension.public_id)


def _exam(actor: Actor | None, public_id: str) -> Exam:
    exam = get_exam(public_id)
    scope.require(actor, DEED, exam.unit_id)
    return exam


def _refuse(exam: Exam, wish: Wish, now: datetime) -> None:
    problems = check_text(wish.reason, rules.REASON_LONGEST, "reason")
    if not wish.reason.strip():
        problems.append(Problem("reason", N_("Please enter the reason."), "reason"))
    if not (0 if wish.person else 1) <= wish.minutes <= rules.MOST_MINUTES:
        problems.append(
            Problem("minutes", N_("Please enter between 1 and %(most)s minutes."), "minutes",
                    {"most": rules.MOST_MINUTES})
        )  # fmt: skip
    if problems:
        raise Invalid(problems)
    if exam.opens_at > now:
        raise Conflict(N_("This exam has not opened yet; its window can still be changed."))
    if exam.released_at is not None:
        raise Conflict(N_("The results are out; nobody can be given more time any more."))


def _refuse_own(actor: Actor | None, target: targets.Target) -> None:
    if actor is not None and target.person_id == actor.person_id:
        raise Conflict(N_("You cannot give yourself more time; another leader of the township can."))


def _refuse_empty(target: targets.Target, found: list, closes_at: datetime | None, now: datetime) -> None:
    """Where no attempt changes and nobody can begin, the minutes would be words only."""
    if not found and (closes_at is None or closes_at <= now):
        raise Conflict(
            N_("These minutes would change nothing: whoever is meant has handed in, or the time would be over "
               "already. More minutes may help, or naming the person.")
        )  # fmt: skip


def _moves_window(target: targets.Target, exam_id: int, wish: Wish) -> bool:
    """Whether those meant who have not begun may begin later; a named person's minutes go to the attempt there is."""
    if not target.is_named:
        return True
    begun = select(Attempt.id).where(Attempt.exam_id == exam_id, Attempt.person_id == target.person_id).limit(1)
    return wish.minutes > 0 and db.session.scalar(begun) is None


def _minutes_so_far(exam: Exam, target: targets.Target) -> int:
    unit_id = target.unit_id
    if target.is_named:
        unit_id = db.session.scalar(select(Person.unit_id).where(Person.id == target.person_id))
    return windows.minutes_of([exam.id], target.person_id, unit_id).get(exam.id, 0)


def _named(exam_id: int) -> dict[int, int]:
    query = select(Person.id, Person.unit_id).join(Extension, Extension.person_id == Person.id)
    return dict(db.session.execute(query.where(Extension.exam_id == exam_id, Extension.moves_window)).all())


def _note(session, actor: Actor | None, exam: Exam, target: targets.Target, wish: Wish, now: datetime) -> Extension:
    extension = Extension(
        exam_id=exam.id,
        unit_id=target.unit_id,
        person_id=target.person_id,
        moves_window=_moves_window(target, exam.id, wish),
        minutes=wish.minutes,
        reason=wish.reason.strip(),
        is_outage=wish.is_outage,
        granted_by_id=actor and actor.person_id,
        granted_at=now,
    )
    session.add(extension)
    session.flush()
    return extension


def _apply(session, extension: Extension, exam: Exam, found: list[targets.Reached]) -> list[Change]:
    if not found:
        return []
    outage = extension.minutes * 60 if extension.is_outage else 0
    _move(session, found, outage)
    again = count_again(session, exam.id, {one.attempt_id: one.effect.deadline_at for one in found}, exam.grace_seconds)
    changes = [_change(one, again.get(one.attempt_id, 0)) for one in found]
    rows = [
        {"extension_id": extension.id, "attempt_id": one.attempt_id, "deadline_before": one.deadline_at,
         "deadline_after": one.effect.deadline_at, "state_before": one.state, "is_reopened": one.effect.is_reopened,
         "counted_again": again.get(one.attempt_id, 0)}
        for one in found
    ]  # fmt: skip
    session.execute(insert(ExtendedAttempt), rows)
    return changes


def _move(session, found: list[targets.Reached], outage: int) -> None:
    """Give every attempt its new deadline; what goes on is open again and has no end, what does not ends later."""
    table = Attempt.__table__
    move = update(table).where(table.c.id == bindparam("this")).values(
        deadline_at=bindparam("deadline"), outage_seconds=table.c.outage_seconds + outage,
        state=bindparam("stands"), finished_at=bindparam("finished"),
    )  # fmt: skip
    rows = [
        {"this": one.attempt_id, "deadline": one.effect.deadline_at,
         "stands": "open" if one.effect.is_reopened else one.state,
         "finished": one.effect.deadline_at if one.state == "auto_submitted" and not one.effect.is_reopened else None}
        for one in found
    ]  # fmt: skip
    session.connection().execute(move, rows)


def _change(one: targets.Reached, counted_again: int = 0) -> Change:
    return Change(one.public_id, one.login, one.person, one.unit, one.state, one.deadline_at, one.effect.deadline_at,
                  one.effect.is_reopened, counted_again)  # fmt: skip
