"""Closing an exam early where that cuts people's time: asked for by one person, agreed to by a second."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from quizapp.models import Proposal
from quizapp.rules.errors import Conflict
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, cutting, exams, scope
from quizapp.services.proposals import asking
from quizapp.services.transaction import writing

KIND = "exam_closing"
NAME = N_("Close an exam early")
ASK, DECIDE = "exams.manage", "exams.second"
LASTS = timedelta(hours=4)


@dataclass(frozen=True)
class Shown:
    """The exam and what closing it this moment would do."""

    exam_id: str
    title: str
    closes_at: datetime
    is_open: bool
    cut: cutting.Cut


def rehearse(actor: Actor | None, exam_id: str, now: datetime) -> Shown:
    """Return what closing an exam now would do, and change nothing. Raises NotFound where the actor may not."""
    exam = exams.get_exam(exam_id)
    scope.require(actor, ASK, exam.unit_id)
    return _shown(exam, now)


def _shown(exam, now: datetime) -> Shown:
    is_open = exam.opens_at < now < exam.ends_at
    return Shown(exam.public_id, exam.title, exam.ends_at, is_open, cutting.by_ending(exam.id, now))


def ask(actor: Actor, exam_id: str, reason: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> str:
    """Propose to close an exam now; returns the proposal's id. Raises Conflict where it is not open."""
    exam = exams.get_exam(exam_id)
    scope.require(actor, ASK, exam.unit_id)
    reason, unit_id = asking.check_reason(reason), exam.unit_id
    if not _shown(exam, now).is_open:
        raise Conflict(N_("This exam is not open."))
    with writing() as session:
        return asking.ask(session, actor, KIND, exam_id, unit_id, {}, reason, LASTS, now, trace)


def may_decide(actor: Actor, proposal: Proposal) -> bool:
    """Whoever holds the deed may."""
    return True


def show(proposal: Proposal, now: datetime) -> Shown:
    """Return what closing it this moment would do."""
    return _shown(exams.get_exam(proposal.subject), now)


def carry_out(session, proposal: Proposal, actor: Actor, now: datetime, trace: audit.Trace) -> None:
    """End the exam's window. Raises Conflict where it has closed by itself meanwhile."""
    if not exams.end_window(session, actor, proposal.subject, now, trace):
        raise Conflict(N_("This exam is not open."))


def follow_up(proposal: Proposal, now: datetime) -> None:
    """Take in, mark and release what can be."""
    exams.settle(proposal.subject, now)
