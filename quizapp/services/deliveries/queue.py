"""The queue of deliveries: what is due, who holds it, and what became of it."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import or_, select, update

from quizapp.extensions import db
from quizapp.models import Delivery, Receiver, Sheet
from quizapp.rules import retry
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import audit, scope
from quizapp.services.transaction import writing

LEASE = timedelta(seconds=60)  # far longer than one sending takes; whoever died in between is followed after it
ALARM = timedelta(minutes=15)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # only by hand from now on
dice = random.SystemRandom()


@dataclass(frozen=True)
class Task:
    """One sheet to bring to one receiver, claimed by this process."""

    delivery_id: int
    tries: int  # this one included
    event_id: str
    body: bytes
    receiver_id: int
    slug: str
    kind: str
    url: str


def claim(now: datetime, skipped: set[int]) -> Task | None:
    """Claim the due delivery that waits longest and return it; no other process gets the same.

    None where nothing is due but for the receivers in `skipped`.
    """
    due = select(Delivery.id).where(_is_due(now), Delivery.receiver_id.not_in(skipped))
    if db.session.scalar(due.limit(1)) is None:
        return None
    first = due.order_by(Delivery.next_at, Delivery.id).limit(1).with_for_update(skip_locked=True)
    with writing() as session:
        mine = (
            update(Delivery)
            .where(Delivery.id == first.scalar_subquery(), _is_due(now))
            .values(leased_until=now + LEASE, attempts=Delivery.attempts + 1)
            .returning(Delivery.id)
        )
        found = session.scalar(mine)
        return None if found is None else _task(session, found)


def _task(session, delivery_id: int) -> Task:
    delivery, sheet, to = session.execute(
        select(Delivery, Sheet, Receiver)
        .join_from(Delivery, Sheet)
        .join(Receiver, Receiver.id == Delivery.receiver_id)
        .where(Delivery.id == delivery_id)
    ).one()
    return Task(delivery.id, delivery.attempts, sheet.event_id, sheet.body.encode(), to.id, to.slug, to.kind, to.url)


def _is_due(now: datetime):
    is_free = or_(Delivery.leased_until.is_(None), Delivery.leased_until <= now)
    return (Delivery.state != "delivered") & (Delivery.next_at <= now) & is_free


def mark_delivered(task: Task, response_digest: str, now: datetime) -> None:
    """Note that the receiver has it: only its own 2xx leads here."""
    with writing() as session:
        session.execute(
            update(Delivery)
            .where(Delivery.id == task.delivery_id, Delivery.state != "delivered")
            .values(
                state="delivered",
                delivered_at=now,
                leased_until=None,
                last_error="",
                response_digest=response_digest,
            )
        )


def mark_failed(task: Task, why: str, retry_after: int | None, now: datetime) -> None:
    """Note why a try failed and when the next one comes; a delivery is never given up for good."""
    wait = retry.wait_seconds(task.tries, dice.uniform(-1, 1), retry_after)
    next_at = NEVER if wait is None else now + timedelta(seconds=wait)
    with writing() as session:
        session.execute(
            update(Delivery)
            .where(Delivery.id == task.delivery_id, Delivery.state != "delivered")
            .values(next_at=next_at, leased_until=None, last_error=why[:300])
        )


def raise_alarms(now: datetime) -> int:
    """Call every delivery failing that has been on its way for 15 minutes. Returns how many are newly so."""
    is_late = (Delivery.state == "pending") & (Delivery.created_at < now - ALARM)
    if db.session.scalar(select(Delivery.id).where(is_late).limit(1)) is None:
        return 0
    with writing() as session:
        return session.execute(update(Delivery).where(is_late).values(state="failing")).rowcount


def resend(actor: Actor | None, delivery_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Put a delivery that has not arrived first in the queue. Raises NotFound for one out of the actor's reach."""
    row = db.session.execute(
        select(Delivery.id, Receiver.unit_id).join_from(Delivery, Receiver).where(Delivery.public_id == delivery_id)
    ).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    scope.require(actor, "deliveries.send", row.unit_id)
    with writing() as session:
        session.execute(
            update(Delivery).where(Delivery.id == row.id, Delivery.state != "delivered").values(next_at=now)
        )
        audit.record(actor, row.unit_id, "delivery.resent", delivery_id, now, trace)


def resend_all(now: datetime) -> None:
    """Put everything that has not arrived first in the queue, whatever it waits for; the operator's wish."""
    with writing() as session:
        session.execute(
            update(Delivery).where(Delivery.state != "delivered", Delivery.next_at > now).values(next_at=now)
        )
