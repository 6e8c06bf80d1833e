"""Extensions: who was given how many minutes more at an exam and why, and what that did to each attempt."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Moment, new_public_id


class Extension(Base):
    """Minutes for one person, or for a unit and everybody below it (the exam's own unit: for all)."""

    __tablename__ = "extensions"
    __table_args__ = (CheckConstraint("(unit_id IS NULL) <> (person_id IS NULL)", name="whom"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    moves_window: Mapped[bool]  # whoever of them has not started yet may start so much later
    minutes: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    is_outage: Mapped[bool]  # the minutes are taken off the time used
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    granted_at: Mapped[datetime] = mapped_column(Moment)


class ExtendedAttempt(Base):
    """What an extension did to one attempt."""

    __tablename__ = "extended_attempts"

    extension_id: Mapped[int] = mapped_column(ForeignKey("extensions.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True, index=True)
    deadline_before: Mapped[datetime] = mapped_column(Moment)
    deadline_after: Mapped[datetime] = mapped_column(Moment)
    state_before: Mapped[str] = mapped_column(String(16))
    is_reopened: Mapped[bool]
    counted_again: Mapped[int]  # answers that had come too late and are in time now
