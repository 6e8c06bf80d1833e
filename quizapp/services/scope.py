"""What a person may see and do where: one query that every list, count and export asks."""

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import RoleGrant, Unit, UnitClosure
from quizapp.rules.errors import NotAllowed, NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_

NOT_HERE = N_("There is nothing here, or it is not for you to see.")


def load_actor(person_id: int, public_id: str, name: str, unit_id: int) -> Actor:
    """Return the person with the roles held now, read from the database."""
    grants = db.session.execute(select(RoleGrant.role, RoleGrant.unit_id).where(RoleGrant.person_id == person_id))
    return Actor(person_id, public_id, name, unit_id, tuple((role, unit) for role, unit in grants))


def visible_units(actor: Actor, deed: str):
    """Return a select of the unit ids within which the deed is allowed to the actor."""
    return select(UnitClosure.descendant_id).where(UnitClosure.ancestor_id.in_(actor.units_for(deed)))


def below(unit_id: int):
    """Return a select of the ids of a unit and everything below it."""
    return select(UnitClosure.descendant_id).where(UnitClosure.ancestor_id == unit_id)


def above(unit_id: int):
    """Return a select of the ids of a unit and everything above it."""
    return select(UnitClosure.ancestor_id).where(UnitClosure.descendant_id == unit_id)


def covers(actor: Actor | None, deed: str, unit_id: int) -> bool:
    """Whether the actor's role for the deed holds at that unit; the shell's system operator (None) may do all."""
    if actor is None:
        return True
    query = select(UnitClosure.depth).where(
        UnitClosure.descendant_id == unit_id, UnitClosure.ancestor_id.in_(actor.units_for(deed))
    )
    return db.session.execute(query.limit(1)).first() is not None


def require(actor: Actor | None, deed: str, unit_id: int) -> None:
    """Raise NotFound where the deed does not reach the unit: out of reach is not told apart from nothing."""
    if not covers(actor, deed, unit_id):
        raise NotFound(NOT_HERE)


def require_deed(actor: Actor | None, deed: str) -> None:
    """Refuse where no role of the actor allows the deed anywhere."""
    if actor is not None and not actor.may(deed):
        raise NotAllowed(N_("Your role does not allow this."))


def get_unit(code: str) -> Unit:
    """Return the unit of a code. Raises NotFound."""
    unit = db.session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise NotFound(NOT_HERE)
    return unit


def township_of(unit_id: int) -> Unit | None:
    """Return the township that a unit is or lies below; None for units above townships."""
    query = select(Unit).join(UnitClosure, UnitClosure.ancestor_id == Unit.id)
    return db.session.scalar(query.where(UnitClosure.descendant_id == unit_id, Unit.kind == "township"))
