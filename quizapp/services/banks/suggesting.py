"""Articles that a question may rest on: those of the current editions whose words are most alike."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Article, ArticleText, Edition, Handbook
from quizapp.rules.permissions import Actor
from quizapp.rules.similarity import Index
from quizapp.services.banks import sight
from quizapp.services.remembered import Remembered

MOST = 5
BRIEF = 80


@dataclass(frozen=True)
class Offered:
    """An article that may be cited, with the beginning of its text."""

    id: str
    number: str
    handbook: str
    brief: str


def suggest(text: str, most: int = MOST) -> list[Offered]:
    """Return the articles that the text is most alike to, best first; nothing for a text of nothing."""
    if not text.strip():
        return []
    editions = tuple(db.session.scalars(select(Edition.id).where(Edition.is_current).order_by(Edition.id)))
    known = current_app.extensions.setdefault("article_likeness", Remembered(2))
    index = known.get(editions) or known.put(editions, _index(editions))
    near = index.nearest(text, most)
    found = dict(_offered(ArticleText.id.in_(near)))
    return [found[one] for one in near if one in found]


def _index(editions: tuple[int, ...]) -> Index:
    query = select(ArticleText.id, ArticleText.body).where(ArticleText.edition_id.in_(editions))
    return Index(db.session.execute(query).all())


def _offered(condition) -> list[tuple[int, Offered]]:
    query = (
        select(ArticleText.id, Article.public_id, ArticleText.number, Handbook.title, ArticleText.body)
        .join(Article, Article.id == ArticleText.article_id)
        .join(Edition, (Edition.id == ArticleText.edition_id) & Edition.is_current)
        .join(Handbook, Handbook.id == Edition.handbook_id)
        .where(condition)
        .order_by(Handbook.title, ArticleText.position)
    )
    return [
        (row_id, Offered(public, number, title, body[:BRIEF] + ("…" if len(body) > BRIEF else "")))
        for row_id, public, number, title, body in db.session.execute(query)
    ]


def get_offered(ids: list[str]) -> list[Offered]:
    """Return the articles of these public ids, as the current editions word them."""
    return [offered for _, offered in _offered(Article.public_id.in_(ids))]


def find_number(actor: Actor, slug: str, number: str) -> list[Offered]:
    """Return the articles of a number such as 第三条, of the bank's own handbook where it has one. Raises NotFound."""
    bank = sight.get_visible(actor, slug)
    condition = (ArticleText.number == number) | (Article.identity == number)
    if bank.handbook_id is not None:
        condition &= Article.handbook_id == bank.handbook_id
    return [offered for _, offered in _offered(condition)]
