"""Which campaigns somebody may see: those of the units above, at and below one's own and led ones."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, true

from quizapp.extensions import db
from quizapp.models import Campaign, RosterEntry, Unit, UnitClosure
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import scope


@dataclass(frozen=True)
class Summary:
    """A campaign in a list."""

    id: str
    title: str
    unit: str
    unit_code: str
    starts_on: date
    ends_on: date
    roster_on: date
    roster_size: int


def list_visible(actor: Actor | None) -> list[Summary]:
    """Return the campaigns of the units above, at and below the actor's own and led ones, newest first."""
    size = select(func.count()).where(RosterEntry.campaign_id == Campaign.id).scalar_subquery()
    query = select(Campaign, Unit, size).join_from(Campaign, Unit).where(_in_sight(actor))
    rows = db.session.execute(query.order_by(Campaign.starts_on.desc(), Campaign.id.desc()))
    return [_summary(*row) for row in rows]


def _in_sight(actor: Actor | None):
    if actor is None:
        return true()
    own = {actor.unit_id, *actor.units_for("units.view")}
    above = select(UnitClosure.ancestor_id).where(UnitClosure.descendant_id.in_(own))
    return Campaign.unit_id.in_(above) | Campaign.unit_id.in_(scope.visible_units(actor, "units.view"))


def get_visible(actor: Actor | None, public_id: str) -> Campaign:
    """Return a campaign that the actor may see, as `list_visible` lists it. Raises NotFound."""
    query = select(Campaign).where(Campaign.public_id == public_id, _in_sight(actor))
    campaign = db.session.scalar(query)
    if campaign is None:
        raise NotFound(scope.NOT_HERE)
    return campaign


def _summary(campaign: Campaign, unit: Unit, size: int) -> Summary:
    return Summary(
        campaign.public_id,
        campaign.title,
        unit.name,
        unit.code,
        campaign.starts_on,
        campaign.ends_on,
        campaign.roster_on,
        size,
    )
