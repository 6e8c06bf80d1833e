"""Deliveries: who receives sheets, what is on its way, and what the embedded receiver holds."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Moment, new_public_id


class Receiver(Base):
    __tablename__ = "receivers"
    __table_args__ = (CheckConstraint("kind IN ('embedded', 'http')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)  # the township whose sheets it gets
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(16))
    url: Mapped[str] = mapped_column(String(500), default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class Delivery(Base):
    """One sheet on its way to one receiver."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("sheet_id", "receiver_id"),
        Index("ix_deliveries_due", "state", "next_at"),
        CheckConstraint("state IN ('pending', 'delivered', 'failing')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("receivers.id"), index=True)
    state: Mapped[str] = mapped_column(String(16), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[str] = mapped_column(String(300), default="")
    response_digest: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    delivered_at: Mapped[datetime | None] = mapped_column(Moment)


class ReceivedEvent(Base):
    """What the embedded receiver took in: an event id is kept for ever and applied once."""

    __tablename__ = "received_events"

    event_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    receiver_id: Mapped[int] = mapped_column(ForeignKey("receivers.id"), index=True)
    unit_code: Mapped[str] = mapped_column(String(32), index=True)
    campaign: Mapped[str] = mapped_column(String(16))
    revision: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(Moment)
