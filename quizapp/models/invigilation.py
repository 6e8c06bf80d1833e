"""What is known of a running exam beside its answers: when each attempt was heard, what its phone tells, who served."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, LongInteger, Moment


class AttemptContact(Base):
    """When an attempt was last heard: a save, a resume, a question how things stand. Written at most once a minute."""

    __tablename__ = "attempt_contacts"
    __table_args__ = {"sqlite_with_rowid": False}

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True, autoincrement=False)
    heard_at: Mapped[datetime] = mapped_column(Moment)


class AttemptSilence(Base):
    """A time in which nothing was heard of an attempt, written when it was heard again."""

    __tablename__ = "attempt_silences"

    id: Mapped[int] = mapped_column(LongInteger, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    from_at: Mapped[datetime] = mapped_column(Moment)
    until_at: Mapped[datetime] = mapped_column(Moment)


class AttemptSignal(Base):
    """What a phone told of itself, or that the attempt was opened under a sign-in. Evidence: no mark reads it."""

    __tablename__ = "attempt_signals"

    id: Mapped[int] = mapped_column(LongInteger, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))  # "opened" or "told"
    device: Mapped[str] = mapped_column(String(16))  # names a sign-in or a browser's store; opens nothing
    told: Mapped[dict] = mapped_column(Json)  # sums since the device's first look, not steps
    at: Mapped[datetime] = mapped_column(Moment)


class ServingSpan(Base):
    """A time in which a serving process could write; where no span lies, no answer could be saved."""

    __tablename__ = "serving_spans"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    last_at: Mapped[datetime] = mapped_column(Moment, index=True)


class OutageDismissal(Base):
    """The decision that nothing is given for an outage, and why; without a unit it was the server's."""

    __tablename__ = "outage_dismissals"

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    start_at: Mapped[datetime] = mapped_column(Moment)
    until_at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String(200))
    dismissed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    dismissed_at: Mapped[datetime] = mapped_column(Moment)
