"""Exams: what a person may sit and when, setting them up, closing them early, releasing results."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from quizapp.extensions import db
from quizapp.models import Attempt, Exam, Extension
from quizapp.rules import blueprint, clock
from quizapp.rules import marking as mark_rules
from quizapp.rules.errors import Conflict, NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audience, audit, cutting, scope
from quizapp.services.attempts import finish, marking
from quizapp.services.extensions import windows
from quizapp.services.transaction import writing


@dataclass(frozen=True)
class MyExam:
    """An exam as one trainee sees it; `attempt_id` is the newest attempt, if any.

    `closes_at` is the end of this person's window, `extra_minutes` how much of it was granted.
    """

    id: str
    title: str
    opens_at: datetime
    closes_at: datetime
    limit_seconds: int
    state: str
    attempts_left: int
    attempt_id: str | None
    attempt_state: str | None
    deadline_at: datetime | None
    seconds_available: int  # if started now, or at the opening where that is to come
    extra_minutes: int
    last_full_start: datetime
    slot_at: datetime  # when a phone that waits for the opening starts


def list_mine(actor: Actor, now: datetime) -> list[MyExam]:
    """Return the exams of the person's audience with what is left of each."""
    exams = audience.exams_to_sit(actor)
    query = (
        select(Attempt.exam_id, Attempt.public_id, Attempt.state, Attempt.deadline_at)
        .where(Attempt.person_id == actor.person_id, Attempt.exam_id.in_([exam.id for exam in exams]))
        .order_by(Attempt.number)
    )
    attempts: dict[int, list] = {}
    for row in db.session.execute(query):
        attempts.setdefault(row.exam_id, []).append(row)
    extra = windows.minutes_of([exam.id for exam in exams], actor.person_id, actor.unit_id)
    return [_mine(actor, exam, attempts.get(exam.id, []), extra.get(exam.id, 0), now) for exam in exams]


def get_mine(actor: Actor, public_id: str, now: datetime) -> MyExam:
    """Return one exam of the person's audience. Raises NotFound."""
    exam = audience.get_exam_to_sit(actor, public_id)
    return next(one for one in list_mine(actor, now) if one.id == exam.public_id)


@dataclass(frozen=True)
class Facts:
    """What is told of a paper before it is seen."""

    questions: int
    full_milli: int
    pass_share: float
    rule: str
    sections: list[tuple[str, int, int, str]]  # title, questions, thousandths of a point each, how they earn it


def facts(public_id: str) -> Facts:
    """Return how large an exam's paper is and how it is scored."""
    exam = get_exam(public_id)
    plan = blueprint.parse(exam.blueprint)
    sections = [
        (one.title, one.questions, one.points_milli, mark_rules.how(one.kind, one.rule or plan.rule))
        for one in plan.sections
    ]
    return Facts(plan.count, plan.full_milli, exam.pass_share_milli / 1000, plan.rule, sections)


def _mine(actor: Actor, exam: Exam, attempts: list, extra_minutes: int, now: datetime) -> MyExam:
    last = attempts[-1] if attempts else None
    closes_at = windows.later(exam, extra_minutes)
    return MyExam(
        exam.public_id,
        exam.title,
        exam.opens_at,
        closes_at,
        exam.limit_seconds,
        clock.window_state(exam.opens_at, closes_at, exam.released_at, now),
        exam.attempts_allowed - len(attempts),
        last and last.public_id,
        last and last.state,
        last and last.deadline_at,
        clock.seconds_available(max(now, exam.opens_at), exam.limit_seconds, closes_at),
        extra_minutes,
        clock.last_full_start(exam.limit_seconds, closes_at),
        clock.start_slot(exam.opens_at, closes_at, exam.limit_seconds, f"{actor.public_id} {exam.public_id}"),
    )


def get_exam(public_id: str) -> Exam:
    """Return an exam by its public id, whoever asks. Raises NotFound."""
    exam = db.session.scalar(select(Exam).where(Exam.public_id == public_id))
    if exam is None:
        raise NotFound(scope.NOT_HERE)
    return exam


def release_due(now: datetime) -> int:
    """Release every exam that says "at close" once no attempt of it can change any more. Repeatable."""
    query = select(Exam).where(
        Exam.release_rule == "at_close", Exam.released_at.is_(None), Exam.ends_at < now - marking.MARGIN
    )
    due = [exam.id for exam in db.session.scalars(query) if not marking.count_unmarked(exam.id)]
    return sum(_release(exam_id, now) for exam_id in due)


