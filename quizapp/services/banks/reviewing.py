"""Review by a second person: a revision is sent to review and agreed to, or sent back with a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select, update

from quizapp.extensions import db
from quizapp.models import Bank, Person, Question, QuestionReview, QuestionRevision
from quizapp.rules.errors import Conflict, Invalid, NotFound, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.banks import finding, sight
from quizapp.services.transaction import writing

DEED = "banks.manage"
NOTE_LONGEST = 500
MOST = 20  # of a queue on one page


@dataclass(frozen=True)
class Said:
    """What somebody said of a revision: "asked", "reviewed" or "returned"."""

    number: int
    what: str
    who: str
    note: str
    at: datetime


@dataclass(frozen=True)
class Waiting:
    """Where a question that waits stands."""

    slug: str
    bank: str
    question: str


def ask(actor: Actor, slug: str, question: str, number: int, now, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Send a revision to review. Raises Conflict where it is not the present one, or waits or is agreed to already."""
    free = or_(Question.asked_number.is_(None), Question.asked_number != number)
    free &= or_(Question.reviewed_number.is_(None), Question.reviewed_number != number)
    _say(actor, slug, question, number, ("asked", "question.asked"), "", now, trace, free, {"asked_number": number})


def agree(actor: Actor, slug: str, question: str, number: int, now, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Agree to a revision: it may be drawn where only such ones are. Raises Conflict for one's own words."""
    open_to_me = or_(Question.reviewed_number.is_(None), Question.reviewed_number != number) & ~_own(actor)
    said = ("reviewed", "question.agreed")
    _say(actor, slug, question, number, said, "", now, trace, open_to_me, {"reviewed_number": number})


def send_back(
    actor: Actor, slug: str, question: str, number: int, note: str, now, trace: audit.Trace = audit.NO_TRACE
) -> None:
    """Send a revision back to its writer with a reason; what was agreed to before stays so. Raises Invalid."""
    problems = check_text(note, NOTE_LONGEST, "note")
    if not problems and not note.strip():
        problems = [Problem("note", NO_REASON, "note")]
    if problems:
        raise Invalid(problems)
    asked = finding.STATES["asked"] & ~_own(actor)
    said = ("returned", "question.sent_back")
    _say(actor, slug, question, number, said, note.strip(), now, trace, asked, {"asked_number": None})


def _own(actor: Actor):
    """Return whether the words of the present revision are the actor's own."""
    return exists().where(
        QuestionRevision.question_id == Question.id,
        QuestionRevision.number == _worded(),
        QuestionRevision.author_id == actor.person_id,
    )


def _worded():
    """Return the number of the revision that the present words of a question stand in since."""
    last = select(func.max(QuestionRevision.number)).where(
        QuestionRevision.question_id == Question.id,
        QuestionRevision.is_rewording,
        QuestionRevision.number <= Question.current_number,
    )
    return last.correlate(Question).scalar_subquery()


def _say(actor, slug, question, number, said, note, now, trace, condition, values) -> None:
    """Claim the revision where the condition holds, and write down what was said: (what, the deed in the trail)."""
    what, deed = said
    bank = sight.get_visible(actor, slug)
    scope.require(actor, DEED, bank.unit_id)
    bank_id, unit_id = bank.id, bank.unit_id
    with writing() as session:
        here = (Question.bank_id == bank_id) & (Question.public_id == question)
        claim = update(Question).where(here, Question.current_number == number, condition)
        claimed = session.scalar(
            claim.values(values).returning(Question.id), execution_options={"synchronize_session": False}
        )
        if claimed is None:
            if session.scalar(select(Question.id).where(here)) is None:
                raise NotFound(scope.NOT_HERE)
            is_own = what != "asked" and session.scalar(select(Question.id).where(here, _own(actor))) is not None
            raise Conflict(OWN if is_own else OVERTAKEN)
        session.add(
            QuestionReview(
                question_id=claimed, number=number, what=what, person_id=actor.person_id, note=note, at=now
            )
        )
        audit.record(actor, unit_id, deed, f"{slug} {question}", now, trace, revision=number)


NO_REASON = N_("Please say what is not right: whoever wrote it has to know what to change.")
OWN = N_("These are your own words; somebody else has to agree to them.")
OVERTAKEN = N_("Somebody was quicker, or the question was changed meanwhile. Please look again.")


def is_own(actor: Actor, question: str) -> bool:
    """Whether the present words of a question are the actor's."""
    query = select(Question.id).where(Question.public_id == question, _own(actor))
    return db.session.execute(query).first() is not None


def list_said(question: str) -> list[Said]:
    """Return all that was said of a question's revisions, the newest first."""
    query = (
        select(QuestionReview, Person.name)
        .join(Question, Question.id == QuestionReview.question_id)
        .join(Person, Person.id == QuestionReview.person_id)
        .where(Question.public_id == question)
        .order_by(QuestionReview.id.desc())
    )
    return [Said(one.number, one.what, name, one.note, one.at) for one, name in db.session.execute(query)]


def list_returned(questions: list[str]) -> dict[str, Said]:
    """Return what was said of these questions, by public id, when they were sent back the last time."""
    newest = select(func.max(QuestionReview.id)).where(QuestionReview.what == "returned")
    query = (
        select(Question.public_id, QuestionReview, Person.name)
        .join(Question, Question.id == QuestionReview.question_id)
        .join(Person, Person.id == QuestionReview.person_id)
        .where(Question.public_id.in_(questions), QuestionReview.id.in_(newest.group_by(QuestionReview.question_id)))
    )
    return {found: Said(one.number, one.what, name, one.note, one.at) for found, one, name in db.session.execute(query)}


def list_waiting(actor: Actor) -> tuple[list[Waiting], int]:
    """Return the first questions that wait for this person's review, and how many there are."""
    return _list(actor, _waiting(actor))


def list_flagged(actor: Actor) -> tuple[list[Waiting], int]:
    """Return the first questions whose article was changed, and how many there are."""
    return _list(actor, Question.is_flagged)


def list_sent_back(actor: Actor) -> tuple[list[Waiting], int]:
    """Return the first questions whose present words this person wrote and somebody sent back, and how many."""
    return _list(actor, _sent_back(actor))


def list_sent(actor: Actor) -> tuple[list[Waiting], int]:
    """Return the first questions with this person's own words that wait for somebody else, and how many."""
    return _list(actor, finding.STATES["asked"] & _own(actor))


def count_for(actor: Actor) -> dict[str, int]:
    """Return how many questions wait for this person: "to_review", "flagged", "sent_back"."""
    asked = {"to_review": _waiting(actor), "flagged": Question.is_flagged, "sent_back": _sent_back(actor)}
    return {name: _count(_query(actor, condition)) for name, condition in asked.items()}


def _waiting(actor: Actor):
    return finding.STATES["asked"] & ~_own(actor)


def _sent_back(actor: Actor):
    """Return whether a draft of the actor's own words was sent back since they were written."""
    returned = select(QuestionReview.question_id).where(QuestionReview.what == "returned")
    since = exists().where(
        QuestionReview.question_id == Question.id,
        QuestionReview.what == "returned",
        QuestionReview.number >= _worded(),
    )
    return Question.id.in_(returned) & finding.STATES["draft"] & since & _own(actor)


def _query(actor: Actor, condition):
    here = Bank.unit_id.in_(scope.visible_units(actor, DEED))
    query = select(Bank.slug, Bank.title, Question.public_id).join(Bank, Bank.id == Question.bank_id)
    return query.where(here, Question.is_retired.is_(False), condition)


def _count(query) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery()))


def _list(actor: Actor, condition) -> tuple[list[Waiting], int]:
    query = _query(actor, condition)
    rows = db.session.execute(query.order_by(Bank.title, Question.position).limit(MOST))
    return [Waiting(*row) for row in rows], _count(query)
