"""Writing a question's next revision, and what lists know of the present one, in the open transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, delete, select, update

from quizapp.models import Citation, Question, QuestionKey, QuestionRevision, QuestionTag, QuestionWords
from quizapp.rules.permissions import Actor
from quizapp.services.transaction import insert


@dataclass(frozen=True)
class Wording:
    """All that a revision holds; `articles` are the row ids of what it cites."""

    kind: str
    content: dict
    html: dict
    key: dict
    explanation: str
    explanation_html: str
    chapter: str
    difficulty: str
    points_milli: int
    tags: list[str]
    articles: list[int]
    digest: str


def add(
    session, bank_id: int, fresh: list[tuple[str, int, Wording]], actor: Actor | None, now: datetime
) -> list[int]:
    """Add questions, each (code, position, wording), with their first revisions; return their row ids in that order.

    All in a few statements: nobody else writes while a bank of thousands is taken in.
    """
    if not fresh:
        return []
    lists = [
        {"bank_id": bank_id, "code": code, "position": position, "current_number": 1, "kind": one.kind,
         "chapter": one.chapter, "difficulty": one.difficulty}
        for code, position, one in fresh
    ]  # fmt: skip
    by_code = dict(session.execute(insert(Question).returning(Question.code, Question.id), lists).all())
    ids = [by_code[code] for code, _, _ in fresh]
    rows = [
        {"question_id": question_id, "number": 1, **_columns(one, actor, now)}
        for question_id, (_, _, one) in zip(ids, fresh, strict=True)
    ]
    made = insert(QuestionRevision).returning(QuestionRevision.question_id, QuestionRevision.id)
    revisions = dict(session.execute(made, rows).all())
    _keep_beside(session, [(revisions[row_id], one) for row_id, (_, _, one) in zip(ids, fresh, strict=True)])
    _keep_lists(session, [(row_id, code, one) for row_id, (code, _, one) in zip(ids, fresh, strict=True)])
    return ids


def _columns(wording: Wording, actor: Actor | None, now: datetime) -> dict:
    names = ("kind", "content", "html", "chapter", "difficulty", "points_milli", "tags", "digest")
    return {**{name: getattr(wording, name) for name in names}, "author_id": actor and actor.person_id,
            "created_at": now}  # fmt: skip


def _key(wording: Wording) -> dict:
    return {name: getattr(wording, name) for name in ("key", "explanation", "explanation_html")}


@dataclass(frozen=True)
class Change:
    """A revision that follows others of a question; its number was claimed before.

    Where it is no rewording only chapter, difficulty, points or tags change, and what a second person said of the words
    still holds.
    """

    question_id: int
    code: str
    number: int
    wording: Wording
    is_rewording: bool = True


def write(session, changes: list[Change], actor: Actor | None, now: datetime) -> None:
    """Write revisions, one a question, in a few statements; lists and searches follow them."""
    if not changes:
        return
    rows = [{"question_id": one.question_id, "number": one.number, "is_rewording": one.is_rewording,
             **_columns(one.wording, actor, now)} for one in changes]  # fmt: skip
    made = insert(QuestionRevision).returning(QuestionRevision.question_id, QuestionRevision.id)
    revisions = dict(session.execute(made, rows).all())
    _keep_beside(session, [(revisions[one.question_id], one.wording) for one in changes])
    present = [{"id": one.question_id, "kind": one.wording.kind, "chapter": one.wording.chapter,
                "difficulty": one.wording.difficulty} for one in changes]  # fmt: skip
    session.execute(update(Question), present)
    former = [delete(table).where(table.question_id == bindparam("of")) for table in (QuestionTag, QuestionWords)]
    _each(session, former, [{"of": one.question_id} for one in changes])
    _keep_lists(session, [(one.question_id, one.code, one.wording) for one in changes])
    both = {column: case((column == bindparam("before"), bindparam("after")), else_=column)
            for column in (Question.asked_number, Question.reviewed_number)}  # fmt: skip
    held = [{"of": one.question_id, "before": one.number - 1, "after": one.number}
            for one in changes if not one.is_rewording]  # fmt: skip
    _each(session, [update(Question).where(Question.id == bindparam("of")).values(both)], held)


def _each(session, statements: list, rows: list[dict]) -> None:
    """Run statements once a row, past what the session holds of the rows."""
    for statement in statements if rows else ():
        session.connection().execute(statement, rows)


def _keep_beside(session, wordings: list[tuple[int, Wording]]) -> None:
    """Keep the answers and the citations of revisions that have just been written, by their row ids."""
    session.execute(insert(QuestionKey), [{"revision_id": row_id, **_key(one)} for row_id, one in wordings])
    cited = [{"revision_id": row_id, "article_id": article} for row_id, one in wordings for article in one.articles]
    if cited:
        session.execute(insert(Citation), cited)


def _keep_lists(session, questions: list[tuple[int, str, Wording]]) -> None:
    """Let questions, each (row id, code, wording), be found by their tags and words."""
    tags = [{"question_id": row_id, "tag": tag} for row_id, _, one in questions for tag in one.tags]
    if tags:
        session.execute(insert(QuestionTag), tags)
    words = [{"question_id": row_id, "words": words_of(code, one.content)} for row_id, code, one in questions]
    session.execute(insert(QuestionWords), words)


def follow(session, question_id: int, code: str, revision: QuestionRevision) -> None:
    """Let lists and searches know a question as this revision words it."""
    present = {"kind": revision.kind, "chapter": revision.chapter, "difficulty": revision.difficulty}
    session.execute(update(Question).where(Question.id == question_id).values(**present))
    set_tags(session, question_id, revision.tags)
    words = words_of(code, revision.content)
    row = insert(QuestionWords).values(question_id=question_id, words=words)
    session.execute(row.on_conflict_do_update(index_elements=["question_id"], set_={"words": words}))


def set_tags(session, question_id: int, tags: list[str]) -> None:
    """Let a question be found by these tags and no others."""
    session.execute(delete(QuestionTag).where(QuestionTag.question_id == question_id))
    session.add_all(QuestionTag(question_id=question_id, tag=tag) for tag in tags)


def tags_in(session, bank_id: int) -> dict[int, list[str]]:
    """Return the tags that the questions of a bank bear now, by their row ids."""
    query = select(QuestionTag.question_id, QuestionTag.tag).join(Question, Question.id == QuestionTag.question_id)
    found: dict[int, list[str]] = {}
    for row_id, tag in session.execute(query.where(Question.bank_id == bank_id).order_by(QuestionTag.tag)):
        found.setdefault(row_id, []).append(tag)
    return found


def words_of(code: str, content: dict) -> str:
    """Return what a search finds a question by: what a person wrote, and not the names of its parts."""
    words = [code]
    for one in (content, *content.get("parts", ())):
        words += [one["stem"], *one.get("options", ()), *one.get("right", ()), one.get("material", "")]
    return "\n".join(filter(None, words)).casefold()
