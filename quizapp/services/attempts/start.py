"""Starting an attempt, or coming back to it: any number of calls at once give one attempt."""

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from sqlalchemy import func, select, update

from quizapp.extensions import db
from quizapp.models import Answer, Attempt, Exam
from quizapp.rules import clock
from quizapp.rules.errors import Conflict, NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audience
from quizapp.services.attempts import dealing, papers
from quizapp.services.extensions import windows
from quizapp.services.scope import NOT_HERE
from quizapp.services.transaction import insert, writing


class NoAttemptsLeft(Conflict):
    """The person has used every attempt the exam allows."""

    type = "no-attempts-left"


class NotOpen(Conflict):
    """The exam's window is not open."""

    type = "not-open"


@dataclass(frozen=True)
class Standing:
    """What stands in a slot."""

    epoch: int
    seq: int
    value: object


@dataclass(frozen=True)
class Running:
    """An attempt in progress as its own person may see it."""

    attempt_id: str
    exam_id: str
    title: str
    state: str
    started_at: datetime
    deadline_at: datetime
    epoch: int
    items: list[papers.Item]
    answers: dict[str, Standing]
    is_new: bool

    @property
    def next_seq(self) -> int:
        """The first sequence number that this epoch has not used."""
        return 1 + max((one.seq for one in self.answers.values() if one.epoch == self.epoch), default=0)


def start(actor: Actor, exam_public_id: str, now: datetime) -> Running:
    """Start the person's attempt or come back to the open one, with a fresh epoch either way.

    Raises NotFound (not in the audience), NotOpen or NoAttemptsLeft.
    """
    exam = audience.get_exam_to_sit(actor, exam_public_id)
    exam_id, found = exam.id, find_open(exam.id, actor.person_id)
    if found is not None:
        return _resume(found)
    _refuse_outside_window(exam, windows.closes_for(exam, actor.person_id, actor.unit_id), now)
    made = _insert(exam_id, actor, None if has_forms(exam) else papers.draw_for(exam, actor.person_id, now), now)
    if made is not None:
        return replace(get_running(made), epoch=1, is_new=True)
    found = find_open(exam_id, actor.person_id)  # another call was first
    if found is None:
        raise NoAttemptsLeft(N_("You have already handed in this exam."))
    return _resume(found)


def resume(person_id: int, exam_public_id: str, attempt_public_id: str) -> Running:
    """Come back to the very attempt that a device holds; one that is over is returned as it stands.

    So a device that missed a handing in elsewhere never begins the next attempt. Raises NotFound for any attempt but
    the person's own at this exam.
    """
    query = select(Attempt.id).join(Exam).where(Exam.public_id == exam_public_id)
    mine = query.where(Attempt.public_id == attempt_public_id, Attempt.person_id == person_id)
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound(NOT_HERE)
    return _resume(found)


def find_open(exam_id: int, person_id: int) -> int | None:
    """Return the id of the person's open attempt at an exam, or None."""
    query = select(Attempt.id).where(
        Attempt.exam_id == exam_id, Attempt.person_id == person_id, Attempt.state == "open"
    )
    return db.session.scalar(query)


def _refuse_outside_window(exam: Exam, closes_at: datetime, now: datetime) -> None:
    state = clock.window_state(exam.opens_at, closes_at, exam.released_at, now)
    if state == "upcoming":
        raise NotOpen(N_("This exam has not opened yet."))
    if state != "open":
        raise NotOpen(N_("This exam has closed."))


def has_forms(exam: Exam) -> bool:
    """Whether fixed papers are dealt."""
    return bool(exam.blueprint.get("forms"))


def _insert(exam_id: int, actor: Actor, paper: dict | None, now: datetime) -> int | None:
    """Insert the attempt and return its row id; None where another call was first or no attempt is left.

    Without a paper one of the exam's fixed papers is dealt.

    The exam is locked for reading: minutes granted at this moment either are in the deadline, or find the attempt.
    """
    person_id = actor.person_id
    used_so_far = select(func.count()).where(Attempt.exam_id == exam_id, Attempt.person_id == person_id)
    with writing() as session:
        query = select(Exam, used_so_far.scalar_subquery()).where(Exam.id == exam_id)
        exam, used = session.execute(query.with_for_update(read=True, of=Exam)).one()
        if used >= exam.attempts_allowed:
            return None
        values = {
            "exam_id": exam_id,
            "person_id": person_id,
            "number": used + 1,
            "paper": paper or {},
            "started_at": now,
            "deadline_at": clock.deadline(now, exam.limit_seconds, windows.closes_for(exam, person_id, actor.unit_id)),
        }
        statement = insert(Attempt).values(**values).on_conflict_do_nothing().returning(Attempt.id)
        made = session.scalar(statement)
        if made is not None and paper is None:
            dealt = dealing.deal(session, exam_id, person_id) or papers.draw(exam)
            session.execute(update(Attempt).where(Attempt.id == made).values(paper=dealt))
        return made


def _resume(attempt_id: int) -> Running:
    """Give this device an epoch of its own; the number comes from the very statement that counts it up."""
    mine = update(Attempt).where(Attempt.id == attempt_id, Attempt.state == "open")
    with writing() as session:
        epoch = session.scalar(mine.values(epoch=Attempt.epoch + 1).returning(Attempt.epoch))
    running = get_running(attempt_id)
    return running if epoch is None else replace(running, epoch=epoch)


def get_running(attempt_id: int) -> Running:
    """Return an attempt with its paper and what stands in it."""
    attempt, exam = db.session.execute(
        select(Attempt, Exam).join_from(Attempt, Exam).where(Attempt.id == attempt_id)
    ).one()
    return Running(
        attempt.public_id,
        exam.public_id,
        exam.title,
        attempt.state,
        attempt.started_at,
        attempt.deadline_at,
        attempt.epoch,
        papers.present(attempt.paper),
        standing_answers(attempt_id),
        is_new=False,
    )


def standing_answers(attempt_id: int) -> dict[str, Standing]:
    """Return what stands in each answered slot."""
    rows = db.session.execute(
        select(Answer.slot, Answer.epoch, Answer.seq, Answer.value).where(Answer.attempt_id == attempt_id)
    )
    return {slot: Standing(epoch, seq, msgspec.json.decode(value)) for slot, epoch, seq, value in rows}


def own_attempt_id(public_id: str, person_id: int) -> int:
    """Return the row id of a person's own attempt. Raises NotFound for any other."""
    found = db.session.scalar(select(Attempt.id).where(Attempt.public_id == public_id, Attempt.person_id == person_id))
    if found is None:
        raise NotFound(NOT_HERE)
    return found
