"""One-time codes: the first password on a printed slip, and a new one for whoever forgot theirs."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from sqlalchemy import delete, select, update

from quizapp.extensions import db
from quizapp.models import Person, SignInSession, Unit
from quizapp.rules import codes, passwords
from quizapp.rules.errors import Conflict
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, guesses, scope
from quizapp.services.people import reach
from quizapp.services.sign_in import PASSWORD_SET, hashing, renew
from quizapp.services.transaction import writing

FIRST_CODE_LASTS = timedelta(days=60)
NEW_CODE_LASTS = timedelta(hours=48)
# A code is 40 random bits and lives for days: it needs no slow hash, and 300 slips should not take a minute.
hasher = PasswordHasher(time_cost=1, memory_cost=4096, parallelism=1)


@dataclass(frozen=True)
class Slip:
    """What is printed for one person; the code is shown this once and kept nowhere."""

    name: str
    login: str
    unit: str
    code: str
    until: datetime


def make() -> tuple[str, str]:
    """Return a fresh code and the hash that is kept of it."""
    code = passwords.new_slip_code(secrets.token_bytes(passwords.SLIP_RANDOM_BYTES))
    with hashing:
        return code, hasher.hash(code)


def shown(code: str) -> str:
    """Return a code as it is printed, in groups of four."""
    return codes.grouped(code, 4)


def issue(actor: Actor | None, public_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> Slip:
    """Replace somebody's password by a one-time code of 48 hours, and sign them out everywhere.

    Raises NotFound, NotAllowed for roles out of reach, Conflict for oneself and for who is not active.
    """
    person = reach.get_person(actor, public_id, "people.reset")
    reach.require(actor, "people.reset", person)
    if actor is not None and actor.person_id == person.id:
        raise Conflict(N_("For yourself, please change the password on your own page."))
    code, hashed = make()
    until = now + NEW_CODE_LASTS
    person_id, unit_id = person.id, person.unit_id
    slip = Slip(person.name, person.login, db.session.get(Unit, unit_id).name, shown(code), until)
    with writing() as session:
        if not _set(session, person_id, Person.is_active, hashed, until):
            raise Conflict(N_("This person is not active."))
        forget_sign_ins(session, person_id)
        audit.record(actor, unit_id, "person.code_issued", public_id, now, trace)
    return slip


def forget_sign_ins(session, person_id: int) -> None:
    """End every session of a person and lift the delay that wrong guesses brought, inside an open transaction."""
    session.execute(delete(SignInSession).where(SignInSession.person_id == person_id))
    key = session.scalar(select(Person.login_key).where(Person.id == person_id))
    guesses.forget(session, [f"login:{key}", f"own:{key}"])


def redeem(actor: Actor, hashed: str, token: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> str:
    """Put a password of one's own in the place of the one-time code that this session began with.

    Every other session of the person ends, and this one's fresh secret is returned. Raises Conflict where there is no
    code any more.
    """
    with writing() as session:
        has_code = (Person.id == actor.person_id) & Person.code_until.is_not(None)
        if not session.execute(update(Person).where(has_code).values(password_hash=hashed, code_until=None)).rowcount:
            raise Conflict(N_("The one-time code has been used already."))
        audit.record(actor, actor.unit_id, PASSWORD_SET, actor.public_id, now, trace)
        return renew(session, actor.person_id, token)


def issue_waiting(
    actor: Actor | None, unit_code: str, now: datetime, trace: audit.Trace = audit.NO_TRACE
) -> list[Slip]:
    """Give fresh codes to everybody in and below a unit who has no password of their own yet; older slips end.

    People whose roles the actor does not reach are left out. Ordered by unit and name.
    """
    unit = scope.get_unit(unit_code)
    scope.require(actor, "people.reset", unit.id)
    unit_id, until = unit.id, now + FIRST_CODE_LASTS
    query = (
        select(Person, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(is_waiting(), Person.unit_id.in_(scope.below(unit_id)))
        .order_by(Unit.code, Person.name, Person.id)
    )
    fresh = []
    for person, unit_name in db.session.execute(query).all():
        if reach.may(actor, "people.reset", person):
            code, hashed = make()
            fresh.append((person.id, hashed, Slip(person.name, person.login, unit_name, shown(code), until)))
    with writing() as session:
        slips = [slip for person_id, hashed, slip in fresh if _set(session, person_id, is_waiting(), hashed, until)]
        audit.record(actor, unit_id, "people.codes_issued", unit_code, now, trace, people=len(slips))
    return slips


def is_waiting():
    """Return the condition that somebody is active and has no password of their own yet."""
    return Person.is_active & (Person.code_until.is_not(None) | Person.password_hash.is_(None))


def _set(session, person_id: int, condition, hashed: str, until: datetime) -> bool:
    """Claim the person's row by the condition and set the code; tell whether it was still so."""
    fresh = update(Person).where(Person.id == person_id, condition).values(password_hash=hashed, code_until=until)
    return session.execute(fresh).rowcount == 1
