"""A paper drawn to be looked at: by the rules of the real ones, and never stored."""

from dataclasses import dataclass, field

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Exam, QuestionKey
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.question_types import KINDS
from quizapp.services import scope
from quizapp.services.attempts import papers
from quizapp.services.attempts.review import ArticleRef, articles_of
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
    exam = db.session.scalar(select(Exam).where(Exam.public_id == public_id))
    if exam is None:
        raise NotFound(scope.NOT_HERE)
    scope.require(actor, "exams.manage", exam.unit_id)
    paper = papers.draw(exam)
    if not scope.covers(actor, VIEW, exam.unit_id):
        return Preview(exam.title, [Previewed(item) for item in papers.present(paper)], False)
    return Preview(exam.title, _with_keys(paper), True)


def _with_keys(paper: dict) -> list[Previewed]:
    ids = [item["revision_id"] for item in paper["items"]]
    keys = {
        one.revision_id: one for one in db.session.scalars(select(QuestionKey).where(QuestionKey.revision_id.in_(ids)))
    }
    articles, drawn = articles_of(ids), {item["slot"]: item for item in paper["items"]}
    return [
        Previewed(
            item,
            KINDS[item.kind].explain(drawn[item.slot], keys[item.revision_id].key),
            keys[item.revision_id].explanation_html,
            articles.get(item.revision_id, []),
        )
        for item in papers.present(paper)
    ]
