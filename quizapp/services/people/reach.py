"""Whether somebody may act on somebody else: the unit they are in and every role they hold must be within reach."""

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Person, RoleGrant, UnitClosure
from quizapp.rules.errors import NotAllowed, NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import scope

PRIVILEGED = ("admin", "auditor")  # a leader issues no code to these, or a code would be a way to their rights


def get_person(actor: Actor | None, public_id: str, deed: str = "people.view") -> Person:
    """Return somebody within reach of the deed. Raises NotFound."""
    person = db.session.scalar(select(Person).where(Person.public_id == public_id))
    if person is None:
        raise NotFound(scope.NOT_HERE)
    scope.require(actor, deed, person.unit_id)
    return person


def may(actor: Actor | None, deed: str, person: Person) -> bool:
    """Whether the deed reaches the person and every role the person holds, wherever it holds."""
    if actor is None:
        return True
    grants = db.session.execute(select(RoleGrant.role, RoleGrant.unit_id).where(RoleGrant.person_id == person.id)).all()
    places = {person.unit_id, *(unit_id for _, unit_id in grants)}
    if not all(scope.covers(actor, deed, unit_id) for unit_id in places):
        return False
    if deed != "people.reset" or all(scope.covers(actor, "people.manage", unit_id) for unit_id in places):
        return True
    return _is_under_leader(actor, grants)


def _is_under_leader(actor: Actor, grants) -> bool:
    """Whether a leader stands above all of these roles: no privileged ones, and leaders only of lower units."""
    own = actor.units_for("people.reset")
    for role, unit_id in grants:
        if role in PRIVILEGED:
            return False
        above = select(UnitClosure.depth).where(
            UnitClosure.descendant_id == unit_id, UnitClosure.ancestor_id.in_(own), UnitClosure.depth > 0
        )
        if role == "leader" and db.session.execute(above.limit(1)).first() is None:
            return False
    return True


def require(actor: Actor | None, deed: str, person: Person) -> None:
    """Refuse a deed on somebody who is out of reach (as NotFound) or holds a role out of reach (as NotAllowed)."""
    scope.require(actor, deed, person.unit_id)
    if not may(actor, deed, person):
        raise NotAllowed(N_("This person holds a role that your own role does not reach."))
