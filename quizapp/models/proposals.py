"""Proposals: what one person asked for and a second one decides."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, Moment, new_public_id

STATES = ("open", "accepted", "declined", "withdrawn", "expired")


class Proposal(Base):
    """`kind` names the deed in services/proposals/kinds, `subject` what it is about, `payload` is the kind's own."""

    __tablename__ = "proposals"
    __table_args__ = (
        Index(
            "uq_proposals_open",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_proposals_subject", "subject"),
        CheckConstraint("state IN ('{}')".format("', '".join(STATES)), name="state"),
        CheckConstraint(
            "state NOT IN ('accepted', 'declined') OR (decided_by_id IS NOT NULL AND decided_by_id <> asked_by_id)",
            name="two_people",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(120))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)  # where somebody may decide it
    payload: Mapped[dict] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(String(500))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(16), default="open")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(String(500), default="")  # why it was declined
