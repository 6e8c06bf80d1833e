"""Questions of a file that nobody could take in yet: kept with their lines until they are finished or dropped."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from quizapp.extensions import db
from quizapp.models import Bank, Handbook, Import, ImportedQuestion, UnfinishedQuestion
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.rules.formats import accounting, checks, mending
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.banks import diagnosis, keeping, planning, sight, still_alike
from quizapp.services.transaction import writing

DEED = "banks.manage"
SIZE = 20  # questions a page
SETTLED = N_("Somebody has finished or dropped this question already.")


@dataclass(frozen=True)
class Unfinished:
    """A question to finish: as it was read, its problems, its lines in the file it came from."""

    id: str
    body: dict
    lines: list[list]
    file_name: str
    taken_at: datetime


@dataclass(frozen=True)
class Page:
    """One page of what is left to finish in a bank, and how much of it there is."""

    questions: list[Unfinished]
    found: int
    page: int
    pages: int
    unmarkable: int  # how many of all found ask for an answer in words, which no machine marks


def keep(session, import_id: int, bank_id: int, document: dict, verdicts: list[diagnosis.Verdict]) -> int:
    """Add to the open transaction what cannot be taken in, questions and lines not understood; return how many."""
    lines = accounting.account(document)
    whose = accounting.lines_of(lines, document["questions"])
    rows = []
    for position, verdict in enumerate(verdicts):
        if verdict.what == "mend":
            own = [[line.place, line.text] for line in whose.get(position, ())]
            noted = [vars(one) for one in verdict.problems]
            rows.append(({**verdict.question, "problems": noted}, own))
    rows += [(_blank(line, document.get("format")), [[line.place, line.text]]) for line in lines if line.is_unread]
    session.add_all(
        UnfinishedQuestion(import_id=import_id, bank_id=bank_id, body=body, lines=own) for body, own in rows
    )
    return len(rows)


def _blank(line: accounting.Line, name: str | None) -> dict:
    """Return a line that was not understood as a question that lacks everything but its words."""
    draft = mending.Draft(stem=line.text, first=line.place, last=line.place)
    draft.problem("unread-line", checks.worded(checks.UNREAD, line.place, name))
    return draft.as_document()


def find_page(actor: Actor, slug: str, page: int = 1) -> Page:
    """Return one page of what is left to finish in a bank, in the order in which it came. Raises NotFound."""
    bank = sight.get_visible(actor, slug)
    scope.require(actor, DEED, bank.unit_id)
    found = count(bank.id)
    pages = max(1, -(-found // SIZE))
    page = min(max(page, 1), pages)
    query = _query().where(UnfinishedQuestion.bank_id == bank.id).order_by(UnfinishedQuestion.id)
    rows = db.session.execute(query.limit(SIZE).offset((page - 1) * SIZE)).all()
    bodies = still_alike.bodies(bank, [row for row, *_ in rows], SIZE)
    shown = [Unfinished(row.public_id, bodies[row.id], row.lines, *told) for row, *told in rows]
    return Page(shown, found, page, pages, len(_chosen(bank.id, "unmarkable")))


def page_of(actor: Actor, slug: str, public_id: str) -> int:
    """Return the page on which a question to finish stands, or would if it were still open. Raises NotFound."""
    row, one = _get_row(actor, slug, public_id), UnfinishedQuestion
    before = (one.bank_id == row.bank_id) & (one.state == "open") & (one.id < row.id)
    return db.session.scalar(select(func.count()).select_from(one).where(before)) // SIZE + 1


def _chosen(bank_id: int, which: str | list[str]) -> list[int]:
    """Return the row ids of what is left in a bank: "all", "unmarkable" (answers in words), or these public ids."""
    one = UnfinishedQuestion
    query = select(one.id, one.public_id, one.body).where(one.bank_id == bank_id, one.state == "open")
    return [
        row_id
        for row_id, public_id, body in db.session.execute(query)
        if which == "all" or (body["kind"] == "short_answer" if which == "unmarkable" else public_id in which)
    ]


def count(bank_id: int) -> int:
    """Return how much is left to finish in a bank."""
    query = select(func.count()).select_from(UnfinishedQuestion)
    return db.session.scalar(query.where(UnfinishedQuestion.bank_id == bank_id, UnfinishedQuestion.state == "open"))


def count_by_bank(actor: Actor) -> list[tuple[str, str, int]]:
    """Return (short name, title, how much is left to finish) of the banks where this person may finish it."""
    here = Bank.unit_id.in_(scope.visible_units(actor, DEED))
    query = select(Bank.slug, Bank.title, func.count()).join(UnfinishedQuestion, UnfinishedQuestion.bank_id == Bank.id)
    query = query.where(here, UnfinishedQuestion.state == "open").group_by(Bank.slug, Bank.title).order_by(Bank.title)
    return [tuple(row) for row in db.session.execute(query)]


def get(actor: Actor, slug: str, public_id: str) -> Unfinished:
    """Return one question to finish. Raises NotFound, also where it is finished."""
    bank = sight.get_visible(actor, slug)
    scope.require(actor, DEED, bank.unit_id)
    query = _query().where(UnfinishedQuestion.bank_id == bank.id, UnfinishedQuestion.public_id == public_id)
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    one, *told = row
    return Unfinished(one.public_id, one.body, one.lines, *told)


def finish(
    actor: Actor, slug: str, public_id: str, body: dict, now: datetime, trace: audit.Trace = audit.NO_TRACE
) -> None:
    """Take a question in as it was finished. Raises Invalid with what is still wrong, Conflict where it is settled.

    One that the bank has just so, or that the same import brought, is refused: it is to be dropped, not to change that.
    """
    row = _get_row(actor, slug, public_id)
    _diagnosed(row, body)
    with writing() as session:
        _settle(session, row.id, "finished", actor, now)
        entry = _diagnosed(row, body).entry
        is_said = diagnosis.CONTRADICTION in body.get("confirmed", ())
        if entry.what == "unchanged" or not is_said and _brought(row.import_id, entry.question_id):
            raise Invalid([diagnosis.already(entry.question_id)])
        keeping.take(session, row.import_id, row.bank_id, [entry], actor, now)
        audit.record(actor, row.unit_id, "question.finished", slug, now, trace, code=entry.question.code)


def drop(actor: Actor, slug: str, public_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Drop a question that is left to finish. Raises Conflict where it is settled already."""
    row = _get_row(actor, slug, public_id)
    with writing() as session:
        _settle(session, row.id, "dropped", actor, now)
        audit.record(actor, row.unit_id, "question.dropped", slug, now, trace, stem=row.body["stem"][:80])


