"""A township at work, and everybody who comes to its door: nobody, each of the cast signed in, strangers, one let go.

It is built once a process by the services; a test works on a copy of its folder, with everybody's cookies kept.
"""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cast import NEXT_VILLAGE, OTHER_TOWNSHIP, OTHER_VILLAGE, PASSWORD, PEOPLE, TOWNSHIP, VILLAGE, sign_in
from tests.databases import open_app, release_database
from tests.results import sit
from tests.stage import BLUEPRINT, set_up

# In this order they stand in the access table. `closed` was signed in when the account was closed.
VISITORS = ("nobody", "trainee", "neighbour", "trainer", "village_leader", "township_leader", "admin", "auditor",
            "stranger", "stranger_leader", "closed")  # fmt: skip
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass
class Visitor:
    """One browser at the door, with the token that its unsafe requests carry."""

    client: object
    name: str

    def get(self, path: str, **more):
        """Open a page."""
        return self.client.get(path, **more)

    def token(self) -> str:
        """Fetch the token, as pages and programs do."""
        return self.client.get("/api/v1/csrf").json["csrf_token"]

    def send(self, method: str, path: str, body: dict | None = None):
        """Send a form to a page or JSON to the API, with the token where it belongs."""
        if path.startswith("/api/"):
            return self.client.open(path, method=method, json=body or {}, headers={"X-CSRFToken": self.token()})
        return self.client.open(path, method=method, data={"csrf_token": self.token(), **(body or {})})


@dataclass
class Town:
    """A copy of the township: its application, and the names of everything in it by `ids`."""

    app: object
    folder: Path
    ids: dict[str, str]
    cookies: dict[str, list]
    fresh: Path
    visitors: dict[str, Visitor] = field(default_factory=dict)
    found: dict[tuple, dict] = field(default_factory=dict)  # rows by the version of the database and what was left out

    def __post_init__(self):
        self.watch()

    def watch(self) -> None:
        """Open the connection that knows whether any other has committed something."""
        from quizapp import storage

        self.watcher = storage.sqlite_module().connect(self.folder / "quizapp.sqlite3")
        self.untouched = self.version()
        self.found.clear()

    def version(self) -> int:
        """Return SQLite's number for what is in the database: as long as it stays, no row need be read."""
        return self.watcher.execute("PRAGMA data_version").fetchone()[0]

    def visitor(self, name: str) -> Visitor:
        """Return the browser of one of VISITORS."""
        if name not in self.visitors:
            client = self.app.test_client()
            for key, value, path in self.cookies[name]:
                client.set_cookie(key, value, path=path)
            self.visitors[name] = Visitor(client, name)
        return self.visitors[name]

    def everybody(self) -> list[Visitor]:
        """Return all of VISITORS."""
        return [self.visitor(name) for name in VISITORS]

    def rows(self, but: tuple[str, ...] = ()) -> dict[str, list]:
        """Return every row of every table as the database keeps it, to be compared; `but` names columns that may change.

        That a session is in use is noted every few minutes, whatever is asked.
        """
        from quizapp.extensions import db

        but = (*but, "sessions.seen_at")
        known = (self.version(), but)

        def told(connection, table) -> list[str]:
            names = [column.name for column in table.columns if f"{table.name}.{column.name}" not in but]
            rows = connection.exec_driver_sql(f"SELECT {', '.join(names)} FROM {table.name}")  # noqa: S608 (names of ours)
            return sorted(str(dict(zip(names, row, strict=True))) for row in rows)

        if known not in self.found:
            with self.app.app_context(), db.engine.connect() as connection:
                self.found[known] = {table.name: told(connection, table) for table in db.metadata.sorted_tables}
        return dict(self.found[known])

    def restore(self) -> None:
        """Put the database back as it was at the beginning, if anything was written; everybody stays signed in."""
        if self.version() == self.untouched:
            return
        self.close()
        for path in self.folder.glob("quizapp.sqlite3*"):
            path.unlink()
        shutil.copy(self.fresh / "quizapp.sqlite3", self.folder)
        self.watch()

    def close(self) -> None:
        """Close every connection to the database."""
        release_database(self.app)
        self.watcher.close()


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'quizapp.sqlite3'}"


