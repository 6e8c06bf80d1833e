"""Questions of a file become rows: a new question, or a new revision of one that the bank has."""

from datetime import datetime

from sqlalchemy import func, insert, select, update

from quizapp.models import ImportedQuestion, Question
from quizapp.rules.permissions import Actor
from quizapp.services.banks import planning, revising


def take(
    session, import_id: int, bank_id: int, entries: list[planning.Entry], actor: Actor | None, now: datetime
) -> None:
    """Write the entries that are new or changed into the open transaction, and note which import they came with."""
    last = session.scalar(select(func.max(Question.position)).where(Question.bank_id == bank_id)) or 0
    new = [entry for entry in entries if entry.what == "new"]
    fresh = [(entry.question.code, position, _wording(entry)) for position, entry in enumerate(new, last + 1)]
    noted = [(question_id, 1, False) for question_id in revising.add(session, bank_id, fresh, actor, now)]
    for entry in entries:
        if entry.what == "changed":
            question_id = entry.question_id
            was_retired = session.scalar(select(Question.is_retired).where(Question.id == question_id))
            moved = update(Question).where(Question.id == question_id).returning(Question.current_number)
            number = session.scalar(moved.values(current_number=Question.current_number + 1, is_retired=False))
            wording = _wording(entry, revising.tags_of(session, question_id))
            revising.write(session, question_id, entry.question.code, number, wording, actor, now, entry.is_rewording)
            noted.append((question_id, number, was_retired))
    rows = [
        {"import_id": import_id, "question_id": question_id, "number": number, "was_retired": was_retired}
        for question_id, number, was_retired in noted
    ]
    if rows:
        session.execute(insert(ImportedQuestion), rows)


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
