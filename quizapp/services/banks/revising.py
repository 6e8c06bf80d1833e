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


def add(session, bank_id: int, code: str, position: int, wording: Wording, actor: Actor | None, now: datetime) -> int:
    """Add a question with its first revision and return its row id."""
    question = Question(bank_id=bank_id, code=code, position=position, current_number=1)
    session.add(question)
    session.flush()
    write(session, question.id, code, 1, wording, actor, now)
    return question.id


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
        question_id=question_id,
        number=number,
        kind=wording.kind,
        content=wording.content,
        html=wording.html,
        chapter=wording.chapter,
        difficulty=wording.difficulty,
        points_milli=wording.points_milli,
        tags=wording.tags,
        is_rewording=is_rewording,
        digest=wording.digest,
        author_id=actor and actor.person_id,
        created_at=now,
    )
    session.add(revision)
    session.flush()
    key = {"key": wording.key, "explanation": wording.explanation, "explanation_html": wording.explanation_html}
    session.add(QuestionKey(revision_id=revision.id, **key))
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
