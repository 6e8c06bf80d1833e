"""Deciding what somebody else proposed: the list, accepting, declining, taking back, and what nobody decided."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import aliased

from quizapp.extensions import db
from quizapp.models import Person, Proposal, Unit
from quizapp.rules.errors import Conflict, NotAllowed, NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.proposals.asking import check_reason
from quizapp.services.proposals.kinds import KINDS
from quizapp.services.transaction import writing

VIEW = "proposals.view"
OVER = N_("This has been decided, taken back or has expired; nothing was changed.")


@dataclass(frozen=True)
class Told:
    """A proposal as somebody who may see it sees it; `shown` is what its kind says, only where one is looked at."""

    id: str
    kind: str
    name: str
    unit: str
    reason: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    state: str
    decided_by: str | None
    decided_at: datetime | None
    answer: str
    may_decide: bool
    may_withdraw: bool
    shown: object


def list_seen(actor: Actor, now: datetime, decided: int = 20) -> tuple[list[Told], list[Told], list[Told]]:
    """Return what waits for the actor's decision, what the actor waits for, and what was decided last."""
    waiting = db.session.execute(_query(actor).where(*_is_open(now)).order_by(Proposal.expires_at)).all()
    told = [_told(actor, row, now) for row in waiting]
    is_over = or_(Proposal.state != "open", Proposal.expires_at <= now)
    last = db.session.execute(_query(actor).where(is_over).order_by(Proposal.id.desc()).limit(decided))
    mine = [one for one in told if one.may_withdraw]
    return [one for one in told if one.may_decide], mine, [_told(actor, row, now) for row in last]


def count_waiting(actor: Actor, now: datetime) -> int:
    """Return how many proposals wait for this person's decision."""
    if not actor.may(VIEW):
        return 0
    rows = db.session.execute(_query(actor).where(*_is_open(now)))
    return sum(_may_decide(actor, proposal) for proposal, *_ in rows)


def get_seen(actor: Actor, public_id: str, now: datetime) -> Told:
    """Return one proposal with what it would do now. Raises NotFound where it is out of sight."""
    row = db.session.execute(_query(actor).where(Proposal.public_id == public_id)).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    return _told(actor, row, now)


def _query(actor: Actor):
    """What somebody asked for, or what lies within reach of the deed that decides it."""
    asker, decider = aliased(Person), aliased(Person)
    reached = [
        and_(Proposal.kind == name, Proposal.unit_id.in_(scope.visible_units(actor, kind.DECIDE)))
        for name, kind in KINDS.items()
    ]
    return (
        select(Proposal, Unit.name, asker.name, decider.name)
        .join(Unit, Unit.id == Proposal.unit_id)
        .join(asker, asker.id == Proposal.asked_by_id)
        .outerjoin(decider, decider.id == Proposal.decided_by_id)
        .where(or_(Proposal.asked_by_id == actor.person_id, *reached))
    )


def _is_open(now: datetime) -> tuple:
    return Proposal.state == "open", Proposal.expires_at > now


def _may_decide(actor: Actor, proposal: Proposal) -> bool:
    kind = KINDS[proposal.kind]
    return (
        proposal.asked_by_id != actor.person_id
        and scope.covers(actor, kind.DECIDE, proposal.unit_id)
        and kind.may_decide(actor, proposal)
    )


def _told(actor: Actor, row, now: datetime) -> Told:
    proposal, unit, asker, decider = row
    is_open = proposal.state == "open" and proposal.expires_at > now
    return Told(
        proposal.public_id,
        proposal.kind,
        KINDS[proposal.kind].NAME,
        unit,
        proposal.reason,
        asker,
        proposal.asked_at,
        proposal.expires_at,
        "expired" if proposal.state == "open" and not is_open else proposal.state,
        decider,
        proposal.decided_at,
        proposal.answer,
        is_open and _may_decide(actor, proposal),
        is_open and proposal.asked_by_id == actor.person_id,
        KINDS[proposal.kind].show(proposal, now),
    )


