"""Taking an edition of a handbook away as a text that comes in again."""

from dataclasses import dataclass

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import ArticleText
from quizapp.rules.formats import handbook
from quizapp.rules.formats.handbook.writing import write
from quizapp.services import rendering
from quizapp.services.handbooks import editions


@dataclass(frozen=True)
class Exported:
    """An edition as text, and the numbers of articles that would come in again otherwise than they are."""

    title: str
    edition: str
    text: str
    articles: int
    otherwise: list[str]


def export(slug: str, label: str | None = None) -> Exported:
    """Return an edition, by default the one in force, in the house format. Raises NotFound.

    The short name stands in its head only where the text reads the same as Markdown: it makes the text that. A law
    that came as plain text comes in again as an edition of the short name.
    """
    book, edition = editions.get(slug, label)
    held = editions.articles(db.session, edition.id)
    query = select(ArticleText.body, ArticleText.body_html).where(ArticleText.edition_id == edition.id)
    is_markdown = all(html == rendering.block(body) for body, html in db.session.execute(query))
    day = edition.effective_on and edition.effective_on.isoformat()
    head = {"title": edition.title, "slug": slug if is_markdown else "", "edition": edition.label, "effective": day}
    text = write(head, held)
    again = {one["number"]: one for one in handbook.read(text)["articles"]}
    otherwise = [
        one["number"] for one in held
        if any(again.get(one["number"], {}).get(name) != one[name] for name in ("path", "text", "basis"))
    ]  # fmt: skip
    return Exported(book.title, edition.label, text, len(held), otherwise)
