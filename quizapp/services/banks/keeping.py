"""Questions of a file become rows: a new question, or a new revision of one that the bank has."""

from datetime import datetime

from sqlalchemy import func, select, update

from quizapp.models import ImportedQuestion, Question
from quizapp.rules.permissions import Actor
from quizapp.services.banks import planning, revising


def take(
    session, import_id: int, bank_id: int, entries: list[planning.Entry], actor: Actor | None, now: datetime
) -> None:
    """Write the entries that are new or changed into the open transaction, and note which import they came with."""
    position = session.scalar(select(func.max(Question.position)).where(Question.bank_id == bank_id)) or 0
    for entry in entries:
        question_id, code, number, was_retired = entry.question_id, entry.question.code, 1, False
        if entry.what == "new":
            position += 1
            question_id = revising.add(session, bank_id, code, position, _wording(entry), actor, now)
        elif entry.what == "changed":
            was_retired = session.scalar(select(Question.is_retired).where(Question.id == question_id))
            moved = update(Question).where(Question.id == question_id).returning(Question.current_number)
            number = session.scalar(moved.values(current_number=Question.current_number + 1, is_retired=False))
            wording = _wording(entry, revising.tags_of(session, question_id))
            revising.write(session, question_id, code, number, wording, actor, now, entry.is_rewording)
        else:
            continue
        values = {"import_id": import_id, "question_id": question_id, "number": number, "was_retired": was_retired}
        session.add(ImportedQuestion(**values))


def _wording(entry: planning.Entry, tags: list[str] | None = None) -> revising.Wording:
    """Return what a revision of a question of a file holds; where that names no tags, those it bears stay."""
    one = entry.question
    return revising.Wording(
        one.kind,
        one.content,
        one.html,
        one.key,
        one.explanation,
        one.explanation_html,
        one.chapter,
        one.difficulty,
        round((one.points or 1) * 1000),
        list(one.tags) or tags or [],
        entry.articles,
        entry.digest,
    )
