"""Exams: the timed test with its window, limit, audience and blueprint."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, Moment, new_public_id


def _closes_at(context) -> datetime:
    return context.get_current_parameters()["closes_at"]


class Exam(Base):
    __tablename__ = "exams"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="window"),
        CheckConstraint("release_rule IN ('at_close', 'by_hand')", name="release_rule"),
        CheckConstraint("board IN ('after_release', 'live')", name="board"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)  # whoever is below it may sit
    title: Mapped[str] = mapped_column(String(200))
    blueprint: Mapped[dict] = mapped_column(Json)
    posts: Mapped[list] = mapped_column(Json)  # posts that may sit; empty: all
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment, index=True)
    ends_at: Mapped[datetime] = mapped_column(Moment, default=_closes_at)  # for whoever was given the most time
    limit_seconds: Mapped[int]
    grace_seconds: Mapped[int] = mapped_column(default=30)
    attempts_allowed: Mapped[int] = mapped_column(default=1)
    pass_share_milli: Mapped[int] = mapped_column(default=600)
    counts: Mapped[bool] = mapped_column(default=True)  # for the evaluation; a mock exam does not
    release_rule: Mapped[str] = mapped_column(String(16), default="at_close")
    only_reviewed: Mapped[bool] = mapped_column(default=False, server_default=false())  # revisions are drawn
    board: Mapped[str] = mapped_column(String(16), default="after_release")
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class ExamBank(Base):
    """A bank that papers of an exam are drawn from."""

    __tablename__ = "exam_banks"

    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"), primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"), primary_key=True)
