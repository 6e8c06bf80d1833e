"""Units of the organisation tree: what stands where, adding, renaming and moving them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from quizapp.extensions import db
from quizapp.models import Unit, UnitClosure
from quizapp.rules import divisions
from quizapp.rules.errors import Conflict, Invalid
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, boards, scope, tree
from quizapp.services.transaction import insert, writing


@dataclass(frozen=True)
class Place:
    """A unit as others name it."""

    code: str
    name: str
    kind: str


def add(
    actor: Actor | None,
    code: str,
    name: str,
    kind: str,
    parent_code: str | None,
    now: datetime,
    trace: audit.Trace = audit.NO_TRACE,
) -> Place:
    """Add a unit below its parent; only the shell's operator may add one at the top.

    Raises Invalid with every problem of the values, NotFound for the parent, Conflict where the code is taken.
    """
    code, name = divisions.clean_code(code), divisions.clean_name(name)
    parent = scope.get_unit(parent_code) if parent_code else None
    problems = divisions.check_unit(code, name, kind, parent.kind if parent else None)
    if problems:
        raise Invalid(problems)
    parent_id = parent.id if parent else None
    _require(actor, parent_id)
    with writing() as session:
        tree.lock(session)
        row = insert(Unit).values(code=code, name=name, kind=kind, parent_id=parent_id)
        unit_id = session.scalar(row.on_conflict_do_nothing().returning(Unit.id))
        if unit_id is None:
            raise Conflict(N_("The code %(code)s is taken by another unit."), code=code)
        tree.plant(session, unit_id, parent_id)
        audit.record(actor, unit_id, "unit.added", code, now, trace, name=name, kind=kind, parent=parent_code)
    return Place(code, name, kind)


def rename(actor: Actor | None, code: str, name: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Give a unit another name; the same name again changes nothing. Raises NotFound or Invalid."""
    unit = scope.get_unit(code)
    scope.require(actor, "units.manage", unit.id)
    name = divisions.clean_name(name)
    problems = divisions.check_name(name)
    if problems:
        raise Invalid(problems)
    unit_id = unit.id
    with writing() as session:
        session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update())
        before = session.scalar(select(Unit.name).where(Unit.id == unit_id))
        if before != name:
            session.execute(update(Unit).where(Unit.id == unit_id).values(name=name))
            audit.record(actor, unit_id, "unit.renamed", code, now, trace, before=before, after=name)


def move(actor: Actor | None, code: str, parent_code: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Hang a unit with everything below it under another parent.

    Roles held above either place begin and end to reach it at once. Raises NotFound, or Conflict for a parent that
    is the unit itself, lies below it, or may not hold its kind.
    """
    unit, parent = scope.get_unit(code), scope.get_unit(parent_code)
    _require(actor, unit.parent_id)
    _require(actor, parent.id)
    if divisions.check_kind(unit.kind, parent.kind):
        raise Conflict(N_("A unit of this kind cannot lie below that one."))
    unit_id, parent_id = unit.id, parent.id
    with writing() as session:
        tree.lock(session)
        if session.get(UnitClosure, (unit_id, parent_id)):
            raise Conflict(N_("A unit cannot be moved below itself."))
        before = session.scalar(select(Unit.parent_id).where(Unit.id == unit_id))
        if before == parent_id:
            return
        session.execute(update(Unit).where(Unit.id == unit_id).values(parent_id=parent_id))
        tree.transplant(session, unit_id, parent_id)
        boards.follow_tree(session, unit_id)
        before_code = session.scalar(select(Unit.code).where(Unit.id == before))
        audit.record(actor, unit_id, "unit.moved", code, now, trace, before=before_code, after=parent_code)


def _require(actor: Actor | None, unit_id: int | None) -> None:
    if unit_id is not None:
        scope.require(actor, "units.manage", unit_id)
    elif actor is not None:
        raise Conflict(N_("Only the operator of the system can change the top of the tree."))


def list_all(actor: Actor | None, within: str | None = None) -> list[Place]:
    """Return the units the actor may see, ordered by code; `within` narrows to one and what lies below it."""
    query = select(Unit.code, Unit.name, Unit.kind).order_by(Unit.code)
    if actor is not None:
        query = query.where(Unit.id.in_(scope.visible_units(actor, "units.view")))
    if within:
        query = query.where(Unit.id.in_(scope.below(scope.get_unit(within).id)))
    return [Place(*row) for row in db.session.execute(query)]
