"""The record of backups, restores, restore tests and rehearsals."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from quizapp.extensions import db
from quizapp.models import Upkeep
from quizapp.services.transaction import writing

KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Run:
    """One run that has ended: when, whether it went well, and what it reported."""

    kind: str
    is_good: bool
    began_at: datetime
    ended_at: datetime
    told: dict


def record(kind: str, is_good: bool, began_at: datetime, ended_at: datetime, told: dict) -> None:
    """Keep the report of a run; those of a kind that are older than 90 days go, but for restores."""
    with writing() as session:
        add(session, kind, is_good, began_at, ended_at, told)
        session.execute(delete(Upkeep).where(Upkeep.ended_at < ended_at - KEPT, Upkeep.kind == kind))


def add(session, kind: str, is_good: bool, began_at: datetime, ended_at: datetime, told: dict) -> None:
    """Add the report of a run to the open transaction."""
    session.add(Upkeep(kind=kind, is_good=is_good, began_at=began_at, ended_at=ended_at, told=told))


def newest(kind: str, only_good: bool = False) -> Run | None:
    """Return the last run of a kind, or the last that went well."""
    query = select(Upkeep).where(Upkeep.kind == kind).order_by(Upkeep.id.desc()).limit(1)
    found = db.session.scalar(query.where(Upkeep.is_good) if only_good else query)
    return found and Run(found.kind, found.is_good, found.began_at, found.ended_at, found.told)


def restored_at() -> datetime | None:
    """Return when this instance was last restored from a backup, if ever."""
    return db.session.scalar(select(func.max(Upkeep.ended_at)).where(Upkeep.kind == "restore"))
