"""Which banks somebody may look into: those that units above and below one's own keep, and no neighbour's."""

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Bank, Question, QuestionRevision, UnitClosure
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import scope

VIEW = "banks.view"


def in_sight(actor: Actor, deed: str = VIEW):
    """Return the condition for banks of units above, at and below those where the deed is allowed."""
    above = select(UnitClosure.ancestor_id).where(UnitClosure.descendant_id.in_(actor.units_for(deed)))
    return Bank.unit_id.in_(above) | Bank.unit_id.in_(scope.visible_units(actor, deed))


def get_visible(actor: Actor, slug: str) -> Bank:
    """Return a bank that the actor may look into, keys and all. Raises NotFound."""
    bank = db.session.scalar(select(Bank).where(Bank.slug == slug, in_sight(actor)))
    if bank is None:
        raise NotFound(scope.NOT_HERE)
    return bank


def current():
    """Return the condition that joins a question to the revision it has now."""
    return (QuestionRevision.question_id == Question.id) & (QuestionRevision.number == Question.current_number)
