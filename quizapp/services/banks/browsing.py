"""Looking through a bank: questions with key, explanation and cited articles, for trainers only."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Text, select, type_coerce

from quizapp.extensions import db
from quizapp.models import Person, Question, QuestionKey, QuestionRevision
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.question_types import KINDS
from quizapp.services import scope
from quizapp.services.attempts.review import ArticleRef, articles_of
from quizapp.services.banks import sight
from quizapp.services.banks.sight import current

SIZE = 20  # questions a page


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty takes everything. `state` is "" for questions in use, or "retired"."""

    kind: str = ""
    chapter: str = ""
    difficulty: str = ""
    state: str = ""
    words: str = ""


@dataclass(frozen=True)
class Shown:
    """One revision of a question as a trainer sees it. `key` is in the shape that the kind explains it in."""

    id: str  # of the question
    code: str
    number: int
    is_current: bool
    is_retired: bool
    kind: str
    stem_html: str
    options: list[tuple[str, str]]  # (id, html) in the authored order
    blanks: int | None
    key: dict
    explanation_html: str
    articles: list[ArticleRef]
    chapter: str
    difficulty: str
    points_milli: int
    created_at: datetime
    author: str | None


@dataclass(frozen=True)
class Page:
    """One page of questions and how many were found in all."""

    questions: list[Shown]
    found: int
    page: int
    pages: int


def find_page(actor: Actor, slug: str, wanted: Wanted, page: int = 1) -> Page:
    """Return one page of a bank's questions in its order. Raises NotFound; a page that does not exist is the last."""
    bank = sight.get_visible(actor, slug)
    ids = _find(bank.id, wanted)
    pages = max(1, -(-len(ids) // SIZE))
    page = min(max(page, 1), pages)
    here = ids[(page - 1) * SIZE : page * SIZE]
    return Page(_shown(QuestionRevision.id.in_(here)), len(ids), page, pages)


def _find(bank_id: int, wanted: Wanted) -> list[int]:
    """Return the ids of the current revisions that are wanted; the words stand in stem, options or code."""
    query = select(QuestionRevision.id, QuestionRevision.content, Question.code).join(Question, current())
    query = query.where(Question.bank_id == bank_id, Question.is_retired.is_(wanted.state == "retired"))
    for column in (QuestionRevision.kind, QuestionRevision.chapter, QuestionRevision.difficulty):
        value = getattr(wanted, column.key)
        query = query.where(column == value) if value else query
    words = wanted.words.strip()
    if words:
        inside = msgspec.json.encode(words).decode()[1:-1]
        text = type_coerce(QuestionRevision.content, Text)
        query = query.where(text.icontains(inside, autoescape=True) | Question.code.icontains(words, autoescape=True))
    rows = db.session.execute(query.order_by(Question.position)).all()
    return [row.id for row in rows if not words or _holds(row, words.casefold())]


def _holds(row, words: str) -> bool:
    """Whether the words stand in what a person wrote and not in the names of its parts."""
    texts = (row.code, row.content["stem"], *row.content.get("options", ()))
    return any(words in text.casefold() for text in texts)


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
    options = [(str(place), html) for place, html in enumerate(revision.html.get("options", []))]
    return Shown(
        question.public_id,
        question.code,
        revision.number,
        revision.number == question.current_number,
        question.is_retired,
        revision.kind,
        revision.html["stem"],
        options,
        revision.content.get("blanks"),
        KINDS[revision.kind].explain({"option_ids": [identity for identity, _ in options]}, key.key),
        key.explanation_html,
        articles,
        revision.chapter,
        revision.difficulty,
        revision.points_milli,
        revision.created_at,
        author,
    )
