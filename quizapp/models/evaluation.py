"""Village evaluation: values entered by people, and published sheets sealed in a chain."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Moment, new_public_id


class EnteredValue(Base):
    """A value somebody stated for a unit with its evidence; the newest one stands, none is edited."""

    __tablename__ = "entered_values"
    __table_args__ = (Index("ix_entered_values_place", "campaign_id", "unit_id", "indicator"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    indicator: Mapped[str] = mapped_column(String(64))
    value_milli: Mapped[int]  # share of 1 in thousandths
    evidence: Mapped[str] = mapped_column(Text)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime] = mapped_column(Moment)


class Sheet(Base):
    """What was published of one unit in one revision: the event that receivers get, word for word."""

    __tablename__ = "sheets"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    revision: Mapped[int]
    body: Mapped[str] = mapped_column(Text)  # the JSON that is signed and sent
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class SealedRow(Base):
    """One link of a campaign's chain: canonical JSON and the hash over it and the link before."""

    __tablename__ = "sealed_rows"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    row: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


class ChainHead(Base):
    """The signed end of a chain at one moment; others hold copies of it."""

    __tablename__ = "chain_heads"
    __table_args__ = (UniqueConstraint("campaign_id", "count"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    count: Mapped[int]
    head: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime] = mapped_column(Moment)
    key_id: Mapped[str] = mapped_column(String(32))
    signature: Mapped[str] = mapped_column(String(128))


class SigningKey(Base):
    """The public half of a key that signed something; the private half stays in the instance folder."""

    __tablename__ = "signing_keys"

    key_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    public_key: Mapped[str] = mapped_column(String(64))  # base64 of the raw 32 bytes
    created_at: Mapped[datetime] = mapped_column(Moment)
