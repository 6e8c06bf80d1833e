"""The one clock of a process: a moment of UTC that was known once, carried on by a clock that nobody can set."""

import socket
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # goes on while the machine sleeps


def wall_ms() -> int:
    """Return what the machine's own clock says; anybody may set it."""
    return time.time_ns() // 1_000_000


def steady_ms() -> int:
    """Return milliseconds since the machine was started; the same for every process on it."""
    return time.clock_gettime_ns(_STEADY) // 1_000_000


def boot() -> str:
    """Return which start of which machine this is; steady milliseconds mean nothing beyond it."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return socket.gethostname()


_offset = wall_ms() - steady_ms()  # until the process has heard what is carried on here


def utc_ms() -> int:
    """Return the present moment in UTC milliseconds; setting the machine's clock later does not move it."""
    return _offset + steady_ms()


def now() -> datetime:
    """Return the present moment as an aware datetime."""
    return datetime.fromtimestamp(utc_ms() / 1000, UTC)


def carry_on(offset_ms: int) -> None:
    """Take over how far UTC is ahead of the steady clock, as the instance keeps it for this start of the machine."""
    global _offset
    _offset = offset_ms