def name_handbook(actor: Actor, slug: str, handbook: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Say which handbook a bank's citations mean where it has none yet; what asked for it can be finished then.

    Raises NotFound, Conflict where it has one.
    """
    bank = sight.get_visible(actor, slug)
    bank_id, unit_id = bank.id, bank.unit_id
    scope.require(actor, DEED, unit_id)
    handbook_id = db.session.scalar(select(Handbook.id).where(Handbook.slug == handbook))
    if handbook_id is None:
        raise NotFound(scope.NOT_HERE)
    with writing() as session:
        named = update(Bank).where(Bank.id == bank_id, Bank.handbook_id.is_(None))
        if not session.execute(named.values(handbook_id=handbook_id)).rowcount:
            raise Conflict(N_("This bank has its handbook already."))
        is_open = (UnfinishedQuestion.bank_id == bank_id) & (UnfinishedQuestion.state == "open")
        for row in session.scalars(select(UnfinishedQuestion).where(is_open)):
            left = [one for one in row.body["problems"] if one["message"] != planning.NO_HANDBOOK]
            row.body = {**row.body, "problems": left}
        audit.record(actor, unit_id, "bank.handbook_named", slug, now, trace, handbook=handbook)


def drop_many(
    actor: Actor, slug: str, which: str | list[str], now: datetime, trace: audit.Trace = audit.NO_TRACE
) -> int:
    """Drop what is left in a bank: "all", "unmarkable" or these public ids; return how many. Raises NotFound."""
    bank = sight.get_visible(actor, slug)
    bank_id, unit_id = bank.id, bank.unit_id
    scope.require(actor, DEED, unit_id)
    with writing() as session:
        dropped = _chosen(bank_id, which)
        for row_id in dropped:
            _settle(session, row_id, "dropped", actor, now)
        if dropped:
            audit.record(actor, unit_id, "question.dropped", slug, now, trace, count=len(dropped))
        return len(dropped)


def _diagnosed(row, body: dict) -> diagnosis.Verdict:
    """Return the verdict on a finished question. Raises Invalid with its errors."""
    (verdict,) = diagnosis.diagnose({"questions": [body]}, row.bank_id, row.handbook or "")
    if not verdict.is_good:
        raise Invalid([one for one in verdict.problems if diagnosis.is_error(one)])
    return verdict


def _brought(import_id: int, question_id: int | None) -> bool:
    """Return whether an import brought a question, or changed it."""
    one = ImportedQuestion
    query = select(one.number).where(one.import_id == import_id, one.question_id == question_id)
    return db.session.scalar(query) is not None


def _settle(session, row_id: int, state: str, actor: Actor, now: datetime) -> None:
    open_ = update(UnfinishedQuestion).where(UnfinishedQuestion.id == row_id, UnfinishedQuestion.state == "open")
    if not session.execute(open_.values(state=state, settled_at=now, settled_by_id=actor.person_id)).rowcount:
        raise Conflict(SETTLED)


def _get_row(actor: Actor, slug: str, public_id: str):
    one = UnfinishedQuestion
    query = select(one.id, one.import_id, one.bank_id, one.body, Bank.unit_id, Handbook.slug.label("handbook"))
    query = query.join(Bank, Bank.id == one.bank_id).outerjoin(Handbook, Handbook.id == Bank.handbook_id)
    row = db.session.execute(query.where(Bank.slug == slug, one.public_id == public_id)).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    scope.require(actor, DEED, row.unit_id)
    return row


def _query():
    query = select(UnfinishedQuestion, Import.file_name, Import.taken_at)
    return query.join(Import, Import.id == UnfinishedQuestion.import_id).where(UnfinishedQuestion.state == "open")
