"""A paper drawn to be looked at: by the rules of the real ones, and never stored."""

from dataclasses import dataclass, field

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Exam, QuestionKey
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.attempts import papers
from quizapp.services.attempts.review import ArticleRef, articles_of, explained, explanation
from quizapp.services.banks.sight import VIEW


@dataclass(frozen=True)
class Previewed:
    """An item of the paper; key, explanation and articles are for trainers, others see what a trainee would."""

    item: papers.Item
    key: dict | None = None
    explanation_html: str = ""
    articles: list[ArticleRef] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """One paper as it could be drawn."""

    title: str
    items: list[Previewed]
    has_keys: bool


def draw(actor: Actor, public_id: str) -> Preview:
    """Draw a paper of an exam for somebody who may manage it; every call draws another one.

    Raises NotFound, and Invalid where the banks cannot fill the blueprint any more.
    """
    exam = get_exam(actor, public_id)
    paper = papers.draw(exam)
    if not scope.covers(actor, VIEW, exam.unit_id):
        return Preview(exam.title, [Previewed(item) for item in papers.present(paper)], False)
    return Preview(exam.title, _with_keys(paper), True)


def get_exam(actor: Actor, public_id: str) -> Exam:
    """Return an exam that the actor may manage. Raises NotFound."""
    exam = db.session.scalar(select(Exam).where(Exam.public_id == public_id))
    if exam is None:
        raise NotFound(scope.NOT_HERE)
    scope.require(actor, "exams.manage", exam.unit_id)
    return exam


def _with_keys(paper: dict) -> list[Previewed]:
    ids = [item["revision_id"] for item in paper["items"]]
    keys = {
        one.revision_id: one for one in db.session.scalars(select(QuestionKey).where(QuestionKey.revision_id.in_(ids)))
    }
    articles, drawn = articles_of(ids), {item["slot"]: item for item in paper["items"]}
    return [
        Previewed(
            item,
            explained(drawn[item.slot], keys[item.revision_id]),
            explanation(drawn[item.slot], keys[item.revision_id]),
            articles.get(item.revision_id, []),
        )
        for item in papers.present(paper)
    ]
