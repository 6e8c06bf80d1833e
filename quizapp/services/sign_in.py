"""Signing in and out: slow hashes one at a time, sessions in the database."""

import base64
import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update

from quizapp.extensions import db
from quizapp.models import Attempt, Person, SignInSession
from quizapp.models.types import from_ms, to_ms
from quizapp.rules.errors import Refusal
from quizapp.rules.names import fold_login
from quizapp.rules.passwords import normalise_slip_code
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, guesses
from quizapp.services.scope import load_actor
from quizapp.services.transaction import dialects, run, run_one, writing

hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
SECRET_BYTES = 16  # of a session: 128 bits; every answer save carries them
PASSWORD_SET = "person.password_set"  # in the audit trail
hashing = threading.Semaphore(1)  # a storm of sign-ins may not take the processor from answer saves


def _fitting_none(like: PasswordHasher) -> str:
    """Return a hash that no password fits; drawn, not computed, so that a start does not take as long as a sign-in."""
    salt, digest = (base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m={like.memory_cost},t={like.time_cost},p={like.parallelism}${salt}${digest}"


NOBODY = _fitting_none(hasher)  # an unknown login takes as long as a known one


class WrongLogin(Refusal):
    """The login, the password or both are wrong, or the account is closed: which one is not told."""

    status = 401
    type = "wrong-login"

    def __init__(self):
        super().__init__(N_("The login name or the password is not right. Please check both and try again."))


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: its secret goes to the browser once, `device` marks the browser as known."""

    token: str
    device: str
    actor: Actor


def digest(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_password(password: str) -> str:
    """Return the argon2id hash (19 MiB, 2 passes) of a password."""
    with hashing:
        return hasher.hash(password)


def _matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; an unknown login and a slip's quick hash take as long as any other."""
    with hashing:
        is_right = stored is not None and _verify(stored, password)
        if not is_right and (stored is None or hasher.check_needs_rehash(stored)):
            _verify(NOBODY, password)
        return is_right


def _verify(stored: str, password: str) -> bool:
    try:
        return hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@dataclass(frozen=True)
class Account:
    """What somebody who signs in is checked by."""

    id: int
    public_id: str
    name: str
    unit_id: int
    password_hash: str | None
    is_active: bool
    code_until: datetime | None


ACCOUNT = dialects(
    "SELECT id, public_id, name, unit_id, password_hash, is_active, code_until FROM people WHERE login_key = :login_key"
)
KNOWN = dialects("SELECT 1 FROM known_devices WHERE token_hash = :token_hash AND person_id = :person_id")
REMEMBER = dialects(
    "INSERT INTO known_devices (token_hash, person_id, created_at) VALUES (:token_hash, :person_id, :now)"
)
OPEN = dialects(
    "INSERT INTO sessions (token_hash, person_id, device, address, created_at, seen_at, expires_at)"
    " VALUES (:token_hash, :person_id, :device, :address, :now, :now, :expires_at)"
)


def _find_account(login_key: str) -> Account | None:
    row = run_one(ACCOUNT, {"login_key": login_key})
    if row is None:
        return None
    *first, is_active, code_until = row
    return Account(*first, bool(is_active), None if code_until is None else from_ms(code_until))


def _fits(person: Account | Person | None, password: str, now: datetime) -> bool:
    """Whether this is the person's password, or their one-time code (however it is typed) within its time."""
    if person is None or not person.is_active or (person.code_until is not None and person.code_until < now):
        return _matches(None, password)
    typed = password if person.code_until is None else normalise_slip_code(password) or password
    return _matches(person.password_hash, typed)


def sign_in(
    login: str, password: str, device: str, agent: str, address: str, hours: int, ceiling: int, now: datetime
) -> SignedIn:
    """Check login and password and open a session; any older session of this browser is the caller's to end.

    Raises WrongLogin, or TooMany while guesses on this account from this address must wait. A browser that the
    person has signed in on before never waits, so that nobody can lock another out.
    """
    guesses.refuse_flood(address, ceiling, now)
    key = fold_login(login)[:64]
    person = _find_account(key)
    known = person is not None and _is_known(person.id, device)
    subjects = [f"device:{digest(device)[:16]}:{key}"] if known else [f"login:{key}", f"pair:{address}:{key}"]
    counted = _require_fit(person, password[:1024], subjects, now)
    return _open_session(person, counted, device if known else "", agent, address, now, now + timedelta(hours=hours))


def _require_fit(person: Account | Person | None, password: str, subjects: list[str], now: datetime) -> list[str]:
    """Raise WrongLogin, and count that, unless this is the person's password; TooMany where guesses have to wait.

    Returns the subjects whose wrong guesses are to be forgotten now; mostly there are none.
    """
    is_counted = guesses.knock(subjects, now)
    if not _fits(person, password, now):
        if not is_counted:
            guesses.count(subjects, now)
        raise WrongLogin()
    return subjects if is_counted else []


def _is_known(person_id: int, device: str) -> bool:
    return bool(device) and run_one(KNOWN, {"token_hash": digest(device), "person_id": person_id}) is not None


def _open_session(
    person: Account, subjects: list[str], device: str, agent: str, address: str, now: datetime, expires_at: datetime
) -> SignedIn:
    token = secrets.token_urlsafe(SECRET_BYTES)
    fresh = {"person_id": person.id, "device": agent[:200], "address": address, "now": to_ms(now)}
    with writing() as session:
        guesses.forget(session, subjects)
        if not device:
            device = secrets.token_urlsafe(32)
            run(session.connection(), REMEMBER, {**fresh, "token_hash": digest(device)})
        run(session.connection(), OPEN, {**fresh, "token_hash": digest(token), "expires_at": to_ms(expires_at)})
    return SignedIn(token, device, load_actor(person.id, person.public_id, person.name, person.unit_id))


@dataclass(frozen=True)
class Session:
    """Who a session belongs to, as far as every request needs it."""

    person_id: int
    public_id: str
    name: str
    unit_id: int
    seen_at: datetime
    has_code: bool  # signed in with a one-time code: a password of their own comes first


SESSION = dialects(
    "SELECT p.id, p.public_id, p.name, p.unit_id, s.seen_at, p.code_until IS NOT NULL FROM sessions s"
    " JOIN people p ON p.id = s.person_id WHERE s.token_hash = :token_hash AND s.expires_at > :now AND p.is_active"
)


def find_session(token: str, idle: timedelta, now: datetime) -> Session | None:
    """Return the live session of a secret, or None; idleness does not end it while the person sits an exam."""
    row = run_one(SESSION, {"token_hash": digest(token), "now": to_ms(now)})
    if row is None:
        return None
    *who, seen_at, must_change = row
    found = Session(*who, from_ms(seen_at), bool(must_change))
    if now - found.seen_at > idle and not _is_sitting(found.person_id, now):
        return None
    return found


def _is_sitting(person_id: int, now: datetime) -> bool:
    query = select(Attempt.id).where(Attempt.person_id == person_id, Attempt.state == "open", Attempt.deadline_at > now)
    return db.session.execute(query.limit(1)).first() is not None


def touch_session(token: str, now: datetime) -> None:
    """Note that the session is in use."""
    with writing() as session:
        session.execute(update(SignInSession).where(SignInSession.token_hash == digest(token)).values(seen_at=now))


def sign_out(token: str) -> None:
    """End a session; ending one that is over does nothing."""
    with writing() as session:
        session.execute(delete(SignInSession).where(SignInSession.token_hash == digest(token)))


def forget_expired(now: datetime) -> int:
    """Forget sessions that are over; returns how many. Repeatable."""
    over = SignInSession.expires_at < now
    if db.session.scalar(select(SignInSession.token_hash).where(over).limit(1)) is None:
        return 0
    with writing() as session:
        return session.execute(delete(SignInSession).where(over)).rowcount


def change_password(
    actor: Actor, old: str, new_hash: str, token: str, now: datetime, trace: audit.Trace = audit.NO_TRACE
) -> str:
    """Set a new password, end every other session of the person, and return the fresh secret of this one.

    Raises WrongLogin where the old password is wrong, TooMany where it was wrong too often: a browser left open must
    not become a place to try passwords out.
    """
    person = db.session.get(Person, actor.person_id)
    subjects = _require_fit(person, old[:1024], [f"own:{person.login_key}"], now)
    with writing() as session:
        guesses.forget(session, subjects)
        session.execute(
            update(Person).where(Person.id == actor.person_id).values(password_hash=new_hash, code_until=None)
        )
        audit.record(actor, actor.unit_id, PASSWORD_SET, actor.public_id, now, trace)
        return renew(session, actor.person_id, token)


def renew(session, person_id: int, token: str) -> str:
    """End a person's other sessions and give this one another secret, inside an open transaction; returns it."""
    fresh, own = secrets.token_urlsafe(SECRET_BYTES), SignInSession.token_hash == digest(token)
    session.execute(delete(SignInSession).where(SignInSession.person_id == person_id, ~own))
    session.execute(update(SignInSession).where(own).values(token_hash=digest(fresh)))
    return fresh
