"""The deeds that need two people, by name; a new one is its service, a template of that name, and a line here."""

from datetime import datetime
from typing import Protocol

from quizapp.models import Proposal
from quizapp.rules.permissions import Actor
from quizapp.services import audit, early_closing
from quizapp.services.late_answers import counting


class Kind(Protocol):
    """What the service of such a deed offers, beside its own way to ask for it (see `asking`)."""

    NAME: str  # marked for translation: the deed in a few words
    DECIDE: str  # the deed of rules/permissions that lets somebody decide, over the proposal's unit

    @staticmethod
    def may_decide(actor: Actor, proposal: Proposal) -> bool:
        """Whether somebody who holds DECIDE there, and did not ask, may decide this one."""

    @staticmethod
    def show(proposal: Proposal, now: datetime) -> object:
        """Return what would happen now, as plain data for the template proposals/<kind>.html."""

    @staticmethod
    def carry_out(session, proposal: Proposal, actor: Actor, now: datetime, trace: audit.Trace) -> None:
        """Do it in the open transaction, with its audit line. Raises a Refusal where it cannot be done any more."""

    @staticmethod
    def follow_up(proposal: Proposal, now: datetime) -> None:
        """Do what may come after the commit; the sweepers would do it as well."""


KINDS: dict[str, Kind] = {
    early_closing.KIND: early_closing,
    counting.KIND: counting,
}
