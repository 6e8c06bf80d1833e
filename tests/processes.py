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
    """SIGKILL the process, its group and all its descendants at one stroke, and wait until they are gone."""
    family = [process.pid, *descendants(process.pid)]
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for pid in family:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait(10)
    wait_until(lambda: not any(map(is_running, family)), 10, lambda: f"some of {family} survive SIGKILL")


def end(process: subprocess.Popen, number: int = signal.SIGTERM, seconds: float = 15) -> int:
    """Ask the process to stop by `number`, kill what is still there after `seconds`, and return its exit status."""
    if process.poll() is None:
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill_tree(process)
    return process.returncode


def descendants(pid: int) -> list[int]:
    """Return the ids of all running descendants of a process."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int(_stat(int(folder.name))[1])
    found, front = [], {pid}
    while front:
        front = {child for child, parent in parents.items() if parent in front}
        found.extend(front)
    return found


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
