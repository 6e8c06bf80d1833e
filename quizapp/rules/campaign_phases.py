"""What a campaign's dates mean as steps: study, its exams, the summary."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

ONE_DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Window:
    """An exam that counts, with the moments between which it is open."""

    title: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Phase:
    """One step: kind "study", "exam" (with its window) or "summary"; state "done", "now" or "later"."""

    kind: str
    first: date
    last: date
    state: str
    window: Window | None = None


def phases(starts_on: date, ends_on: date, windows: list[Window], now: datetime, zone: tzinfo) -> list[Phase]:
    """Return the steps in the order in which they begin, days as the wall clock of `zone` counts them.

    Study lasts until the day before the first exam opens, the summary from the day after the last one has closed
    until the campaign ends; a step without a day is left out. A window that closes at midnight ends on the day before.
    """
    today = now.astimezone(zone).date()
    steps = [_exam(window, now, zone) for window in sorted(windows, key=lambda one: (one.opens_at, one.closes_at))]
    last_of_study = min(ends_on, steps[0].first - ONE_DAY) if steps else ends_on
    first_of_summary = max(step.last for step in steps) + ONE_DAY if steps else ends_on + ONE_DAY
    if starts_on <= last_of_study:
        steps.insert(0, Phase("study", starts_on, last_of_study, _state(starts_on, last_of_study, today)))
    if first_of_summary <= ends_on:
        steps.append(Phase("summary", first_of_summary, ends_on, _state(first_of_summary, ends_on, today)))
    return steps


def _exam(window: Window, now: datetime, zone: tzinfo) -> Phase:
    first = window.opens_at.astimezone(zone).date()
    last = (window.closes_at.astimezone(zone) - INSTANT).date()
    state = "later" if now < window.opens_at else "now" if now < window.closes_at else "done"
    return Phase("exam", first, last, state, window)


def _state(first: date, last: date, today: date) -> str:
    return "later" if today < first else "now" if today <= last else "done"
