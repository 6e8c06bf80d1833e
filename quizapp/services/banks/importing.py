"""Taking a bank in: a question that changed gets a new revision, one that did not is left alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from quizapp.extensions import db
from quizapp.models import Bank, Citation, Handbook, Question, QuestionKey, QuestionRevision, Unit
from quizapp.rules.errors import Conflict, Invalid, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit
from quizapp.services.banks import documents, planning, stakes
from quizapp.services.scope import get_unit, require
from quizapp.services.transaction import insert, writing

DEED = "banks.manage"


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


@dataclass(frozen=True)
class Rehearsed(Imported):
    """What an import would do; `what` tells it for each question by the line it begins in."""

    what: dict[str, str]


def rehearse(
    actor: Actor | None, unit_id: int, document: dict, slug: str | None = None, title: str | None = None
) -> Rehearsed:
    """Return what `import_bank` would do, and change nothing. Raises Invalid with what it would refuse.

    Only that exams would lack questions is found by the import itself.
    """
    require(actor, DEED, unit_id)
    head, prepared = documents.read(document, slug, title)
    planned = planning.plan(*_place(unit_id, head), prepared)
    if planned.problems:
        raise Invalid(planned.problems)
    what = {entry.question.place: entry.what for entry in planned.entries}
    return Rehearsed(head.slug, head.title, **planned.counts, what=what)


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

    Raises Invalid with every error of the document, every cited article that is not there, and every exam that is not
    over yet and could not be drawn any more; nothing is written then.
    """
    require(actor, DEED, unit_id)
    head, prepared = documents.read(document, slug, title)
    _render(planning.plan(*_place(unit_id, head), prepared))
    with writing() as session:
        bank_id, handbook = _place(unit_id, head)
        bank_id = _claim(session, bank_id, unit_id, head, now)
        planned = planning.plan(bank_id, handbook, prepared)
        if planned.problems:
            raise Invalid(planned.problems)
        _take(session, bank_id, planned.entries, actor, now)
        session.flush()
        endangered = stakes.endangered(bank_id, now)
        if endangered:
            raise Invalid(endangered)
        audit.record(actor, unit_id, "bank.imported", head.slug, now, trace, **planned.counts)
        return Imported(head.slug, session.get(Bank, bank_id).title, **planned.counts)


def _render(planned: planning.Plan) -> None:
    """Make the markup of what will be written, so that nobody else's writing waits for it."""
    for entry in planned.entries:
        if entry.what != "unchanged":
            entry.question.html, entry.question.explanation_html  # noqa: B018 (kept where it is asked for)


def _place(unit_id: int, head: documents.Head) -> tuple[int | None, str]:
    """Return the row id of the bank where it exists, and the handbook it cites. Raises Invalid."""
    bank = db.session.execute(select(Bank.id, Bank.unit_id, Bank.handbook_id).where(Bank.slug == head.slug)).first()
    if bank is not None and bank.unit_id != unit_id:
        message = N_("Another unit already has a bank named %(slug)s.")
        raise Invalid([Problem("bank-elsewhere", message, "slug", {"slug": head.slug})])
    if head.handbook and _find_handbook(head.handbook) is None:
        message = N_("The handbook %(slug)s is not here; import it first.")
        raise Invalid([Problem("no-handbook", message, "handbook", {"slug": head.handbook})])
    return bank and bank.id, head.handbook


def _find_handbook(slug: str) -> int | None:
    return db.session.scalar(select(Handbook.id).where(Handbook.slug == slug))


def _claim(session, bank_id: int | None, unit_id: int, head: documents.Head, now: datetime) -> int:
    """Return the row id of the bank, added where it is new, and nobody else's to change until the end."""
    if bank_id is not None:
        session.execute(select(Bank.id).where(Bank.id == bank_id).with_for_update())
        return bank_id
    values = {"slug": head.slug, "title": head.title, "unit_id": unit_id, "created_at": now}
    row = insert(Bank).values(**values, handbook_id=_find_handbook(head.handbook))
    added = session.scalar(row.on_conflict_do_nothing().returning(Bank.id))
    if added is None:
        raise Conflict(N_("Somebody else is taking this bank in right now. Please try again."))
    return added


def _take(session, bank_id: int, entries: list[planning.Entry], actor: Actor | None, now: datetime) -> None:
    position = session.scalar(select(func.max(Question.position)).where(Question.bank_id == bank_id)) or 0
    for entry in entries:
        question_id, number = entry.question_id, 1
        if entry.what == "new":
            position += 1
            question = Question(bank_id=bank_id, code=entry.question.code, position=position, current_number=1)
            session.add(question)
            session.flush()
            question_id = question.id
        elif entry.what == "changed":
            moved = update(Question).where(Question.id == question_id).returning(Question.current_number)
            number = session.scalar(moved.values(current_number=Question.current_number + 1, is_retired=False))
        else:
            continue
        _add_revision(session, question_id, number, entry, actor, now)


def _add_revision(session, question_id: int, number: int, entry: planning.Entry, actor: Actor | None, now) -> None:
    one = entry.question
    revision = QuestionRevision(
        question_id=question_id,
        number=number,
        kind=one.kind,
        content=one.content,
        html=one.html,
        chapter=one.chapter,
        difficulty=one.difficulty,
        points_milli=round((one.points or 1) * 1000),
        digest=entry.digest,
        author_id=actor and actor.person_id,
        created_at=now,
    )
    session.add(revision)
    session.flush()
    session.add(
        QuestionKey(
            revision_id=revision.id, key=one.key, explanation=one.explanation, explanation_html=one.explanation_html
        )
    )
    session.add_all(Citation(revision_id=revision.id, article_id=article) for article in entry.articles)
