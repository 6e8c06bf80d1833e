"""Who is where: pages of people within reach, one person's card, and who has a login at all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from quizapp.extensions import db
from quizapp.models import Person, RoleGrant, Unit
from quizapp.rules.errors import NotFound
from quizapp.rules.names import fold_login
from quizapp.rules.permissions import ROLES, Actor
from quizapp.services import scope
from quizapp.services.people import reach
from quizapp.services.people.codes import is_waiting

SIZE = 50  # people a page
STATES = ("active", "waiting", "closed")


@dataclass(frozen=True)
class Line:
    """One person in a list; `roles` are those held anywhere."""

    id: str
    name: str
    login: str
    unit: str
    post: str
    roles: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class Page:
    """One page of people and how many there are in all."""

    lines: list[Line]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Card:
    """One person as leaders and administrators see them, and what the reader may do."""

    id: str
    name: str
    login: str
    unit_code: str
    unit: str
    post: str
    state: str
    code_until: datetime | None
    created_at: datetime
    roles: tuple[str, ...]  # held in the person's own unit
    elsewhere: list[tuple[str, str]]  # (role, unit name) held in other units
    may_change: bool
    may_reset: bool


def is_anybody() -> bool:
    """Whether there is anybody at all: an instance without people is new."""
    return db.session.scalar(select(Person.id).limit(1)) is not None


def find_page(actor: Actor, words: str = "", unit_code: str = "", state: str = "", page: int = 1) -> Page:
    """Return one page of the people within reach, by unit and name.

    `words` looks for a part of the name or the login, `unit_code` narrows to a unit and below (NotFound out of
    reach), `state` to one of STATES. A page that does not exist is the last one.
    """
    query = select(Person, Unit.name).join(Unit, Unit.id == Person.unit_id)
    for condition in _conditions(actor, words.strip(), unit_code, state):
        query = query.where(condition)
    total = db.session.scalar(query.with_only_columns(func.count()))
    pages = max(1, -(-total // SIZE))
    page = min(max(page, 1), pages)
    query = query.order_by(Unit.code, Person.name, Person.id).limit(SIZE).offset((page - 1) * SIZE)
    found = db.session.execute(query).all()
    roles = _roles([person.id for person, _ in found])
    lines = [
        Line(person.public_id, person.name, person.login, unit, person.post, roles.get(person.id, ()), state_of(person))
        for person, unit in found
    ]
    return Page(lines, total, page, pages)


def _conditions(actor: Actor, words: str, unit_code: str, state: str) -> list:
    found = [Person.unit_id.in_(scope.visible_units(actor, "people.view"))]
    if unit_code:
        unit = scope.get_unit(unit_code)
        scope.require(actor, "people.view", unit.id)
        found.append(Person.unit_id.in_(scope.below(unit.id)))
    if words:
        login = Person.login_key.contains(fold_login(words), autoescape=True)
        found.append(or_(Person.name.contains(words, autoescape=True), login))
    if state == "closed":
        found.append(Person.is_active.is_(False))
    elif state == "waiting":
        found.append(is_waiting())
    elif state == "active":
        found.append(Person.is_active)
    return found


def state_of(person: Person) -> str:
    """Return "closed", "waiting" (active, but no password of their own yet) or "active"."""
    if not person.is_active:
        return "closed"
    return "waiting" if person.code_until is not None or person.password_hash is None else "active"


def _roles(person_ids: list[int]) -> dict[int, tuple[str, ...]]:
    query = select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.person_id.in_(person_ids))
    held: dict[int, set] = {}
    for person_id, role in db.session.execute(query):
        held.setdefault(person_id, set()).add(role)
    return {person_id: tuple(role for role in ROLES if role in some) for person_id, some in held.items()}


def get_card(actor: Actor, public_id: str) -> Card:
    """Return one person within reach. Raises NotFound."""
    return _card(actor, reach.get_person(actor, public_id))


def get_own(actor: Actor) -> Card:
    """Return the person's own card."""
    return _card(actor, db.session.get(Person, actor.person_id))


def _card(actor: Actor, person: Person) -> Card:
    unit = db.session.get(Unit, person.unit_id)
    query = select(RoleGrant.role, RoleGrant.unit_id, Unit.name).join(Unit, Unit.id == RoleGrant.unit_id)
    grants = db.session.execute(query.where(RoleGrant.person_id == person.id).order_by(Unit.code)).all()
    own = {grant.role for grant in grants if grant.unit_id == person.unit_id}
    is_self = actor.person_id == person.id
    return Card(
        person.public_id, person.name, person.login, unit.code, unit.name, person.post, state_of(person),
        person.code_until, person.created_at, tuple(role for role in ROLES if role in own),
        [(grant.role, grant.name) for grant in grants if grant.unit_id != person.unit_id],
        reach.may(actor, "people.manage", person), not is_self and reach.may(actor, "people.reset", person),
    )  # fmt: skip


def find_by_login(login: str) -> str:
    """Return the public id that belongs to a login, for the operator at the shell. Raises NotFound."""
    found = db.session.scalar(select(Person.public_id).where(Person.login_key == fold_login(login)))
    if found is None:
        raise NotFound(scope.NOT_HERE)
    return found
