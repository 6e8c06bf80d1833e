"""One time for all processes, carried on by a clock that nobody can set, on both databases.

The reference is the machine's clock on SQLite; on PostgreSQL it is the database's, which a statement that adds
to it plays.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from quizapp.extensions import db
from quizapp.models import AuditEvent, MachineClock
from quizapp.rules import time_keeping as rules
from quizapp.rules.errors import Conflict, NotAllowed
from quizapp.services import jobs, time_keeping
from quizapp.services.attempts import save, start
from quizapp.serving import clock

HOUR = 3_600_000


@dataclass
class Machine:
    """A machine whose clocks a test sets; `ahead` (the reference) and `slept` in ms on top of the real ones."""

    patch: pytest.MonkeyPatch
    boot: str = "first"
    ahead: int = 0
    slept: int = 0

    def jump(self, ms: int) -> None:
        """Let the reference jump ahead of the steady clock."""
        self.ahead += ms
        told = f"SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint + {self.ahead}"
        self.patch.setattr(time_keeping, "DATABASE_TIME", text(told))

    def look(self) -> time_keeping.Kept:
        return time_keeping.look(self.boot, lambda: clock.steady_ms() + self.slept, lambda: clock.wall_ms() + self.ahead)

    def now(self) -> int:
        """The time carried on, as a process would say it."""
        return clock.steady_ms() + self.slept + self.look().offset_ms


@pytest.fixture
def machine(app_context, cast, monkeypatch) -> Machine:
    one = Machine(monkeypatch)
    one.look()
    return one


def row() -> MachineClock:
    db.session.rollback()
    return db.session.scalar(select(MachineClock).execution_options(populate_existing=True))


def near(one: int, other: int) -> bool:
    return abs(one - other) < 1500


@pytest.mark.parametrize("ms", [HOUR, -HOUR, 2500, -2500])
def test_c6_a_jump_raises_the_alarm_and_moves_no_time_until_the_clock_agrees_again(machine, ms):
    """C6: either way; what is carried on goes on as if nothing had been."""
    offset = machine.look().offset_ms
    machine.jump(ms)
    kept = machine.look()
    assert (kept.offset_ms, near(kept.jump_ms, ms)) == (offset, True)
    assert near(time_keeping.find_alarm().seconds * 1000, ms)
    since = row().jumped_at
    machine.look()
    assert row().jumped_at == since
    machine.jump(-ms)
    assert machine.look() == time_keeping.Kept(offset, 0)
    assert time_keeping.find_alarm() is None


@pytest.mark.parametrize("ms", [900, -900])
def test_what_two_seconds_hold_is_no_jump(machine, ms):
    machine.jump(ms)
    assert machine.look().jump_ms == 0 and time_keeping.find_alarm() is None


def test_c6_nothing_is_closed_marked_or_released_by_itself_while_the_alarm_is_on_and_saves_go_on(machine, cast, stage):
    """C6: the attempt stays open, its answers are saved; after the administrator's word all is done."""
    actor = cast.actor("trainee")
    running = start.start(actor, stage.exam, stage.now)
    machine.jump(HOUR)
    machine.look()
    over = stage.now + timedelta(hours=3)
    assert not {"close", "receipts", "mark", "release"} & set(jobs.run_due(None, over))
    assert "deliver" in jobs.run_due(None, over)
    assert save.save_answers(running.attempt_id, actor.person_id, 1, [save.Sent("1", 1, None)], stage.now).saved
    time_keeping.confirm(cast.actor("admin"), over)
    assert jobs.run_due(None, over)["close"] == 1


def test_an_administrator_confirms_the_machines_clock_and_every_process_goes_by_it(machine, cast):
    before = machine.now()
    machine.jump(HOUR)
    machine.look()
    for name in ("trainer", "township_leader", "trainee"):
        with pytest.raises(NotAllowed):
            time_keeping.confirm(cast.actor(name), clock.now())
    assert near(time_keeping.confirm(cast.actor("admin"), clock.now()) * 1000, HOUR)
    assert near(machine.now(), before + HOUR)
    assert machine.look().jump_ms == 0
    assert db.session.scalar(select(AuditEvent.action).where(AuditEvent.action == "clock.confirmed"))
    with pytest.raises(Conflict):
        time_keeping.confirm(None, clock.now())


def test_a_process_that_starts_after_the_jump_goes_by_the_time_of_the_others(machine):
    """One time for server, worker and commands, whenever they began."""
    before = machine.look()
    machine.jump(HOUR)
    later = Machine(machine.patch, "first", machine.ahead).look()
    assert (later.offset_ms, near(later.jump_ms, HOUR)) == (before.offset_ms, True)


def test_after_a_restart_of_the_machine_time_never_goes_back_behind_what_was_noted(machine):
    """R5: the high-water mark."""
    again = Machine(machine.patch, "second")
    again.jump(-HOUR)
    kept = again.look()
    assert near(clock.steady_ms() + kept.offset_ms, clock.wall_ms())
    assert near(kept.jump_ms, -HOUR) and time_keeping.find_alarm() is not None


@pytest.mark.parametrize(
    ("reference", "high_water", "noted", "jump", "expected"),
    [
        (5_000, None, None, 0, 5_000),
        (5_000, 4_000, 4_000, 0, 5_000),
        (5_000, 9_000, 9_000, 0, 9_000),
        (HOUR + 5_000, 4_000, 4_000, HOUR, 5_000),  # the others know that the reference is an hour ahead
        (9 * HOUR, 4_000, 4_000, HOUR, 9 * HOUR),  # what they knew is too old to tell
    ],
)
def test_where_a_machine_begins(reference, high_water, noted, jump, expected):
    assert rules.begin(reference, high_water, noted, jump) == expected


def test_a_steady_clock_that_began_anew_is_another_start(machine):
    machine.slept -= clock.steady_ms() - 1000
    machine.look()
    assert near(machine.now(), clock.wall_ms())