def build(folder: Path) -> tuple[dict, dict]:
    """Fill an instance and sign everybody in; return the names of things, and the cookies by visitor."""
    from tests.cast import hire

    app = open_app(url_in(folder), folder)
    with app.app_context():
        cast = hire()
        ids = settle(cast)
    cookies = {name: come_in(app, name) for name in VISITORS}
    with app.app_context():
        let_go(ids["closed"])
    release_database(app)
    return ids, cookies


def settle(cast) -> dict[str, str]:
    """Let a released, an open and a coming exam be there, attempts at the first two, and a published evaluation."""
    from quizapp.services import early_closing
    from quizapp.services.attempts import save, start
    from quizapp.services.late_answers import files
    from quizapp.services.people import changes
    from tests.stage import keys_in_paper

    now = datetime.now(UTC).replace(microsecond=0)
    stage = set_up(now - 30 * HOUR)
    closed = changes.add(
        None, changes.NewPerson("closed", "沈小寒", VILLAGE, "村专干", ("trainee",), PASSWORD), now
    ).id
    ids = {**cast.ids, "closed": closed, "campaign": stage.campaign, "released": stage.exam}
    ids["done"] = sit(cast.actor("trainee"), stage.exam, 6, stage.now)
    ids["neighbours_done"] = sit(cast.actor("neighbour"), stage.exam, 3, stage.now)
    ids["receipt"] = receipt_of(ids["done"])
    close_and_publish(cast, stage, now)
    ids["exam"] = another_exam(stage, "在考的考试", now - HOUR, now + 5 * HOUR, now)
    ids["second_exam"] = another_exam(stage, "另一场在考的", now - HOUR, now + 5 * HOUR, now)
    ids["proposal"] = early_closing.ask(cast.actor("trainer"), ids["second_exam"], "考场停电", now)
    ids["late_exam"] = another_exam(stage, "有人迟到的考试", now - 4 * HOUR, now - HOUR, now)
    ids["late_attempt"] = sit_too_long(cast, ids["late_exam"], now - 3 * HOUR)
    ids["coming"] = another_exam(stage, "将来的考试", now + 24 * HOUR, now + 48 * HOUR, now)
    for login, name in (("trainee", "attempt"), ("neighbour", "neighbours_attempt")):
        ids[name] = start.start(cast.actor(login), ids["exam"], now - 10 * MINUTE).attempt_id
        sent = [save.Sent(slot, n, value) for n, (slot, value) in enumerate(keys_in_paper(ids[name]).items(), 1)]
        save.save_answers(ids[name], cast.actor(login).person_id, 1, sent[:2], now)
    ids["outage"] = fall(now)
    ids |= leave_unfinished(now)
    ids["answer_file"] = answer_file(ids["attempt"])
    ids["taken_in"] = files.take_in(None, answer_file(ids["neighbours_attempt"]), now).id
    return {**ids, **places(), **found_things()}


def leave_unfinished(now: datetime) -> dict[str, str]:
    """Let a file have come into a bank of its own with a question that nobody could take in."""
    from sqlalchemy import select

    from quizapp.extensions import db
    from quizapp.models import Import, UnfinishedQuestion
    from quizapp.services import scope
    from quizapp.services.banks.importing import import_bank
    from tests.stage import question

    problem = {"code": "no-answer", "message": "The question has no answer.", "place": "1", "params": {}, "severity": "error"}
    document = {"front_matter": {}, "questions": [question(1, "single_choice", None, problems=[problem])], "problems": []}
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, now, "spare", "备用题库", only_good=True)
    newest = select(Import.public_id).order_by(Import.id.desc()).limit(1)
    return {"import": db.session.scalar(newest), "unfinished": db.session.scalar(select(UnfinishedQuestion.public_id))}


def answer_file(attempt: str) -> str:
    """Return what an attempt's phone could not send: its third answer."""
    from quizapp.services.late_answers import keys
    from tests.sealing import sealed
    from tests.stage import keys_in_paper

    slot, value = list(keys_in_paper(attempt).items())[2]
    return sealed(attempt, keys.of_attempt(attempt), {"epoch": 1, "answers": [[slot, 3, value]]})


def sit_too_long(cast, exam: str, at: datetime) -> str:
    """Let the neighbour answer two minutes after the hour is over; returns the attempt, which is marked."""
    from quizapp.services.attempts import finish, marking, save, start
    from tests.stage import keys_in_paper

    actor, late = cast.actor("neighbour"), at + HOUR + timedelta(minutes=2)
    attempt = start.start(actor, exam, at).attempt_id
    sent = [save.Sent(slot, 1, value) for slot, value in list(keys_in_paper(attempt).items())[:2]]
    assert save.save_answers(attempt, actor.person_id, 1, sent, late).recorded
    finish.close_expired(late)
    marking.mark_due(at + 3 * HOUR)
    return attempt


