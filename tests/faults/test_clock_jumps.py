"""C6: the machine's clock is set by an hour under a real server with its worker; libfaketime plays the clock."""

import json
import shutil
import sqlite3
import time
import urllib.request
from pathlib import Path

import pytest

from tests.contract.program import Program, some_value
from tests.live import LiveServer
from tests.processes import wait_until

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
PATIENCE = 30  # seconds until the alarm, also on a busy machine; the 5 are a figure, told by a run of its own


@pytest.fixture
def database_kind() -> str:
    """On PostgreSQL the database's clock is the one; the services' test plays its jumps."""
    return "sqlite"


@pytest.fixture
def wall(demo_template, tmp_path):
    """A running demo whose machine's clock `wall.set(seconds)` moves; what nobody can set goes on as it is."""
    wall = Wall(demo_template, tmp_path)
    yield wall
    for left in Path("/dev/shm").glob(f"*faketime_*_{wall.server.process.pid}"):
        left.unlink()


class Wall:
    """The server, and the file that libfaketime reads the jump from."""

    def __init__(self, template: LiveServer, folder: Path):
        self.file = folder / "jump"
        self.set(0)
        self.server = LiveServer(
            folder, LD_PRELOAD=str(LIBRARY), FAKETIME_TIMESTAMP_FILE=str(self.file), FAKETIME_NO_CACHE="1",
            FAKETIME_DONT_FAKE_MONOTONIC="1",
        ).adopt(template)  # fmt: skip

    def set(self, seconds: int) -> None:
        """Let the machine's clock be so far ahead."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{seconds:+d}")
        fresh.replace(self.file)

    def ready(self) -> dict:
        with urllib.request.urlopen(f"{self.server.url}/readyz", timeout=5) as reply:
            return json.load(reply)

    def ahead(self) -> float:
        """Return the seconds that the metrics tell; the server looks for itself once a second."""
        with urllib.request.urlopen(f"{self.server.url}/metrics", timeout=5) as reply:
            lines = reply.read().decode().splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith("quizapp_clock_ahead"))

    def sql(self, statement: str, *values):
        with sqlite3.connect(self.server.instance_path / "quizapp.sqlite3", timeout=10) as database:
            return database.execute(statement, values).fetchall()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("jump", [3600, -3600])
def test_c6_the_clock_jumps_under_a_running_server(wall, jump):
    """C6: alarm within 5 s; nothing is closed by itself; saves go on and none is late; back again, all goes on."""
    assert LIBRARY, "libfaketime is not installed: run tools/test-needs"
    server = wall.server.start()
    try:
        phone = Program(server.port).sign_in(server.account("trainee"))
        attempt = phone.start(server.demo["exam_id"])
        assert wall.ready()["checks"]["clock"] == "ok"
        wall.set(jump)
        began = time.monotonic()
        wait_until(lambda: "jumped" in wall.ready()["checks"]["clock"], PATIENCE, lambda: f"no alarm: {wall.ready()}")
        print(f"alarm after {time.monotonic() - began:.1f} s")
        assert wall.ready()["ready"], "answers are taken all the same"
        wait_until(lambda: "clock jumped" in server.log.read_text(), PATIENCE, lambda: server.log.read_text())
        wait_until(lambda: abs(wall.ahead() - jump) < 3, PATIENCE, lambda: f"the metrics tell {wall.ahead()} s")
        item = attempt["paper"]["items"][0]
        reply = phone.save(attempt, (item["slot"], 1, some_value(item, 0)))
        assert (reply.status, reply.body["saved"]) == (200, {item["slot"]: 1})
        assert server.answer("clock")["ahead_seconds"] == pytest.approx(jump, abs=3), "commands go by the same time"
        wall.sql("UPDATE attempts SET deadline_at = ? WHERE public_id = ?", int(time.time() * 1000) - 40_000, attempt["attempt_id"])
        time.sleep(7)  # more than a round of the worker
        assert wall.sql("SELECT state FROM attempts WHERE public_id = ?", attempt["attempt_id"]) == [("open",)]
        wall.set(0)
        wait_until(lambda: wall.ready()["checks"]["clock"] == "ok", PATIENCE, lambda: f"still on: {wall.ready()}")
        wait_until(
            lambda: wall.sql("SELECT state FROM attempts WHERE public_id = ?", attempt["attempt_id"]) != [("open",)],
            60, lambda: "nobody closed it",
        )  # fmt: skip
    finally:
        server.kill()
        shutil.rmtree(server.instance_path)
