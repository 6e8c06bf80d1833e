"""Papers: drawn for one attempt, shown without a key, and remembered in memory since they never change."""

import random
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from flask import current_app
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Article, Attempt, Bank, Citation, Exam, ExamBank, Handbook, Question, QuestionRevision
from quizapp.rules import blueprint
from quizapp.rules import paper as rules
from quizapp.rules.errors import NotFound, Problem
from quizapp.rules.question_types import of_part
from quizapp.services.remembered import Remembered
from quizapp.services.scope import NOT_HERE
from quizapp.services.transaction import dialects, run_one

dice = random.SystemRandom()


@dataclass(frozen=True)
class Ticket:
    """What a save needs to know of an attempt and that never changes."""

    attempt_id: int
    person_id: int
    exam_id: int
    grace_ms: int
    items: dict[str, bytes]  # slot -> item of the drawn paper, as text: thousands of tickets are kept in memory

    def item(self, slot: str) -> dict | None:
        """Return the item in a slot; None where the paper has none."""
        text = self.items.get(slot)
        return None if text is None else msgspec.json.decode(text)


TICKET = dialects(
    "SELECT attempts.id, person_id, exam_id, grace_seconds, paper FROM attempts"
    " JOIN exams ON exams.id = exam_id WHERE attempts.public_id = :public_id"
)


def get_ticket(public_id: str, person_id: int, remembered: Remembered) -> Ticket:
    """Return the ticket of a person's own attempt. Raises NotFound for any other."""
    ticket = remembered.get(public_id)
    if ticket is None:
        row = run_one(TICKET, {"public_id": public_id})
        if row is None:
            raise NotFound(NOT_HERE)
        attempt_id, owner_id, exam_id, grace_seconds, paper = row
        items = {sys.intern(item["slot"]): msgspec.json.encode(item) for item in msgspec.json.decode(paper)["items"]}
        ticket = remembered.put(public_id, Ticket(attempt_id, owner_id, exam_id, grace_seconds * 1000, items))
    if ticket.person_id != person_id:
        raise NotFound(NOT_HERE)
    return ticket


def draw(exam: Exam, avoid: frozenset[int] = frozenset()) -> dict:
    """Draw a paper by the exam's blueprint from the current questions of its banks, those to avoid last."""
    plan = blueprint.parse(exam.blueprint)
    pool = candidates(select(ExamBank.bank_id).where(ExamBank.exam_id == exam.id), exam.only_reviewed, cites(plan))
    return rules.draw(plan, pool, _contents, dice, lambda: rules.new_option_id(dice), avoid)


def draw_for(exam: Exam, person_id: int, now: datetime) -> dict:
    """Draw a person's own paper; what they had within the blueprint's days comes only where the banks are short."""
    days = blueprint.parse(exam.blueprint).fresh_days
    if not days:
        return draw(exam)
    since = now - timedelta(days=days)
    had = select(Attempt.paper).where(Attempt.person_id == person_id, Attempt.started_at >= since)
    return draw(exam, frozenset(questions_of(db.session.scalars(had))))


def questions_of(drawn) -> set[int]:
    """Return the row ids of the questions that drawn papers hold, whichever revision of them."""
    return set(question_ids({item["revision_id"] for paper in drawn for item in paper["items"]}).values())


def question_ids(revision_ids: set[int]) -> dict[int, int]:
    """Return revision -> question, row ids both."""
    query = select(QuestionRevision.id, QuestionRevision.question_id).where(QuestionRevision.id.in_(revision_ids))
    return dict(db.session.execute(query).all())


def cites(plan: blueprint.Blueprint) -> bool:
    """Whether the blueprint asks for questions on certain articles."""
    return any(section.article for section in plan.sections)


def _contents(revision_ids: list[int]) -> dict[int, dict]:
    return {revision_id: content for revision_id, (content, _) in revisions(revision_ids).items()}


def revisions(ids: list[int]) -> dict[int, tuple[dict, dict]]:
    """Return (content, html) of revisions; they never change, so that each is read once a process."""
    known = current_app.extensions.setdefault("revisions", Remembered(20_000))
    found = {one: known.get(one) for one in ids}
    missing = [one for one, words in found.items() if words is None]
    if missing:
        query = select(QuestionRevision.id, QuestionRevision.content, QuestionRevision.html)
        for one, content, html in db.session.execute(query.where(QuestionRevision.id.in_(missing))):
            found[one] = known.put(one, (content, html))
    return found


