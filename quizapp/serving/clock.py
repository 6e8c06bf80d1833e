"""The wall clock of the moment we started, carried on by a clock that nobody can set."""

import time

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # goes on while the machine sleeps
_OFFSET = time.time_ns() - time.clock_gettime_ns(_STEADY)


def utc_ms() -> int:
    """Return the present moment in UTC milliseconds; setting the machine's clock later does not move it."""
    return (_OFFSET + time.clock_gettime_ns(_STEADY)) // 1_000_000
