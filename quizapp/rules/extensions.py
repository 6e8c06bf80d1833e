"""More time: what an extension does to one attempt, as a pure function of how the attempt stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from quizapp.rules.clock import SECOND

MOST_MINUTES = 360
REASON_LONGEST = 200
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Effect:
    """The attempt's new deadline, and whether it is taken up again although it was handed in."""

    deadline_at: datetime
    is_reopened: bool


def effect(
    state: str,
    deadline_at: datetime,
    minutes: int,
    now: datetime,
    grace_seconds: int,
    first_late_at: datetime | None = None,
    is_named: bool = False,
) -> Effect | None:
    """Return what so many minutes do to an attempt, or None where they do nothing.

    Whoever is at it gets them. What the clock took in goes on where that leaves time from now; where it does not, the
    minutes still count for answers that came too late and would have been in time (`first_late_at` is the first of
    them). What its person handed in goes on only where the person is named. Marked is marked.
    """
    later = deadline_at + minutes * MINUTE
    if state == "open":
        return Effect(later, is_reopened=False)
    if state == "auto_submitted" or (state == "submitted" and is_named):
        if later > now:
            return Effect(later, is_reopened=True)
        if state == "auto_submitted" and first_late_at is not None and first_late_at <= later + grace_seconds * SECOND:
            return Effect(later, is_reopened=False)
    return None
