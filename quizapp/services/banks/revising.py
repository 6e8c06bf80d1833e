"""Writing a question's next revision, and what lists know of the present one, in the open transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, select, update

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
    wordings = {revisions[row_id]: one for row_id, (_, _, one) in zip(ids, fresh, strict=True)}
    beside = (
        (QuestionKey, [{"revision_id": row_id, **_key(one)} for row_id, one in wordings.items()]),
        (Citation, [{"revision_id": row_id, "article_id": article}
                    for row_id, one in wordings.items() for article in one.articles]),
        (QuestionTag, [{"question_id": question_id, "tag": tag}
                       for question_id, (_, _, one) in zip(ids, fresh, strict=True) for tag in one.tags]),
        (QuestionWords, [{"question_id": question_id, "words": words_of(code, one.content)}
                         for question_id, (code, _, one) in zip(ids, fresh, strict=True)]),
    )  # fmt: skip
    for table, values in beside:
        if values:
            session.execute(insert(table), values)
    return ids


def _columns(wording: Wording, actor: Actor | None, now: datetime) -> dict:
    names = ("kind", "content", "html", "chapter", "difficulty", "points_milli", "tags", "digest")
    return {**{name: getattr(wording, name) for name in names}, "author_id": actor and actor.person_id,
            "created_at": now}  # fmt: skip


def _key(wording: Wording) -> dict:
    return {name: getattr(wording, name) for name in ("key", "explanation", "explanation_html")}


def write(
    session,
    question_id: int,
    code: str,
    number: int,
    wording: Wording,
    actor: Actor | None,
    now: datetime,
    is_rewording: bool = True,
) -> int:
    """Write a revision whose number was claimed before, and return its row id; lists follow it.

    Where only chapter, difficulty, points or tags change, what a second person said of the words still holds.
    """
    revision = QuestionRevision(
        question_id=question_id, number=number, is_rewording=is_rewording, **_columns(wording, actor, now)
    )
    session.add(revision)
    session.flush()
    session.add(QuestionKey(revision_id=revision.id, **_key(wording)))
    session.add_all(Citation(revision_id=revision.id, article_id=article) for article in wording.articles)
    follow(session, question_id, code, revision)
    if not is_rewording:
        both = (Question.asked_number, Question.reviewed_number)
        values = {column.key: case((column == number - 1, number), else_=column) for column in both}
        session.execute(update(Question).where(Question.id == question_id).values(**values))
    return revision.id


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


def tags_of(session, question_id: int) -> list[str]:
    """Return the tags that a question bears now."""
    query = select(QuestionTag.tag).where(QuestionTag.question_id == question_id)
    return list(session.scalars(query.order_by(QuestionTag.tag)))


def words_of(code: str, content: dict) -> str:
    """Return what a search finds a question by: what a person wrote, and not the names of its parts."""
    words = [code]
    for one in (content, *content.get("parts", ())):
        words += [one["stem"], *one.get("options", ()), *one.get("right", ()), one.get("material", "")]
    return "\n".join(filter(None, words)).casefold()
