"""C2: a save that arrived in time counts, though the disk stalled until long after the grace."""

import sqlite3
import threading
import time

import pytest

from tests.contract.program import Program, some_value


@pytest.fixture
def database_kind() -> str:
    """The stall is played by whoever holds SQLite's write lock; on PostgreSQL the services' tests decide the same."""
    return "sqlite"


def test_c2_held_up_by_a_stalled_disk_the_arrival_decides(demo_server):
    """C2: it arrives half a second before the end of the grace and is written three seconds after; the next is late."""
    phone = Program(demo_server.port).sign_in(demo_server.account("trainee"))
    attempt = phone.start(demo_server.demo["exam_id"])
    first, second = attempt["paper"]["items"][:2]
    replies, file = [], demo_server.instance_path / "quizapp.sqlite3"
    with sqlite3.connect(file, timeout=10, isolation_level=None) as database:
        over = int(time.time() * 1000) + 700
        database.execute("UPDATE attempts SET deadline_at = ? WHERE public_id = ?", [over - 30_000, attempt["attempt_id"]])
        database.execute("BEGIN IMMEDIATE")
        saving = threading.Thread(target=lambda: replies.append(phone.save(attempt, (first["slot"], 1, some_value(first)))))
        saving.start()
        time.sleep(3.5)
        database.execute("ROLLBACK")
        saving.join(20)
    database.close()
    assert (replies[0].status, replies[0].body["saved"]) == (200, {first["slot"]: 1})
    late = phone.save(attempt, (second["slot"], 2, some_value(second)))
    assert (late.status, late.body["recorded"]) == (202, {second["slot"]: 2})
