"""The servers that tests start: real ones, killed for real, and gone when the tests are gone."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg

from tests import processes
from tests.postgres import Cluster

PROJECT = Path(__file__).resolve().parent.parent
STARTER = """
import sys, time
from pathlib import Path
from tests import processes
print(processes.start(["sleep", "60"], Path(sys.argv[1])).pid, flush=True)
time.sleep(60)
"""


def test_a_started_process_ends_when_the_tests_are_killed(tmp_path):
    command = [sys.executable, "-c", STARTER, tmp_path / "log"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as starter:
        pid = int(starter.stdout.readline())
        assert processes.is_running(pid)
        starter.kill()
    processes.wait_until(lambda: not processes.is_running(pid), 20, lambda: "it lives on")


def test_killing_reaches_grandchildren_in_groups_of_their_own(tmp_path):
    process = processes.start(["sh", "-c", "setsid sleep 60 & setsid sleep 60 & wait"], tmp_path / "log")
    processes.wait_until(lambda: len(processes.family(process.pid)) == 3, 20, lambda: "no grandchildren")
    family = processes.family(process.pid)
    processes.kill_tree(process)
    assert not any(map(processes.is_running, family))


def test_ending_asks_first_and_kills_what_does_not_listen(tmp_path):
    polite = processes.start(["sleep", "60"], tmp_path / "log")
    assert processes.end(polite) == -signal.SIGTERM
    deaf = processes.start(["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"], tmp_path / "deaf")
    processes.wait_until(lambda: (tmp_path / "deaf").read_text() == "ready\n", 20, lambda: "not ready")
    assert processes.end(deaf, seconds=0.2) == -signal.SIGKILL


def test_ending_takes_along_what_the_process_leaves_behind(tmp_path):
    process = processes.start(["sh", "-c", "sleep 60 & wait"], tmp_path / "log")
    processes.wait_until(lambda: len(processes.family(process.pid)) == 2, 20, lambda: "no child")
    family = processes.family(process.pid)
    processes.end(process)
    assert not any(map(processes.is_running, family))


def test_postgresql_keeps_what_it_committed_when_it_is_killed(own_postgres):
    url = own_postgres.create("kept")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE answers AS SELECT 'saved' AS state")
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        own_postgres.kill()
    own_postgres.start()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT state FROM answers").fetchall() == [("saved",)]


def test_a_removed_postgresql_leaves_nothing_behind():
    cluster = Cluster()
    cluster.start()
    family = processes.family(cluster.process.pid)
    cluster.remove()
    assert not any(map(processes.is_running, family))
    assert not cluster.folder.exists()
