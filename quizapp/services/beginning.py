"""The first township and the first administrator of a real instance, in one step."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.models import Person, RoleGrant, Unit
from quizapp.rules import divisions, passwords
from quizapp.rules.errors import Conflict, Invalid, Problem
from quizapp.rules.names import fold_login
from quizapp.rules.people import check_person, clean_login, clean_text
from quizapp.rules.words import N_
from quizapp.services import audit, tree
from quizapp.services.people import codes
from quizapp.services.sign_in import hash_password
from quizapp.services.transaction import insert, writing

POST = "系统管理员"


@dataclass(frozen=True)
class Begun:
    """What was set up; `code` is the administrator's one-time code, "" where a password was given."""

    township: str
    township_code: str
    login: str
    code: str


@dataclass(frozen=True)
class Step:
    """One unit of the chain from the top down to the township."""

    code: str
    name: str
    kind: str


def begin(chain: list[Step], login: str, name: str, password: str, now: datetime) -> Begun:
    """Make the units that are missing, from the top down to the township, and its administrator: all or nothing.

    Raises Invalid with every problem, Conflict where there are people already.
    """
    login, name = clean_login(login), clean_text(name)
    problems = [*_check_chain(chain), *check_person(login, name, POST, ("admin",))]
    if password:
        problems += passwords.check(password, login)
    if problems:
        raise Invalid(problems)
    code, hashed = ("", hash_password(password)) if password else codes.make()
    with writing() as session:
        if session.scalar(select(Person.id).limit(1)) is not None:
            raise Conflict(N_("There are people here already; the township is not set up a second time."))
        unit_id = _make_units(session, chain)
        person = Person(
            login=login, login_key=fold_login(login), name=name, unit_id=unit_id, post=POST, password_hash=hashed,
            code_until=now + codes.FIRST_CODE_LASTS if code else None, is_active=True, created_at=now,
        )  # fmt: skip
        session.add(person)
        session.flush()
        session.add(RoleGrant(person_id=person.id, unit_id=unit_id, role="admin"))
        audit.record(None, unit_id, "instance.begun", login, now, name=name)
    return Begun(chain[-1].name, chain[-1].code, login, codes.shown(code) if code else "")


def _check_chain(chain: list[Step]) -> list[Problem]:
    if not chain or chain[-1].kind != "township":
        message = N_("The last unit must be the township (an official code of 9 figures).")
        return [Problem("no-township", message, "unit")]
    problems = []
    for above, step in zip([None, *chain], chain, strict=False):
        problems += divisions.check_unit(step.code, step.name, step.kind, above and above.kind, step.code)
    return problems


def _make_units(session, chain: list[Step]) -> int:
    """Return the township's row id; a unit of the chain that is there already stays as it is."""
    parent_id = None
    for step in chain:
        unit_id = session.scalar(select(Unit.id).where(Unit.code == step.code))
        if unit_id is None:
            row = insert(Unit).values(code=step.code, name=step.name, kind=step.kind, parent_id=parent_id)
            unit_id = session.scalar(row.returning(Unit.id))
            tree.plant(session, unit_id, parent_id)
        parent_id = unit_id
    return parent_id
