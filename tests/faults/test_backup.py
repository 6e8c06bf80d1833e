"""A9, A10: a backup made under load holds what was acknowledged before it began, and phones make a restore whole."""

import itertools
import json
import random
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.contract.program import Program, some_value
from tests.live import LiveServer

SEED = 20260731
PAUSE = 0.02  # seconds between two answers: the backup and its restore want a share of the machine too


class Logged(threading.Thread):
    """One trainee who answers again and again, and writes down the moment of each acknowledgement."""

    def __init__(self, server: LiveServer, account: dict, seed: int):
        super().__init__(daemon=True)
        self.program = Program(server.port).sign_in(account)
        self.attempt = self.program.start(server.demo["exam_id"])
        self.dice, self.is_over = random.Random(seed), threading.Event()
        self.log: list[tuple[float, str, int, object]] = []

    def run(self):
        for seq in itertools.count(1):
            if self.is_over.is_set():
                return
            item = self.dice.choice(self.attempt["paper"]["items"])
            value = some_value(item, self.dice.randrange(4))
            reply = self.program.save(self.attempt, (item["slot"], seq, value))
            if reply.status == 200 and item["slot"] in reply.body["saved"]:
                self.log.append((time.monotonic(), item["slot"], seq, value))
            time.sleep(PAUSE)


def rows_in(instance_path) -> dict[tuple[str, str], tuple[int, object]]:
    """Return (attempt, slot) -> (seq, value) of a restored SQLite instance."""
    from quizapp.storage import sqlite_module

    connection = sqlite_module().connect(instance_path / "quizapp.sqlite3")
    query = "SELECT a.public_id, n.slot, n.seq, n.value FROM answers n JOIN attempts a ON a.id = n.attempt_id"
    found = {(attempt, slot): (seq, json.loads(value)) for attempt, slot, seq, value in connection.execute(query)}
    connection.close()
    return found


def missing(crowd: list[Logged], rows: dict, until: float) -> list:
    """Return what was acknowledged before `until` and is not there, or older."""
    lost = []
    for phone in crowd:
        newest = {}
        for moment, slot, seq, value in phone.log:
            if moment < until:
                newest[slot] = (seq, value)
        for slot, (seq, value) in newest.items():
            kept = rows.get((phone.attempt["attempt_id"], slot))
            if kept is None or kept[0] < seq or (kept[0] == seq and kept[1] != value):
                lost.append((slot, seq, value, kept))
    return lost


def back_up_under_load(server: LiveServer, folder, backups: int, phones: int, pause: float) -> None:
    crowd = [Logged(server, server.account("trainee", n), SEED + n) for n in range(phones)]
    for phone in crowd:
        phone.start()
    try:
        for number in range(backups):
            time.sleep(pause)
            began, file = time.monotonic(), folder / f"{number}.backup"
            told = server.answer("backup", str(file))
            other = LiveServer(folder / f"restored{number}")
            checked = other.answer("restore", str(file))
            assert checked["valid"] and checked["point"] == told["point"], checked
            assert missing(crowd, rows_in(other.instance_path), began) == []
            shutil.rmtree(other.instance_path)
    finally:
        for phone in crowd:
            phone.is_over.set()
        for phone in crowd:
            phone.join(30)
    print(f"seed {SEED}: {sum(len(phone.log) for phone in crowd)} acknowledged, {backups} backups restored")
    assert all(phone.log for phone in crowd)


@pytest.fixture(params=["sqlite", "postgresql"])
def demo_anywhere(request, demo_template, tmp_path):
    """A running demo on either database; the second is filled by restoring a backup of the first into it."""
    if request.param == "sqlite":
        server = LiveServer(tmp_path).adopt(demo_template)
    else:
        server = moved_to_postgresql(demo_template, tmp_path, request.getfixturevalue("postgres"))
    yield server.start("--no-worker")
    server.kill()


names = itertools.count(1)


def moved_to_postgresql(template: LiveServer, folder, cluster) -> LiveServer:
    file = folder / "demo.backup"
    template.answer("backup", str(file))
    server = LiveServer(folder, cluster.create(f"backup_{next(names)}"))
    server.answer("restore", str(file))
    server.demo = template.demo
    return server


@pytest.mark.timeout(600)
@pytest.mark.parametrize("demo_anywhere", ["sqlite"], indirect=True)  # on PostgreSQL A10 below, and the full form
def test_a9_a_backup_under_load_holds_all_that_was_acknowledged_before(demo_anywhere, tmp_path):
    """A9, the short form: a backup beside four phones that save, restored, verified and compared."""
    back_up_under_load(demo_anywhere, tmp_path, 1, 4, 0.7)


@pytest.mark.soak("A9")
@pytest.mark.timeout(3600)
def test_a9_in_full(demo_anywhere, tmp_path):
    """A9: 50 of 50 restores open, verify, and hold every row acknowledged before the backup began."""
    back_up_under_load(demo_anywhere, tmp_path, 50, 12, 1.0)


