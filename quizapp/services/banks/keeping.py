"""Questions of a file become rows: a new question, or a new revision of one that the bank has."""

from datetime import datetime

from sqlalchemy import func, select, update

from quizapp.models import Citation, ImportedQuestion, Question, QuestionKey, QuestionRevision
from quizapp.rules.permissions import Actor
from quizapp.services.banks import planning


def take(
    session, import_id: int, bank_id: int, entries: list[planning.Entry], actor: Actor | None, now: datetime
) -> None:
    """Write the entries that are new or changed into the open transaction, and note which import they came with."""
    position = session.scalar(select(func.max(Question.position)).where(Question.bank_id == bank_id)) or 0
    for entry in entries:
        question_id, number, was_retired = entry.question_id, 1, False
        if entry.what == "new":
            position += 1
            question = Question(bank_id=bank_id, code=entry.question.code, position=position, current_number=1)
            session.add(question)
            session.flush()
            question_id = question.id
        elif entry.what == "changed":
            was_retired = session.scalar(select(Question.is_retired).where(Question.id == question_id))
            moved = update(Question).where(Question.id == question_id).returning(Question.current_number)
            number = session.scalar(moved.values(current_number=Question.current_number + 1, is_retired=False))
        else:
            continue
        _add_revision(session, question_id, number, entry, actor, now)
        values = {"import_id": import_id, "question_id": question_id, "number": number, "was_retired": was_retired}
        session.add(ImportedQuestion(**values))


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
