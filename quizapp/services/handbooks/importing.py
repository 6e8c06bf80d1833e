"""Taking a handbook's edition in: articles keep their identity over editions; the same file again changes nothing."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Article, ArticleText, Edition, Handbook
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_
from quizapp.services import audit, rendering
from quizapp.services.handbooks import editions, search
from quizapp.services.scope import require_deed
from quizapp.services.transaction import writing
from quizapp.services.wall_clock import today

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
TITLE_LONGEST, LABEL_LONGEST = 200, 64
DEED = "handbooks.manage"
OUT_OF_PAPERS = N_(
    "Questions that rest on an article worded anew: %(count)s. No new paper holds them until somebody has compared "
    "them; they wait under Question banks, To review."
)

REDRAWN = N_("Fixed papers were drawn anew without these questions: %(exams)s. If you printed them, print them again.")
KEPT = N_(
    "Fixed papers still hold these questions, because the banks have too few others: %(exams)s. Compare the questions "
    "or add others, then draw the papers anew."
)


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    slug: str
    title: str
    edition: str
    articles: int
    effective: date | None
    is_new: bool
    flagged: int = 0  # questions in use that cite an article which this edition words anew
    redrawn: tuple[str, ...] = ()  # titles of exams to come whose fixed papers were drawn anew without these
    kept: tuple[str, ...] = ()  # of those whose fixed papers hold them still: their banks are short without


def rehearse(
    actor: Actor | None, document: dict, now: datetime, edition_of: str | None = None, effective: date | None = None
) -> Imported:
    """Return what `import_edition` would do, and change nothing. Raises Invalid with what it would refuse."""
    require_deed(actor, DEED)
    head = _head(document, now, edition_of, effective)
    handbook = db.session.scalar(select(Handbook).where(Handbook.slug == head.slug))
    is_known = handbook is not None and _is_known(db.session, handbook.id, head, document)
    return Imported(head.slug, document["title"], head.label, len(document["articles"]), head.effective, not is_known)


def import_edition(
    actor: Actor | None,
    document: dict,
    now: datetime,
    edition_of: str | None = None,
    effective: date | None = None,
    trace: audit.Trace = audit.NO_TRACE,
) -> Imported:
    """Take in one edition from a parsed document (the shape of `handbook check --json`).

    Raises Invalid with the document's errors; nothing is written then.
    """
    require_deed(actor, DEED)
    head, title, articles = _head(document, now, edition_of, effective), document["title"], document["articles"]
    with writing() as session:
        handbook = _handbook(session, head.slug, title, now)
        if _is_known(session, handbook.id, head, document):
            return Imported(head.slug, handbook.title, head.label, len(articles), head.effective, False)
        edition = Edition(
            handbook_id=handbook.id,
            label=head.label,
            title=title,
            effective_on=head.effective,
            digest=head.digest,
            imported_at=now,
        )
        session.add(edition)
        session.flush()
        _add_articles(session, handbook.id, edition.id, articles, head.is_markdown)
        raised = editions.choose_current(session, handbook.id, today(now), now)
        subject = f"{head.slug} {head.label}"
        audit.record(actor, actor and actor.unit_id, "handbook.imported", subject, now, trace, flagged=raised.questions)
        told = (raised.questions, tuple(raised.redrawn), tuple(raised.kept))
        return Imported(head.slug, title, head.label, len(articles), head.effective, True, *told)


@dataclass(frozen=True)
class _Head:
    slug: str
    label: str
    effective: date | None
    digest: str
    is_markdown: bool


def _head(document: dict, now: datetime, edition_of: str | None, effective: date | None) -> _Head:
    """Return what names the edition. Raises Invalid with every error of the document."""
    errors = [Problem(**problem) for problem in document["problems"] if problem.get("severity", "error") == "error"]
    matter = document.get("front_matter") or {}
    slug = edition_of or str(matter.get("slug") or _slug(document["title"]))
    if not SLUG.fullmatch(slug):
        errors.append(Problem("slug", N_("The short name may hold small letters, digits and dashes only."), slug))
    effective = effective or _date(document.get("effective"), errors)
    label = str(document.get("edition") or (effective or today(now)).isoformat())
    errors += check_text(document["title"], TITLE_LONGEST, "title") + check_text(label, LABEL_LONGEST, "edition")
    if errors:
        raise Invalid(errors)
    digest = hashlib.sha256(msgspec.json.encode(document["articles"], order="deterministic")).hexdigest()
    return _Head(slug, label, effective, digest, "slug" in matter)


def _is_known(session, handbook_id: int, head: _Head, document: dict) -> bool:
    """Whether this very edition is here, other blank lines or not. Raises Invalid where another text bears its name."""
    query = select(Edition.id, Edition.digest).where(Edition.handbook_id == handbook_id, Edition.label == head.label)
    known = session.execute(query).first()
    if known and known.digest != head.digest and editions.articles(session, known.id) != _told(document):
        message = N_(
            "Edition %(label)s of this handbook exists with another text; give the new text an edition name of its own."
        )
        raise Invalid([Problem("edition-exists", message, head.label, {"label": head.label})])
    return known is not None


def _told(document: dict) -> list[dict]:
    """Return the articles of a document as `editions.articles` returns those of an edition."""
    return [
        {"identity": identity_of(one)} | {name: one.get(name, []) for name in ("number", "path", "text", "basis")}
        for one in document["articles"]
    ]


def _slug(title: str) -> str:
    return "h-" + hashlib.sha256(title.encode()).hexdigest()[:10]


def _date(value, errors: list[Problem]) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        errors.append(
            Problem("date", N_("The date %(value)s is not of the form 2024-01-31."), "effective", {"value": str(value)})
        )
        return None


def _handbook(session, slug: str, title: str, now: datetime) -> Handbook:
    handbook = session.scalar(select(Handbook).where(Handbook.slug == slug))
    if handbook is None:
        handbook = Handbook(slug=slug, title=title, created_at=now)
        session.add(handbook)
        session.flush()
    return handbook


def identity_of(article: dict) -> str:
    """Return what an article of a document stays the same by over editions: its number, unless the text says else."""
    return str(article.get("identity") or article["number"])[:32]


def _add_articles(session, handbook_id: int, edition_id: int, articles: list[dict], is_markdown: bool) -> None:
    known = {
        row.identity: row.id
        for row in session.execute(select(Article.identity, Article.id).where(Article.handbook_id == handbook_id))
    }
    render = rendering.block if is_markdown else rendering.plain
    for position, one in enumerate(articles, 1):
        identity = identity_of(one)
        if identity not in known:
            article = Article(handbook_id=handbook_id, identity=identity)
            session.add(article)
            session.flush()
            known[identity] = article.id
        text = ArticleText(
            edition_id=edition_id,
            article_id=known[identity],
            position=position,
            number=one["number"],
            path=one["path"],
            body=one["text"],
            body_html=render(one["text"]),
            basis=one.get("basis", []),
        )
        session.add(text)
        session.flush()
        search.index(session, text.id, f"{one['number']} {one['text']}")
