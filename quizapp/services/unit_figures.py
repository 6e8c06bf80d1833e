"""A unit as its page shows it: where it stands, what lies below, how many people and who leads them."""

from dataclasses import dataclass

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Person, RoleGrant, Unit, UnitClosure
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.units import Place


@dataclass(frozen=True)
class Figures:
    """A unit with its people, those below included, and the names of its own leaders."""

    place: Place
    people: int
    below: int  # units
    leaders: tuple[str, ...]


@dataclass(frozen=True)
class Branch:
    """A unit, the units above it that the reader may see (top first), and those right below it."""

    own: Figures
    above: list[Place]
    children: list[Figures]
    may_manage: bool


def list_roots(actor: Actor) -> list[Figures]:
    """Return the topmost units that the reader may see."""
    visible = scope.visible_units(actor, "units.view")
    query = select(Unit).where(Unit.id.in_(visible), Unit.parent_id.is_(None) | Unit.parent_id.not_in(visible))
    return _figures(db.session.scalars(query.order_by(Unit.code)).all())


def get_branch(actor: Actor, code: str) -> Branch:
    """Return a unit that the reader may see. Raises NotFound."""
    unit = scope.get_unit(code)
    scope.require(actor, "units.view", unit.id)
    query = (
        select(Unit.code, Unit.name, Unit.kind)
        .join(UnitClosure, UnitClosure.ancestor_id == Unit.id)
        .where(UnitClosure.descendant_id == unit.id, UnitClosure.depth > 0)
        .where(Unit.id.in_(scope.visible_units(actor, "units.view")))
        .order_by(UnitClosure.depth.desc())
    )
    above = [Place(*row) for row in db.session.execute(query)]
    children = db.session.scalars(select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.code)).all()
    may_manage = scope.covers(actor, "units.manage", unit.id)
    return Branch(_figures([unit])[0], above, _figures(children), may_manage)


def list_targets(actor: Actor, kinds: tuple[str, ...] | None = None) -> list[Place]:
    """Return the units that the actor manages, as choices for a form, ordered by code."""
    query = select(Unit.code, Unit.name, Unit.kind).where(Unit.id.in_(scope.visible_units(actor, "units.manage")))
    if kinds is not None:
        query = query.where(Unit.kind.in_(kinds))
    return [Place(*row) for row in db.session.execute(query.order_by(Unit.code))]


def _figures(units) -> list[Figures]:
    ids = [unit.id for unit in units]
    inside = select(UnitClosure.ancestor_id, func.count()).where(UnitClosure.ancestor_id.in_(ids))
    people = dict(
        db.session.execute(
            inside.join(Person, Person.unit_id == UnitClosure.descendant_id)
            .where(Person.is_active)
            .group_by(UnitClosure.ancestor_id)
        ).all()
    )
    below = dict(db.session.execute(inside.where(UnitClosure.depth > 0).group_by(UnitClosure.ancestor_id)).all())
    leaders: dict[int, list[str]] = {}
    query = select(RoleGrant.unit_id, Person.name).join(Person, Person.id == RoleGrant.person_id)
    query = query.where(RoleGrant.unit_id.in_(ids), RoleGrant.role == "leader", Person.is_active)
    for unit_id, name in db.session.execute(query.order_by(Person.name)):
        leaders.setdefault(unit_id, []).append(name)
    return [
        Figures(
            Place(unit.code, unit.name, unit.kind),
            people.get(unit.id, 0),
            below.get(unit.id, 0),
            tuple(leaders.get(unit.id, ())),
        )
        for unit in units
    ]
