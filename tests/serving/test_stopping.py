"""Starting, stopping and dying: no request at work is lost, and no process stays behind."""

import contextlib
import os
import signal
import sys
import urllib.request
from pathlib import Path

import pytest

from tests import processes
from tests.processes import wait_until
from tests.serving.wire import SAVE, Wire, page

PROJECT = Path(__file__).resolve().parents[2]


def test_what_is_at_work_is_answered_and_what_is_half_said_is_not_waited_for(serving):
    """A7: a phone gets its answer, or can safely ask again."""
    idle = serving.connect(page("/other"))
    idle.reply()
    serving.app.held.add("/page")
    at_work = serving.connect(page())
    half_head, half_body = serving.connect("GET /page"), serving.connect(SAVE + "Content-Length: 9\r\n\r\nhalf")
    wait_until(lambda: "/page" in serving.app.paths(), 20, lambda: "not at work")
    waiting = serving.connect(page("/waiting"))
    wait_until(lambda: serving.server.lanes["pages"].waiting, 20, lambda: "nothing waits")
    serving.tell_to_stop()
    assert [wire.is_closed() for wire in (idle, half_head, half_body)] == [True, True, True]
    with pytest.raises(ConnectionError):
        Wire(serving.port)
    serving.app.gate.set()
    for wire, body in ((at_work, b"/page"), (waiting, b"/waiting")):
        reply = wire.reply()
        assert (reply.body, reply.headers["connection"]) == (body, "close")
    serving.thread.join(2)
    assert not serving.thread.is_alive()


def test_a_request_that_never_ends_does_not_hold_up_the_end(start):
    serving = start(drain_seconds=0.2)
    serving.app.held.add("/page")
    wire = serving.connect(page())
    wait_until(lambda: serving.app.asked, 20, lambda: "not at work")
    serving.tell_to_stop()
    serving.thread.join(2)
    assert not serving.thread.is_alive()
    assert wire.is_closed()


class Program:
    """The test's program, running: its folder, its port, its process."""

    def __init__(self, folder: Path, count: int):
        self.folder = folder
        self.port = processes.free_port()
        command = [sys.executable, "-m", "tests.serving.program", str(self.port), str(count)]
        self.process = processes.start(
            command, folder / "log", cwd=PROJECT, env={**os.environ, "TEST_FOLDER": str(folder)}
        )
        wait_until((folder / "address").exists, 10, lambda: f"not ready: {(folder / 'log').read_text()}")
        wait_until(self.births, 10, lambda: "no child")

    def answering(self) -> int:
        """The id of the process that answers just now."""
        return int(urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=20).read())

    def births(self) -> list[int]:
        """The ids of the children that ran beside, oldest first."""
        births = self.folder / "births"
        return [int(line) for line in births.read_text().split()] if births.exists() else []


@pytest.fixture(params=[1, 2], ids=["one process", "two processes"])
def program(request, tmp_path):
    """The program, serving in one process or in two."""
    program = Program(tmp_path, request.param)
    yield program
    processes.kill_tree(program.process)


def test_sigterm_ends_everything_after_the_last_answer(program):
    family = processes.family(program.process.pid)
    with Wire(program.port) as wire:
        wire.send(page("/slow"))
        wait_until((program.folder / "at-work").exists, 20, lambda: "not at work")
        program.process.send_signal(signal.SIGTERM)
        assert wire.reply().status == 200
    assert program.process.wait(20) == 0
    assert [pid for pid in family if processes.is_running(pid)] == []


def test_nobody_outlives_the_first_process_however_it_dies(program):
    family = processes.family(program.process.pid)
    os.kill(program.process.pid, signal.SIGKILL)
    wait_until(lambda: not any(map(processes.is_running, family)), 20, lambda: f"orphans among {family}")


def test_a_child_that_dies_is_started_again(program):
    os.kill(program.births()[-1], signal.SIGKILL)
    wait_until(lambda: len(program.births()) == 2, 20, lambda: "no new child")
    assert program.answering()


def test_a_serving_process_that_dies_is_started_again_and_the_others_go_on(tmp_path):
    program = Program(tmp_path, 2)
    try:
        first = program.answering()
        os.kill(first, signal.SIGKILL)
        seen = set()
        wait_until(lambda: seen.add(program.answering()) or len(seen - {first}) == 2, 10, lambda: f"only {seen} answer")
    finally:
        processes.kill_tree(program.process)


def test_a_second_signal_ends_at_once(tmp_path):
    program = Program(tmp_path, 1)
    try:
        with Wire(program.port) as wire:
            wire.send(page("/endless"))
            wait_until((tmp_path / "at-work").exists, 20, lambda: "not at work")
            program.process.send_signal(signal.SIGTERM)
            wait_until(lambda: _refuses(program.port), 20, lambda: "still accepting")
            program.process.send_signal(signal.SIGINT)
            assert program.process.wait(20) == 1
            assert wire.is_closed()
    finally:
        processes.kill_tree(program.process)


def test_an_address_that_is_taken_is_an_error_at_once(serving):
    from quizapp.serving import serve

    with pytest.raises(OSError, match="Address already in use"):
        serve(lambda: None, "127.0.0.1", serving.port)


def _refuses(port: int) -> bool:
    with contextlib.suppress(OSError):
        Wire(port).close()
        return False
    return True
