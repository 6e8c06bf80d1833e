"""Requests of an exam tell whoever watches over it that they came; noted in memory, which costs them nothing."""

from flask import request
from flask_login import current_user

from quizapp.services.invigilation import pulse
from quizapp.services.people import devices
from quizapp.web import edge

LONGEST_AGENT = 160


def note(attempt_id: str) -> None:
    """Note that an attempt was heard; call it once its own person has been let in."""
    pulse.hear(attempt_id, edge.now())


def note_opening(attempt_id: str) -> None:
    """Note that an attempt was started or come back to, and under which sign-in."""
    note(attempt_id)
    agent = request.user_agent.string[:LONGEST_AGENT]
    pulse.tell(attempt_id, "opened", devices.name_of(current_user.token), {"agent": agent}, edge.now())


def note_signals(attempt_id: str, device: str, sums: dict) -> None:
    """Note what a browser tells of itself."""
    pulse.tell(attempt_id, "told", device, {name: sum_ for name, sum_ in sums.items() if name != "device"}, edge.now())
