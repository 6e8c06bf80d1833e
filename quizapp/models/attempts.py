"""Attempts: the drawn paper, what stands, every answer ever received, receipts and results."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, LongInteger, Moment, new_public_id

STATES = ("open", "submitted", "auto_submitted", "marked", "sealed")


class Attempt(Base):
    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("exam_id", "person_id", "number"),
        Index(
            "uq_attempts_open",
            "exam_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_attempts_state_deadline_at", "state", "deadline_at"),
        CheckConstraint("state IN ('{}')".format("', '".join(STATES)), name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="open")
    epoch: Mapped[int] = mapped_column(default=1)  # of the last start or resume
    least_epoch: Mapped[int] = mapped_column(default=1, server_default="1")  # lower ones are from before a restore
    paper: Mapped[dict] = mapped_column(Json)
    started_at: Mapped[datetime] = mapped_column(Moment)
    deadline_at: Mapped[datetime] = mapped_column(Moment)
    outage_seconds: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)


class Answer(Base):
    """What stands in one slot: the newest (epoch, seq) that came in time."""

    __tablename__ = "answers"
    __table_args__ = {"sqlite_with_rowid": False}

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True, autoincrement=False)
    slot: Mapped[str] = mapped_column(String(8), primary_key=True)
    epoch: Mapped[int]
    seq: Mapped[int]
    value: Mapped[str] = mapped_column(Text)  # JSON exactly as it came
    arrived_at: Mapped[datetime] = mapped_column(Moment)


class AnswerEvent(Base):
    """Every value ever received in time, newest or not: the history that disputes are settled with."""

    __tablename__ = "answer_events"

    id: Mapped[int] = mapped_column(LongInteger, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    slot: Mapped[str] = mapped_column(String(8))
    epoch: Mapped[int]
    seq: Mapped[int]
    value: Mapped[str] = mapped_column(Text)
    arrived_at: Mapped[datetime] = mapped_column(Moment)


class LateAnswer(Base):
    """A value that came after its time: recorded, not counted; `source`: "network", or "file" where it was carried."""

    __tablename__ = "late_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    slot: Mapped[str] = mapped_column(String(8))
    epoch: Mapped[int]
    seq: Mapped[int]
    value: Mapped[str] = mapped_column(Text)
    arrived_at: Mapped[datetime] = mapped_column(Moment)
    source: Mapped[str] = mapped_column(String(8), default="network", server_default="network")


class AnswerFile(Base):
    """An answer file that was taken in, once; `outcome`: slots by what became of them."""

    __tablename__ = "answer_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    outcome: Mapped[dict] = mapped_column(Json)
    taken_in_at: Mapped[datetime] = mapped_column(Moment)
    taken_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # none: the system operator


class Receipt(Base):
    """The signed proof that an attempt was handed in; never edited, only superseded."""

    __tablename__ = "receipts"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    answered: Mapped[int]
    salt: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str] = mapped_column(String(32))
    signature: Mapped[str] = mapped_column(String(128))
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    superseded_by: Mapped[str | None] = mapped_column(ForeignKey("receipts.code"))


class Result(Base):
    """The marks of one attempt; `marks` is slot -> thousandths of a point."""

    __tablename__ = "results"
    __table_args__ = (Index("ix_results_rank", "exam_id", "points_milli", "seconds_used"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True, autoincrement=False)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    points_milli: Mapped[int]
    full_milli: Mapped[int]
    seconds_used: Mapped[int]
    marks: Mapped[dict] = mapped_column(Json)
    marking_version: Mapped[int]
    answers_digest: Mapped[str] = mapped_column(String(64))
    marked_at: Mapped[datetime] = mapped_column(Moment)
