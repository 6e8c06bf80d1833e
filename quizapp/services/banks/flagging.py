"""Questions whose article was changed: flagged when an edition takes over, cleared by somebody who saw both texts."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update

from quizapp.extensions import db
from quizapp.models import Article, ArticleFlag, ArticleText, Bank, Citation, Handbook, Question, QuestionRevision
from quizapp.rules.errors import Conflict, NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.revisions import compare, says_else
from quizapp.rules.words import N_
from quizapp.services import audit, fixed_papers, scope
from quizapp.services.banks import sight
from quizapp.services.transaction import insert, writing

DEED = "banks.manage"
CHUNK = 500
OVERTAKEN = N_("Meanwhile this was looked at, or the article was changed once more. Please look again.")


@dataclass(frozen=True)
class Flag:
    """An article that a question cites, in pieces of what was and what is; `is_gone` where the handbook dropped it."""

    number: str
    handbook: str
    slug: str
    article_id: str
    pieces: list[tuple[str, str]]
    is_gone: bool
    raised_at: datetime


@dataclass(frozen=True)
class Flags:
    """The open flags of a question; `token` names them and the texts that were seen."""

    token: str
    flags: list[Flag]


@dataclass(frozen=True)
class Raised:
    """What an edition did: questions in use that are flagged, titles of exams whose fixed papers left or kept them."""

    questions: int = 0
    redrawn: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def raise_flags(session, old: int, new: int, now: datetime) -> Raised:
    """Flag exactly the questions whose present revision cites an article that the new edition words anew or drops.

    In the open transaction; fixed papers of exams to come leave them. An open flag follows to the newest text.
    """
    changed = _changed(session, old, new)
    flagged: dict[int, set[int]] = {}  # bank -> questions
    used = set()
    for one in citing(session, list(changed)):
        flagged.setdefault(one.bank_id, set()).add(one.id)
        if not one.is_retired:
            used.add(one.id)
        was, becomes = changed[one.article_id]
        row = insert(ArticleFlag).values(
            question_id=one.id, article_id=one.article_id, old_text_id=was, new_text_id=becomes, raised_at=now,
            outcome="",
        )  # fmt: skip
        session.execute(
            row.on_conflict_do_update(
                index_elements=["question_id", "article_id"],
                index_where=ArticleFlag.cleared_at.is_(None),
                set_={"new_text_id": becomes, "raised_at": now},
            )
        )
    for bank_id, questions in flagged.items():
        _mark(session, bank_id, sorted(questions), now)
    return Raised(len(used), *fixed_papers.leave_out(session, used, now))


def citing(session, articles: list[int]) -> list:
    """Return (id, bank_id, is_retired, article_id) of questions whose present revision cites one of the articles."""
    is_present = QuestionRevision.number == Question.current_number
    query = (
        select(Question.id, Question.bank_id, Question.is_retired, Citation.article_id)
        .join(QuestionRevision, (QuestionRevision.question_id == Question.id) & is_present)
        .join(Citation, Citation.revision_id == QuestionRevision.id)
    )
    found = []
    for start in range(0, len(articles), CHUNK):
        found += session.execute(query.where(Citation.article_id.in_(articles[start : start + CHUNK]))).all()
    return found


def _changed(session, old: int, new: int) -> dict[int, tuple[int, int | None]]:
    """Return article -> (text before, text now or None) of articles that say something else now."""
    query = select(ArticleText.article_id, ArticleText.id, ArticleText.body)
    before = {row.article_id: row for row in session.execute(query.where(ArticleText.edition_id == old))}
    after = {row.article_id: row for row in session.execute(query.where(ArticleText.edition_id == new))}
    found: dict[int, tuple[int, int | None]] = {}
    for article_id, was in before.items():
        is_now = after.get(article_id)
        if is_now is None or says_else(was.body, is_now.body):
            found[article_id] = (was.id, is_now and is_now.id)
    return found


def _mark(session, bank_id: int, questions: list[int], now: datetime) -> None:
    for start in range(0, len(questions), CHUNK):
        some = Question.id.in_(questions[start : start + CHUNK])
        session.execute(update(Question).where(some).values(is_flagged=True))
    bank = session.get(Bank, bank_id)
    audit.record(None, bank.unit_id, "questions.flagged", bank.slug, now, count=len(questions))


def clear(session, question_id: int, seen: str, outcome: str, actor: Actor | None, now: datetime) -> bool:
    """Clear a question's open flags in the open transaction, if they are those that were seen; returns whether."""
    rows = session.scalars(select(ArticleFlag).where(_open(question_id)).with_for_update()).all()
    if not rows or _token(rows) != seen:
        return False
    values = {"cleared_at": now, "cleared_by_id": actor and actor.person_id, "outcome": outcome}
    session.execute(update(ArticleFlag).where(_open(question_id)).values(values))
    session.execute(update(Question).where(Question.id == question_id).values(is_flagged=False))
    return True


def still_right(
    actor: Actor, slug: str, question: str, seen: str, now: datetime, trace: audit.Trace = audit.NO_TRACE
) -> None:
    """Clear a question's flags: it is right by the new texts as well. Raises NotFound, Conflict where others stand."""
    bank = sight.get_visible(actor, slug)
    scope.require(actor, DEED, bank.unit_id)
    bank_id, unit_id = bank.id, bank.unit_id
    with writing() as session:
        query = select(Question.id).where(Question.bank_id == bank_id, Question.public_id == question)
        question_id = session.scalar(query.with_for_update())
        if question_id is None:
            raise NotFound(scope.NOT_HERE)
        if not clear(session, question_id, seen, "right", actor, now):
            raise Conflict(OVERTAKEN)
        audit.record(actor, unit_id, "question.still_right", f"{slug} {question}", now, trace)


def _open(question_id: int):
    return (ArticleFlag.question_id == question_id) & ArticleFlag.cleared_at.is_(None)


def _token(rows: list[ArticleFlag]) -> str:
    return " ".join(f"{row.id}-{row.new_text_id or 0}" for row in sorted(rows, key=lambda row: row.id))


def find_flags(questions: list[str]) -> dict[str, Flags]:
    """Return the open flags of questions by public id; those without one are left out."""
    query = (
        select(Question.public_id, ArticleFlag, Article.public_id, Handbook.title, Handbook.slug)
        .join(Question, Question.id == ArticleFlag.question_id)
        .join(Article, Article.id == ArticleFlag.article_id)
        .join(Handbook, Handbook.id == Article.handbook_id)
        .where(Question.public_id.in_(questions), ArticleFlag.cleared_at.is_(None))
        .order_by(ArticleFlag.id)
    )
    rows = db.session.execute(query).all()
    texts = _texts({one for _, flag, *_ in rows for one in (flag.old_text_id, flag.new_text_id) if one})
    found: dict[str, list] = {}
    for question, flag, article, title, slug in rows:
        found.setdefault(question, []).append((flag, _flag(flag, article, title, slug, texts)))
    return {
        question: Flags(_token([flag for flag, _ in some]), [told for _, told in some])
        for question, some in found.items()
    }


def _texts(ids: set[int]) -> dict[int, ArticleText]:
    return {one.id: one for one in db.session.scalars(select(ArticleText).where(ArticleText.id.in_(ids)))}


def _flag(flag: ArticleFlag, article: str, title: str, slug: str, texts: dict[int, ArticleText]) -> Flag:
    old, new = texts[flag.old_text_id], texts.get(flag.new_text_id)
    pieces = compare(old.body, new.body if new else "")
    return Flag((new or old).number, title, slug, article, pieces, new is None, flag.raised_at)