class Keeper:
    """A phone as the contract describes it: the whole attempt stays on it, and goes again after a resume."""

    def __init__(self, server: LiveServer, program: Program):
        self.server, self.program, self.kept, self.seq = server, program, {}, 0
        self.attempt = self.program.start(server.demo["exam_id"])

    @property
    def items(self) -> list[dict]:
        return self.attempt["paper"]["items"]

    def answer(self, place: int, choice: int = 0):
        """Answer one question and return the reply; the phone keeps the answer."""
        self.seq += 1
        slot, value = self.items[place]["slot"], some_value(self.items[place], choice)
        self.kept[slot] = value
        return self.program.save(self.attempt, (slot, self.seq, value))

    def go_on(self) -> None:
        """Resume, and send again whatever differs."""
        self.attempt = self.program.start(self.server.demo["exam_id"])
        self.seq = self.attempt["next_seq"] - 1
        stands = {slot: one["value"] for slot, one in self.attempt["answers"].items()}
        differs = [(slot, value) for slot, value in self.kept.items() if stands.get(slot) != value]
        numbered = [(slot, self.seq + n, value) for n, (slot, value) in enumerate(differs, 1)]
        self.seq += len(numbered)
        if numbered:
            reply = self.program.save(self.attempt, *numbered)
            assert reply.status == 200 and len(reply.body["saved"]) == len(numbered), reply.body

    def standing(self) -> dict:
        return {slot: one["value"] for slot, one in self.program.get(
            f"/attempts/{self.attempt['attempt_id']}").body["answers"].items()}  # fmt: skip


def signed_in(server: LiveServer, number: int) -> Program:
    return Program(server.port).sign_in(server.account("trainee", number))


def disk_dies(server: LiveServer, file, folder, database_url: str = "") -> LiveServer:
    """Kill the server and go on with its backup on another instance, at the same address."""
    server.kill()
    other = LiveServer(folder / "second", database_url)
    other.port, other.demo = server.port, server.demo
    other.answer("restore", str(file))
    return other.start("--no-worker")


@pytest.mark.timeout(600)
def test_a10_phones_make_a_restored_instance_whole(demo_anywhere, tmp_path):
    """A10: answers, a second epoch and an attempt that the backup lacks are all there after phones went on."""
    phones = [Keeper(demo_anywhere, signed_in(demo_anywhere, n)) for n in range(4)]
    for phone in phones:
        for place in range(5):
            assert phone.answer(place).status == 200
    file = tmp_path / "newest.backup"
    demo_anywhere.answer("backup", str(file))
    for phone in phones[1:]:
        for place in range(3, 9):
            assert phone.answer(place, 1).status == 200
    phones[2].attempt = phones[2].program.start(demo_anywhere.demo["exam_id"])  # a resume the backup does not know
    phones[2].seq = 0
    assert phones[2].answer(10).status == 200
    other = disk_dies(demo_anywhere, file, tmp_path)
    try:
        for phone in phones:
            refused = phone.answer(11)
            assert {problem["type"] for problem in refused.body["refused"].values()} == {"unknown-epoch"}
            handed = phone.program.submit(phone.attempt)
            assert (handed.status, handed.body["type"]) == (409, "unknown-epoch"), "nothing is closed with a gap in it"
        for phone in phones:
            phone.go_on()
            assert phone.standing() == phone.kept
        receipts = [phone.program.submit(phone.attempt) for phone in phones]
        assert {reply.status for reply in receipts} == {200}
        assert [reply.body["answered"] for reply in receipts] == [len(phone.kept) for phone in phones]
        assert other.run("verify").returncode == 0
    finally:
        other.kill()


def many_programs(server: LiveServer, number: int) -> list[Program]:
    """Add `number` trainees to the demo, signed in by a session of their own, without waiting for slow hashes."""
    import secrets
    from datetime import UTC, datetime, timedelta

    from sqlalchemy import select

    from quizapp import create_app
    from quizapp.models import Person, RoleGrant, SignInSession
    from quizapp.services.sign_in import digest
    from quizapp.services.transaction import writing
    from tests.benchmarks.crowd import cookie_of
    from tests.town import release_database

    app = create_app({"instance_path": server.instance_path})
    now, tokens = datetime.now(UTC), [secrets.token_urlsafe(32) for _ in range(number)]
    with app.app_context(), writing() as session:
        like = session.scalar(select(Person).where(Person.login == server.account("trainee")["login"]))
        for n, token in enumerate(tokens):
            person = Person(login=f"x{n}", login_key=f"x{n}", name="甲", unit_id=like.unit_id, post=like.post,
                            created_at=now)  # fmt: skip
            session.add(person)
            session.flush()
            session.add(RoleGrant(person_id=person.id, unit_id=like.unit_id, role="trainee"))
            session.add(SignInSession(token_hash=digest(token), person_id=person.id, created_at=now, seen_at=now,
                                      expires_at=now + timedelta(hours=9)))  # fmt: skip
    cookies = [cookie_of(app, token) for token in tokens]
    release_database(app)
    return [Program(server.port, {"quizapp": cookie}, csrf) for cookie, csrf in cookies]


@pytest.mark.soak("A10")
@pytest.mark.timeout(1800)
def test_a10_in_full(demo_template, tmp_path):
    """A10: 5,000 attempts whole again within ten minutes of the disk's death."""
    server = LiveServer(tmp_path).adopt(demo_template)
    programs = many_programs(server, 5000)
    server.start("--no-worker")
    with ThreadPoolExecutor(16) as pool:
        phones = list(pool.map(lambda program: Keeper(server, program), programs))
        list(pool.map(lambda phone: phone.answer(0), phones))
        file = tmp_path / "newest.backup"
        server.answer("backup", str(file))
        list(pool.map(lambda phone: [phone.answer(place, 1) for place in range(2)], phones))
        died = time.monotonic()
        other = disk_dies(server, file, tmp_path)
        try:
            list(pool.map(Keeper.go_on, phones))
            took = time.monotonic() - died
            assert all(pool.map(lambda phone: phone.standing() == phone.kept, phones))
        finally:
            other.kill()
    print(f"{len(phones)} attempts whole {took:.0f} s after the disk died")
    assert took < 600