def candidates(bank_ids, only_reviewed: bool = False, with_articles: bool = False) -> list[rules.Candidate]:
    """Return every question of the banks (row ids, or a select of them) that may be drawn.

    Out are those out of use, and those whose article was changed and that nobody has looked at since. With
    `only_reviewed` the newest revision counts that a second person agreed to, else the present one. What each
    cites is read only where it is asked for: a start has no use for it.
    """
    drawn = Question.reviewed_number if only_reviewed else Question.current_number
    return _candidates(bank_ids, drawn, Question.is_flagged.is_(False), with_articles)


def lacking(plan: blueprint.Blueprint, bank_ids, only_reviewed: bool) -> list[Problem]:
    """Return why no paper can be drawn from the banks, with what is held back where that would help."""
    pool = candidates(bank_ids, only_reviewed, cites(plan))
    if not rules.feasibility(plan, pool):
        return []
    reasons = {"flagged": Question.is_flagged}
    if only_reviewed:
        reasons["unreviewed"] = Question.is_flagged.is_(False) & Question.reviewed_number.is_(None)
    back = {why: _candidates(bank_ids, Question.current_number, that, cites(plan)) for why, that in reasons.items()}
    return rules.feasibility(plan, pool, back)


def _candidates(bank_ids, drawn, condition, with_articles: bool) -> list[rules.Candidate]:
    query = (
        select(
            Question.id,
            QuestionRevision.id,
            QuestionRevision.kind,
            QuestionRevision.chapter,
            QuestionRevision.difficulty,
            QuestionRevision.parts,
            Bank.slug,
        )
        .join(Bank, Bank.id == Question.bank_id)
        .join(
            QuestionRevision,
            (QuestionRevision.question_id == Question.id) & (QuestionRevision.number == drawn),
        )
        .where(Question.bank_id.in_(bank_ids), Question.is_retired.is_(False), condition)
    )
    rows = db.session.execute(query).all()
    cited = _cited(bank_ids) if with_articles else {}
    return [rules.Candidate(*row, cited.get(row[1], frozenset()), bank) for *row, bank in rows]


def _cited(bank_ids) -> dict[int, frozenset[str]]:
    """Return revision -> the articles it cites ("slug#第三条") of the banks' questions, whichever revision."""
    query = (
        select(Citation.revision_id, Handbook.slug, Article.identity)
        .join(Article, Article.id == Citation.article_id)
        .join(Handbook, Handbook.id == Article.handbook_id)
        .join(QuestionRevision, QuestionRevision.id == Citation.revision_id)
        .join(Question, Question.id == QuestionRevision.question_id)
        .where(Question.bank_id.in_(bank_ids))
    )
    found: dict[int, set[str]] = {}
    for revision_id, slug, identity in db.session.execute(query):
        found.setdefault(revision_id, set()).add(f"{slug}#{identity}")
    return {revision_id: frozenset(articles) for revision_id, articles in found.items()}


@dataclass(frozen=True)
class Item:
    """One item as a person may see it: no key, options in this paper's order."""

    slot: str
    kind: str
    stem_html: str
    points_milli: int
    section: str
    options: list[tuple[str, str]] | None  # (id, html)
    blanks: int | None
    revision_id: int
    right: list[tuple[str, str]] | None = None  # of a matching question, in this paper's order
    material: tuple[str, str] | None = None  # (id, html); the same for all that share it
    part: int | None = None  # of a case


def present(paper: dict) -> list[Item]:
    """Return the items of a drawn paper with their rendered words."""
    words = revisions([item["revision_id"] for item in paper["items"]])
    return [_present_item(item, words[item["revision_id"]][1]) for item in paper["items"]]


def _present_item(item: dict, html: dict) -> Item:
    words = of_part(item, html)
    options = right = material = None
    if "option_ids" in item:
        options = [(item["option_ids"][place], words["options"][place]) for place in item["order"]]
    if "right_ids" in item:
        right = [(item["right_ids"][place], words["right"][place]) for place in item["right_order"]]
    if "material" in item:
        material = (item["material"], html["stem"] if "part" in item else html["material"])
    return Item(
        item["slot"],
        item["kind"],
        words["stem"],
        item["points_milli"],
        item.get("section", ""),
        options,
        item.get("blanks"),
        item["revision_id"],
        right,
        material,
        item.get("part"),
    )


def materials(items: list[Item]) -> dict[str, str]:
    """Return the materials of a paper, id -> html, in the order of the paper."""
    return dict(item.material for item in items if item.material)