def _release(exam_id: int, now: datetime) -> bool:
    """Release unless that is done, or somebody is at it or may begin: more time may have been granted just now."""
    with writing() as session:
        exam = session.get(Exam, exam_id, with_for_update=True)
        is_due = exam.released_at is None and exam.ends_at <= now and not marking.count_unmarked(exam_id)
        if is_due:
            exam.released_at = now
        return is_due


def release(actor: Actor | None, public_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Release an exam's results by hand. Raises Conflict while an attempt can still change."""
    exam = get_exam(public_id)
    scope.require(actor, "exams.release", exam.unit_id)
    exam_id, unit_id = exam.id, exam.unit_id
    with writing() as session:
        exam = session.get(Exam, exam_id, with_for_update=True)
        if exam.ends_at > now or marking.count_unmarked(exam_id):
            raise Conflict(N_("Results can be released once the exam has closed and every answer sheet is marked."))
        exam.released_at = exam.released_at or now
        audit.record(actor, unit_id, "exam.released", public_id, now, trace)


@dataclass(frozen=True)
class Closed:
    """What closing early did."""

    taken_in: int
    marked: int
    is_released: bool


def close(actor: Actor | None, public_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> Closed:
    """End an exam's window now: take in open attempts as they stand, mark, and release where it says "at close".

    Raises Conflict for an exam that has not opened, and where more than one in a hundred open attempts would lose
    time: then a second person has to agree (services/early_closing); only the system operator may do it alone.
    Again on a closed exam does what is left to do.
    """
    exam = get_exam(public_id)
    scope.require(actor, "exams.manage", exam.unit_id)
    if exam.opens_at >= now:
        raise Conflict(N_("This exam has not opened yet."))
    exam_id = exam.id
    with writing() as session:
        if actor is not None and cutting.by_ending(exam_id, now).needs_second:
            raise Conflict(N_("People are at it and would lose time: a second person has to agree first."))
        end_window(session, actor, public_id, now, trace)
    return settle(public_id, now)


def end_window(session, actor: Actor | None, public_id: str, now: datetime, trace: audit.Trace) -> bool:
    """Let no start and no answer in after now, in the open transaction; return whether the exam was open."""
    exam = get_exam(public_id)
    exam_id, unit_id, cut = exam.id, exam.unit_id, cutting.by_ending(exam.id, now)
    exam = session.get(Exam, exam_id, with_for_update=True)
    is_moved = exam.ends_at > now
    if is_moved:
        exam.closes_at, exam.ends_at = min(exam.closes_at, now), now
        session.execute(update(Extension).where(Extension.exam_id == exam_id).values(moves_window=False))
    session.execute(
        update(Attempt)
        .where(Attempt.exam_id == exam_id, Attempt.state == "open", Attempt.deadline_at > now)
        .values(deadline_at=now)
    )
    if is_moved:
        audit.record(actor, unit_id, "exam.closed", public_id, now, trace, open=cut.open, cut=cut.cut)
    return is_moved


def settle(public_id: str, now: datetime) -> Closed:
    """Take in and mark what a closed exam still holds, and release where it says "at close". Repeatable."""
    exam_id = get_exam(public_id).id
    taken_in = finish.take_in(_attempts_in(exam_id, ("open",)))
    marked = marking.mark(_attempts_in(exam_id, marking.HANDED_IN), now)
    if get_exam(public_id).release_rule == "at_close" and not marking.count_unmarked(exam_id):
        _release(exam_id, now)
    return Closed(taken_in, marked, get_exam(public_id).released_at is not None)


def _attempts_in(exam_id: int, states: tuple[str, ...]) -> list[int]:
    return list(db.session.scalars(select(Attempt.id).where(Attempt.exam_id == exam_id, Attempt.state.in_(states))))


def list_all(now: datetime) -> list[dict]:
    """Return every exam of the instance with its window and its attempts by state, as plain data for the shell."""
    counts: dict[int, dict[str, int]] = {}
    rows = db.session.execute(
        select(Attempt.exam_id, Attempt.state, func.count()).group_by(Attempt.exam_id, Attempt.state)
    )
    for exam_id, state, count in rows:
        counts.setdefault(exam_id, {})[state] = count
    return [
        {
            "id": exam.public_id,
            "title": exam.title,
            "attempts": counts.get(exam.id, {}),
            "state": clock.window_state(exam.opens_at, exam.ends_at, exam.released_at, now),
            "opens_at": clock.rfc3339(exam.opens_at),
            "closes_at": clock.rfc3339(exam.closes_at),
        }
        for exam in db.session.scalars(select(Exam).order_by(Exam.closes_at, Exam.id))
    ]