def fall(now: datetime) -> str:
    """Let the server have been down for three minutes while the attempts went on; return what names it in an address."""
    from quizapp.models import ServingSpan
    from quizapp.models.types import to_ms
    from quizapp.services.transaction import writing

    served = [(now - 30 * MINUTE, now - 8 * MINUTE), (now - 5 * MINUTE, now)]
    with writing() as session:
        session.add_all([ServingSpan(started_at=begun, last_at=last) for begun, last in served])
    return str(to_ms(served[0][1]))


def another_exam(stage, title: str, opens_at, closes_at, now: datetime) -> str:
    from quizapp.services import exam_setup

    draft = exam_setup.Draft(title, stage.campaign, opens_at, closes_at, 3600, ["stage"], BLUEPRINT, counts=False)
    return exam_setup.create(None, draft, now)


def close_and_publish(cast, stage, now: datetime) -> None:
    from quizapp.services import exams
    from quizapp.services.deliveries import sending
    from quizapp.services.evaluation import publishing

    assert exams.close(None, stage.exam, stage.now + 2 * HOUR).is_released
    publishing.publish(cast.actor("township_leader"), stage.campaign, now)
    sending.deliver_due(now)


def receipt_of(attempt: str) -> str:
    from sqlalchemy import select

    from quizapp.extensions import db
    from quizapp.models import Attempt, Receipt

    query = select(Receipt.code).join(Attempt, Attempt.id == Receipt.attempt_id).where(Attempt.public_id == attempt)
    return db.session.scalar(query)


def places() -> dict[str, str]:
    """Return the codes of the cast's units by plain names."""
    return {"township": TOWNSHIP, "village": VILLAGE, "next_village": NEXT_VILLAGE, "other_village": OTHER_VILLAGE,
            "other_township": OTHER_TOWNSHIP}  # fmt: skip


def found_things() -> dict[str, str]:
    """Return an article, a question, a delivery and a receiver that there is: the first of each."""
    from sqlalchemy import select

    from quizapp.extensions import db
    from quizapp.models import Article, Delivery, Question, Receiver

    columns = {"article": Article.public_id, "question": Question.public_id, "delivery": Delivery.public_id,
               "receiver": Receiver.slug}  # fmt: skip
    return {name: db.session.scalar(select(column).order_by(column.class_.id)) for name, column in columns.items()}


def come_in(app, name: str) -> list[tuple]:
    """Sign a visitor in and return the cookies of that browser."""
    client = app.test_client()
    client.set_cookie("language", "en")
    if name == "nobody":
        client.get("/api/v1/csrf")
    else:
        sign_in(client, name)
    return [(cookie.key, cookie.value, cookie.path) for cookie in client._cookies.values()]


def let_go(person: str) -> None:
    """Take an account's right to come in away and leave its session standing, as a crash in between might."""
    from sqlalchemy import update

    from quizapp.models import Person
    from quizapp.services.transaction import writing

    with writing() as session:
        session.execute(update(Person).where(Person.public_id == person).values(is_active=False))


@pytest.fixture(scope="session")
def built_town(tmp_path_factory, migrated_sqlite):
    """The township as it is built: its folder, ids and cookies."""
    from pytest import MonkeyPatch

    from quizapp.services import sign_in as signing_in
    from tests.cast import CHEAP

    folder = tmp_path_factory.mktemp("town")
    shutil.copy(migrated_sqlite, folder / "quizapp.sqlite3")
    with MonkeyPatch.context() as patch:
        patch.setattr(signing_in, "hasher", CHEAP)
        ids, cookies = build(folder)
    return folder, ids, cookies


@pytest.fixture
def town(built_town, cheap_passwords, tmp_path) -> Town:
    """A copy of the township for this test alone."""
    fresh, ids, cookies = built_town
    folder = tmp_path / "town"
    shutil.copytree(fresh, folder)
    app = open_app(url_in(folder), folder)
    town = Town(app, folder, ids, cookies, fresh)
    yield town
    town.close()


assert set(PEOPLE) | {"nobody", "closed"} == set(VISITORS)
