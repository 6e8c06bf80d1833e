"""Putting a proposal down: a kind's service does so in its own transaction, once it has checked what is asked."""

from datetime import datetime, timedelta

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Proposal
from quizapp.models.types import new_public_id
from quizapp.rules.errors import Conflict, Invalid, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_
from quizapp.services import audit
from quizapp.services.transaction import insert

REASON_LONGEST = 500


def check_reason(reason: str) -> str:
    """Return a reason as it is kept. Raises Invalid for none, or one that cannot be kept."""
    problems = check_text(reason, REASON_LONGEST, "reason")
    if not reason.strip():
        problems.append(Problem("reason", N_("Please enter the reason."), "reason"))
    if problems:
        raise Invalid(problems)
    return reason.strip()


def ask(
    session, actor: Actor, kind: str, subject: str, unit_id: int, payload: dict, reason: str, lasts: timedelta,
    now: datetime, trace: audit.Trace,
) -> str:  # fmt: skip
    """Put a proposal down in the open transaction and return its public id.

    Raises Conflict where the same deed is waiting for a decision already.
    """
    values = {
        "public_id": new_public_id(),
        "kind": kind,
        "subject": subject,
        "unit_id": unit_id,
        "payload": payload,
        "reason": reason,
        "asked_by_id": actor.person_id,
        "asked_at": now,
        "expires_at": now + lasts,
        "state": "open",
        "answer": "",
    }
    made = session.scalar(insert(Proposal).values(**values).on_conflict_do_nothing().returning(Proposal.public_id))
    if made is None:
        raise Conflict(N_("This has been proposed already and waits for a second person's decision."))
    audit.record(actor, unit_id, "proposal.asked", subject, now, trace, kind=kind, reason=reason, proposal=made)
    return made


def find_open(kind: str, subject: str) -> str | None:
    """Return the public id of the proposal of a deed that waits for its decision, or None."""
    is_it = (Proposal.kind == kind) & (Proposal.subject == subject) & (Proposal.state == "open")
    return db.session.scalar(select(Proposal.public_id).where(is_it))
