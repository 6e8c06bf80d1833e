"""What a roster would do: every row against the units and the people that there are; nothing is changed here."""

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Person, RoleGrant, Unit
from quizapp.rules.errors import Problem
from quizapp.rules.names import fold_login, fold_name
from quizapp.rules.permissions import ROLES, Actor
from quizapp.rules.roster import Draft, Reading
from quizapp.rules.roster_columns import place_order
from quizapp.rules.unit_lookup import Known, Lookup
from quizapp.rules.words import N_
from quizapp.services import scope

WHAT = ("new", "returns", "moved", "changed", "unchanged")


@dataclass(frozen=True)
class State:
    """What a roster may change of a person."""

    name: str
    unit_id: int
    post: str
    roles: tuple[str, ...]
    is_active: bool = True


@dataclass(frozen=True)
class Entry:
    """One row: who, what would happen, and how the person stands before (None: new) and after."""

    draft: Draft
    what: str
    unit: Known
    person_id: int | None
    public_id: str | None
    before: State | None
    after: State


@dataclass(frozen=True)
class Plan:
    """What the whole file would do. `absent`: (login, name, unit) of people in its units whom it does not name."""

    entries: list[Entry]
    problems: list[Problem]
    warnings: list[Problem]
    ignored: list[tuple[str, str]]
    absent: list[tuple[str, str, str]]
    unit_names: dict[int, str]

    @property
    def counts(self) -> dict[str, int]:
        """How many people of each of WHAT."""
        return {what: sum(entry.what == what for entry in self.entries) for what in WHAT}

    @property
    def digest(self) -> str:
        """What was shown, in short: the same as long as file, people and units are the same."""
        rows = [[entry.draft.login, entry.what, str(entry.before), str(entry.after)] for entry in self.entries]
        return hashlib.sha256(json.dumps([rows, len(self.problems)]).encode()).hexdigest()


@dataclass(frozen=True)
class _Existing:
    person_id: int
    public_id: str
    state: State
    is_in_reach: bool


def make(actor: Actor | None, reading: Reading) -> Plan:
    """Hold every draft against the database, within what the actor may manage."""
    units = _units(actor)
    lookup = Lookup(list(units.values()))
    existing = _existing({fold_login(draft.login) for draft in reading.drafts}, set(units))
    entries, problems = [], list(reading.problems)
    for draft in reading.drafts:
        entry = _entry(actor, draft, lookup, existing.get(fold_login(draft.login)))
        if isinstance(entry, Problem):
            problems.append(entry)
        elif entry is not None:
            entries.append(entry)
    problems.sort(key=lambda problem: place_order(problem.place))
    people = _people_of({entry.unit.id for entry in entries})
    names = {unit.id: unit.name for unit in units.values()}
    return Plan(entries, problems, _namesakes(entries, people), reading.ignored, _absent(entries, people, names), names)


def _units(actor: Actor | None) -> dict[int, Known]:
    rows = {row.id: row for row in db.session.execute(select(Unit.id, Unit.code, Unit.name, Unit.parent_id))}
    mine = set(rows)
    if actor is not None:
        mine = set(db.session.scalars(scope.visible_units(actor, "people.manage")))

    def above(row) -> tuple[str, ...]:
        parent = rows.get(row.parent_id)
        return (*above(parent), parent.name) if parent else ()

    return {row.id: Known(row.id, row.code, row.name, above(row)) for row in rows.values() if row.id in mine}


def _existing(keys: set[str], mine: set[int]) -> dict[str, _Existing]:
    people, grants = {}, {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):
        some = Person.login_key.in_(ordered[start : start + 500])
        people.update({person.login_key: person for person in db.session.scalars(select(Person).where(some))})
        query = select(RoleGrant.person_id, RoleGrant.role, RoleGrant.unit_id)
        for row in db.session.execute(query.join(Person, Person.id == RoleGrant.person_id).where(some)):
            grants.setdefault(row.person_id, []).append(row)
    return {key: _one(person, grants.get(person.id, []), mine) for key, person in people.items()}


def _one(person: Person, grants: list, mine: set[int]) -> _Existing:
    held = {row.role for row in grants if row.unit_id == person.unit_id}
    roles = tuple(role for role in ROLES if role in held)
    state = State(person.name, person.unit_id, person.post, roles, person.is_active)
    in_reach = {person.unit_id, *(row.unit_id for row in grants)} <= mine
    return _Existing(person.id, person.public_id, state, in_reach)


def _entry(actor: Actor | None, draft: Draft, lookup: Lookup, found: _Existing | None) -> Entry | Problem | None:
    if not draft.login or not (draft.unit or draft.unit_code):
        return None  # told as a problem of the row already
    unit = lookup.find(draft.unit_code, draft.unit, draft.township)
    if isinstance(unit, Problem):
        return Problem(unit.code, unit.message, draft.cells.get(unit.place, draft.place), unit.params)
    if found is None:
        after = State(draft.name, unit.id, draft.post, ("trainee",) if draft.roles is None else draft.roles)
        return Entry(draft, "new", unit, None, None, None, after)
    place = draft.cells.get("login", draft.place)
    if not found.is_in_reach:
        message = N_("The login name %(login)s belongs to somebody whom you do not look after.")
        return Problem("login-taken", message, place, {"login": draft.login})
    after = _after(draft, unit, found.state)
    if (
        actor is not None
        and found.person_id == actor.person_id
        and "admin" in set(found.state.roles) - set(after.roles)
    ):
        return Problem("own-role", N_("This row would take your own administration away."), place)
    return Entry(draft, _what(found.state, after), unit, found.person_id, found.public_id, found.state, after)


def _after(draft: Draft, unit: Known, before: State) -> State:
    """What the file leaves out stays; but with a move only a trainee's role goes along, unless the file says more."""
    kept = before.roles if unit.id == before.unit_id else tuple(role for role in before.roles if role == "trainee")
    roles = kept if draft.roles is None else draft.roles
    return State(draft.name or before.name, unit.id, draft.post or before.post, roles)


def _what(before: State, after: State) -> str:
    if not before.is_active:
        return "returns"
    if before.unit_id != after.unit_id:
        return "moved"
    return "unchanged" if before == after else "changed"


def _people_of(unit_ids: set[int]) -> list:
    query = select(Person.login_key, Person.login, Person.name, Person.unit_id).where(Person.is_active)
    return [row for row in db.session.execute(query.order_by(Person.name)) if row.unit_id in unit_ids]


def _absent(entries: list[Entry], people: list, names: dict[int, str]) -> list[tuple[str, str, str]]:
    named = {fold_login(entry.draft.login) for entry in entries}
    return [(row.login, row.name, names[row.unit_id]) for row in people if row.login_key not in named]


def _namesakes(entries: list[Entry], people: list) -> list[Problem]:
    """Warn of a new person who has the name of somebody in the same unit: perhaps they are one."""
    there = {(fold_name(row.name), row.unit_id): row.login for row in people}
    message = N_("In %(unit)s there is a %(name)s already, with the login name %(login)s. Is this somebody else?")
    return [
        Problem(
            "namesake",
            message,
            entry.draft.place,
            {"unit": entry.unit.name, "name": entry.after.name, "login": there[key]},
            "warning",
        )
        for entry in entries
        if entry.what == "new" and (key := (fold_name(entry.after.name), entry.unit.id)) in there
    ]
