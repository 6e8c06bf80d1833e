"""The whole clock of an exam as pure functions of moments: when it is open, until when, what came in time.

Every moment is an aware datetime. The deadline is inclusive: an answer that arrives in the very millisecond
`deadline + grace` is in time. A window is open from the moment it opens until just before the moment it closes.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

SECOND = timedelta(seconds=1)
WIDEST_SPAN = 20 * SECOND  # over which those who wait for the opening start
STILL_TAKING = ("open", "auto_submitted")  # states of an attempt in which an answer in time still counts


def deadline(
    started_at: datetime, limit_seconds: int, window_closes_at: datetime, extension_seconds: int = 0
) -> datetime:
    """Return when an attempt ends: its limit or the end of the window, whichever is first, plus its own extension."""
    return min(started_at + limit_seconds * SECOND, window_closes_at) + extension_seconds * SECOND


def window_state(opens_at: datetime, closes_at: datetime, released_at: datetime | None, now: datetime) -> str:
    """Return "upcoming", "open", "closed" or, once the results are out, "released"."""
    if released_at is not None and now >= released_at:
        return "released"
    if now < opens_at:
        return "upcoming"
    return "open" if now < closes_at else "closed"


def seconds_available(now: datetime, limit_seconds: int, closes_at: datetime, extension_seconds: int = 0) -> int:
    """Return the whole seconds that somebody who starts now would have, rounded down, at least 0."""
    left = deadline(now, limit_seconds, closes_at, extension_seconds) - now
    return max(0, left // SECOND)


def last_full_start(limit_seconds: int, closes_at: datetime) -> datetime:
    """Return the last moment at which a start still brings the whole time."""
    return closes_at - limit_seconds * SECOND


def start_slot(opens_at: datetime, closes_at: datetime, limit_seconds: int, who: str) -> datetime:
    """Return when a phone that waits for the opening starts by itself: a little after it, each at a moment of its own.

    `who` names the person and the exam; the same always gets the same. It costs nobody a second: the time runs from
    the start, and the span ends where less than the whole time would be left.
    """
    spare = max(last_full_start(limit_seconds, closes_at) - opens_at, 0 * SECOND)
    share = int.from_bytes(sha256(who.encode()).digest()[:4]) / 2**32
    return opens_at + min(WIDEST_SPAN, spare) * share


def may_start(
    opens_at: datetime, closes_at: datetime, released_at: datetime | None, now: datetime, attempts_left: int
) -> str:
    """Return "yes", or why not: "upcoming", "closed", "released" or "none_left"."""
    state = window_state(opens_at, closes_at, released_at, now)
    if state != "open":
        return state
    return "yes" if attempts_left > 0 else "none_left"


def accepts(arrival: datetime, deadline_at: datetime, grace_seconds: int, state: str) -> str:
    """Return "yes" if an answer counts, "late" if it arrived too late, "closed" if the attempt takes none any more.

    Decided by arrival alone: neither the time an answer waited in our queues nor an automatic close in between
    makes it late. "late" and "closed" answers are recorded, not counted.
    """
    if arrival > deadline_at + grace_seconds * SECOND:
        return "late"
    return "yes" if state in STILL_TAKING else "closed"


def may_close(now: datetime, deadline_at: datetime, grace_seconds: int, margin_seconds: int = 0) -> bool:
    """Return whether the last moment an answer may arrive lies more than the margin back.

    Asked without a margin before closing an attempt by itself; asked before marking with a margin longer than an
    answer can wait in our queues.
    """
    return now > deadline_at + (grace_seconds + margin_seconds) * SECOND


def seconds_used(
    started_at: datetime, last_counted_at: datetime, outage_seconds: int = 0, deadline_at: datetime | None = None
) -> int:
    """Return the whole seconds that rank an attempt: from its start to its last counted save or hand-in.

    Granted outage is taken off. Time after the deadline does not count, so that the grace shows nowhere. Rounded
    down, at least 0.
    """
    end = last_counted_at if deadline_at is None else min(last_counted_at, deadline_at)
    return max(0, (end - started_at) // SECOND - outage_seconds)


def rfc3339(moment: datetime) -> str:
    """Return the moment as it goes to the outside: UTC with milliseconds, rounded down, and a Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
