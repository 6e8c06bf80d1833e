"""Receivers: who gets a township's sheets. The embedded one is there by itself; others are added by the operator."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Receiver, Unit
from quizapp.rules import receivers as rules
from quizapp.rules.chain_file import key_text
from quizapp.rules.errors import Conflict, Invalid, NotFound, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope, signing
from quizapp.services.deliveries import secrets
from quizapp.services.transaction import insert, writing


@dataclass(frozen=True)
class Known:
    """A receiver as the operator sees it; never its secret."""

    slug: str
    name: str
    kind: str
    url: str
    township: str
    township_code: str
    is_active: bool


@dataclass(frozen=True)
class Added:
    """What the receiver's side has to be told, this once: the shared secret and our public key."""

    slug: str
    url: str
    secret: str
    key_id: str
    public_key: str


def add(slug: str, name: str, url: str, township: str, now: datetime) -> Added:
    """Add an HTTP receiver of a township's sheets and make its secret; only the shell's operator may.

    Raises Invalid with every problem, Conflict for a short name that is taken.
    """
    problems = rules.check(slug, name)
    try:
        rules.require_allowed(url, allowed_places())
    except rules.NotAllowedThere as refusal:
        problems.append(Problem(refusal.type, refusal.message, "url", refusal.params))
    unit = scope.get_unit(township)
    if unit.kind != "township":
        problems.append(Problem("township", N_("Sheets are published by townships; this is none."), "township"))
    if problems:
        raise Invalid(problems)
    unit_id = unit.id
    identity, key = signing.signing_key()
    with writing() as session:
        values = {"slug": slug, "unit_id": unit_id, "name": name.strip(), "kind": "http", "url": url}
        row = insert(Receiver).values(**values).on_conflict_do_nothing().returning(Receiver.id)
        if session.scalar(row) is None:
            raise Conflict(N_("There is already a receiver called %(slug)s."), slug=slug)
        secrets.forget(slug)  # of an addition that was broken off
        secret = secrets.make(slug)
        audit.record(None, unit_id, "receiver.added", slug, now, url=url)
    return Added(slug, url, secret, identity, key_text(key.public_key()))


def list_all() -> list[Known]:
    """Return every receiver, by township and short name."""
    query = select(Receiver, Unit).join_from(Receiver, Unit).order_by(Unit.code, Receiver.slug)
    return [_known(*row) for row in db.session.execute(query)]


def list_visible(actor: Actor) -> list[Known]:
    """Return the receivers of the townships within the actor's reach."""
    visible = scope.visible_units(actor, "deliveries.view")
    query = select(Receiver, Unit).join_from(Receiver, Unit).where(Unit.id.in_(visible))
    return [_known(*row) for row in db.session.execute(query.order_by(Unit.code, Receiver.slug))]


def get_visible(actor: Actor | None, slug: str) -> Receiver:
    """Return a receiver within the actor's reach. Raises NotFound."""
    receiver = db.session.scalar(select(Receiver).where(Receiver.slug == slug))
    if receiver is None:
        raise NotFound(scope.NOT_HERE)
    scope.require(actor, "deliveries.view", receiver.unit_id)
    return receiver


def _known(one: Receiver, unit: Unit) -> Known:
    return Known(one.slug, one.name, one.kind, one.url, unit.name, unit.code, one.is_active)


def active_receivers(session, unit_id: int) -> list[int]:
    """Return the ids of a township's active receivers; where it never had one, the embedded one is added."""
    rows = session.execute(select(Receiver.id, Receiver.is_active).where(Receiver.unit_id == unit_id)).all()
    if rows:
        return [one for one, is_active in rows if is_active]
    unit = session.get(Unit, unit_id)
    receiver = Receiver(slug=f"embedded-{unit.code}", unit_id=unit_id, name=unit.name, kind="embedded")
    session.add(receiver)
    session.flush()
    return [receiver.id]


def allowed_places() -> frozenset[tuple[str, int]]:
    """Return the places that sheets may be sent to, as the settings list them."""
    return rules.allowed_places(current_app.extensions["settings"].receiver_hosts)
