"""When a delivery that failed is tried again: quickly at first, then every hour for thirty days."""

from datetime import datetime
from email.utils import parsedate_to_datetime

FIRST_SECONDS = (0, 5, 30, 120, 300, 900, 1800)  # before the first try, before the second, …
HOUR_SECONDS = 3600
HOURLY_TRIES = 30 * 24
JITTER = 0.2
LONGEST_SECONDS = 24 * HOUR_SECONDS  # a receiver may not put us off for longer


def wait_seconds(failures: int, jitter: float, retry_after: int | None = None) -> int | None:
    """Return the seconds to wait before the next try after so many failed ones; None: only by hand from now on.

    `jitter` from -1 to 1 moves the hourly tries by up to 20 %. A receiver's Retry-After in seconds is honoured up
    to a day where it is longer than our own wait.
    """
    if failures >= len(FIRST_SECONDS) + HOURLY_TRIES:
        return None
    if failures < len(FIRST_SECONDS):
        own = FIRST_SECONDS[failures]
    else:
        own = round(HOUR_SECONDS * (1 + JITTER * max(-1.0, min(1.0, jitter))))
    return max(own, min(retry_after or 0, LONGEST_SECONDS))


def read_retry_after(header: str | None, now: datetime) -> int | None:
    """Return the whole seconds a Retry-After header asks for, from a number or a date; None where it makes no sense."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        return None
    return max(0, round((moment - now).total_seconds()))
