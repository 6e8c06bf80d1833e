"""Undoing a whole import: its questions go, or leave use where a paper has them; what changed is as it was before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import case, delete, func, null, select, update

from quizapp.extensions import Base, db
from quizapp.models import (
    Attempt,
    Bank,
    Citation,
    DuplicatePair,
    Exam,
    ExamBank,
    FixedPaper,
    Import,
    ImportedQuestion,
    Person,
    Question,
    QuestionFigure,
    QuestionKey,
    QuestionRevision,
    QuestionTag,
    QuestionWords,
    UnfinishedQuestion,
)
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.banks import revising, sight, stakes
from quizapp.services.transaction import writing

DEED = "banks.manage"
OWN = {"question_keys", "citations", "question_revisions", "imported_questions", "question_tags", "question_words",
       "question_figures", "duplicate_pairs"}  # fmt: skip; go with their question
SOON = timedelta(hours=1)
UNDONE = N_("This import has been undone already.")
CHUNK = 400


@dataclass(frozen=True)
class Listed:
    """One import of a bank: who, when, which file, and what became of it."""

    id: str
    file_name: str
    who: str | None
    taken_at: datetime
    undone_at: datetime | None
    told: dict[str, int]
    left: int  # still to finish


@dataclass(frozen=True)
class Undone:
    """Questions by what an undoing did: gone, out of use (a paper has them), as before, left (changed since)."""

    gone: int = 0
    retired: int = 0
    restored: int = 0
    left: int = 0
    dropped: int = 0


def list_imports(actor: Actor, slug: str) -> list[Listed]:
    """Return the imports of a bank, the newest first. Raises NotFound."""
    bank = sight.get_visible(actor, slug)
    open_ = (UnfinishedQuestion.import_id == Import.id) & (UnfinishedQuestion.state == "open")
    left = select(func.count()).select_from(UnfinishedQuestion).where(open_).scalar_subquery()
    query = select(Import, Person.name, left).outerjoin(Person, Person.id == Import.person_id)
    rows = db.session.execute(query.where(Import.bank_id == bank.id).order_by(Import.id.desc()).limit(200)).all()
    return [
        Listed(one.public_id, one.file_name, who, one.taken_at, one.undone_at, one.told, rest)
        for one, who, rest in rows
    ]


def newest(slug: str) -> str:
    """Return the public id of a bank's newest import that is not undone. Raises NotFound."""
    query = select(Import.public_id).join(Bank, Bank.id == Import.bank_id).where(Bank.slug == slug)
    found = db.session.scalar(query.where(Import.undone_at.is_(None)).order_by(Import.id.desc()).limit(1))
    if found is None:
        raise NotFound(N_("There is no import of this bank that could be undone."))
    return found


