"""How an attempt in progress stands for those who watch over it: by when it was last heard and when it ends."""

from datetime import datetime, timedelta

SILENT = timedelta(minutes=3)  # an open attempt of which nothing was heard for so long
EXPIRING = timedelta(minutes=5)  # left until the deadline
# how somebody on the roster stands in an exam, the most urgent first
STANDINGS = ("silent", "answering", "missing", "taken_in", "handed_in", "excused")


def is_silent(heard_at: datetime, now: datetime) -> bool:
    """Whether nothing was heard for longer than a phone at work ever keeps quiet."""
    return heard_at < now - SILENT


def is_expiring(deadline_at: datetime, now: datetime) -> bool:
    """Whether the time will be over within minutes."""
    return deadline_at <= now + EXPIRING


def was_taken_in(state: str, finished_at: datetime | None, deadline_at: datetime) -> bool:
    """Whether the clock took the attempt in; marking forgets the state, but who ended by the clock ended on its dot."""
    return state == "auto_submitted" or (state in ("marked", "sealed") and finished_at == deadline_at)
