"""Reading a handbook: the shelf, its contents, one article, and who has read what."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import (
    Article,
    ArticleText,
    Bank,
    Campaign,
    CampaignHandbook,
    Citation,
    Edition,
    Handbook,
    Question,
    QuestionRevision,
    Reading,
)
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.faces import Face, face
from quizapp.services.transaction import insert, writing


@dataclass(frozen=True)
class Shelved:
    """A handbook on the shelf with how far this person has read it."""

    slug: str
    title: str
    edition: str
    effective_on: date | None
    articles: int
    read: int
    is_required: bool

    @property
    def share(self) -> float:
        """The share of articles read."""
        return self.read / self.articles if self.articles else 0.0


def list_handbooks(actor: Actor) -> list[Shelved]:
    """Return every handbook in its current edition; required ones, by a campaign of the person's units, first."""
    read = (
        select(func.count())
        .select_from(Reading)
        .join(ArticleText, ArticleText.article_id == Reading.article_id)
        .where(Reading.person_id == actor.person_id, ArticleText.edition_id == Edition.id)
        .scalar_subquery()
    )
    size = select(func.count()).where(ArticleText.edition_id == Edition.id).scalar_subquery()
    query = select(Handbook, Edition, size, read).join(
        Edition, (Edition.handbook_id == Handbook.id) & Edition.is_current
    )
    required = required_handbooks(actor)
    shelf = [
        Shelved(book.slug, book.title, edition.label, edition.effective_on, articles, done, book.id in required)
        for book, edition, articles, done in db.session.execute(query.order_by(Handbook.id))
    ]
    return sorted(shelf, key=lambda one: not one.is_required)


def required_handbooks(actor: Actor) -> set[int]:
    """Return the row ids of handbooks that a campaign above the person's unit requires."""
    query = select(CampaignHandbook.handbook_id).join(Campaign).where(Campaign.unit_id.in_(scope.above(actor.unit_id)))
    return set(db.session.scalars(query))


@dataclass(frozen=True)
class Line:
    """An article in the contents."""

    article_id: str
    number: str
    opening: str
    is_read: bool


@dataclass(frozen=True)
class Part:
    """The articles below one heading."""

    path: list[str]
    lines: list[Line]


@dataclass(frozen=True)
class Contents:
    """A handbook's current edition by its headings."""

    slug: str
    title: str
    edition: str
    effective_on: date | None
    parts: list[Part]
    read: int
    total: int
    next_id: str | None  # the first article not read yet


def get_contents(actor: Actor, slug: str) -> Contents:
    """Return a handbook's contents with what this person has read. Raises NotFound."""
    book, edition = _current(slug)
    query = (
        select(ArticleText, Article.public_id, Reading.person_id)
        .join(Article, Article.id == ArticleText.article_id)
        .outerjoin(Reading, (Reading.article_id == Article.id) & (Reading.person_id == actor.person_id))
        .where(ArticleText.edition_id == edition.id)
        .order_by(ArticleText.position)
    )
    parts: list[Part] = []
    for text, public_id, reader in db.session.execute(query):
        if not parts or parts[-1].path != text.path:
            parts.append(Part(text.path, []))
        parts[-1].lines.append(Line(public_id, text.number, _opening(text.body), reader is not None))
    lines = [line for part in parts for line in part.lines]
    unread = next((line.article_id for line in lines if not line.is_read), None)
    return Contents(
        book.slug,
        book.title,
        edition.label,
        edition.effective_on,
        parts,
        sum(line.is_read for line in lines),
        len(lines),
        unread,
    )


def _opening(body: str) -> str:
    first = body.strip().splitlines()[0] if body.strip() else ""
    return first if len(first) <= 40 else first[:40] + "…"


def _current(slug: str) -> tuple[Handbook, Edition]:
    query = select(Handbook, Edition).join(Edition, (Edition.handbook_id == Handbook.id) & Edition.is_current)
    row = db.session.execute(query.where(Handbook.slug == slug)).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    return row


@dataclass(frozen=True)
class Page:
    """One article with its neighbours and the questions that rest on it (never their keys)."""

    slug: str
    handbook: str
    edition: str
    article_id: str
    number: str
    path: list[str]
    html: str
    basis: list[str]
    position: int
    total: int
    previous: tuple[str, str] | None  # (public id, number)
    next: tuple[str, str] | None
    questions: list
    is_read: bool


def get_article(actor: Actor, slug: str, public_id: str) -> Page:
    """Return an article of a handbook's current edition. Raises NotFound."""
    book, edition = _current(slug)
    row = db.session.execute(
        select(ArticleText, Article.id)
        .join(Article, Article.id == ArticleText.article_id)
        .where(ArticleText.edition_id == edition.id, Article.public_id == public_id)
    ).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    text, article_id = row
    around = db.session.execute(
        select(ArticleText.position, Article.public_id, ArticleText.number)
        .join(Article, Article.id == ArticleText.article_id)
        .where(ArticleText.edition_id == edition.id, ArticleText.position.in_([text.position - 1, text.position + 1]))
    )
    neighbours = {position: (identity, number) for position, identity, number in around}
    total = db.session.scalar(select(func.count()).where(ArticleText.edition_id == edition.id))
    return Page(
        book.slug,
        book.title,
        edition.label,
        public_id,
        text.number,
        text.path,
        text.body_html,
        text.basis,
        text.position,
        total,
        neighbours.get(text.position - 1),
        neighbours.get(text.position + 1),
        questions_on(actor, article_id),
        db.session.get(Reading, (actor.person_id, article_id)) is not None,
    )


@dataclass(frozen=True)
class ReadQuestion:
    """A question to think about beside its article: no key."""

    slot: str
    face: Face


def questions_on(actor: Actor, article_id: int) -> list[ReadQuestion]:
    """Return the current questions citing an article, of the banks that units above the person keep."""
    query = (
        select(QuestionRevision)
        .join(Citation, Citation.revision_id == QuestionRevision.id)
        .join(
            Question,
            (Question.id == QuestionRevision.question_id) & (Question.current_number == QuestionRevision.number),
        )
        .join(Bank, Bank.id == Question.bank_id)
        .where(
            Citation.article_id == article_id,
            Question.is_retired.is_(False),
            Bank.unit_id.in_(scope.above(actor.unit_id)),
        )
        .order_by(Question.position)
    )
    return [
        ReadQuestion(
            f"r{one.id}",
            face(one.kind, one.content, one.html),
        )
        for one in db.session.scalars(query)
    ]


def mark_read(actor: Actor, slug: str, public_id: str, now: datetime) -> None:
    """Note that the person has read an article; again only moves the last time. Raises NotFound."""
    book, edition = _current(slug)
    article_id = db.session.scalar(
        select(Article.id)
        .join(ArticleText, ArticleText.article_id == Article.id)
        .where(ArticleText.edition_id == edition.id, Article.public_id == public_id)
    )
    if article_id is None:
        raise NotFound(scope.NOT_HERE)
    with writing() as session:
        session.execute(
            insert(Reading)
            .values(person_id=actor.person_id, article_id=article_id, first_read_at=now, last_read_at=now)
            .on_conflict_do_update(index_elements=["person_id", "article_id"], set_={"last_read_at": now})
        )
