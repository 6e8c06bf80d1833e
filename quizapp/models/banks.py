"""Question banks: questions, their revisions (never edited), and the keys in a table of their own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, Moment, new_public_id


def _parts(context) -> int:
    return len(context.get_current_parameters()["content"].get("parts", (1,)))


class Bank(Base):
    __tablename__ = "banks"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)  # who keeps it; used within and below
    handbook_id: Mapped[int | None] = mapped_column(ForeignKey("handbooks.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class Question(Base):
    """What stays the same over revisions; kind, chapter and difficulty are those of the present one, for lists."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("bank_id", "code"),
        Index("ix_questions_list", "bank_id", "is_retired", "position"),
        Index("ix_questions_parts", "bank_id", "is_retired", "kind", "chapter", "difficulty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    code: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    current_number: Mapped[int]  # of its revisions
    is_retired: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(String(24), default="", server_default="")
    chapter: Mapped[str] = mapped_column(String(120), default="", server_default="")
    difficulty: Mapped[str] = mapped_column(String(16), default="", server_default="")
    asked_number: Mapped[int | None]  # the revision that was sent to review
    reviewed_number: Mapped[int | None]  # the newest revision that a second person agreed to
    is_flagged: Mapped[bool] = mapped_column(default=False, server_default=false())  # an article it cites was changed


class QuestionTag(Base):
    """A tag that the present revision of a question bears."""

    __tablename__ = "question_tags"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)


class QuestionWords(Base):
    """What a search looks through: code, stem and options of the present revision in small letters."""

    __tablename__ = "question_words"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text)


class QuestionRevision(Base):
    """A question as it was worded once; `content` and its rendering bear no key."""

    __tablename__ = "question_revisions"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    content: Mapped[dict] = mapped_column(Json)
    html: Mapped[dict] = mapped_column(Json)  # {"stem": …, "options": […]}, cleaned when saved
    chapter: Mapped[str] = mapped_column(String(120), default="")
    difficulty: Mapped[str] = mapped_column(String(16), default="")
    points_milli: Mapped[int] = mapped_column(default=1000)
    tags: Mapped[list] = mapped_column(Json, default=list, server_default="[]")
    is_rewording: Mapped[bool] = mapped_column(default=True, server_default=true())  # of words, key or citations
    parts: Mapped[int] = mapped_column(default=_parts, server_default="1")  # questions it has: 1, but for a case
    digest: Mapped[str] = mapped_column(String(64))  # of content and key: the same text again is no new revision
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class QuestionKey(Base):
    """The right answer and its explanation; read by marking and by released reviews only."""

    __tablename__ = "question_keys"

    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revisions.id"), primary_key=True)
    key: Mapped[dict] = mapped_column(Json)
    explanation: Mapped[str] = mapped_column(Text, default="")
    explanation_html: Mapped[str] = mapped_column(Text, default="")


class Citation(Base):
    __tablename__ = "citations"

    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revisions.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True, index=True)


class QuestionReview(Base):
    """What somebody said of one revision: sent to review, agreed to, sent back."""

    __tablename__ = "question_reviews"
    __table_args__ = (CheckConstraint("what IN ('asked', 'reviewed', 'returned')", name="what"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime] = mapped_column(Moment)


class ArticleFlag(Base):
    """That an article which a question cites was worded anew, or is gone (`new_text_id` None); open until cleared."""

    __tablename__ = "article_flags"
    __table_args__ = (
        Index(
            "uq_article_flags_open",
            "question_id",
            "article_id",
            unique=True,
            sqlite_where=text("cleared_at IS NULL"),
            postgresql_where=text("cleared_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    old_text_id: Mapped[int] = mapped_column(ForeignKey("article_texts.id"))
    new_text_id: Mapped[int | None] = mapped_column(ForeignKey("article_texts.id"))
    raised_at: Mapped[datetime] = mapped_column(Moment)
    cleared_at: Mapped[datetime | None] = mapped_column(Moment)
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str] = mapped_column(String(16), default="")  # "right" as it stood, or "edited"
