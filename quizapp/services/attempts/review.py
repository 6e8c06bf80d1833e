"""Looking at one's own attempt: what stands, and after release the key, the marks and where it is written."""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import (
    Article,
    ArticleText,
    Attempt,
    Citation,
    Edition,
    Exam,
    Handbook,
    QuestionKey,
    Result,
)
from quizapp.rules import marking
from quizapp.rules.errors import NotFound
from quizapp.rules.question_types import KINDS, of_part
from quizapp.services import rendering
from quizapp.services.attempts import papers
from quizapp.services.attempts.start import Standing, standing_answers
from quizapp.services.scope import NOT_HERE


@dataclass(frozen=True)
class Score:
    """What the attempt earned."""

    points_milli: int
    full_milli: int
    share: float
    passed: bool
    seconds_used: int


@dataclass(frozen=True)
class ArticleRef:
    """An article of the current edition that a question rests on."""

    number: str
    handbook: str
    slug: str
    article_id: str


@dataclass(frozen=True)
class MarkedItem:
    """An item with its key, what it earned and the articles it rests on."""

    item: papers.Item
    key: dict
    earned_milli: int
    explanation_html: str
    articles: list[ArticleRef]


@dataclass(frozen=True)
class Seen:
    """An attempt as its own person may see it now; score and items only after release."""

    attempt_id: str
    exam_id: str
    title: str
    state: str
    started_at: datetime
    deadline_at: datetime
    finished_at: datetime | None
    is_released: bool
    paper_size: int
    answers: dict[str, Standing]
    score: Score | None = None
    items: list[MarkedItem] = field(default_factory=list)
    how_marked: list[tuple[str, str]] = field(default_factory=list)  # kind and how it earns points, as drawn


def get(public_id: str, person_id: int) -> Seen:
    """Return a person's own attempt. Raises NotFound for any other."""
    row = db.session.execute(
        select(Attempt, Exam)
        .join_from(Attempt, Exam)
        .where(Attempt.public_id == public_id, Attempt.person_id == person_id)
    ).first()
    if row is None:
        raise NotFound(NOT_HERE)
    attempt, exam = row
    result = db.session.get(Result, attempt.id) if exam.released_at is not None else None
    return Seen(
        attempt.public_id,
        exam.public_id,
        exam.title,
        attempt.state,
        attempt.started_at,
        attempt.deadline_at,
        attempt.finished_at,
        result is not None,
        len(attempt.paper["items"]),
        standing_answers(attempt.id),
        _score(result, exam) if result else None,
        _items(attempt, result) if result else [],
        marking.how_marked(attempt.paper) if result else [],
    )


def _score(result: Result, exam: Exam) -> Score:
    share = Fraction(result.points_milli, result.full_milli or 1)
    return Score(
        result.points_milli, result.full_milli, float(share), share * 1000 >= exam.pass_share_milli, result.seconds_used
    )


def _items(attempt: Attempt, result: Result) -> list[MarkedItem]:
    ids = [item["revision_id"] for item in attempt.paper["items"]]
    keys = {
        key.revision_id: key for key in db.session.scalars(select(QuestionKey).where(QuestionKey.revision_id.in_(ids)))
    }
    articles = articles_of(ids)
    drawn = {item["slot"]: item for item in attempt.paper["items"]}
    return [
        MarkedItem(
            one,
            explained(drawn[one.slot], keys[one.revision_id]),
            result.marks[one.slot],
            explanation(drawn[one.slot], keys[one.revision_id]),
            articles.get(one.revision_id, []),
        )
        for one in papers.present(attempt.paper)
    ]


def explained(item: dict, key: QuestionKey) -> dict:
    """Return the key of a paper's item in the words of that paper."""
    return KINDS[item["kind"]].explain(item, of_part(item, key.key))


def explanation(item: dict, key: QuestionKey) -> str:
    """Return the explanation of a paper's item as markup; a part of a case has its own."""
    return rendering.block(of_part(item, key.key).get("explanation", "")) if "part" in item else key.explanation_html


def articles_of(revision_ids: list[int]) -> dict[int, list[ArticleRef]]:
    """Return the articles that question revisions cite, as the current editions word them."""
    query = (
        select(Citation.revision_id, ArticleText.number, Handbook.title, Handbook.slug, Article.public_id)
        .join(Article, Article.id == Citation.article_id)
        .join(Handbook, Handbook.id == Article.handbook_id)
        .join(Edition, (Edition.handbook_id == Handbook.id) & Edition.is_current)
        .join(ArticleText, (ArticleText.article_id == Article.id) & (ArticleText.edition_id == Edition.id))
        .where(Citation.revision_id.in_(revision_ids))
        .order_by(ArticleText.position)
    )
    found: dict[int, list[ArticleRef]] = {}
    for revision_id, *rest in db.session.execute(query):
        found.setdefault(revision_id, []).append(ArticleRef(*rest))
    return found
