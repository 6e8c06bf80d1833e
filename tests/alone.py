"""Where the processes of pytest-xdist meet: tests marked `alone` have the machine to themselves, and what takes long
to build is built once for all."""

import fcntl
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Let those marked `alone` come last: before each of them all processes wait for the longest test that runs."""
    items.sort(key=_is_alone)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Hold the door for every test: shared by the common ones, exclusive for one marked `alone`."""
    if not hasattr(item.config, "workerinput"):
        return (yield)
    with turn(_meeting_place(item.config), is_alone=_is_alone(item)):
        return (yield)


def _is_alone(item) -> bool:
    return item.get_closest_marker("alone") is not None


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


def built_once(config, name: str, build) -> Path:
    """Return a folder of this name that `build(folder)` has filled, by whichever process of this run came first."""
    folder = _meeting_place(config) / name
    with (folder.with_suffix(".lock")).open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not (folder / "built").exists():
            shutil.rmtree(folder, ignore_errors=True)  # what a build that failed has left
            folder.mkdir()
            build(folder)
            (folder / "built").touch()
    return folder


def _meeting_place(config) -> Path:
    folder = config._tmp_path_factory.getbasetemp()
    return folder.parent if hasattr(config, "workerinput") else folder
