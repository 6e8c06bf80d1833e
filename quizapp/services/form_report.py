"""The report on an exam's papers before it opens: how alike they are, by what is known of the questions."""

import random

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Attempt, Exam, ExamBank, FixedPaper, Result
from quizapp.rules import blueprint, parallel_forms
from quizapp.rules.paper import Candidate
from quizapp.rules.permissions import Actor
from quizapp.services import exam_preview
from quizapp.services.attempts import papers

NEWEST = 500  # results that are looked at
FEWEST = 10  # answers to a question before they say something


def report(actor: Actor, public_id: str, seed: int = 1) -> tuple[parallel_forms.Report, int]:
    """Return the report and how many questions have measured answers. Raises NotFound, and Invalid as a draw does.

    Of fixed papers it compares those, else as many as parallel_forms.DRAWS that are drawn for it and kept nowhere.
    """
    exam = exam_preview.get_exam(actor, public_id)
    plan = blueprint.parse(exam.blueprint)
    pool = papers.candidates(
        select(ExamBank.bank_id).where(ExamBank.exam_id == exam.id), exam.only_reviewed, with_articles=True
    )
    measured = _measured({one.question_id for one in pool})
    forms = db.session.scalars(select(FixedPaper.paper).where(FixedPaper.exam_id == exam.id)).all()
    if forms:
        drawn = [_chosen(plan, one) for one in forms]
        return parallel_forms.compare(plan, drawn, _with(pool, forms), measured), len(measured)
    return parallel_forms.simulate(plan, pool, measured, random.Random(seed)), len(measured)  # noqa: S311 (no secret)


def _with(pool: list[Candidate], forms: list[dict]) -> list[Candidate]:
    """Return the candidates and, for what a form holds and no new paper would, a bare one each."""
    known = {one.revision_id for one in pool}
    held = {item["revision_id"]: item["kind"] for form in forms for item in form["items"]}
    return pool + [Candidate(-one, one, kind) for one, kind in held.items() if one not in known]


def _chosen(plan: blueprint.Blueprint, paper: dict) -> list[list[int]]:
    """Return the revisions of a drawn paper by section."""
    ids, chosen = [item["revision_id"] for item in paper["items"] if not item.get("part")], []
    for section in plan.sections:
        chosen.append(ids[: section.count])
        ids = ids[section.count :]
    return chosen


def _measured(question_ids: set[int]) -> dict[int, float]:
    """Return the share of points earned so far, by question that enough people answered in released exams."""
    query = select(Attempt.paper, Result.marks).join(Result, Result.attempt_id == Attempt.id)
    query = query.join(Exam, Exam.id == Attempt.exam_id).where(Exam.released_at.is_not(None))
    rows = db.session.execute(query.order_by(Attempt.id.desc()).limit(NEWEST)).all()
    of = papers.question_ids({item["revision_id"] for paper, _ in rows for item in paper["items"]})
    sums: dict[int, list[int]] = {}
    for paper, marks in rows:
        for item in paper["items"]:
            earned, points, answers = sums.get(of[item["revision_id"]], (0, 0, 0))
            sums[of[item["revision_id"]]] = (earned + marks[item["slot"]], points + item["points_milli"], answers + 1)
    return {
        one: earned / points for one, (earned, points, answers) in sums.items()
        if one in question_ids and answers >= FEWEST
    }
