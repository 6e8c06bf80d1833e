"""Signing in and out: slow hashes one at a time, growing delay after wrong guesses, sessions in the database."""

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update

from quizapp.extensions import db
from quizapp.models import Attempt, KnownDevice, Person, SignInFailure, SignInSession
from quizapp.models.types import from_ms, to_ms
from quizapp.rules.errors import Refusal, TooMany
from quizapp.rules.names import fold_login
from quizapp.rules.passwords import normalise_slip_code
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services.scope import load_actor
from quizapp.services.transaction import dialects, read_one, writing

hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
hashing = threading.Semaphore(1)  # a storm of sign-ins may not take the processor from answer saves
NOBODY = hasher.hash(secrets.token_urlsafe(16))  # an unknown login takes as long as a known one
LONGEST_DELAY = timedelta(minutes=15)
FREE_GUESSES = 2  # wrong guesses before the delay begins


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
    with hashing:
        try:
            return hasher.verify(stored or NOBODY, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def _fits(person: Person | None, password: str, now: datetime) -> bool:
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
    _refuse_flood(address, ceiling, now)
    key = fold_login(login)[:64]
    person = db.session.scalar(select(Person).where(Person.login_key == key))
    known = person is not None and _is_known(person.id, device)
    subjects = [f"device:{digest(device)[:16]}:{key}"] if known else [f"login:{key}", f"pair:{address}:{key}"]
    _refuse_early_guess(subjects, now)
    if not _fits(person, password[:1024], now):
        _count_failure(subjects, now)
        raise WrongLogin()
    return _open_session(person.id, subjects, device if known else "", agent, address, hours, now)


recent: dict[str, list[int]] = {}  # address -> [minute, sign-ins in it]; a brake, so one process' view is enough


def _refuse_flood(address: str, ceiling: int, now: datetime) -> None:
    """Brake one address at `ceiling` sign-ins a minute: a village of hundreds behind one address stays far below."""
    minute = int(now.timestamp() // 60)
    if len(recent) > 10_000:
        recent.clear()
    seen = recent.setdefault(address, [minute, 0])
    if seen[0] != minute:
        seen[:] = [minute, 0]
    seen[1] += 1
    if seen[1] > ceiling:
        raise TooMany(N_("Very many sign-ins from this address. Please wait a minute and try again."), retry_after=60)


def _is_known(person_id: int, device: str) -> bool:
    return bool(device) and db.session.get(KnownDevice, (digest(device), person_id)) is not None


def _refuse_early_guess(subjects: list[str], now: datetime) -> None:
    until = db.session.scalars(select(SignInFailure.blocked_until).where(SignInFailure.subject.in_(subjects))).all()
    wait = max((moment - now for moment in until), default=timedelta())
    if wait > timedelta():
        seconds = int(wait.total_seconds()) + 1
        raise TooMany(
            N_("Too many wrong passwords for this account. Please wait %(seconds)s seconds and try again."),
            retry_after=seconds,
            seconds=seconds,
        )


def _count_failure(subjects: list[str], now: datetime) -> None:
    with writing() as session:
        for subject in subjects:
            row = session.get(SignInFailure, subject)
            if row is None:
                row = SignInFailure(subject=subject, failures=0, last_at=now, blocked_until=now)
                session.add(row)
            row.failures += 1
            delay = (
                timedelta(seconds=2 ** min(row.failures - FREE_GUESSES, 20))
                if row.failures > FREE_GUESSES
                else timedelta()
            )
            row.last_at, row.blocked_until = now, now + min(delay, LONGEST_DELAY)


def _open_session(
    person_id: int, subjects: list[str], device: str, agent: str, address: str, hours: int, now: datetime
) -> SignedIn:
    token = secrets.token_urlsafe(32)
    with writing() as session:
        session.execute(delete(SignInFailure).where(SignInFailure.subject.in_(subjects)))
        session.execute(delete(SignInSession).where(SignInSession.expires_at < now))
        if not device:
            device = secrets.token_urlsafe(32)
            session.add(KnownDevice(token_hash=digest(device), person_id=person_id, created_at=now))
        session.add(
            SignInSession(
                token_hash=digest(token),
                person_id=person_id,
                device=agent[:200],
                address=address,
                created_at=now,
                seen_at=now,
                expires_at=now + timedelta(hours=hours),
            )
        )
    person = db.session.get(Person, person_id)
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
    row = read_one(SESSION, {"token_hash": digest(token), "now": to_ms(now)})
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


def change_password(actor: Actor, old: str, new_hash: str, token: str, now: datetime) -> None:
    """Set a new password and end every other session of the person. Raises WrongLogin where the old one is wrong."""
    if not _fits(db.session.get(Person, actor.person_id), old, now):
        raise WrongLogin()
    with writing() as session:
        session.execute(update(Person).where(Person.id == actor.person_id).values(
            password_hash=new_hash, code_until=None
        ))
        session.execute(
            delete(SignInSession).where(
                SignInSession.person_id == actor.person_id, SignInSession.token_hash != digest(token)
            )
        )