def accept(actor: Actor, public_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Agree and have it done, in one transaction: both or neither.

    Raises NotFound out of sight, NotAllowed for whoever asked or may not decide it, Conflict where it is over, and
    whatever its kind refuses.
    """
    kind, proposal_id = _require_decider(actor, public_id)
    with writing() as session:
        proposal = _settle(session, proposal_id, "accepted", actor, "", now)
        audit.record(actor, proposal.unit_id, "proposal.accepted", proposal.subject, now, trace, **_detail(proposal))
        kind.carry_out(session, proposal, actor, now, trace)
    kind.follow_up(db.session.get(Proposal, proposal_id), now)


def decline(actor: Actor, public_id: str, why: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Refuse a proposal, for a stated reason; nothing is done. Raises as `accept`, and Invalid without a reason."""
    _, proposal_id = _require_decider(actor, public_id)
    why = check_reason(why)
    with writing() as session:
        proposal = _settle(session, proposal_id, "declined", actor, why, now)
        detail = {**_detail(proposal), "answer": why}
        audit.record(actor, proposal.unit_id, "proposal.declined", proposal.subject, now, trace, **detail)


def _require_decider(actor: Actor, public_id: str):
    row = db.session.execute(_query(actor).where(Proposal.public_id == public_id)).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    proposal = row[0]
    if proposal.asked_by_id == actor.person_id:
        raise NotAllowed(N_("You proposed this yourself; a second person has to decide."))
    if not _may_decide(actor, proposal):
        raise NotAllowed(N_("Somebody else has to decide this: your role or your own village does not allow it."))
    return KINDS[proposal.kind], proposal.id


def _settle(session, proposal_id: int, state: str, actor: Actor, answer: str, now: datetime) -> Proposal:
    """Claim the proposal with its decision. Raises Conflict where it is not open any more."""
    still_open = (Proposal.state == "open") & (Proposal.expires_at > now) & (Proposal.asked_by_id != actor.person_id)
    values = {"state": state, "decided_by_id": actor.person_id, "decided_at": now, "answer": answer}
    done = session.execute(update(Proposal).where(Proposal.id == proposal_id, still_open).values(**values))
    if not done.rowcount:
        raise Conflict(OVER)
    return session.get(Proposal, proposal_id, populate_existing=True)


def _detail(proposal: Proposal) -> dict:
    return {"kind": proposal.kind, "reason": proposal.reason, "proposal": proposal.public_id}


def withdraw(actor: Actor, public_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> None:
    """Take one's own proposal back. Raises NotFound for anybody else's, Conflict where it is over."""
    mine = (Proposal.public_id == public_id) & (Proposal.asked_by_id == actor.person_id)
    proposal_id = db.session.scalar(select(Proposal.id).where(mine))
    if proposal_id is None:
        raise NotFound(scope.NOT_HERE)
    still_open = update(Proposal).where(Proposal.id == proposal_id, Proposal.state == "open")
    with writing() as session:
        if not session.execute(still_open.values(state="withdrawn", decided_at=now)).rowcount:
            raise Conflict(OVER)
        proposal = session.get(Proposal, proposal_id, populate_existing=True)
        audit.record(actor, proposal.unit_id, "proposal.withdrawn", proposal.subject, now, trace, **_detail(proposal))


def expire_due(now: datetime) -> int:
    """Note every proposal that nobody decided in its time. Returns how many; repeatable."""
    due = update(Proposal).where(Proposal.state == "open", Proposal.expires_at <= now)
    with writing() as session:
        ids = session.scalars(due.values(state="expired").returning(Proposal.id)).all()
        for proposal in session.scalars(select(Proposal).where(Proposal.id.in_(ids))):
            audit.record(None, proposal.unit_id, "proposal.expired", proposal.subject, now, **_detail(proposal))
    return len(ids)
