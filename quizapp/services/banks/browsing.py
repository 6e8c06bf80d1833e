"""Looking through a bank: questions with key, explanation and cited articles, for trainers only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Person, Question, QuestionKey, QuestionRevision
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.attempts.review import ArticleRef, articles_of
from quizapp.services.banks import finding, sight
from quizapp.services.banks.finding import Wanted
from quizapp.services.banks.sight import current
from quizapp.services.faces import Face, face

SIZE = 20  # questions a page


@dataclass(frozen=True)
class Shown:
    """One revision of a question as a trainer sees it, key included."""

    id: str  # of the question
    code: str
    number: int
    is_current: bool
    is_retired: bool
    kind: str
    face: Face
    explanation_html: str
    articles: list[ArticleRef]
    chapter: str
    difficulty: str
    points_milli: int
    tags: list[str]
    created_at: datetime
    author: str | None
    review: str = ""  # of the present revision: "asked", "reviewed", or "" for a draft; "reviewed" of older ones
    is_flagged: bool = False


@dataclass(frozen=True)
class Page:
    """One page of questions, how many were found in all, and the places to go on from; None where there is no more."""

    questions: list[Shown]
    found: int
    before: int | None = None
    after: int | None = None


def find_page(actor: Actor, slug: str, wanted: Wanted, after: int = 0, before: int = 0) -> Page:
    """Return the questions that follow a place in the bank's order, or stand in front of one. Raises NotFound."""
    bank = sight.get_visible(actor, slug)
    asked = finding.conditions(bank.id, wanted)
    found = db.session.scalar(select(func.count()).select_from(Question).where(*asked))
    query = select(Question.id, Question.position).where(*asked).limit(SIZE + 1)
    if before:
        query = query.where(Question.position < before).order_by(Question.position.desc())
    else:
        query = query.where(Question.position > after).order_by(Question.position)
    rows = db.session.execute(query).all()
    more, rows = len(rows) > SIZE, rows[:SIZE]
    if before:
        rows.reverse()
    if not rows:
        return Page([], found)
    first, last = rows[0].position, rows[-1].position
    is_first, is_last = (not more, False) if before else (after == 0, not more)
    here = _shown(current() & Question.id.in_([row.id for row in rows]))
    return Page(here, found, None if is_first else first, None if is_last else last)


def get_history(actor: Actor, slug: str, question: str) -> list[Shown]:
    """Return all revisions of a question, the newest first. Raises NotFound."""
    bank = sight.get_visible(actor, slug)
    found = _shown((Question.bank_id == bank.id) & (Question.public_id == question))
    if not found:
        raise NotFound(scope.NOT_HERE)
    return sorted(found, key=lambda one: -one.number)


def _shown(condition) -> list[Shown]:
    query = (
        select(QuestionRevision, Question, QuestionKey, Person.name)
        .join(Question, Question.id == QuestionRevision.question_id)
        .join(QuestionKey, QuestionKey.revision_id == QuestionRevision.id)
        .outerjoin(Person, Person.id == QuestionRevision.author_id)
        .where(condition)
        .order_by(Question.position, QuestionRevision.number)
    )
    rows = db.session.execute(query).all()
    articles = articles_of([revision.id for revision, *_ in rows])
    return [
        _one(revision, question, key, name, articles.get(revision.id, [])) for revision, question, key, name in rows
    ]


def _one(revision, question, key, author: str | None, articles: list[ArticleRef]) -> Shown:
    return Shown(
        question.public_id,
        question.code,
        revision.number,
        revision.number == question.current_number,
        question.is_retired,
        revision.kind,
        face(revision.kind, revision.content, revision.html, key.key),
        key.explanation_html,
        articles,
        revision.chapter,
        revision.difficulty,
        revision.points_milli,
        revision.tags,
        revision.created_at,
        author,
        _review(revision.number, question),
        question.is_flagged,
    )


def _review(number: int, question: Question) -> str:
    if number == question.reviewed_number:
        return "reviewed"
    return "asked" if number == question.asked_number else ""


def list_shown(questions: list[str]) -> list[Shown]:
    """Return the present revisions of questions by public id, in the order of their banks."""
    return _shown(current() & Question.public_id.in_(questions))
