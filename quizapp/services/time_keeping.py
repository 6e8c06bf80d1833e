"""One time for all processes of an instance, and the alarm when the clock on the wall leaves it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, func, select, text, update

from quizapp.extensions import db
from quizapp.models import Attempt, MachineClock
from quizapp.models.types import from_ms, to_ms
from quizapp.rules import time_keeping as rules
from quizapp.rules.errors import Conflict
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.transaction import insert, is_postgresql, writing

NOTE_EVERY = timedelta(seconds=10)
SLOWEST_MS = 1000  # a database that takes longer to say its time has not said it
DEED = "clock.confirm"
AHEAD = N_("The machine's clock has jumped: it is %(seconds)s seconds ahead.")
BEHIND = N_("The machine's clock has jumped: it is %(seconds)s seconds behind.")
DATABASE_TIME = text("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")


@dataclass(frozen=True)
class Kept:
    """What a process goes by: UTC is its steady clock plus `offset_ms`; `jump_ms` is 0 while the wall agrees."""

    offset_ms: int
    jump_ms: int


@dataclass(frozen=True)
class Alarm:
    """The reference has been `seconds` ahead (behind, where negative) of the time carried on, since `jumped_at`."""

    seconds: int
    jumped_at: datetime
    at_it: int  # open attempts

    @property
    def ahead(self) -> timedelta:
        """The same as a span of time."""
        return timedelta(seconds=self.seconds)


def look(boot: str, steady_ms: Callable[[], int], wall_ms: Callable[[], int]) -> Kept:
    """Compare the time carried on since this start of the machine with the reference, and note both.

    The first to look begins it: from the reference, but never behind what was noted before. After that only an
    administrator moves it (`confirm`). The reference is the machine's clock, on PostgreSQL the database's, which all
    machines share.
    """
    reference, steady = _read(steady_ms, wall_ms)
    row = db.session.get(MachineClock, boot, populate_existing=True)
    if row is None or row.steady_ms > steady:  # the steady clock began anew: another start under the same name
        row = _begin(boot, reference, steady)
    carried = steady + row.offset_ms
    jump = rules.jump(reference, carried) if reference is not None else row.jump_ms
    kept = Kept(row.offset_ms, jump)
    is_news = abs(jump - row.jump_ms) > rules.JUMP_MS or (jump == 0) != (row.jump_ms == 0)
    if is_news or from_ms(carried) >= row.noted_at + NOTE_EVERY:
        _note(boot, kept, steady, row.jumped_at if jump and row.jump_ms else None)
    db.session.rollback()
    current_app.extensions["clock_jump_ms"] = jump
    return kept


def seen_jump() -> int:
    """Return by how many ms the reference was ahead when this process looked last; the database is not asked."""
    return current_app.extensions.get("clock_jump_ms", 0)


def _read(steady_ms: Callable[[], int], wall_ms: Callable[[], int]) -> tuple[int | None, int]:
    """Return (reference, steady) of one moment; no reference where the database is too slow to tell."""
    if not is_postgresql():
        return wall_ms(), steady_ms()
    before = steady_ms()
    told = db.session.scalar(DATABASE_TIME)
    after = steady_ms()
    return (told if after - before <= SLOWEST_MS else None), (before + after) // 2


def _begin(boot: str, reference: int | None, steady: int) -> MachineClock:
    newest = db.session.scalar(select(MachineClock).order_by(MachineClock.noted_at.desc()).limit(1))
    noted, noted_jump = (to_ms(newest.noted_at), newest.jump_ms) if newest else (None, 0)
    if reference is None:
        reference = db.session.scalar(DATABASE_TIME)
    began = rules.begin(reference, noted, noted, noted_jump if is_postgresql() else 0)
    values = {"offset_ms": began - steady, "steady_ms": steady, "noted_at": from_ms(began), "jump_ms": 0,
              "jumped_at": None}  # fmt: skip
    with writing() as session:
        if not is_postgresql():  # one machine: what it carried on before has ended
            session.execute(delete(MachineClock).where(MachineClock.boot != boot))
        begin = insert(MachineClock).values(boot=boot, **values)
        anew = begin.on_conflict_do_update(
            index_elements=["boot"], set_=values, where=MachineClock.steady_ms > steady
        )  # of several that look at once the first begins
        session.execute(anew)
    return db.session.get(MachineClock, boot, populate_existing=True)


def _note(boot: str, kept: Kept, steady: int, jumped_at: datetime | None) -> None:
    now = from_ms(steady + kept.offset_ms)
    mine = update(MachineClock).where(MachineClock.boot == boot, MachineClock.offset_ms == kept.offset_ms)
    with writing() as session:
        session.execute(
            mine.values(steady_ms=steady, noted_at=now, jump_ms=kept.jump_ms,
                        jumped_at=(jumped_at or now) if kept.jump_ms else None)
        )  # fmt: skip


def find_alarm() -> Alarm | None:
    """Return by how much the clock on the wall has left the time carried on, or None while they agree."""
    rows = db.session.scalars(select(MachineClock).order_by(MachineClock.noted_at.desc())).all()
    fresh = timedelta(milliseconds=rules.FRESH_MS)
    for row in rows:
        if row.jump_ms and row.noted_at >= rows[0].noted_at - fresh:
            at_it = db.session.scalar(select(func.count()).where(Attempt.state == "open"))
            return Alarm(round(row.jump_ms / 1000), row.jumped_at, at_it)
    return None


def confirm(actor: Actor | None, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> int:
    """Take the reference for right: the time carried on jumps to it. Returns the seconds of the jump.

    Raises Conflict where the two agree already.
    """
    scope.require_deed(actor, DEED)
    with writing() as session:
        alarm = find_alarm()
        if alarm is None:
            raise Conflict(N_("The clock agrees with the time carried on; there is nothing to confirm."))
        session.execute(
            update(MachineClock).values(
                offset_ms=MachineClock.offset_ms + MachineClock.jump_ms,
                noted_at=MachineClock.noted_at + MachineClock.jump_ms,
                jump_ms=0,
                jumped_at=None,
            )
        )
        audit.record(actor, actor and actor.unit_id, "clock.confirmed", "clock", now, trace, seconds=alarm.seconds)
        return alarm.seconds
