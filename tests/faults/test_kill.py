"""A1: the server is killed while answers are saved; what it said it had kept is there."""

import random
import threading
import time

import pytest

from tests.contract.program import Program, some_value
from tests.live import LiveServer

SEED = 20260731


@pytest.fixture
def database_kind() -> str:
    """The demo lives on SQLite; on PostgreSQL the same storm is A2."""
    return "sqlite"


class Phone(threading.Thread):
    """One trainee who answers without a pause and remembers what was said to be saved."""

    def __init__(self, server: LiveServer, account: dict, seed: int):
        super().__init__(daemon=True)
        self.program = Program(server.port).sign_in(account)
        self.attempt = self.program.start(server.demo["exam_id"])
        self.said: dict[str, tuple[int, object]] = {}
        self.dice, self.is_over, self.acks = random.Random(seed), threading.Event(), 0

    def run(self):
        seq = 0
        while not self.is_over.is_set():
            seq += 1
            item = self.dice.choice(self.attempt["paper"]["items"])
            value = some_value(item, self.dice.randrange(4))
            try:
                reply = self.program.save(self.attempt, (item["slot"], seq, value))
            except OSError:
                time.sleep(0.05)  # the server is down: the answer is not said to be saved
                continue
            if reply.status == 200 and item["slot"] in reply.body["saved"]:
                self.said[item["slot"]] = (seq, value)
                self.acks += 1

    def lost(self) -> dict:
        """Return what was said to be saved and is absent or older now."""
        standing = self.program.get(f"/attempts/{self.attempt['attempt_id']}").body["answers"]
        return {
            slot: (seq, value, standing.get(slot)) for slot, (seq, value) in self.said.items()
            if slot not in standing or standing[slot]["seq"] < seq
            or standing[slot]["seq"] == seq and standing[slot]["value"] != value
        }  # fmt: skip


def storm(server: LiveServer, kills: int, phones: int, pause: tuple[float, float]) -> list[Phone]:
    """Let phones save while the whole process group is killed again and again; return them when all is quiet."""
    dice = random.Random(SEED)
    crowd = [Phone(server, server.account("trainee", n), SEED + n) for n in range(phones)]
    for phone in crowd:
        phone.start()
    for _ in range(kills):
        time.sleep(dice.uniform(*pause))
        server.kill()
        server.start()
    time.sleep(0.5)
    for phone in crowd:
        phone.is_over.set()
    for phone in crowd:
        phone.join(30)
    return crowd


def judge(server: LiveServer, crowd: list[Phone], acks: int) -> None:
    """Demand that nothing said to be saved is gone, and that the database is whole."""
    print(f"seed {SEED}: {sum(phone.acks for phone in crowd)} acknowledged")
    assert sum(phone.acks for phone in crowd) >= acks
    assert [phone.lost() for phone in crowd] == [{}] * len(crowd)
    from quizapp.storage import sqlite_module

    connection = sqlite_module().connect(server.instance_path / "quizapp.sqlite3")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a1_killed_while_saving_loses_nothing_acknowledged(demo_server):
    """A1, one short seed: two kills."""
    judge(demo_server, storm(demo_server, 2, 6, (0.8, 1.5)), 100)


@pytest.mark.soak("A1")
@pytest.mark.timeout(600)
def test_a1_storm_in_full(demo_server):
    """A1: at least 12 kills and 2,000 acknowledgements with 16 clients."""
    judge(demo_server, storm(demo_server, 14, 16, (0.8, 2.0)), 2000)
