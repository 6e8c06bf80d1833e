"""Taking a bank in: a question that changed gets a new revision, one that did not is left alone."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Bank, Handbook, Import, Unit
from quizapp.rules.errors import Conflict, Invalid, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit
from quizapp.services.banks import diagnosis, documents, keeping, pictures, planning, stakes, unfinished
from quizapp.services.scope import get_unit, require
from quizapp.services.transaction import insert, writing

DEED = "banks.manage"
FILE_NAME_LONGEST = 120


@dataclass(frozen=True)
class Imported:
    """What an import did: questions by what happened to them; `kept` are left to finish."""

    slug: str
    title: str
    new: int
    changed: int
    unchanged: int
    kept: int = 0


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


@dataclass
class Rehearsed:
    """What an import would do: the verdict on each question, and what is wrong with the file as a whole."""

    slug: str
    title: str
    verdicts: list[diagnosis.Verdict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many questions of each of planning.WHAT, to mend, and left out."""
        every = [verdict.what for verdict in self.verdicts]
        return {what: every.count(what) for what in (*planning.WHAT, "mend", "left")}

    @property
    def errors(self) -> list[Problem]:
        """Everything that stands in the way of taking the whole file in."""
        found = [one for verdict in self.verdicts if verdict.what == "mend" for one in verdict.problems]
        return [one for one in [*self.problems, *found] if diagnosis.is_error(one)]


def rehearse(
    actor: Actor | None,
    unit_id: int,
    document: dict,
    slug: str | None = None,
    title: str | None = None,
    handbook: str | None = None,
) -> Rehearsed:
    """Return what `import_bank` would do, and change nothing. Raises Invalid where no bank can be named or reached.

    Only that exams would lack questions is found by the import itself.
    """
    require(actor, DEED, unit_id)
    head = documents.head(document, slug, title, handbook)
    verdicts = diagnosis.diagnose(document, *_place(unit_id, head))
    return Rehearsed(head.slug, head.title, verdicts, [Problem(**one) for one in document["problems"]])


def import_bank(
    actor: Actor | None,
    unit_id: int,
    document: dict,
    now: datetime,
    slug: str | None = None,
    title: str | None = None,
    trace: audit.Trace = audit.NO_TRACE,
    file_name: str = "",
    only_good: bool = False,
    handbook: str | None = None,
) -> Imported:
    """Take a parsed bank (the shape of `bank check --json`) into the unit's bank of that short name.

    `handbook` is the short name of the one that citations without a name mean; a bank that has none keeps it.

    Raises Invalid with every error of the document, every cited article that is not there, and every exam that is not
    over yet and could not be drawn any more; nothing is written then. With `only_good` questions with errors, and lines
    that were not understood, do not stand in the way: they are kept with the import, to be finished later.
    """
    planned = rehearse(actor, unit_id, document, slug, title, handbook)
    if not document["questions"]:
        raise Invalid([Problem("no-questions", documents.NO_QUESTIONS)])
    if planned.errors and not only_good:
        raise Invalid(planned.errors)
    _render(planned.verdicts)
    head = documents.head(document, slug, title, handbook)
    bank_id, _ = _place(unit_id, head)
    before = stakes.broken(bank_id, now) if bank_id is not None else frozenset()
    with writing() as session:
        bank_id, cited = _place(unit_id, head)
        bank_id = _claim(session, bank_id, unit_id, head, now)
        verdicts = _planned_again(planned, document, bank_id, cited, only_good)
        good = [verdict.entry for verdict in verdicts if verdict.is_good]
        told = {what: sum(entry.what == what for entry in good) for what in planning.WHAT}
        row = Import(bank_id=bank_id, person_id=actor and actor.person_id, file_name=file_name[:FILE_NAME_LONGEST],
                     told={}, taken_at=now)  # fmt: skip
        session.add(row)
        session.flush()
        keeping.take(session, row.id, bank_id, good, actor, now)
        kept = unfinished.keep(session, row.id, bank_id, document, verdicts)
        row.told = {**told, "kept": kept}
        pictures.keep(session, document, [json.dumps(one, ensure_ascii=False) for one in document["questions"]], now)
        session.flush()
        endangered = stakes.endangered(bank_id, now, before)
        if endangered:
            raise Invalid(endangered)
        audit.record(actor, unit_id, "bank.imported", head.slug, now, trace, **row.told)
        return Imported(head.slug, session.get(Bank, bank_id).title, **told, kept=kept)


def _planned_again(
    planned: Rehearsed, document: dict, bank_id: int, handbook: str, only_good: bool
) -> list[diagnosis.Verdict]:
    """Return the verdicts against the bank as it is now that nobody else can change it. Raises Invalid."""
    ready = {id(one.question): one.entry.question for one in planned.verdicts if one.entry}
    verdicts = diagnosis.diagnose(document, bank_id, handbook, ready)
    errors = [one for verdict in verdicts if verdict.what == "mend" for one in verdict.problems]
    if not only_good and any(map(diagnosis.is_error, errors)):
        raise Invalid([one for one in errors if diagnosis.is_error(one)])
    return verdicts


def _render(verdicts: list[diagnosis.Verdict]) -> None:
    """Make the markup of what will be written, so that nobody else's writing waits for it."""
    for entry in (verdict.entry for verdict in verdicts if verdict.is_good):
        if entry.what != "unchanged":
            entry.question.html, entry.question.explanation_html  # noqa: B018 (kept where it is asked for)


def _place(unit_id: int, head: documents.Head) -> tuple[int | None, str]:
    """Return the row id of the bank where it exists, and the handbook it cites. Raises Invalid."""
    query = select(Bank.id, Bank.unit_id, Handbook.slug.label("handbook")).outerjoin(
        Handbook, Handbook.id == Bank.handbook_id
    )
    bank = db.session.execute(query.where(Bank.slug == head.slug)).first()
    if bank is not None and bank.unit_id != unit_id:
        message = N_("Another unit already has a bank named %(slug)s.")
        raise Invalid([Problem("bank-elsewhere", message, "slug", {"slug": head.slug})])
    if head.handbook and _find_handbook(head.handbook) is None:
        message = N_("The handbook %(slug)s is not here; import it first.")
        raise Invalid([Problem("no-handbook", message, "handbook", {"slug": head.handbook})])
    return bank and bank.id, head.handbook or (bank and bank.handbook) or ""


def _find_handbook(slug: str) -> int | None:
    return db.session.scalar(select(Handbook.id).where(Handbook.slug == slug))


def _claim(session, bank_id: int | None, unit_id: int, head: documents.Head, now: datetime) -> int:
    """Return the row id of the bank, added where it is new, and nobody else's to change until the end."""
    if bank_id is not None:
        bank = session.scalar(select(Bank).where(Bank.id == bank_id).with_for_update())
        bank.handbook_id = bank.handbook_id or _find_handbook(head.handbook)
        return bank_id
    values = {"slug": head.slug, "title": head.title, "unit_id": unit_id, "created_at": now}
    row = insert(Bank).values(**values, handbook_id=_find_handbook(head.handbook))
    added = session.scalar(row.on_conflict_do_nothing().returning(Bank.id))
    if added is None:
        raise Conflict(N_("Somebody else is taking this bank in right now. Please try again."))
    return added
