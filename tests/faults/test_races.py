"""B3, B4, B10: many at once on the real server, on both databases; everything happens once, and nobody meets a lock."""

import random
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import create_engine, text

from tests.cast import PASSWORD, hire
from tests.contract.program import Program, some_value
from tests.databases import close_app, open_app
from tests.faults.traced import COMPLAINT
from tests.live import LiveServer
from tests.stage import Stage, set_up

SEED = 20260731
TRACED = [sys.executable, "-m", "tests.faults.traced"]
PAGES = ("/", "/exams", "/study", "/me", "/api/v1/exams", "/readyz")
TRAINEES = ("trainee", "neighbour")
STAFF = ("trainer", "village_leader", "township_leader", "admin", "auditor")


@dataclass
class Township:
    """The cast's township behind a running server."""

    server: LiveServer
    stage: Stage

    def sign_in(self, login: str) -> Program:
        return Program(self.server.port).sign_in({"login": login, "password": PASSWORD})

    def one(self, query: str):
        """Ask the database for one value."""
        engine = create_engine(self.server.settings["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect() as connection:
            found = connection.execute(text(query)).scalar()
        engine.dispose()
        return found


@pytest.fixture
def township(instance, cheap_passwords) -> Township:
    """The cast at an exam that is open now; every statement is looked at."""
    app = open_app(instance.settings["DATABASE_URL"], instance.instance_path)
    with app.app_context():
        hire()
        stage = set_up()
    close_app(app)
    instance.command = TRACED
    return Township(instance.start("--no-worker"), stage)


def at_once(number: int, deed) -> list:
    """Do a deed so many times at the same moment and return what came of each."""
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(deed, range(number)))


def copies(program: Program, number: int) -> list[Program]:
    return [Program(program.port, dict(program.cookies), program.token) for _ in range(number)]


def test_b3_b4_fifty_at_once_start_one_attempt_and_hand_it_in_once(township):
    """B3: 1 attempt, the same id for all. B4: 1 receipt in all answers, 1 result, 1 event, with saves in between."""
    trainee = township.sign_in("trainee")
    devices = copies(trainee, 50)
    started = at_once(50, lambda n: devices[n].start(township.stage.exam))
    assert len({one["attempt_id"] for one in started}) == 1 == township.one("SELECT count(*) FROM attempts")
    assert sorted(one["epoch"] for one in started) == list(range(1, 51))
    attempt = max(started, key=lambda one: one["epoch"])
    items, devices = attempt["paper"]["items"], copies(trainee, 60)

    def deed(n: int):
        item = items[n // 6 % len(items)]
        is_save = n % 6 == 5
        return devices[n].save(attempt, (item["slot"], n, some_value(item))) if is_save else devices[n].submit(attempt)

    replies = at_once(60, deed)
    assert {reply.status for reply in replies} <= {200, 202}
    receipts = [reply.body["receipt"] for n, reply in enumerate(replies) if n % 6 != 5]
    assert len(receipts) == 50 and all(one == receipts[0] for one in receipts)
    for slot in (slot for n, reply in enumerate(replies) if n % 6 == 5 for slot in reply.body["saved"]):
        assert township.one(f"SELECT count(*) FROM answers WHERE slot = '{slot}'") == 1, "saved, but not handed in"
    township.server.answer("exam", "close", township.stage.exam, "--yes")
    township.server.answer("evaluation", "publish", township.stage.campaign)
    assert [township.one(f"SELECT count(*) FROM {table}") for table in ("results", "receipts")] == [1, 1]
    assert township.one("SELECT count(*) FROM sheets") == township.one("SELECT count(*) FROM deliveries") == 2
    assert township.one("SELECT max(n) FROM (SELECT count(*) AS n FROM deliveries GROUP BY sheet_id) AS each") == 1


def storm(township: Township, threads: int, requests: int) -> Counter:
    """Let many threads ask for everything at once, as people of every kind do; return what was asked and the status, counted."""
    known = {login: township.sign_in(login) for login in (*TRAINEES, *STAFF)}
    attempts = {login: known[login].start(township.stage.exam) for login in TRAINEES}

    def person(number: int) -> Counter:
        dice, login = random.Random(SEED + number), (*TRAINEES, *TRAINEES, *STAFF)[number % 9]
        return Counter(act(copies(known[login], 1)[0], attempts.get(login), dice) for _ in range(requests))

    def act(program: Program, attempt: dict | None, dice: random.Random) -> tuple[str, int]:
        if attempt and dice.random() < 0.7:
            item = dice.choice(attempt["paper"]["items"])
            sent = (item["slot"], dice.randrange(1, 5000), some_value(item, dice.randrange(4)))
            return "save", program.save(attempt, sent).status
        if attempt and dice.random() < 0.3:
            return "start", program.call("POST", f"/exams/{township.stage.exam}/attempts", {}).status
        if dice.random() < 0.1:
            return "sign-in", program.call("POST", "/session", {"login": "trainee", "password": "wrong"}).status
        return "page", program.page(dice.choice(PAGES))

    return sum(at_once(threads, person), Counter())


def judge(township: Township, seen: Counter) -> None:
    """Demand that nobody met a fault, and that whoever wrote had asked for it when the transaction began."""
    print(f"seed {SEED}: {dict(seen)}")
    log = township.server.log.read_text()
    assert COMPLAINT not in log and "locked" not in log and "unhandled" not in log
    assert {status for what, status in seen if what == "save"} <= {200, 202}, seen
    # what is not an answer may be told to come back while answers wait
    assert {status for what, status in seen if what != "save"} <= {200, 201, 302, 303, 401, 403, 404, 429, 503}, seen


@contextmanager
def a_command_that_writes(township: Township):
    """Let commands, which are other processes, write beside the server."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(township.server.run, "worker", "--once")
        yield
        assert done.result(60).returncode == 0


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_b10_nobody_meets_a_lock(township):
    """B10, one short seed: 60 threads, and a worker beside them."""
    with a_command_that_writes(township):
        judge(township, storm(township, 60, 6))


@pytest.mark.soak("B10")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_b10_in_full(township):
    """B10: 200 threads of mixed endpoints; 0 locks seen, every write in BEGIN IMMEDIATE."""
    with a_command_that_writes(township):
        judge(township, storm(township, 200, 40))
