"""Looking through a whole bank: asked for on a page, done by the worker, with how far it is for whoever waits."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from quizapp.extensions import db
from quizapp.models import (
    Attempt,
    BankCheck,
    DuplicatePair,
    ExamBank,
    Question,
    QuestionFigure,
    QuestionKey,
    QuestionRevision,
    Result,
)
from quizapp.rules import duplicates
from quizapp.rules.choices import LETTERS
from quizapp.rules.permissions import Actor
from quizapp.services import audit, scope
from quizapp.services.banks import sight
from quizapp.services.banks.shelf import MANAGE
from quizapp.services.banks.sight import current
from quizapp.services.transaction import insert, writing

CHUNK = 500


@dataclass(frozen=True)
class Check:
    """A look through a bank: when it was asked for, how far it is, and what it told once it has ended."""

    asked_at: datetime
    ended_at: datetime | None
    done: int
    total: int
    told: dict


def ask(actor: Actor, slug: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Ask for a bank to be looked through; while one look is under way another one is not begun."""
    bank = sight.get_visible(actor, slug)
    scope.require(actor, MANAGE, bank.unit_id)
    bank_id, unit_id = bank.id, bank.unit_id
    with writing() as session:
        values = {"bank_id": bank_id, "asked_by_id": actor.person_id, "asked_at": now}
        row = insert(BankCheck).values(**values, done=0, total=0, told={})
        session.execute(row.on_conflict_do_nothing())
        audit.record(actor, unit_id, "bank.check_asked", slug, now, trace)


def find_last(bank_id: int) -> tuple[Check | None, Check | None]:
    """Return the look that is under way and the last that has ended, each None where there is none."""
    query = select(BankCheck).where(BankCheck.bank_id == bank_id).order_by(BankCheck.id.desc()).limit(1)
    running = db.session.scalar(query.where(BankCheck.ended_at.is_(None)))
    ended = db.session.scalar(query.where(BankCheck.ended_at.is_not(None)))
    return _check(running), _check(ended)


def _check(row: BankCheck | None) -> Check | None:
    return row and Check(row.asked_at, row.ended_at, row.done, row.total, row.told)


def run_due(now: datetime) -> int:
    """Do every look that was asked for; returns how many. One that a killed worker left is begun again."""
    waiting = db.session.scalars(select(BankCheck.id).where(BankCheck.ended_at.is_(None)).order_by(BankCheck.id)).all()
    for check_id in waiting:
        _run(check_id, now)
    return len(waiting)


def _run(check_id: int, now: datetime) -> None:
    bank_id = db.session.scalar(select(BankCheck.bank_id).where(BankCheck.id == check_id))
    questions, told = _load(bank_id)
    by_id = {one.id: one for one in questions}
    _note(check_id, 0, len(questions))
    alike: dict[tuple[int, int], float] = {}
    for done, pairs in duplicates.find(questions):
        alike |= {(first, second): likeness for first, second, likeness in pairs}
        _note(check_id, done, len(questions))
    for pair in duplicates.contradictions(questions):
        alike.setdefault(pair, 0.0)
    found = {pair: (duplicates.relation(by_id[pair[0]], by_id[pair[1]]), likeness) for pair, likeness in alike.items()}
    told["pairs"] = dict(Counter(relation for relation, _ in found.values()))
    _finish(check_id, bank_id, found, _figures(bank_id), told, now)


def _load(bank_id: int) -> tuple[list[duplicates.Compared], dict]:
    """Return a bank's questions in use, ready to be compared, and how the keys of single choices are spread."""
    query = select(Question.id, QuestionRevision.kind, QuestionRevision.content, QuestionKey.key)
    query = query.join(QuestionRevision, current()).join(QuestionKey, QuestionKey.revision_id == QuestionRevision.id)
    query = query.where(Question.bank_id == bank_id, Question.is_retired.is_(False)).order_by(Question.id)
    rows, letters = db.session.execute(query).all(), Counter()
    for _, kind, _, key in rows:
        if kind == "single_choice":
            letters[LETTERS[key["right"][0]]] += 1
    db.session.rollback()
    return duplicates.ready_all(rows), {"letters": dict(sorted(letters.items()))}


def _note(check_id: int, done: int, total: int) -> None:
    with writing() as session:
        session.execute(update(BankCheck).where(BankCheck.id == check_id).values(done=done, total=total))


def _figures(bank_id: int) -> dict[int, tuple[int, int, int]]:
    """Return question -> (drawn, marked, mean share earned in thousandths) over all attempts at exams with the bank."""
    query = select(QuestionRevision.id, QuestionRevision.question_id).join(
        Question, Question.id == QuestionRevision.question_id
    )
    owner = dict(db.session.execute(query.where(Question.bank_id == bank_id)).all())
    drawn, marked, shares = Counter(), Counter(), defaultdict(float)
    exams = select(ExamBank.exam_id).where(ExamBank.bank_id == bank_id)
    query = select(Attempt.paper, Result.marks).outerjoin(Result, Result.attempt_id == Attempt.id)
    for paper, marks in db.session.execute(query.where(Attempt.exam_id.in_(exams)).execution_options(yield_per=500)):
        for item in paper["items"]:
            question_id = owner.get(item["revision_id"])
            if question_id is None:
                continue
            drawn[question_id] += 1
            if marks is not None and item["points_milli"]:
                marked[question_id] += 1
                shares[question_id] += marks.get(item["slot"], 0) / item["points_milli"]
    db.session.rollback()
    return {
        one: (drawn[one], marked[one], round(1000 * shares[one] / marked[one]) if marked[one] else 0) for one in drawn
    }


def _finish(check_id: int, bank_id: int, found: dict, figures: dict, told: dict, now: datetime) -> None:
    """Keep what was found; a pair that was decided stays so, unless it has become a contradiction since."""
    with writing() as session:
        for (first, second), (relation, likeness) in found.items():
            _keep(session, check_id, bank_id, first, second, relation, round(likeness * 1000))
        gone = (DuplicatePair.bank_id == bank_id) & (DuplicatePair.check_id != check_id)
        session.execute(delete(DuplicatePair).where(gone, DuplicatePair.decision == ""))
        of_bank = select(Question.id).where(Question.bank_id == bank_id)
        session.execute(delete(QuestionFigure).where(QuestionFigure.question_id.in_(of_bank)))
        rows = [
            {"question_id": one, "drawn": drawn, "marked": marked, "earned_share_milli": share}
            for one, (drawn, marked, share) in figures.items()
        ]
        if rows:
            session.execute(QuestionFigure.__table__.insert(), rows)
        session.execute(update(BankCheck).where(BankCheck.id == check_id).values(ended_at=now, told=told))


def _keep(session, check_id: int, bank_id: int, first: int, second: int, relation: str, likeness: int) -> None:
    key = (DuplicatePair.first_id == first) & (DuplicatePair.second_id == second)
    if relation == "contradiction":
        worse = key & (DuplicatePair.relation != "contradiction") & (DuplicatePair.decision == "both")
        session.execute(update(DuplicatePair).where(worse).values(decision="", decided_by_id=None, decided_at=None))
    values = {"relation": relation, "likeness_milli": likeness, "check_id": check_id}
    row = insert(DuplicatePair).values(first_id=first, second_id=second, bank_id=bank_id, decision="", **values)
    session.execute(row.on_conflict_do_update(index_elements=["first_id", "second_id"], set_=values))
