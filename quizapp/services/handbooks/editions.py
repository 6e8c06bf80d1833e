"""The editions of a handbook: what each says, and which is in force, the newest whose day has come."""

from datetime import date, datetime

from sqlalchemy import select, update

from quizapp.extensions import db
from quizapp.models import Article, ArticleText, Edition, Handbook
from quizapp.rules.errors import NotFound
from quizapp.rules.words import N_
from quizapp.services import scope
from quizapp.services.banks import flagging
from quizapp.services.transaction import writing
from quizapp.services.wall_clock import today

NO_EDITION = N_("This handbook has no edition %(label)s; it has %(known)s.")


def get(slug: str, label: str | None = None) -> tuple[Handbook, Edition]:
    """Return a handbook and its edition of this name, or the one in force. Raises NotFound with the names there are."""
    query = select(Handbook, Edition).join(Edition, Edition.handbook_id == Handbook.id).where(Handbook.slug == slug)
    found = db.session.execute(query.order_by(Edition.id)).all()
    if not found:
        raise NotFound(scope.NOT_HERE)
    for book, edition in found:
        if edition.label == label or label is None and edition.is_current:
            return book, edition
    raise NotFound(NO_EDITION, label=label, known="、".join(edition.label for _, edition in found))


def articles(session, edition_id: int) -> list[dict]:
    """Return what an edition says, article by article, in its order: what two equal editions have in common."""
    query = select(Article.identity, ArticleText.number, ArticleText.path, ArticleText.body, ArticleText.basis)
    query = query.join(Article, Article.id == ArticleText.article_id).where(ArticleText.edition_id == edition_id)
    names = ("identity", "number", "path", "text", "basis")
    return [dict(zip(names, row, strict=True)) for row in session.execute(query.order_by(ArticleText.position))]


def follow_due(now: datetime) -> int:
    """Make current every edition whose day has come; returns how many handbooks changed. Repeatable."""
    day = today(now)
    coming = select(Edition.handbook_id).where(Edition.is_current.is_(False), Edition.effective_on <= day).distinct()
    behind = [one for one in db.session.scalars(coming).all() if not _in_force(db.session, one, day).is_current]
    for handbook_id in behind:
        with writing() as session:
            choose_current(session, handbook_id, day, now)
    return len(behind)


def choose_current(session, handbook_id: int, day: date, now: datetime) -> flagging.Raised:
    """Make the edition in force on a day the current one, in the open transaction.

    Returns what is flagged by it: questions that cite an article whose text is another one now.
    """
    best = _in_force(session, handbook_id, day).id
    is_it = (Edition.handbook_id == handbook_id) & Edition.is_current
    before = session.scalar(select(Edition.id).where(is_it))
    session.execute(update(Edition).where(Edition.handbook_id == handbook_id).values(is_current=False))
    session.execute(update(Edition).where(Edition.id == best).values(is_current=True))
    return flagging.raise_flags(session, before, best, now) if before not in (None, best) else flagging.Raised()


def _in_force(session, handbook_id: int, day: date) -> Edition:
    """Return the newest edition by its day, of equals the last taken in; before any holds, the newest of all."""
    editions = session.scalars(select(Edition).where(Edition.handbook_id == handbook_id).order_by(Edition.id)).all()
    return newest(editions, day)


def newest(editions: list, day: date):
    """Return which of some editions (`effective_on`, `label`), in the order they came, is in force on a day."""
    begun = [one for one in editions if one.effective_on is None or one.effective_on <= day] or editions
    return max(reversed(begun), key=lambda one: one.effective_on or _day_of_name(one.label))


def _day_of_name(label: str) -> date:
    """Return the day an edition is named after: an amended law tells when it was made, seldom from when it holds."""
    try:
        return date.fromisoformat(label)
    except ValueError:
        return date.min
