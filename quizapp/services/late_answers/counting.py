"""Counting late answers: a leader of the township outside the village proposes, a second person decides, once."""

from datetime import datetime, timedelta

from sqlalchemy import select, tuple_, update

from quizapp.models import Answer, Attempt, Exam, LateAnswer, Proposal, Result
from quizapp.rules.errors import Conflict, NotAllowed
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit
from quizapp.services.attempts import finish, marking, receipts
from quizapp.services.late_answers import records, sight
from quizapp.services.proposals import asking
from quizapp.services.transaction import insert, writing

KIND = records.KIND
NAME = N_("Count late answers")
DECIDE = sight.DECIDE
LASTS = timedelta(days=7)
COUNTABLE = ("submitted", "auto_submitted", "marked")

OUTSIDE = N_("Only a leader of the township from outside this village may propose this.")
OPEN = N_("This attempt is still open: its answers count by themselves, or are taken in when its time is over.")
SEALED = N_(
    "This result is sealed in a published sheet and is not changed any more. The answers stay recorded; "
    "please take it up with the township's evaluation office, which has to agree to a corrected sheet."
)
NOTHING = N_("There is nothing to count: what came late stands already, or a newer answer does.")


def ask(actor: Actor, attempt_id: str, reason: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> str:
    """Propose to count what came late for an attempt and is newer than what stands; returns the proposal's id.

    Raises NotFound out of reach, NotAllowed for whoever belongs to the village, Invalid without a reason, Conflict
    where there is nothing to count, and for an open attempt or a sealed result.
    """
    found = sight.get_sheet(actor, attempt_id)
    attempt, exam, *_ = sight.find_row(attempt_id)
    if not sight.is_outside(actor, sight.PROPOSE, attempt, exam):
        raise NotAllowed(OUTSIDE)
    reason, unit_id = asking.check_reason(reason), exam.unit_id
    _refuse_state(attempt.state)
    late = [one.late.key for one in found.slots if one.late.state == "recorded"]
    if not late:
        raise Conflict(NOTHING)
    with writing() as session:
        return asking.ask(session, actor, KIND, attempt_id, unit_id, {"late": late}, reason, LASTS, now, trace)


def _refuse_state(state: str) -> None:
    if state == "sealed":
        raise Conflict(SEALED)
    if state == "open":
        raise Conflict(OPEN)


def may_decide(actor: Actor, proposal: Proposal) -> bool:
    """Only somebody from outside the village concerned."""
    attempt, exam, *_ = sight.find_row(proposal.subject)
    return sight.is_outside(actor, DECIDE, attempt, exam)


def show(proposal: Proposal, now: datetime) -> sight.Sheet:
    """Return the answers that the proposal is about, and no later ones."""
    row = sight.find_row(proposal.subject)
    late = records.of_attempts([row[0].id], only=records.pinned(proposal))
    return sight.sheet(row, late.get(row[0].id, []), may_propose=False)


def carry_out(session, proposal: Proposal, actor: Actor, now: datetime, trace: audit.Trace) -> None:
    """Put the answers in place, mark the attempt again and give it a new receipt, in the open transaction.

    What stood before stays in the history, the old figures in the audit, the old receipt superseded. Raises Conflict
    where the result is sealed by now or nothing is left to count.
    """
    exam = session.scalar(select(Exam).join(Attempt).where(Attempt.public_id == proposal.subject))
    sight.lock_campaign(session, exam)
    attempt = _claim(session, proposal.subject)
    before = _figures(session, attempt)
    slots = _put_in_place(session, attempt.id, records.pinned(proposal))
    if not slots:
        raise Conflict(NOTHING)
    _account(session, attempt, now)
    figures = {"before": before, "after": _figures(session, attempt)}
    audit.record(
        actor, proposal.unit_id, "late.counted", proposal.subject, now, trace, reason=proposal.reason, slots=slots,
        proposal=proposal.public_id, figures=figures,
    )  # fmt: skip


def follow_up(proposal: Proposal, now: datetime) -> None:
    """Nothing: ranking and evaluation are computed from what stands."""


def _claim(session, attempt_id: str) -> Attempt:
    mine = update(Attempt).where(Attempt.public_id == attempt_id, Attempt.state.in_(COUNTABLE))
    session.execute(mine.values(state=Attempt.state))
    attempt = session.scalar(
        select(Attempt).where(Attempt.public_id == attempt_id).execution_options(populate_existing=True)
    )
    _refuse_state(attempt.state)
    return attempt


def _put_in_place(session, attempt_id: int, pinned: list[records.Key]) -> list[str]:
    """Let the pinned answers, as they were recorded, stand where nothing newer does; return their slots."""
    put = insert(Answer)
    newer = tuple_(put.excluded.epoch, put.excluded.seq) > tuple_(Answer.epoch, Answer.seq)
    put = put.on_conflict_do_update(
        index_elements=["attempt_id", "slot"],
        set_={name: put.excluded[name] for name in ("epoch", "seq", "value", "arrived_at")},
        where=newer,
    ).returning(Answer.slot)
    slots = set()
    for late in session.scalars(select(LateAnswer).where(LateAnswer.attempt_id == attempt_id)).all():
        if records.key_of(late) in pinned:
            columns = {column.name: getattr(late, column.name) for column in Answer.__table__.columns}
            slots.update(session.scalars(put, columns).all())
    return sorted(slots)


def _account(session, attempt: Attempt, now: datetime) -> None:
    """Bring result and receipt up to what stands; before the marking the receipt alone, the marking does the rest."""
    if attempt.state == "marked":
        marking.mark_again(session, attempt, now)
    else:
        receipts.ensure(attempt, finish.standing(session, attempt.id))


def _figures(session, attempt: Attempt) -> dict:
    """Return what the trail keeps of an attempt's result and receipt."""
    receipt = receipts.current(attempt.id)
    told = {"receipt": receipt.code, "answered": receipt.answered} if receipt else {}
    result = session.get(Result, attempt.id, populate_existing=True)
    if result is not None:
        names = ("points_milli", "full_milli", "seconds_used", "marks", "answers_digest")
        told |= {name: getattr(result, name) for name in names}
    return told
