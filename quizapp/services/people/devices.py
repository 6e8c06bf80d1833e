"""The browsers on which somebody is signed in: seen and ended by that person alone."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from quizapp.extensions import db
from quizapp.models import SignInSession
from quizapp.rules.permissions import Actor
from quizapp.services.sign_in import digest
from quizapp.services.transaction import writing

SHORT = 16  # characters of the hash that name a session in a form; they open nothing


@dataclass(frozen=True)
class Device:
    """One signed-in browser."""

    key: str
    agent: str
    address: str
    since: datetime
    seen_at: datetime
    is_this: bool


def name_of(token: str) -> str:
    """Return what names a session where its secret may not stand."""
    return digest(token)[:SHORT]


def list_mine(actor: Actor, token: str, idle: timedelta, now: datetime) -> list[Device]:
    """Return where the person is signed in and was at work within `idle`, this browser first.

    `token` is this browser's secret.
    """
    query = select(SignInSession).where(
        SignInSession.person_id == actor.person_id, SignInSession.expires_at > now, SignInSession.seen_at >= now - idle
    )
    rows = db.session.scalars(query.order_by(SignInSession.seen_at.desc())).all()
    own = digest(token)
    found = [
        Device(row.token_hash[:SHORT], row.device, row.address, row.created_at, row.seen_at, row.token_hash == own)
        for row in rows
    ]
    return sorted(found, key=lambda device: not device.is_this)


def end(actor: Actor, key: str, token: str) -> int:
    """Sign one of the person's other browsers out, or with an empty key all others; return how many."""
    own = digest(token)
    query = select(SignInSession.token_hash).where(SignInSession.person_id == actor.person_id)
    with writing() as session:
        others = [one for one in session.scalars(query) if one != own]
        chosen = [one for one in others if not key or hmac.compare_digest(one[:SHORT].encode(), key.encode())]
        session.execute(delete(SignInSession).where(SignInSession.token_hash.in_(chosen)))
    return len(chosen)
