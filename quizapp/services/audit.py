"""The audit trail: one row a deed, added in the deed's own transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Person, Unit
from quizapp.rules.permissions import Actor
from quizapp.services.scope import visible_units


@dataclass(frozen=True)
class Trace:
    """Where a deed came from: the request's id and the caller's address; empty in the shell."""

    request_id: str = ""
    address: str = ""


NO_TRACE = Trace()


def record(
    actor: Actor | None,
    unit_id: int | None,
    action: str,
    subject: str,
    now: datetime,
    trace: Trace = NO_TRACE,
    **detail,
) -> None:
    """Add a row to the open transaction. `actor` None is the system operator at the shell."""
    db.session.add(
        AuditEvent(
            at=now,
            person_id=actor.person_id if actor else None,
            unit_id=unit_id,
            action=action,
            subject=subject,
            detail=detail,
            request_id=trace.request_id,
            address=trace.address,
        )
    )


@dataclass(frozen=True)
class Entry:
    """One line of the trail as an auditor reads it."""

    at: datetime
    who: str | None
    unit: str | None
    action: str
    subject: str
    detail: dict
    request_id: str


def list_entries(actor: Actor, page: int, size: int = 50) -> tuple[list[Entry], bool]:
    """Return one page of what was done within the auditor's units, newest first, and whether there is more."""
    query = (
        select(AuditEvent, Person.name, Unit.name)
        .outerjoin(Person, Person.id == AuditEvent.person_id)
        .outerjoin(Unit, Unit.id == AuditEvent.unit_id)
        .where(AuditEvent.unit_id.in_(visible_units(actor, "audit.view")))
        .order_by(AuditEvent.id.desc())
        .limit(size + 1)
        .offset((page - 1) * size)
    )
    rows = [
        Entry(event.at, who, unit, event.action, event.subject, event.detail, event.request_id)
        for event, who, unit in db.session.execute(query)
    ]
    return rows[:size], len(rows) > size
