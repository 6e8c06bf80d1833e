"""What would break if questions changed: exams not over yet whose papers could not be drawn any more."""

from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Exam, ExamBank
from quizapp.rules import blueprint
from quizapp.rules.errors import Problem
from quizapp.rules.words import N_
from quizapp.services.attempts import papers

BROKEN = N_("The exam “%(exam)s” draws from this bank and would lack questions.")


def endangered(bank_id: int, now: datetime, before: frozenset[int] = frozenset()) -> list[Problem]:
    """Return why papers of exams that draw from the bank could not be drawn as its questions are in this transaction.

    Exams that are over are left out, and those that were `broken` before: a deed answers for what it breaks itself.
    Each exam's own sentence comes first, what it lacks after it.
    """
    problems = []
    for exam in _coming(bank_id, now):
        found = [] if exam.id in before else lacking(exam)
        if found:
            problems.append(Problem("exam-broken", BROKEN, "", {"exam": exam.title}))
            problems += found
    return problems


def broken(bank_id: int, now: datetime) -> frozenset[int]:
    """Return the exams not over that draw from the bank and cannot be drawn as it is; asked before a deed begins."""
    return frozenset(exam.id for exam in _coming(bank_id, now) if lacking(exam))


def _coming(bank_id: int, now: datetime) -> list[Exam]:
    query = select(Exam).join(ExamBank, ExamBank.exam_id == Exam.id)
    return db.session.scalars(query.where(ExamBank.bank_id == bank_id, Exam.ends_at > now).order_by(Exam.id)).all()


def lacking(exam: Exam) -> list[Problem]:
    """Return why no paper of an exam could be drawn now; nothing where one can."""
    banks = db.session.scalars(select(ExamBank.bank_id).where(ExamBank.exam_id == exam.id)).all()
    plan = blueprint.parse(exam.blueprint)
    found = papers.lacking(plan, list(banks), exam.only_reviewed)
    return [Problem(one.code, one.message, "", one.params) for one in found]
