"""Deliveries as people see them: which sheet is on its way to whom, and how it stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, true

from quizapp.extensions import db
from quizapp.models import Campaign, Delivery, Receiver, Sheet, Unit
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.deliveries.queue import NEVER


@dataclass(frozen=True)
class Line:
    """One delivery as people see it."""

    id: str
    campaign: str
    campaign_id: str
    unit: str
    unit_code: str
    receiver: str
    receiver_slug: str
    revision: int
    state: str
    attempts: int
    last_error: str
    created_at: datetime
    next_at: datetime | None  # none: only by hand
    delivered_at: datetime | None


def list_lines(actor: Actor | None, page: int = 1, size: int | None = None, state: str = "") -> list[Line]:
    """Return deliveries within the actor's reach, newest first: all, or one page of `size`."""
    query = (
        select(Delivery, Sheet.revision, Unit, Receiver, Campaign)
        .join_from(Delivery, Sheet)
        .join(Unit, Unit.id == Sheet.unit_id)
        .join(Campaign, Campaign.id == Sheet.campaign_id)
        .join(Receiver, Receiver.id == Delivery.receiver_id)
        .where(_in_reach(actor))
        .order_by(Delivery.id.desc())
    )
    if state:
        query = query.where(Delivery.state == state)
    if size is not None:
        query = query.limit(size).offset((page - 1) * size)
    return [_line(*row) for row in db.session.execute(query)]


def count_lines(actor: Actor | None) -> dict[str, int]:
    """Return how many deliveries within the actor's reach are in which state."""
    query = select(Delivery.state, func.count()).join_from(Delivery, Receiver).where(_in_reach(actor))
    return dict(db.session.execute(query.group_by(Delivery.state)).all())


def _in_reach(actor: Actor | None):
    return true() if actor is None else Receiver.unit_id.in_(scope.visible_units(actor, "deliveries.view"))


def _line(one: Delivery, revision: int, unit: Unit, receiver: Receiver, campaign: Campaign) -> Line:
    return Line(
        one.public_id,
        campaign.title,
        campaign.public_id,
        unit.name,
        unit.code,
        receiver.name,
        receiver.slug,
        revision,
        one.state,
        one.attempts,
        one.last_error,
        one.created_at,
        None if one.next_at == NEVER else one.next_at,
        one.delivered_at,
    )