def undo(actor: Actor | None, slug: str, public_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> Undone:
    """Undo an import. Raises Conflict where it is undone, Invalid where an exam that is not over would lack questions.

    A question that a drawn paper or anything else refers to leaves use instead of going; one that somebody has changed
    since is left alone.
    """
    query = select(Import.id, Import.bank_id, Bank.unit_id).join(Bank, Bank.id == Import.bank_id)
    row = db.session.execute(query.where(Bank.slug == slug, Import.public_id == public_id)).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    scope.require(actor, DEED, row.unit_id)
    before = stakes.broken(row.bank_id, now)
    with writing() as session:
        claim = update(Import).where(Import.id == row.id, Import.undone_at.is_(None))
        if not session.execute(claim.values(undone_at=now, undone_by_id=actor and actor.person_id)).rowcount:
            raise Conflict(UNDONE)
        session.execute(select(Bank.id).where(Bank.id == row.bank_id).with_for_update())
        done = _undo(session, row, actor, now)
        session.flush()
        endangered = stakes.endangered(row.bank_id, now, before)
        if endangered:
            raise Invalid(endangered)
        told = {**session.scalar(select(Import.told).where(Import.id == row.id)), **vars(done)}
        session.execute(update(Import).where(Import.id == row.id).values(told=told))
        audit.record(actor, row.unit_id, "bank.import_undone", slug, now, trace, **vars(done))
        return done


def _undo(session, row, actor: Actor | None, now: datetime) -> Undone:
    query = select(Question.id, Question.current_number, ImportedQuestion.number, ImportedQuestion.was_retired)
    query = query.join(ImportedQuestion, ImportedQuestion.question_id == Question.id)
    touched = session.execute(query.where(ImportedQuestion.import_id == row.id)).all()
    own = [one for one in touched if one.current_number == one.number]
    revisions = _revisions(session, row.id)
    used = _used(session, row.bank_id, {one.id: revisions[one.id] for one in own}, now)
    gone = [one.id for one in own if one.number == 1 and one.id not in used]
    retired = [one.id for one in own if one.number == 1 and one.id in used]
    for start in range(0, len(gone), CHUNK):
        _delete(session, gone[start : start + CHUNK])
    for start in range(0, len(retired), CHUNK):
        some = retired[start : start + CHUNK]
        session.execute(update(Question).where(Question.id.in_(some)).values(is_retired=True))
    changed = [one for one in own if one.number > 1]
    for one in changed:
        _restore(session, one, revisions[one.id], one.id in used, actor, now)
    dropped = update(UnfinishedQuestion).where(
        UnfinishedQuestion.import_id == row.id, UnfinishedQuestion.state == "open"
    )
    dropped = session.execute(
        dropped.values(state="dropped", settled_at=now, settled_by_id=actor and actor.person_id)
    ).rowcount
    return Undone(len(gone), len(retired), len(changed), len(touched) - len(own), dropped)


def _revisions(session, import_id: int) -> dict[int, int]:
    """Return the id of the revision that the import made, by question."""
    query = select(QuestionRevision.question_id, QuestionRevision.id).join(
        ImportedQuestion,
        (ImportedQuestion.question_id == QuestionRevision.question_id)
        & (ImportedQuestion.number == QuestionRevision.number),
    )
    return dict(session.execute(query.where(ImportedQuestion.import_id == import_id)).all())


def _used(session, bank_id: int, own: dict[int, int], now: datetime) -> set[int]:
    """Return the questions of `own` (question -> revision) that something holds on to.

    While an exam draws from the bank all are: a paper may be drawn at this moment. The newest revision of all is, too:
    its id would be given to another one, and processes remember revisions by their ids.
    """
    exams = select(Exam.id).join(ExamBank, ExamBank.exam_id == Exam.id).where(ExamBank.bank_id == bank_id)
    if session.scalar(exams.where(Exam.opens_at <= now + SOON, Exam.ends_at > now).limit(1)):
        return set(own)
    held = {session.scalar(select(func.max(QuestionRevision.id)))}
    papers = select(Attempt.paper).where(Attempt.exam_id.in_(exams)).execution_options(yield_per=200)
    fixed = select(FixedPaper.paper).where(FixedPaper.exam_id.in_(exams))
    for paper in chain(session.scalars(fixed), session.scalars(papers)):
        held.update(item["revision_id"] for item in paper["items"])
    return {question for question, revision in own.items() if revision in held} | _referred(session, own)


def _referred(session, own: dict[int, int]) -> set[int]:
    """Return the questions that rows of other tables refer to, by themselves or by the revision."""
    by_revision = {revision: question for question, revision in own.items()}
    found: set[int] = set()
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys if table.name not in OWN else ():
            if key.column.table.name == "questions":
                found |= own.keys() & set(session.scalars(select(key.parent).distinct()))
            elif key.column.table.name == "question_revisions":
                found |= {
                    by_revision[one] for one in session.scalars(select(key.parent).distinct()) if one in by_revision
                }
    return found


def _delete(session, questions: list[int]) -> None:
    revisions = select(QuestionRevision.id).where(QuestionRevision.question_id.in_(questions))
    for table in (QuestionKey, Citation):
        session.execute(delete(table).where(table.revision_id.in_(revisions)))
    either = DuplicatePair.first_id.in_(questions) | DuplicatePair.second_id.in_(questions)
    session.execute(delete(DuplicatePair).where(either))
    for table in (QuestionRevision, ImportedQuestion, QuestionTag, QuestionWords, QuestionFigure):
        session.execute(delete(table).where(table.question_id.in_(questions)))
    session.execute(delete(Question).where(Question.id.in_(questions)))


def _restore(session, one, revision_id: int, is_used: bool, actor: Actor | None, now: datetime) -> None:
    """Give a question back what it said before: the revision goes, or a new one says what the one before it said."""
    number = one.number - 1
    if is_used:
        number = one.number + 1
        _copy(session, one.id, one.number - 1, number, actor, now)
    else:
        for table in (QuestionKey, Citation):
            session.execute(delete(table).where(table.revision_id == revision_id))
        session.execute(delete(QuestionRevision).where(QuestionRevision.id == revision_id))
    values = {"current_number": number, "is_retired": one.was_retired}
    for column in (Question.asked_number, Question.reviewed_number):  # what was said of the words before holds again
        said = case((column == one.number, null()), (column == one.number - 1, number), else_=column)
        values[column.key] = said
    session.execute(update(Question).where(Question.id == one.id).values(**values))
    query = select(QuestionRevision, Question.code).join(Question, Question.id == QuestionRevision.question_id)
    revision, code = session.execute(
        query.where(QuestionRevision.question_id == one.id, QuestionRevision.number == number)
    ).one()
    revising.follow(session, one.id, code, revision)


def _copy(session, question_id: int, number: int, fresh: int, actor: Actor | None, now: datetime) -> None:
    """Add a revision that says what an older one says."""
    old = session.scalar(
        select(QuestionRevision).where(QuestionRevision.question_id == question_id, QuestionRevision.number == number)
    )
    named = [
        name.key
        for name in QuestionRevision.__table__.columns
        if name.key not in ("id", "number", "created_at", "author_id")
    ]
    revision = QuestionRevision(**{name: getattr(old, name) for name in named}, number=fresh, created_at=now,
                                author_id=actor and actor.person_id)  # fmt: skip
    session.add(revision)
    session.flush()
    key = session.get(QuestionKey, old.id)
    values = {name.key: getattr(key, name.key) for name in QuestionKey.__table__.columns if name.key != "revision_id"}
    session.add(QuestionKey(revision_id=revision.id, **values))
    articles = session.scalars(select(Citation.article_id).where(Citation.revision_id == old.id)).all()
    session.add_all(Citation(revision_id=revision.id, article_id=article) for article in articles)
