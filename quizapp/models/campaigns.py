"""Campaigns: one drill with its dates, its dated roster, its required reading and its evaluation policy."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, Moment, new_public_id


class Campaign(Base):
    __tablename__ = "campaigns"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)  # the township
    title: Mapped[str] = mapped_column(String(200))
    plan: Mapped[str] = mapped_column(Text, default="")
    plan_html: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    roster_on: Mapped[date] = mapped_column(Date)  # the day whose roster is every denominator
    policy: Mapped[dict] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Moment)


class CampaignHandbook(Base):
    """Required reading of a campaign."""

    __tablename__ = "campaign_handbooks"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    handbook_id: Mapped[int] = mapped_column(ForeignKey("handbooks.id"), primary_key=True)


class RosterEntry(Base):
    """Who belonged to which unit on the roster's day; an excuse has a reason and an approver."""

    __tablename__ = "roster_entries"
    __table_args__ = (Index("ix_roster_entries_unit", "campaign_id", "unit_id"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    post: Mapped[str] = mapped_column(String(64), default="")
    excuse: Mapped[str] = mapped_column(String(200), default="")
    excused_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
