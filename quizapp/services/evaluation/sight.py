"""Who may look at what of an evaluation: the township's board, a village's explanation, people and their scores."""

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Campaign, Unit
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.campaigns import get_campaign


def get_visible(actor: Actor | None, campaign_id: str) -> Campaign:
    """Return a campaign whose board the actor may see: of a unit above, at or below a led one. Raises NotFound."""
    campaign = get_campaign(campaign_id)
    if actor is None or scope.covers(actor, "evaluation.view", campaign.unit_id):
        return campaign
    led = actor.units_for("evaluation.view")
    inside = select(Unit.id).where(Unit.id.in_(led), Unit.id.in_(scope.below(campaign.unit_id)))
    if db.session.scalar(inside.limit(1)) is None:
        raise NotFound(scope.NOT_HERE)
    return campaign


def open_units(actor: Actor | None, campaign: Campaign) -> set[int]:
    """Return the units of a campaign whose explanation the actor may open, by row id."""
    query = select(Unit.id).where(Unit.id.in_(scope.below(campaign.unit_id)))
    if actor is not None:
        query = query.where(Unit.id.in_(scope.visible_units(actor, "evaluation.view")))
    return set(db.session.scalars(query))
