"""Papers: drawn for one attempt, shown without a key, and remembered in memory since they never change."""

import random
import sys
from dataclasses import dataclass

import msgspec
from flask import current_app
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Exam, ExamBank, Question, QuestionRevision
from quizapp.rules import blueprint
from quizapp.rules import paper as rules
from quizapp.rules.errors import NotFound
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


def draw(exam: Exam) -> dict:
    """Draw a paper by the exam's blueprint from the current questions of its banks."""
    pool = candidates(select(ExamBank.bank_id).where(ExamBank.exam_id == exam.id), exam.only_reviewed)
    return rules.draw(blueprint.parse(exam.blueprint), pool, _contents, dice, lambda: rules.new_option_id(dice))


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


def candidates(bank_ids, only_reviewed: bool = False) -> list[rules.Candidate]:
    """Return every question of the banks (row ids, or a select of them) that may be drawn.

    Out are those out of use, and those whose article was changed and that nobody has looked at since. With
    `only_reviewed` the newest revision counts that a second person agreed to, else the present one.
    """
    drawn = Question.reviewed_number if only_reviewed else Question.current_number
    query = (
        select(
            Question.id,
            QuestionRevision.id,
            QuestionRevision.kind,
            QuestionRevision.chapter,
            QuestionRevision.difficulty,
        )
        .join(
            QuestionRevision,
            (QuestionRevision.question_id == Question.id) & (QuestionRevision.number == drawn),
        )
        .where(Question.bank_id.in_(bank_ids), Question.is_retired.is_(False), Question.is_flagged.is_(False))
    )
    return [rules.Candidate(*row) for row in db.session.execute(query)]


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


def present(paper: dict) -> list[Item]:
    """Return the items of a drawn paper with their rendered words."""
    words = revisions([item["revision_id"] for item in paper["items"]])
    return [_present_item(item, words[item["revision_id"]][1]) for item in paper["items"]]


def _present_item(item: dict, html: dict) -> Item:
    options = None
    if "option_ids" in item:
        options = [(item["option_ids"][index], html["options"][index]) for index in item["order"]]
    return Item(
        item["slot"],
        item["kind"],
        html["stem"],
        item["points_milli"],
        item.get("section", ""),
        options,
        item.get("blanks"),
        item["revision_id"],
    )
