"""`quizapp serve` and `quizapp worker` as an operator meets them."""

import os
import signal
import sqlite3
import urllib.request

from tests import processes
from tests.processes import wait_until


def test_serve_says_where_and_answers_there(live_server):
    assert live_server.url in live_server.log.read_text()
    with urllib.request.urlopen(f"{live_server.url}/readyz", timeout=10) as reply:
        assert reply.status == 200


def test_serve_and_its_worker_are_one_family_that_ends_together(instance):
    instance.start()
    family = processes.family(instance.process.pid)
    wait_until(lambda: len(processes.family(instance.process.pid)) == 2, 20, lambda: f"no worker beside {family}")
    family = processes.family(instance.process.pid)
    assert {os.getpgid(pid) for pid in family} == {instance.process.pid}
    os.kill(instance.process.pid, signal.SIGKILL)
    wait_until(lambda: not any(map(processes.is_running, family)), 20, lambda: f"orphans among {family}")


def test_serve_can_do_without_a_worker_and_ends_in_peace(instance):
    instance.start("--no-worker")
    assert processes.family(instance.process.pid) == [instance.process.pid]
    assert instance.stop() == 0


def test_boards_are_made_by_a_second_process_that_is_there_once_one_was_asked_for(instance):
    """D9: while that process stands still a board waits, and nothing else does; it ends with the server."""

    def ask(path: str) -> bool:
        try:
            with urllib.request.urlopen(f"{instance.url}{path}", timeout=1) as reply:
                return reply.status == 200
        except TimeoutError:
            return False

    instance.start("--no-worker")
    wait_until(lambda: ask("/ranking"), 20, lambda: "no board at all")
    first, second = processes.family(instance.process.pid)
    aside = second if first == instance.process.pid else first

    def stands_still() -> bool:
        os.kill(aside, signal.SIGSTOP)
        waits = not ask("/ranking")
        if not waits:
            os.kill(aside, signal.SIGCONT)
        return waits

    wait_until(stands_still, 20, lambda: "boards are made by the first process")
    wait_until(lambda: ask("/sign-in"), 10, lambda: "other pages wait too")
    os.kill(aside, signal.SIGCONT)
    wait_until(lambda: ask("/ranking"), 10, lambda: "boards do not come back")
    assert instance.stop() == 0
    wait_until(lambda: not processes.is_running(aside), 20, lambda: "it outlives its server")


def test_a_server_leaves_from_when_to_when_it_could_write(instance):
    instance.start("--no-worker")
    instance.stop()
    with sqlite3.connect(instance.settings["DATABASE_URL"].removeprefix("sqlite:///")) as database:
        spans = database.execute("SELECT started_at, last_at FROM serving_spans").fetchall()
    assert len(spans) == 1 and spans[0][0] < spans[0][1], "one beat at the beginning, one at the end"


def test_an_address_that_is_taken_is_refused_with_a_sentence(live_server):
    done = live_server.run("serve", "--port", str(live_server.port))
    assert done.returncode == 1
    assert str(live_server.port) in done.stderr
    assert "Traceback" not in done.stderr


def test_several_processes_are_refused_on_sqlite(instance):
    done = instance.run("serve", "--processes", "2")
    assert done.returncode == 1
    assert "PostgreSQL" in done.stderr


def test_a_worker_does_one_round_and_ends(instance):
    done = instance.run("worker", "--once")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
