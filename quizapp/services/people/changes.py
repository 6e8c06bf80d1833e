"""Adding one person, changing unit, post and roles, letting somebody go and taking them back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from quizapp.extensions import db
from quizapp.models import Person, RoleGrant, Unit
from quizapp.rules import passwords
from quizapp.rules.errors import Conflict, Invalid
from quizapp.rules.names import fold_login
from quizapp.rules.people import check_person, clean_login, clean_text
from quizapp.rules.permissions import ROLES, Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.people import codes, reach
from quizapp.services.sign_in import hash_password
from quizapp.services.transaction import insert, writing


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be added; without a password a one-time code is made. Roles hold in the person's unit."""

    login: str
    name: str
    unit_code: str
    post: str = ""
    roles: tuple[str, ...] = ("trainee",)
    password: str = ""


@dataclass(frozen=True)
class Added:
    """A fresh person: the public id, and the slip where a code was made."""

    id: str
    slip: codes.Slip | None


def add(actor: Actor | None, new: NewPerson, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> Added:
    """Add one person. Raises Invalid with every problem, NotFound for the unit, Conflict for a login that is taken."""
    login, name, post = clean_login(new.login), clean_text(new.name), clean_text(new.post)
    problems = check_person(login, name, post, new.roles)
    if new.password:
        problems += passwords.check(new.password, login)
    if problems:
        raise Invalid(problems)
    unit = scope.get_unit(new.unit_code)
    scope.require(actor, "people.manage", unit.id)
    unit_id, unit_name = unit.id, unit.name
    code, hashed = ("", hash_password(new.password)) if new.password else codes.make()
    until = now + codes.FIRST_CODE_LASTS if code else None
    with writing() as session:
        row = insert(Person).values(
            login=login,
            login_key=fold_login(login),
            name=name,
            unit_id=unit_id,
            post=post,
            password_hash=hashed,
            code_until=until,
            is_active=True,
            created_at=now,
        )
        fresh = session.execute(row.on_conflict_do_nothing().returning(Person.id, Person.public_id)).first()
        if fresh is None:
            raise Conflict(N_("The login name %(login)s is taken."), login=login)
        session.add_all(RoleGrant(person_id=fresh.id, unit_id=unit_id, role=role) for role in _ordered(new.roles))
        audit.record(
            actor,
            unit_id,
            "person.added",
            fresh.public_id,
            now,
            trace,
            login=login,
            name=name,
            post=post,
            roles=_ordered(new.roles),
        )
    return Added(fresh.public_id, codes.Slip(name, login, unit_name, codes.shown(code), until) if code else None)


def _ordered(roles) -> list[str]:
    return [role for role in ROLES if role in roles]


@dataclass(frozen=True)
class Particulars:
    """What may be changed of a person; `roles` are those held in the person's own unit."""

    name: str
    unit_code: str
    post: str
    roles: tuple[str, ...]


def change(
    actor: Actor | None, public_id: str, new: Particulars, now: datetime, trace: audit.Trace = audit.NO_TRACE
) -> None:
    """Set name, unit, post and roles; roles take effect with the person's next request.

    The roles of the old unit end with a move; roles held in other units stay. Raises Invalid, NotFound, NotAllowed,
    Conflict for taking one's own administration away.
    """
    person = reach.get_person(actor, public_id, "people.manage")
    reach.require(actor, "people.manage", person)
    name, post = clean_text(new.name), clean_text(new.post)
    problems = check_person(person.login, name, post, new.roles)
    if problems:
        raise Invalid(problems)
    unit = scope.get_unit(new.unit_code)
    scope.require(actor, "people.manage", unit.id)
    _refuse_self_demotion(actor, person, unit.id, new.roles)
    person_id, unit_id = person.id, unit.id
    with writing() as session:
        before = session.execute(
            select(Person.name, Person.post, Person.unit_id).where(Person.id == person_id).with_for_update()
        ).one()
        held = roles_at(session, person_id, before.unit_id)
        after = (name, post, unit_id)
        if tuple(before) == after and held == _ordered(new.roles):
            return
        session.execute(update(Person).where(Person.id == person_id).values(name=name, post=post, unit_id=unit_id))
        set_roles(session, person_id, before.unit_id, unit_id, new.roles)
        moved = {"from": session.get(Unit, before.unit_id).code} if before.unit_id != unit_id else {}
        audit.record(
            actor,
            unit_id,
            "person.changed",
            public_id,
            now,
            trace,
            before=[before.name, before.post, held],
            after=[name, post, _ordered(new.roles)],
            **moved,
        )


def roles_at(session, person_id: int, unit_id: int) -> list[str]:
    """Return the roles that somebody holds in exactly this unit, in the fixed order."""
    query = select(RoleGrant.role).where(RoleGrant.person_id == person_id, RoleGrant.unit_id == unit_id)
    return _ordered(session.scalars(query).all())


def set_roles(session, person_id: int, old_unit_id: int, unit_id: int, roles) -> None:
    """Replace the roles of the old and the new unit, inside an open transaction."""
    session.execute(
        delete(RoleGrant).where(RoleGrant.person_id == person_id, RoleGrant.unit_id.in_([old_unit_id, unit_id]))
    )
    session.add_all(RoleGrant(person_id=person_id, unit_id=unit_id, role=role) for role in _ordered(roles))


def _refuse_self_demotion(actor: Actor | None, person: Person, unit_id: int, roles) -> None:
    if actor is None or actor.person_id != person.id or "admin" not in roles_at(db.session, person.id, person.unit_id):
        return
    if "admin" not in roles or unit_id != person.unit_id:
        raise Conflict(N_("You cannot take your own administration away; another administrator can."))


def deactivate(actor: Actor | None, public_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Close somebody's account: every session ends at once; results and history stay. Raises NotFound, NotAllowed."""
    if actor is not None and actor.public_id == public_id:
        raise Conflict(N_("You cannot close your own account; another administrator can."))
    _set_active(actor, public_id, False, "person.deactivated", now, trace)


def reactivate(actor: Actor | None, public_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Open a closed account again, with the password and the roles it had. Raises NotFound, NotAllowed."""
    _set_active(actor, public_id, True, "person.reactivated", now, trace)


def _set_active(actor, public_id: str, is_active: bool, action: str, now: datetime, trace: audit.Trace) -> None:
    person = reach.get_person(actor, public_id, "people.manage")
    reach.require(actor, "people.manage", person)
    person_id, unit_id = person.id, person.unit_id
    with writing() as session:
        claimed = session.execute(
            update(Person).where(Person.id == person_id, Person.is_active.is_not(is_active)).values(is_active=is_active)
        )
        if claimed.rowcount:
            codes.forget_sign_ins(session, person_id)
            audit.record(actor, unit_id, action, public_id, now, trace)
