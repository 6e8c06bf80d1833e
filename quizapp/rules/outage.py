"""When people lost time together: the rule that proposes equal minutes for a village, or for all. It grants nothing.

A cut that one person reports can be a story; one that falls on several of a village at once, or on the server, cannot.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FEWEST = 3  # attempts of a village that must fall silent together
TOGETHER = timedelta(minutes=2)  # within so long
SHORTEST = timedelta(minutes=3)  # a silence; shorter ones happen to everybody all the time
DOWN = timedelta(seconds=60)  # no serving process could write for longer
MOST_MINUTES = 120


@dataclass(frozen=True)
class Silence:
    """A time in which nothing was heard of an attempt; `until` None: it is silent still."""

    attempt: int
    start: datetime
    until: datetime | None


@dataclass(frozen=True)
class Sitting:
    """From when to when an attempt was open; `until` None: it is open still."""

    attempt: int
    start: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Outage:
    """A time that was lost together; `silent` of the `open_count` attempts that were open when it began."""

    start: datetime
    end: datetime
    is_over: bool
    silent: frozenset[int]
    open_count: int

    @property
    def minutes(self) -> int:
        """Equal minutes for everybody it fell on: begun ones count whole, so that nobody is short of time."""
        seconds = (self.end - self.start).total_seconds()
        return min(max(1, -int(-seconds // 60)), MOST_MINUTES)


def gaps(spans: list[tuple[datetime, datetime]], start: datetime, now: datetime) -> list[tuple[datetime, datetime]]:
    """Return the times between `start` and `now` in which no serving process could write, as its spans tell.

    Nothing is known before the first span: a server that was never seen was not down.
    """
    found, reached = [], None
    for begun, last in [*sorted(spans), (now, now)]:
        if reached is not None and begun - reached > DOWN and begun > start:
            found.append((max(reached, start), begun))
        reached = last if reached is None else max(reached, last)
    return [gap for gap in found if gap[1] - gap[0] > DOWN and gap[0] < now]


def server_outages(down: list[tuple[datetime, datetime]], sittings: list[Sitting], now: datetime) -> list[Outage]:
    """Return for each time without a server the attempts that were open when it began."""
    found = []
    for start, end in down:
        hit = frozenset(one.attempt for one in sittings if _is_open(one, start))
        if hit:
            found.append(Outage(start, end, end < now, hit, len(hit)))
    return found


def village_outages(
    silences: list[Silence], sittings: list[Sitting], down: list[tuple[datetime, datetime]], now: datetime
) -> list[Outage]:
    """Return when at least FEWEST and half of a village's open attempts fell silent within TOGETHER.

    It ends with the last one that came back, once half have; before that it goes on. Times without a server are
    taken off first: they are lost by all and proposed for all.
    """
    cut = [left for one in silences if (left := _without(one, down, now))]
    left = sorted(cut, key=lambda one: (one.start, one.attempt))
    found: list[Outage] = []
    while left:
        first = left[0]
        group = [one for one in left if one.start <= first.start + TOGETHER]
        silent = frozenset(one.attempt for one in group)
        open_count = len({one.attempt for one in sittings if _is_open(one, first.start)} | silent)
        if len(silent) < FEWEST or 2 * len(silent) < open_count:
            left = left[1:]
            continue
        found.append(_outage(first.start, group, silent, open_count, now))
        left = [one for one in left if one not in group]
    return found


def _outage(start: datetime, group: list[Silence], silent: frozenset[int], open_count: int, now: datetime) -> Outage:
    back = [one.until for one in group if one.until is not None]
    is_over = 2 * len({one.attempt for one in group if one.until is not None}) >= len(silent)
    return Outage(start, max(back) if is_over else now, is_over, silent, open_count)


def _is_open(sitting: Sitting, moment: datetime) -> bool:
    return sitting.start <= moment and (sitting.until is None or moment < sitting.until)


def _without(silence: Silence, down: list[tuple[datetime, datetime]], now: datetime) -> Silence | None:
    """Return what is left of a silence after the times without a server, or None where that is too short."""
    start = silence.start
    for begun, ended in down:
        if begun - DOWN <= start <= ended:  # the last word before a fall is some seconds older than the last beat
            start = ended
    if (silence.until or now) - start < SHORTEST:
        return None
    return Silence(silence.attempt, start, silence.until)


def unmet(outages: list[Outage], granted_minutes: int) -> list[tuple[Outage, int]]:
    """Return what is still to be given for each outage, the earliest first, once the minutes granted are taken off.

    Less than the shortest silence is not worth another grant.
    """
    found, left = [], granted_minutes
    for one in sorted(outages, key=lambda each: (each.start, each.end)):
        rest = one.minutes - left
        left = max(0, -rest)
        if rest * timedelta(minutes=1) >= min(SHORTEST, one.minutes * timedelta(minutes=1)):
            found.append((one, rest))
    return found


def is_same(start: datetime, dismissed_from: datetime, dismissed_until: datetime) -> bool:
    """Whether an outage is one that was dismissed: its beginning may be seen a little earlier later on."""
    return dismissed_from - TOGETHER <= start <= dismissed_until
