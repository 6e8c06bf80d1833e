"""Question banks: questions, their revisions (never edited), and the keys in a table of their own."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, Moment, new_public_id


class Bank(Base):
    __tablename__ = "banks"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)  # who keeps it; used within and below
    handbook_id: Mapped[int | None] = mapped_column(ForeignKey("handbooks.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class Question(Base):
    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("bank_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    code: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    current_number: Mapped[int]  # of its revisions
    is_retired: Mapped[bool] = mapped_column(default=False)


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
