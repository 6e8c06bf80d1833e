"""Writing a question by hand: a new one, or the next revision of one that nobody else has changed meanwhile."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, update

from quizapp.extensions import db
from quizapp.models import Article, Bank, Citation, Question, QuestionKey, QuestionRevision
from quizapp.rules import bulk, choices, question_types
from quizapp.rules.errors import Conflict, Invalid, NotFound, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_
from quizapp.services import audit, rendering, scope
from quizapp.services.banks import documents, flagging, pictures, planning, revising, sight, stakes
from quizapp.services.banks.shelf import MANAGE
from quizapp.services.banks.sight import current
from quizapp.services.transaction import writing

MOST_CITATIONS = 20
OVERTAKEN = N_("Somebody else changed this question while you were writing. Nothing of yours is lost: compare below.")


@dataclass(frozen=True)
class Draft:
    """A question as it is written: `content` and `key` in the shapes of its kind, `articles` public ids."""

    kind: str
    content: dict
    key: dict
    explanation: str = ""
    chapter: str = ""
    difficulty: str = ""
    points_milli: int = 1000
    tags: tuple[str, ...] = ()
    articles: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Standing:
    """A question as it stands: what to write on, from which revision."""

    id: str
    code: str
    number: int
    draft: Draft


def get_standing(actor: Actor, slug: str, question: str) -> Standing:
    """Return a question to be written anew. Raises NotFound."""
    bank = sight.get_visible(actor, slug)
    query = select(Question, QuestionRevision, QuestionKey).join(QuestionRevision, current())
    query = query.join(QuestionKey, QuestionKey.revision_id == QuestionRevision.id)
    row = db.session.execute(query.where(Question.bank_id == bank.id, Question.public_id == question)).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    one, revision, key = row
    cited = select(Article.public_id).join(Citation, Citation.article_id == Article.id)
    articles = tuple(db.session.scalars(cited.where(Citation.revision_id == revision.id).order_by(Article.id)))
    draft = Draft(
        revision.kind,
        revision.content,
        key.key,
        key.explanation,
        revision.chapter,
        revision.difficulty,
        revision.points_milli,
        tuple(revision.tags),
        articles,
    )
    return Standing(one.public_id, one.code, one.current_number, draft)


def check(draft: Draft) -> list[Problem]:
    """Return everything that is wrong with what was written, each with its place."""
    if draft.kind not in question_types.HELD:
        return [Problem("kind", N_("There is no such kind of question."), "kind")]
    problems = question_types.check(draft.kind, draft.content, draft.key)
    limits = (("explanation", documents.EXPLANATION_LONGEST), ("chapter", documents.CHAPTER_LONGEST),
              ("difficulty", documents.DIFFICULTY_LONGEST))  # fmt: skip
    for name, longest in limits:
        problems += check_text(getattr(draft, name), longest, name)
    problems += bulk.check_tags(draft.tags, "tags")
    if not 0 < draft.points_milli <= bulk.MOST_POINTS_MILLI:
        problems.append(Problem("points", N_("Points must be above 0 and at most 1000."), "points"))
    if len(draft.articles) > MOST_CITATIONS:
        message = N_("A question can rest on at most %(most)s articles.")
        problems.append(Problem("too-many-articles", message, "articles", {"most": MOST_CITATIONS}))
    return problems


def add(actor: Actor, slug: str, draft: Draft, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> str:
    """Add a question at the end of a bank and return its public id. Raises Invalid with every problem."""
    bank = _manageable(actor, slug)
    bank_id, unit_id = bank.id, bank.unit_id
    wording = _wording(draft)
    fresh = pictures.own(actor, _texts(draft), [])
    with writing() as session:
        session.execute(select(Bank.id).where(Bank.id == bank_id).with_for_update())
        last = session.scalar(select(func.max(Question.position)).where(Question.bank_id == bank_id)) or 0
        code = f"n-{secrets.token_hex(4)}"
        pictures.keep(session, fresh, _texts(draft), now)
        (made,) = revising.add(session, bank_id, [(code, last + 1, wording)], actor, now)
        public_id = session.scalar(select(Question.public_id).where(Question.id == made))
        audit.record(actor, unit_id, "question.added", f"{slug} {public_id}", now, trace)
        return public_id


def change(
    actor: Actor,
    slug: str,
    question: str,
    draft: Draft,
    number: int,
    now: datetime,
    trace: audit.Trace = audit.NO_TRACE,
    seen: str = "",
) -> int:
    """Write the revision that follows `number` and return its number; the same words again change nothing.

    `seen` names the article flags that the writer had before the eyes (flagging.Flags.token): new words clear them.
    Raises Conflict where another revision stands by now, Invalid with every problem or with the exams that need it.
    """
    bank = _manageable(actor, slug)
    bank_id, unit_id = bank.id, bank.unit_id
    standing = get_standing(actor, slug, question)
    if standing.number == number and standing.draft == draft:
        return number
    wording, rewords = _wording(draft), _words(standing.draft) != _words(draft)
    fresh = pictures.own(actor, _texts(draft), _texts(standing.draft))
    before = stakes.broken(bank_id, now)
    with writing() as session:
        claim = update(Question).where(
            Question.bank_id == bank_id, Question.public_id == question, Question.current_number == number
        )
        claim = claim.values(current_number=number + 1).returning(Question.id, Question.code)
        row = session.execute(claim).first()
        if row is None:
            raise Conflict(OVERTAKEN)
        pictures.keep(session, fresh, _texts(draft), now)
        revising.write(session, [revising.Change(row.id, row.code, number + 1, wording, rewords)], actor, now)
        if rewords:
            flagging.clear(session, row.id, seen, "edited", actor, now)
        session.flush()
        endangered = stakes.endangered(bank_id, now, before)
        if endangered:
            raise Invalid(endangered)
        audit.record(actor, unit_id, "question.changed", f"{slug} {question}", now, trace, revision=number + 1)
        return number + 1


def _texts(draft: Draft) -> list[str]:
    """Return all that pictures may stand in."""
    return [json.dumps([draft.content, draft.key, draft.explanation], ensure_ascii=False)]


def _words(draft: Draft) -> tuple:
    """Return what a second person agrees to: all but chapter, difficulty, points and tags."""
    return draft.content, draft.key, draft.explanation, set(draft.articles)


def _manageable(actor: Actor, slug: str) -> Bank:
    bank = sight.get_visible(actor, slug)
    scope.require(actor, MANAGE, bank.unit_id)
    return bank


def _wording(draft: Draft) -> revising.Wording:
    """Return the draft as it is stored, its markup made before anybody's writing waits. Raises Invalid."""
    problems = check(draft)
    query = select(Article.public_id, Article.id).where(Article.public_id.in_(draft.articles))
    known = dict(db.session.execute(query).all())
    if not problems and set(draft.articles) - set(known):
        problems = [Problem("no-article", N_("One of the articles is no longer there."), "articles")]
    if problems:
        raise Invalid(problems)
    articles = sorted(known.values())
    parts = (draft.chapter, draft.difficulty, draft.points_milli / 1000, draft.explanation, articles)
    return revising.Wording(
        draft.kind,
        draft.content,
        documents.rendered(draft.content),
        draft.key,
        draft.explanation,
        rendering.block(draft.explanation),
        draft.chapter,
        draft.difficulty,
        draft.points_milli,
        list(draft.tags),
        articles,
        planning.digest_of(draft.kind, draft.content, draft.key, *parts),
    )


def letters_of(key: dict) -> str:
    """Return the letters of a choice's right options, in authored order."""
    return "".join(choices.LETTERS[place] for place in sorted(key.get("right") or []))
