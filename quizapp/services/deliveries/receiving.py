"""The embedded receiver: gets the same signed bytes as any other, checks them alike, applies an event once."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import ReceivedEvent, Receiver
from quizapp.rules import seal, village_result, webhooks
from quizapp.rules.errors import Refusal
from quizapp.rules.words import N_
from quizapp.services.signing import signing_key
from quizapp.services.transaction import insert, writing


class Unusable(Refusal):
    """A genuine message that says nothing this receiver can use."""

    status = 422
    type = "unusable"


@dataclass(frozen=True)
class Held:
    """One sheet as the receiver holds it, with what it checked by itself."""

    body: dict
    digest: str
    received_at: datetime
    is_genuine: bool

    @property
    def place(self) -> int:
        """Where it stands in a list, best first; without a rank last."""
        return self.body.get("rank", self.body["of"] + 1)


def receive(receiver_id: int, headers: dict[str, str], body: bytes, now: datetime) -> dict:
    """Take a message in and return `{"received", "digest"}`; the same event again changes nothing.

    Raises Unverified for a message that is not signed as it should be, Unusable for one that is no village result.
    """
    message_id = webhooks.verify(headers, body, now, public_keys=[_trusted()])
    told = webhooks.read_body(body)
    if not _is_usable(told) or told["event_id"] != message_id:
        raise Unusable(N_("This is no village result, or not the one that the message is signed for."))
    row = {
        "event_id": message_id,
        "receiver_id": receiver_id,
        "unit_code": told["unit"]["code"],
        "campaign": told["campaign"],
        "revision": told["revision"],
        "body": body.decode(),
        "digest": hashlib.sha256(body).hexdigest(),
        "received_at": now,
    }
    with writing() as session:
        session.execute(insert(ReceivedEvent).values(**row).on_conflict_do_nothing())
        held = session.scalar(select(ReceivedEvent.digest).where(ReceivedEvent.event_id == message_id))
    return {"received": message_id, "digest": held}


def _is_usable(told: dict) -> bool:
    unit = told.get("unit")
    texts = (told.get("event_id"), told.get("campaign"), unit.get("code") if isinstance(unit, dict) else None)
    is_known = told.get("type") == village_result.TYPE and told.get("version") == village_result.VERSION
    return is_known and type(told.get("revision")) is int and all(isinstance(text, str) for text in texts)


def _trusted():
    return signing_key()[1].public_key()


def holdings(receiver: Receiver) -> list[Held]:
    """Return the newest revision of every unit and campaign that a receiver holds, by campaign and rank."""
    query = select(ReceivedEvent).where(ReceivedEvent.receiver_id == receiver.id).order_by(ReceivedEvent.revision)
    newest = {(one.campaign, one.unit_code): one for one in db.session.scalars(query)}
    held = [_held(one) for one in newest.values()]
    return sorted(held, key=lambda one: (one.body["campaign"], one.place, one.body["unit"]["code"]))


def _held(one: ReceivedEvent) -> Held:
    body = webhooks.read_body(one.body.encode())
    is_whole = hashlib.sha256(one.body.encode()).hexdigest() == one.digest
    return Held(body, one.digest, one.received_at, is_whole and is_seal_genuine(body))


def is_seal_genuine(body: dict) -> bool:
    """Whether the seal on a sheet was signed by the key that this receiver trusts."""
    stated = body.get("seal") or {}
    head = {name: stated.get(name) for name in seal.HEAD_FIELDS - {"campaign"}}
    return seal.verify_head({**head, "campaign": body.get("campaign")}, str(stated.get("signature")), _trusted())
