"""A recording of a server's writes, syncs and sends by strace, and the disk as it may look when the power goes.

A write that no sync has covered may be on the disk, or not, or half, in any order, and a sync that failed has thrown
away what it should have kept, as Linux does: only writing it again brings it to the disk.
"""

import itertools
import random
import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import processes
from tests.live import COMMAND, LiveServer

CALLS = "pwrite64,fdatasync,fsync,ftruncate,write,writev,sendto,sendmsg"
SECTOR = 512
LINE = re.compile(r"(\d+) +(?:<\.\.\. )?(\w+)(.*)$")
RESULT = re.compile(r"= (-?\d+)(?: E\w+ .*)?(?: \(INJECTED\))?$")
PATH = re.compile(r"^\((\d+)<([^>]*)>")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
NONCE = re.compile(rb'"nonce":"(\w+)"')


@dataclass(eq=False)
class Call:
    """One system call: where in the recording it began and ended, and what it did."""

    name: str
    thread: str
    path: str
    data: bytes
    place: int  # of a write in its file; the new length of a truncated one
    began: int
    ended: int = 0
    result: int = 0


def require_strace(folder: Path) -> None:
    """Skip the test where system calls cannot be watched, and say why."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    done = subprocess.run(["strace", "-f", "-o", folder / "trial", "true"], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"watching system calls is not permitted here: {done.stderr.strip()}")


def start(server: LiveServer, log: Path, inject: str = "", command: list | None = None) -> None:
    """Start the server with every write recorded in `log`; `inject` is a fault in strace's own words."""
    faults = ["-e", f"inject={inject}"] if inject else []
    tracing = ["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "20000", "-e", f"trace={CALLS}", *faults]
    server.command = [*tracing, "-e", "signal=none", "-o", log, *(command or [COMMAND])]
    try:
        server.start("--no-worker", seconds=60)
    finally:
        server.command = [COMMAND]


def stop(server: LiveServer) -> None:
    """Kill the server, not the recorder, which then writes its last line."""
    for pid in processes.family(server.process.pid):
        if pid != server.process.pid:
            processes.os.kill(pid, processes.signal.SIGKILL)
    server.process.wait(20)


def read(*logs: Path) -> list[Call]:
    """Return the calls of recordings that followed each other, in the order of their ends."""
    begun: dict[str, Call] = {}
    calls = []
    lines = itertools.chain.from_iterable(log.read_text().splitlines() for log in logs)
    for number, line in enumerate(lines):
        found = LINE.match(line)
        if not found:
            continue
        thread, name, rest = found.groups()
        is_resumed = line.split(maxsplit=1)[1].startswith("<... ")
        call = begun.pop(thread, None) if is_resumed else _begin(thread, name, rest, number)
        result = RESULT.search(rest)
        if call and result:
            call.ended, call.result = number, int(result[1])
            calls.append(call)
        elif call:
            begun[thread] = call
    return calls


def _begin(thread: str, name: str, rest: str, number: int) -> Call | None:
    where = PATH.match(rest)
    if where is None:
        return None
    data = bytes.fromhex("".join(TEXT.findall(rest)).replace("\\x", ""))
    numbers = re.findall(r", (\d+)", TEXT.sub("", rest))
    place = int(numbers[-1]) if name in ("pwrite64", "ftruncate") and numbers else 0
    return Call(name, thread, _decoded(where[2]), data, place, number)


def _decoded(path: str) -> str:
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


@dataclass
class Ack:
    """An answer on its way to its phone: where in the recording the words began to be sent."""

    nonce: str
    began: int


def acks(calls: list[Call]) -> list[Ack]:
    """Return every acknowledgement that was sent, in order."""
    sends = [call for call in calls if call.data.startswith(b"HTTP/1.1 200 ")]
    return [Ack(found[1].decode(), call.began) for call in sends if (found := NONCE.search(call.data))]


@dataclass
class _File:
    durable: bytearray
    pending: list[Call] = field(default_factory=list)


class Disk:
    """The files of a database while a recording is played: what is surely there, and what is only on its way."""

    def __init__(self, files: dict[str, bytes], calls: list[Call]):
        """`files` is what was there, durably, when the recording began."""
        self.files = defaultdict(lambda: _File(bytearray()), {path: _File(bytearray(held)) for path, held in files.items()})
        self.calls = [call for call in calls if call.path.endswith((".sqlite3", ".sqlite3-wal"))]
        self.played = 0

    def play_until(self, moment: int) -> None:
        """Do everything that had ended at a line of the recording."""
        while self.played < len(self.calls) and self.calls[self.played].ended < moment:
            self._do(self.calls[self.played])
            self.played += 1

    def _do(self, call: Call) -> None:
        file = self.files[call.path]
        if call.name in ("pwrite64", "ftruncate"):
            if call.result >= 0:
                file.pending.append(call)
        elif call.name in ("fdatasync", "fsync"):
            covered = [one for one in file.pending if one.ended < call.began]
            if call.result != 0:  # Linux tells everybody who has the file open; strace only the one that it plays with
                covered = [one for one in covered if one.thread == call.thread]
            file.pending = [one for one in file.pending if one not in covered]
            for one in covered if call.result == 0 else []:
                _write(file.durable, one, one.data)

    def cut(self, dice: random.Random, folder: Path) -> Path:
        """Lay out the files as they may be found when the power comes back; return the database's path."""
        share = dice.choice([0, 0, 0.2, 0.5, 0.8, 1])
        for path, file in self.files.items():
            image = bytearray(file.durable)
            for call in file.pending:
                if dice.random() < share:
                    _write(image, call, _torn(call.data, dice) if dice.random() < 0.3 else call.data)
            (folder / Path(path).name).write_bytes(image)
        return folder / "quizapp.sqlite3"


def _torn(data: bytes, dice: random.Random) -> bytes:
    """Return the beginning of a write that was under way when the power went."""
    return data[: dice.randrange(0, len(data) + 1, SECTOR)]


def _write(image: bytearray, call: Call, data: bytes) -> None:
    if call.name == "ftruncate":
        del image[call.place :]
        image.extend(bytes(call.place - len(image)))
        return
    if len(image) < call.place:
        image.extend(bytes(call.place - len(image)))
    image[call.place : call.place + len(data)] = data
