"""Tests marked `alone` have the machine to themselves, although pytest-xdist runs several processes."""

import fcntl
from contextlib import contextmanager
from pathlib import Path

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Hold the door for every test: shared by the common ones, exclusive for one marked `alone`."""
    if not hasattr(item.config, "workerinput"):
        return (yield)
    with turn(_meeting_place(item.config), is_alone=item.get_closest_marker("alone") is not None):
        return (yield)


@contextmanager
def turn(folder: Path, is_alone: bool):
    """Wait for a turn to run and hold it for the block; one that is alone waits for the others to finish.

    The queue lock keeps those who come later from slipping in before one who waits to be alone.
    """
    with (folder / "queue.lock").open("a") as queue, (folder / "room.lock").open("a") as room:
        fcntl.flock(queue, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH)
        fcntl.flock(queue, fcntl.LOCK_UN)
        yield


def _meeting_place(config) -> Path:
    return config._tmp_path_factory.getbasetemp().parent
