"""Questions of a file become rows: a new question, or a new revision of one that the bank has."""

from datetime import datetime

from sqlalchemy import func, select, update

from quizapp.models import ImportedQuestion, Question
from quizapp.rules.permissions import Actor
from quizapp.services.banks import planning, revising
from quizapp.services.transaction import insert


def take(
    session, import_id: int, bank_id: int, entries: list[planning.Entry], actor: Actor | None, now: datetime
) -> None:
    """Write the entries that are new or changed into the open transaction, and note which import they came with.

    What the same import brought already and now changes again is noted as it came: undoing takes it as edited since.
    """
    last = session.scalar(select(func.max(Question.position)).where(Question.bank_id == bank_id)) or 0
    new = [entry for entry in entries if entry.what == "new"]
    fresh = [(entry.question.code, position, _wording(entry)) for position, entry in enumerate(new, last + 1)]
    noted = [(question_id, 1, False) for question_id in revising.add(session, bank_id, fresh, actor, now)]
    noted += _change(session, bank_id, [entry for entry in entries if entry.what == "changed"], actor, now)
    rows = [
        {"import_id": import_id, "question_id": question_id, "number": number, "was_retired": was_retired}
        for question_id, number, was_retired in noted
    ]
    if rows:
        session.execute(insert(ImportedQuestion).on_conflict_do_nothing(), rows)


def _change(
    session, bank_id: int, entries: list[planning.Entry], actor: Actor | None, now: datetime
) -> list[tuple[int, int, bool]]:
    """Write revisions of questions that the bank has; return (row id, number, whether it was retired) of each."""
    if not entries:
        return []
    query = select(Question.id, Question.code, Question.current_number, Question.is_retired)
    query = query.where(Question.bank_id == bank_id)
    standing = {one.id: one for one in session.execute(query.with_for_update())}
    claimed = [(entry.question_id, standing[entry.question_id].current_number + 1) for entry in entries]
    rows = [{"id": row_id, "current_number": number, "is_retired": False} for row_id, number in claimed]
    session.execute(update(Question), rows)
    tags = revising.tags_in(session, bank_id)
    changes = [
        revising.Change(row_id, standing[row_id].code, number, _wording(entry, tags.get(row_id)), entry.is_rewording)
        for entry, (row_id, number) in zip(entries, claimed, strict=True)
    ]
    revising.write(session, changes, actor, now)
    return [(row_id, number, standing[row_id].is_retired) for row_id, number in claimed]


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
