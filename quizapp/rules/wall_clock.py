"""Moments as people write them: a day and a time on the clock on the wall, where a day may end at 24:00."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

TIME = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)", re.ASCII)
BOTH = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]+(\S+)", re.ASCII)


def moment(day: date, clock: str, zone: tzinfo) -> datetime | None:
    """Return the moment (UTC) of a day and a time such as 8:00, 23:59 or 24:00; None where it is no time of a day."""
    found = TIME.fullmatch(clock.strip())
    if found is None or (found[1] == "24" and found[2] != "00"):
        return None
    is_next = found[1] == "24"
    try:
        day = day + timedelta(days=1) if is_next else day
    except OverflowError:
        return None
    return datetime.combine(day, time(0 if is_next else int(found[1]), int(found[2])), zone).astimezone(UTC)


def read(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment of "2026-07-31 24:00" on the wall clock, or of RFC 3339 with its zone; None if it is neither.

    A day alone is none: whether its beginning or its end is meant cannot be known.
    """
    both = BOTH.fullmatch(text.strip())
    if both is None:
        return None
    try:
        told = moment(date.fromisoformat(both[1]), both[2], zone)
        stated = told or datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return stated.astimezone(UTC) if stated.tzinfo else stated.replace(tzinfo=zone).astimezone(UTC)


def written(at: datetime, zone: tzinfo, is_end: bool = False) -> tuple[date, str]:
    """Return day and time as `moment` reads them; as an end, midnight is 24:00 of the day before."""
    there = at.astimezone(zone)
    if is_end and there.time() == time(0):
        return there.date() - timedelta(days=1), "24:00"
    return there.date(), there.strftime("%H:%M")
