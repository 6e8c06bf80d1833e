"""What would break if questions changed: exams not over yet whose papers could not be drawn any more."""

from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Exam, ExamBank
from quizapp.rules import blueprint, paper
from quizapp.rules.errors import Problem
from quizapp.rules.words import N_
from quizapp.services.attempts import papers

BROKEN = N_("The exam “%(exam)s” draws from this bank and would lack questions.")


def endangered(bank_id: int, now: datetime) -> list[Problem]:
    """Return why papers of exams that draw from the bank could not be drawn as its questions are in this transaction.

    Exams that are over are left out. Each exam's own sentence comes first, what it lacks after it.
    """
    query = select(Exam).join(ExamBank, ExamBank.exam_id == Exam.id)
    exams = db.session.scalars(query.where(ExamBank.bank_id == bank_id, Exam.ends_at > now).order_by(Exam.id)).all()
    problems = []
    for exam in exams:
        banks = db.session.scalars(select(ExamBank.bank_id).where(ExamBank.exam_id == exam.id)).all()
        lacking = paper.feasibility(blueprint.parse(exam.blueprint), papers.candidates(list(banks)))
        if lacking:
            problems.append(Problem("exam-broken", BROKEN, "", {"exam": exam.title}))
            problems += [Problem(one.code, one.message, "", one.params) for one in lacking]
    return problems
