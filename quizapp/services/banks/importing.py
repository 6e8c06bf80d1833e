"""Taking a bank in: a question that changed gets a new revision, one that did not is left alone."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Article, Bank, Citation, Handbook, Question, QuestionKey, QuestionRevision, Unit
from quizapp.rules.errors import Conflict, Invalid, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.question_types import KINDS
from quizapp.rules.words import N_
from quizapp.services import audit, rendering
from quizapp.services.scope import get_unit, require
from quizapp.services.transaction import writing

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Imported:
    """What an import did: questions by what happened to them."""

    slug: str
    title: str
    new: int
    changed: int
    unchanged: int


def keeper(code: str | None) -> int:
    """Return the row id of the unit that is to keep a bank: the one named, else the only township."""
    if code:
        return get_unit(code).id
    townships = db.session.scalars(select(Unit.id).where(Unit.kind == "township").limit(2)).all()
    if len(townships) > 1:
        raise Conflict(N_("There are several townships here; say which one keeps the bank with --unit CODE."))
    if not townships:
        raise Conflict(N_("There is no township here yet; set one up first."))
    return townships[0]


def import_bank(
    actor: Actor | None,
    unit_id: int,
    document: dict,
    now: datetime,
    slug: str | None = None,
    title: str | None = None,
    trace: audit.Trace = audit.NO_TRACE,
) -> Imported:
    """Take a parsed bank (the shape of `bank check --json`) into the unit's bank of that short name.

    Raises Invalid with every error of the document and every cited article that is not there; nothing is written then.
    """
    require(actor, "banks.manage", unit_id)
    matter = document.get("front_matter") or {}
    slug = slug or str(matter.get("slug") or "")
    errors = [Problem(**one) for one in document["problems"] if one.get("severity", "error") == "error"]
    errors += [
        Problem(**one)
        for question in document["questions"]
        for one in question["problems"]
        if one.get("severity", "error") == "error"
    ]
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", slug):
        errors.append(Problem("slug", N_("A bank needs a short name of small letters, digits and dashes."), slug))
    if not document["questions"]:
        errors.append(Problem("no-questions", N_("There is no question in this file.")))
    if errors:
        raise Invalid(errors)
    with writing() as session:
        handbook = _handbook(session, matter.get("handbook"))
        bank = _bank(session, slug, title or str(matter.get("title") or slug), unit_id, handbook, now)
        cited = _Citations(session, handbook)
        counts = {"new": 0, "changed": 0, "unchanged": 0}
        for position, one in enumerate(document["questions"], 1):
            counts[_take(session, bank.id, position, one, cited, actor, now)] += 1
        if cited.problems:
            raise Invalid(cited.problems)
        audit.record(actor, unit_id, "bank.imported", slug, now, trace, **counts)
        return Imported(slug, bank.title, **counts)


def _handbook(session, slug) -> Handbook | None:
    if not slug:
        return None
    found = session.scalar(select(Handbook).where(Handbook.slug == str(slug)))
    if found is None:
        raise Invalid(
            [
                Problem(
                    "no-handbook",
                    N_("The handbook %(slug)s is not here; import it first."),
                    "handbook",
                    {"slug": str(slug)},
                )
            ]
        )
    return found


def _bank(session, slug: str, title: str, unit_id: int, handbook: Handbook | None, now: datetime) -> Bank:
    bank = session.scalar(select(Bank).where(Bank.slug == slug))
    if bank is not None and bank.unit_id != unit_id:
        raise Invalid(
            [Problem("bank-elsewhere", N_("Another unit already has a bank named %(slug)s."), "slug", {"slug": slug})]
        )
    if bank is None:
        bank = Bank(slug=slug, title=title, unit_id=unit_id, handbook_id=handbook and handbook.id, created_at=now)
        session.add(bank)
        session.flush()
    return bank


class _Citations:
    """Finds cited articles and remembers which are not there."""

    def __init__(self, session, handbook: Handbook | None):
        self.session, self.handbook, self.known, self.problems = session, handbook, {}, []

    def find(self, citation: dict | str, place: str) -> int | None:
        """Return the row id of an article cited as "第三条" or {"handbook", "article"}."""
        if isinstance(citation, str):
            slug, _, number = citation.rpartition("#")
        else:
            slug, number = citation.get("handbook") or "", citation["article"]
        slug = slug or (self.handbook.slug if self.handbook else "")
        if (slug, number) not in self.known:
            query = select(Article.id).join(Handbook).where(Handbook.slug == slug, Article.identity == number)
            self.known[slug, number] = self.session.scalar(query)
        if self.known[slug, number] is None:
            self.problems.append(
                Problem(
                    "no-article",
                    N_("The handbook has no %(article)s that this question could cite."),
                    place,
                    {"article": f"{slug}#{number}" if slug else number},
                )
            )
        return self.known[slug, number]


def definition(one: dict) -> tuple[dict, dict]:
    """Return (content, key) of a parsed question."""
    kind, answer = one["kind"], one["answer"]
    if kind in ("single_choice", "multiple_choice"):
        return (
            {"stem": one["stem"], "options": one["options"]},
            {"right": sorted(LETTERS.index(letter) for letter in answer)},
        )
    if kind == "true_false":
        return {"stem": one["stem"]}, {"right": answer}
    return ({"stem": one["stem"], "blanks": len(answer)}, {"blanks": answer, "any_order": bool(one.get("any_order"))})


def _take(
    session, bank_id: int, position: int, one: dict, cited: _Citations, actor: Actor | None, now: datetime
) -> str:
    content, key = definition(one)
    place = f"{one['source']['from']}"
    cited.problems += [
        Problem(problem.code, problem.message, place, problem.params)
        for problem in KINDS[one["kind"]].check(content, key)
    ]
    articles = [cited.find(citation, place) for citation in one.get("citations", [])]
    code = str(one.get("code") or _own_code(one))
    extra = (
        one.get("chapter") or "",
        one.get("difficulty") or "",
        one.get("points"),
        one.get("explanation") or "",
        sorted(article or 0 for article in articles),
    )
    digest = hashlib.sha256(msgspec.json.encode([one["kind"], content, key, *extra])).hexdigest()
    question = session.scalar(select(Question).where(Question.bank_id == bank_id, Question.code == code))
    if question is None:
        last = session.scalar(select(func.max(Question.position)).where(Question.bank_id == bank_id)) or 0
        question = Question(bank_id=bank_id, code=code, position=last + 1, current_number=0)
        session.add(question)
        session.flush()
    elif (
        session.scalar(
            select(QuestionRevision.digest).where(
                QuestionRevision.question_id == question.id, QuestionRevision.number == question.current_number
            )
        )
        == digest
    ):
        return "unchanged"
    question.current_number += 1
    question.is_retired = False
    _add_revision(
        session, question, one, content, key, digest, {article for article in articles if article}, actor, now
    )
    return "new" if question.current_number == 1 else "changed"


def _own_code(one: dict) -> str:
    """A question without a code is known by its stem and options."""
    words = "".join([one["stem"], *(one.get("options") or [])])
    return hashlib.sha256(re.sub(r"\s", "", words).encode()).hexdigest()[:16]


def _add_revision(
    session,
    question: Question,
    one: dict,
    content: dict,
    key: dict,
    digest: str,
    articles: set[int],
    actor: Actor | None,
    now: datetime,
) -> None:
    html = {"stem": rendering.inline(content["stem"])}
    if "options" in content:
        html["options"] = [rendering.inline(option) for option in content["options"]]
    revision = QuestionRevision(
        question_id=question.id,
        number=question.current_number,
        kind=one["kind"],
        content=content,
        html=html,
        chapter=one.get("chapter") or "",
        difficulty=one.get("difficulty") or "",
        points_milli=round((one.get("points") or 1) * 1000),
        digest=digest,
        author_id=actor and actor.person_id,
        created_at=now,
    )
    session.add(revision)
    session.flush()
    explanation = one.get("explanation") or ""
    session.add(
        QuestionKey(
            revision_id=revision.id, key=key, explanation=explanation, explanation_html=rendering.block(explanation)
        )
    )
    session.add_all(Citation(revision_id=revision.id, article_id=article) for article in articles)
