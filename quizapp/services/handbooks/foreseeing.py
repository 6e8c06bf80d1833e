"""What an edition changes, or would once it is in force: articles, and how many questions cite them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace

from sqlalchemy import select, true

from quizapp.extensions import db
from quizapp.models import Article, ArticleText, Bank, Edition, Handbook
from quizapp.rules.permissions import Actor
from quizapp.rules.revisions import compare, says_else
from quizapp.rules.words import N_
from quizapp.services import fixed_papers
from quizapp.services.banks import flagging, sight
from quizapp.services.handbooks import editions
from quizapp.services.handbooks.importing import Imported, identity_of
from quizapp.services.wall_clock import today

WORDS = {"reworded": N_("worded anew"), "added": N_("added"), "dropped": N_("deleted")}


@dataclass(frozen=True)
class Citing:
    """How many questions in use of a bank cite an article."""

    slug: str
    title: str
    count: int


@dataclass(frozen=True)
class Change:
    """An article that would be "added", "dropped" or "reworded", with its texts; `article_id` is "" where it is added.

    `banks` are those in the actor's sight, `questions` counts all that are in use.
    """

    what: str
    number: str
    before: str
    after: str
    article_id: str = ""
    questions: int = 0
    banks: tuple[Citing, ...] = ()

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """What is gone and what is new, as revisions.compare tells it."""
        return compare(self.before, self.after)


@dataclass(frozen=True)
class Foreseen:
    """What would change against an edition, and from which day on; None for the day: at once."""

    edition: str
    day: date | None
    changes: list[Change]
    questions: int  # in use, that cite what is dropped or worded anew; each counted once
    exams: list[str]  # titles of those to come whose fixed papers hold some of these


def foresee(actor: Actor, planned: Imported, articles: list[dict], now: datetime) -> Foreseen | None:
    """Return what an edition that `importing.rehearse` planned would change.

    None where there is nothing to compare it with: a new handbook, the same text again, or a text that another edition
    stands before when its day comes.
    """
    query = select(Edition).join(Handbook, Handbook.id == Edition.handbook_id).where(Handbook.slug == planned.slug)
    known = db.session.scalars(query.order_by(Edition.id)).all()
    if not known or not planned.is_new:
        return None
    day = max(today(now), planned.effective or today(now))
    new = SimpleNamespace(label=planned.edition, effective_on=planned.effective)
    if editions.newest([*known, new], day) is not new:
        return None
    before = editions.newest(known, day)
    changes, questions = _changes(actor, before.id, articles)
    exams = fixed_papers.holding(questions, now) if questions else []
    titles = [exam.title for exam in exams if today(exam.opens_at) >= day]
    return Foreseen(before.label, day if day > today(now) else None, changes, len(questions), titles)


def diff(slug: str, old: str, new: str) -> tuple[str, list[Change]]:
    """Return a handbook's title and what its edition `new` says otherwise than `old`, whichever came first.

    Raises NotFound.
    """
    (book, before), (_, after) = editions.get(slug, old), editions.get(slug, new)
    return book.title, _changes(None, before.id, editions.articles(db.session, after.id))[0]


def _changes(actor: Actor | None, before: int, articles: list[dict]) -> tuple[list[Change], set[int]]:
    query = select(Article.id, Article.public_id, Article.identity, ArticleText.number, ArticleText.body)
    query = query.join(Article, Article.id == ArticleText.article_id).where(ArticleText.edition_id == before)
    old = {row.identity: row for row in db.session.execute(query.order_by(ArticleText.position))}
    new = {identity_of(one): one for one in articles}
    gone = [row for identity, row in old.items() if identity not in new]
    other = {
        identity: old[identity] for identity, one in new.items()
        if identity in old and says_else(old[identity].body, one["text"])
    }  # fmt: skip
    citing = _Citing(actor, [row.id for row in [*gone, *other.values()]])
    told = [Change("dropped", one.number, one.body, "", one.public_id, *citing.of(one.id)) for one in gone]
    for identity, one in new.items():
        if identity in other:
            row = other[identity]
            told.append(Change("reworded", one["number"], row.body, one["text"], row.public_id, *citing.of(row.id)))
        elif identity not in old:
            told.append(Change("added", one["number"], "", one["text"]))
    return told, citing.questions


class _Citing:
    """The questions in use that cite articles, counted by article and bank."""

    def __init__(self, actor: Actor | None, articles: list[int]):
        rows = [row for row in flagging.citing(db.session, articles) if not row.is_retired]
        self.questions = {row.id for row in rows}
        self.counts: dict[int, Counter] = defaultdict(Counter)
        for row in rows:
            self.counts[row.article_id][row.bank_id] += 1
        is_seen = sight.in_sight(actor) if actor else true()
        query = select(Bank).where(Bank.id.in_({row.bank_id for row in rows}), is_seen)
        self.banks = db.session.scalars(query.order_by(Bank.title)).all()

    def of(self, article: int) -> tuple[int, tuple[Citing, ...]]:
        """Return how many cite an article, and where the actor can look at them."""
        counts = self.counts[article]
        seen = tuple(Citing(bank.slug, bank.title, counts[bank.id]) for bank in self.banks if counts[bank.id])
        return counts.total(), seen
