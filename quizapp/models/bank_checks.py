"""A bank looked through as a whole: how far it is, pairs that are nearly the same, figures of each question."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, Moment


class BankCheck(Base):
    """One look through a bank that somebody asked for; `told` is its report once it has ended."""

    __tablename__ = "bank_checks"
    __table_args__ = (
        Index(
            "uq_bank_checks_open",
            "bank_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    told: Mapped[dict] = mapped_column(Json, default=dict)


class DuplicatePair(Base):
    """Two questions that are alike; `decision`: "" waits, "both" are kept, "first" or "second" went out of use."""

    __tablename__ = "duplicate_pairs"
    __table_args__ = (Index("ix_duplicate_pairs_bank_id", "bank_id", "decision"),)

    first_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    relation: Mapped[str] = mapped_column(String(16))
    likeness_milli: Mapped[int]
    check_id: Mapped[int] = mapped_column(ForeignKey("bank_checks.id"))  # the last that found it
    decision: Mapped[str] = mapped_column(String(8), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)


class QuestionFigure(Base):
    """How often a question stood on a paper, and what it earned on the marked ones; as the last look counted it."""

    __tablename__ = "question_figures"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    drawn: Mapped[int]
    marked: Mapped[int]
    earned_share_milli: Mapped[int]  # mean share of the points, in thousandths
