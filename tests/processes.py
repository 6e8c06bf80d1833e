"""Child processes that never outlive the test that started them."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1


def start(command: list, log: Path, last_signal: int = signal.SIGTERM, **options) -> subprocess.Popen:
    """Start `command` in a process group of its own, both outputs appended to `log`.

    The kernel sends it `last_signal` when the tests die, however they die.
    """
    libc = ctypes.CDLL(None)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, last_signal),
            **options,
        )


def kill_tree(process: subprocess.Popen) -> None:
    """SIGKILL the process and its whole family at one stroke, and wait until they are gone."""
    is_reaped = process.poll() is not None  # then its number may belong to somebody else by now
    members = [pid for pid in family(process.pid) if not (is_reaped and pid == process.pid)]
    for pid in members:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait(10)
    wait_until(lambda: not any(map(is_running, members)), 10, lambda: f"some of {members} survive SIGKILL")


def end(process: subprocess.Popen, number: int = signal.SIGTERM, seconds: float = 15) -> int:
    """Ask the process to stop by `number`, kill what is still there after `seconds`, and return its exit status."""
    if process.poll() is None:
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill_tree(process)
    return process.returncode


def family(pid: int) -> list[int]:
    """Return the ids of a started process, all its descendants, and the orphans that are still in its session."""
    parents, found = {}, {pid}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            _, parent, _, session, *_ = _stat(int(folder.name))
            parents[int(folder.name)] = int(parent)
            if int(session) == pid:
                found.add(int(folder.name))
    front = found
    while front:
        front = {child for child, parent in parents.items() if parent in front} - found
        found |= front
    return sorted(found)


def is_running(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        return _stat(pid)[0] not in "ZX"
    except OSError:
        return False


def wait_until(is_ready, seconds: float, complaint) -> None:
    """Ask `is_ready()` every 20 ms; after `seconds` raise TimeoutError with the text of `complaint()`."""
    limit = time.monotonic() + seconds
    while not is_ready():
        if time.monotonic() > limit:
            raise TimeoutError(complaint())
        time.sleep(0.02)


def free_port() -> int:
    """Return a loopback port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _stat(pid: int) -> list[str]:
    # The second field, the name in brackets, may hold anything; the state and the parent follow the last bracket.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
