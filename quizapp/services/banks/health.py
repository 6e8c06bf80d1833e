"""How a bank is: what questions lack, what waits, which articles have how many questions."""

from dataclasses import dataclass, field

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Article, ArticleText, Citation, Edition, Handbook, Question, QuestionRevision
from quizapp.rules.permissions import Actor
from quizapp.services.banks import checking, finding, pairs, sight
from quizapp.services.banks.sight import current


@dataclass(frozen=True)
class Health:
    """Counts of questions in use by problem and state, pairs that wait, and the last look through the whole bank."""

    problems: dict[str, int]
    states: dict[str, int]
    pairs: dict[str, int]
    running: checking.Check | None
    last: checking.Check | None


@dataclass
class Covered:
    """An article of the bank's handbooks with its questions in use, by kind."""

    article_id: str
    number: str
    chapter: str
    handbook: str
    slug: str
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many questions rest on it."""
        return sum(self.kinds.values())


def get_health(actor: Actor, slug: str) -> Health:
    """Return how a bank is. Raises NotFound."""
    bank = sight.get_visible(actor, slug)
    problems = {name: _count(bank.id, finding.Wanted(problem=name)) for name in finding.PROBLEMS}
    states = {name: _count(bank.id, finding.Wanted(state=name)) for name in finding.STATES}
    running, last = checking.find_last(bank.id)
    return Health(problems, states, pairs.count_open(bank.id), running, last)


def _count(bank_id: int, wanted: finding.Wanted) -> int:
    asked = finding.conditions(bank_id, wanted)
    return db.session.scalar(select(func.count()).select_from(Question).where(*asked))


def list_coverage(actor: Actor, slug: str) -> list[Covered]:
    """Return every article of the handbooks that the bank is about, in their order, with its questions by kind."""
    bank = sight.get_visible(actor, slug)
    cited = (
        select(Citation.article_id, Question.kind, func.count())
        .join(QuestionRevision, QuestionRevision.id == Citation.revision_id)
        .join(Question, current())
        .where(Question.bank_id == bank.id, Question.is_retired.is_(False))
        .group_by(Citation.article_id, Question.kind)
    )
    counts: dict[int, dict[str, int]] = {}
    for article_id, kind, count in db.session.execute(cited):
        counts.setdefault(article_id, {})[kind] = count
    books = set(db.session.scalars(select(Article.handbook_id).where(Article.id.in_(counts)).distinct()))
    books |= {bank.handbook_id} - {None}
    query = (
        select(Article.id, Article.public_id, ArticleText.number, ArticleText.path, Handbook.title, Handbook.slug)
        .join(ArticleText, ArticleText.article_id == Article.id)
        .join(Edition, (Edition.id == ArticleText.edition_id) & Edition.is_current)
        .join(Handbook, Handbook.id == Edition.handbook_id)
        .where(Handbook.id.in_(books))
        .order_by(Handbook.title, ArticleText.position)
    )
    return [
        Covered(public, number, " · ".join(path), title, book, counts.get(row_id, {}))
        for row_id, public, number, path, title, book in db.session.execute(query)
    ]
