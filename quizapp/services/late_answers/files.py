"""Taking in an answer file from a phone that never got back online: once, and only as it was made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from quizapp.extensions import db
from quizapp.models import AnswerFile, Attempt, Exam, Person, Unit
from quizapp.models.types import new_public_id
from quizapp.rules import answer_files
from quizapp.rules.answer_files import Content
from quizapp.rules.errors import Invalid, NotFound, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.attempts import papers, save
from quizapp.services.late_answers import keys
from quizapp.services.transaction import insert, writing

DEED = "answers.take_in"
UNKNOWN = N_("The attempt of this answer file is not here, or its person is not of your units. Nothing was taken in.")


@dataclass(frozen=True)
class TakenIn:
    """What came in by a file; slots by what became of them, `is_again` where it had been taken in before."""

    id: str
    attempt_id: str
    exam_id: str
    exam: str
    person: str
    unit: str
    taken_in_at: datetime
    taken_in_by: str | None
    saved: list[str]
    recorded: list[str]
    superseded: list[str]
    refused: dict[str, str]
    is_again: bool = False


def take_in(actor: Actor | None, text: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> TakenIn:
    """Take an answer file in as if its answers had come over the network at this moment, marked as from a file.

    In time and open: they count; else they are recorded late. The same file again changes nothing and says so. Only
    the person themself or who looks after their unit may. Raises Invalid for a file that is none, was changed, or
    is not for the actor.
    """
    parts = answer_files.take_apart(text)
    query = select(Attempt.id, Attempt.person_id, Person.unit_id).join(Person, Person.id == Attempt.person_id)
    row = db.session.execute(query.where(Attempt.public_id == parts.attempt)).first()
    if row is None or not _may(actor, row.person_id, row.unit_id):
        raise Invalid([Problem("unknown-attempt", UNKNOWN)])
    content = answer_files.open_up(parts, keys.of_attempt(parts.attempt))
    batch, refused = _batch(parts.attempt, row.person_id, content, now)
    with writing() as session:
        values = {
            "public_id": new_public_id(),
            "digest": parts.digest,
            "attempt_id": row.id,
            "outcome": {},
            "taken_in_at": now,
            "taken_in_by_id": actor and actor.person_id,
        }
        claim = insert(AnswerFile).values(**values).on_conflict_do_nothing().returning(AnswerFile.id)
        file_id = session.scalar(claim)
        if file_id is not None:
            outcome = batch.apply(session.connection())
            outcome.refused.update(refused)
            told = _told(outcome)
            session.get(AnswerFile, file_id).outcome = told
            counts = {name: len(slots) for name, slots in told.items()}
            audit.record(actor, row.unit_id, "answer_file.taken_in", parts.attempt, now, trace, **counts)
    return _find(AnswerFile.digest == parts.digest, is_again=file_id is None)


def _may(actor: Actor | None, person_id: int, unit_id: int) -> bool:
    return actor is None or actor.person_id == person_id or scope.covers(actor, DEED, unit_id)


def _batch(attempt: str, person_id: int, content: Content, now: datetime):
    ticket = papers.get_ticket(attempt, person_id, save.tickets)
    sent = [save.Sent(slot, seq, value) for slot, seq, value in content.answers]
    return save.check(ticket, content.epoch, sent, now, source="file")


def _told(outcome: save.Outcome) -> dict:
    return {
        "saved": sorted(outcome.saved),
        "recorded": sorted(outcome.recorded),
        "superseded": sorted(outcome.superseded),
        "refused": {slot: problem.code for slot, problem in outcome.refused.items()},
    }


def get(actor: Actor, public_id: str) -> TakenIn:
    """Return what came in by a file, for whoever may take it in. Raises NotFound."""
    query = select(Attempt.person_id, Person.unit_id).join(Person, Person.id == Attempt.person_id)
    row = db.session.execute(
        query.join(AnswerFile, AnswerFile.attempt_id == Attempt.id).where(AnswerFile.public_id == public_id)
    ).first()
    if row is None or not _may(actor, row.person_id, row.unit_id):
        raise NotFound(scope.NOT_HERE)
    return _find(AnswerFile.public_id == public_id)


def _find(condition, is_again: bool = False) -> TakenIn:
    taker = aliased(Person)
    query = (
        select(AnswerFile, Attempt.public_id, Exam.public_id, Exam.title, Person.name, Unit.name, taker.name)
        .join(Attempt, Attempt.id == AnswerFile.attempt_id)
        .join(Exam, Exam.id == Attempt.exam_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(taker, taker.id == AnswerFile.taken_in_by_id)
    )
    file, attempt, exam_id, exam, person, unit, by = db.session.execute(query.where(condition)).one()
    return TakenIn(
        file.public_id, attempt, exam_id, exam, person, unit, file.taken_in_at, by, **file.outcome, is_again=is_again
    )
