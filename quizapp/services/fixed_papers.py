"""Fixed papers of an exam (form A, B, …): drawn when it is set up, and drawn anew until it opens."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from quizapp.extensions import db
from quizapp.models import Exam, FixedPaper, Question, QuestionRevision
from quizapp.rules import blueprint
from quizapp.rules.choices import LETTERS
from quizapp.rules.errors import Conflict, NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, exam_preview, scope
from quizapp.services.attempts import papers
from quizapp.services.banks import stakes
from quizapp.services.transaction import writing


@dataclass(frozen=True)
class Form:
    """One fixed paper; `stale` counts questions that changed since, or their articles, or went out of use."""

    number: int
    letter: str
    questions: int
    dealt: int
    stale: int
    drawn_at: datetime


def draw_all(session, exam: Exam, now: datetime) -> None:
    """Draw an exam's fixed papers anew, in the open transaction; only where banks are short they share questions."""
    session.execute(delete(FixedPaper).where(FixedPaper.exam_id == exam.id))
    used: set[int] = set()
    for number in range(1, blueprint.parse(exam.blueprint).forms + 1):
        drawn = papers.draw(exam, frozenset(used))
        used |= papers.questions_of([drawn])
        form = {**drawn, "form": LETTERS[number - 1]}
        session.add(FixedPaper(exam_id=exam.id, number=number, paper=form, dealt=0, drawn_at=now))


def redraw(actor: Actor, public_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Draw an exam's fixed papers anew. Raises Conflict once it has opened, or where it has none."""
    exam = exam_preview.get_exam(actor, public_id)
    exam_id, unit_id = exam.id, exam.unit_id
    with writing() as session:
        exam = session.get(Exam, exam_id, with_for_update=True)
        if exam.opens_at <= now or not blueprint.parse(exam.blueprint).forms:
            raise Conflict(N_("The papers of this exam can no longer be drawn anew."))
        draw_all(session, exam, now)
        audit.record(actor, unit_id, "exam.papers_drawn", public_id, now, trace)


def holding(questions: set[int], now: datetime) -> list[Exam]:
    """Return the exams to come whose fixed papers hold one of the questions (row ids)."""
    drawn: dict[int, list[dict]] = {}
    query = select(FixedPaper.exam_id, FixedPaper.paper).join(Exam, Exam.id == FixedPaper.exam_id)
    for exam_id, paper in db.session.execute(query.where(Exam.opens_at > now)):
        drawn.setdefault(exam_id, []).append(paper)
    held = [exam_id for exam_id, forms in drawn.items() if papers.questions_of(forms) & questions]
    return db.session.scalars(select(Exam).where(Exam.id.in_(held)).order_by(Exam.id)).all()


def leave_out(session, questions: set[int], now: datetime) -> tuple[list[str], list[str]]:
    """Draw the fixed papers of exams to come anew that hold questions which may not be drawn any more.

    In the open transaction. Returns the titles of these exams, and of those whose banks are short without the
    questions: their papers stay as they are, and are shown as changed.
    """
    redrawn, kept = [], []
    for exam in holding(questions, now):
        session.refresh(exam, with_for_update=True)
        if stakes.lacking(exam):
            kept.append(exam.title)
            continue
        draw_all(session, exam, now)
        audit.record(None, exam.unit_id, "exam.papers_drawn", exam.public_id, now)
        redrawn.append(exam.title)
    return redrawn, kept


def list_forms(actor: Actor, public_id: str) -> list[Form]:
    """Return an exam's fixed papers, for whoever may manage it. Raises NotFound."""
    exam = exam_preview.get_exam(actor, public_id)
    rows = db.session.scalars(select(FixedPaper).where(FixedPaper.exam_id == exam.id).order_by(FixedPaper.number)).all()
    stale = _stale({item["revision_id"] for row in rows for item in row.paper["items"]})
    return [
        Form(
            row.number,
            row.paper["form"],
            len(row.paper["items"]),
            row.dealt,
            len({item["revision_id"] for item in row.paper["items"]} & stale),
            row.drawn_at,
        )
        for row in rows
    ]


def get_paper(actor: Actor, public_id: str, number: int) -> dict:
    """Return one fixed paper as it was drawn, for whoever may manage the exam. Raises NotFound."""
    exam = exam_preview.get_exam(actor, public_id)
    form = db.session.get(FixedPaper, (exam.id, number))
    if form is None:
        raise NotFound(scope.NOT_HERE)
    return form.paper


def _stale(revision_ids: set[int]) -> set[int]:
    query = select(QuestionRevision.id).join(Question, Question.id == QuestionRevision.question_id)
    changed = (Question.current_number != QuestionRevision.number) | Question.is_retired | Question.is_flagged
    return set(db.session.scalars(query.where(QuestionRevision.id.in_(revision_ids), changed)))
