"""A12: a migration is killed at any statement; run again, the tables are as after a clean one and no row has changed."""

import random
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine

from tests.databases import close_app, make_tables, open_app
from tests.live import PROJECT

SEED = 20260731
BEFORE = "0008"  # every migration after this one meets a township at work


@pytest.fixture
def migrator():
    """A function (url, folder, k) that migrates and is killed at the k-th statement; returns how many it came to."""
    command = [sys.executable, "-m", "tests.faults.migrator"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=PROJECT, **pipes) as process:

        def run(url: str, folder: Path, k: int) -> int:
            process.stdin.write(f"{url}\t{folder}\t{k}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield run
        process.stdin.close()


@pytest.fixture
def fresh(database_kind, request, tmp_path):
    """A function that returns the address of an empty database or of one that was there before, by the name of it."""
    if database_kind == "sqlite":

        def copy(template: str) -> str:
            for old in tmp_path.glob("copy.sqlite3*"):
                old.unlink()
            if template:
                shutil.copy(template.removeprefix("sqlite:///"), tmp_path / "copy.sqlite3")
            return f"sqlite:///{tmp_path / 'copy.sqlite3'}"

        yield copy
        return
    postgres = request.getfixturevalue("postgres")

    def create(template: str) -> str:
        postgres.drop("migrating_copy")
        return postgres.create("migrating_copy", template.rpartition("/")[2] or "template0")

    yield create
    postgres.drop("migrating_copy")


@pytest.fixture
def at_work(database_kind, request, tmp_path, cheap_passwords):
    """The address of a database with a township at work, as it was before the newest migrations."""
    from alembic.command import downgrade

    from quizapp.extensions import db
    from quizapp.services import migration
    from tests.cast import hire
    from tests.results import set_stage

    is_sqlite = database_kind == "sqlite"
    postgres = None if is_sqlite else request.getfixturevalue("postgres")
    url = f"sqlite:///{tmp_path / 'work.sqlite3'}" if is_sqlite else postgres.create("migrating_work")
    make_tables(url, tmp_path)
    app = open_app(url, tmp_path)
    with app.app_context():
        hire()
        set_stage()
        downgrade(migration.configuration(db.engine), BEFORE)
    group = app.extensions.pop("group_commit", None)
    if group is not None and group.connection is not None:
        group.connection.close()
    close_app(app)
    yield url
    if postgres:
        postgres.drop("migrating_work")


SHAPES = {
    "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
    ],
}


def shape_of(url: str) -> list:
    """Return everything that says what the tables are, as the database itself tells it."""
    with opened(url) as connection:
        statements = SHAPES[connection.dialect.name]
        return [sorted(map(str, connection.exec_driver_sql(one).all())) for one in statements]


def rows_of(url: str, columns: dict[str, str]) -> dict[str, list]:
    """Return every row of the named columns, by table."""
    with opened(url) as connection:
        queries = {table: f"SELECT {names} FROM {table}" for table, names in columns.items()}
        return {table: sorted(map(str, connection.exec_driver_sql(query))) for table, query in queries.items()}


def columns_of(url: str) -> dict[str, str]:
    """Return the columns of every table of ours that there is."""
    with opened(url) as connection:
        tables = MetaData()
        tables.reflect(connection, only=lambda name, _: not name.startswith(("alembic", "article_search")))
        return {table.name: ", ".join(f'"{column.name}"' for column in table.c) for table in tables.sorted_tables}


@contextmanager
def opened(url: str):
    """Yield a connection to a database that nothing of ours has open."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def kill_at_each(migrator, fresh, template: str, folder: Path, choose) -> int:
    """Kill a migration of a copy of `template` at the chosen statements, each followed by a clean run; return how many."""
    clean = fresh(template)
    columns = columns_of(clean)
    before = rows_of(clean, columns)
    total = migrator(clean, folder, 0)
    wanted, chosen = shape_of(clean), choose(total)
    for k in chosen:
        url = fresh(template)
        assert migrator(url, folder, k) == k
        migrator(url, folder, 0)
        assert shape_of(url) == wanted, f"killed at statement {k} of {total}"
        assert rows_of(url, columns) == before, f"killed at statement {k} of {total}"
    return len(chosen)


def some(number: int):
    """Return a function that chooses so many statements, the last one, a commit, among them."""
    return lambda total: sorted({total, *random.Random(SEED).sample(range(1, total), number - 1)})


def test_a12_killed_and_run_again_the_migrations_give_the_same_tables(migrator, fresh, at_work, tmp_path):
    """A12, one short seed: a few statements each, of all migrations on nothing and of the newest on a township."""
    kill_at_each(migrator, fresh, "", tmp_path, some(2))
    kill_at_each(migrator, fresh, at_work, tmp_path, some(3))


@pytest.mark.soak("A12")
@pytest.mark.timeout(1800)
def test_a12_at_every_statement(migrator, fresh, at_work, tmp_path):
    """A12: every statement, the bookkeeping of the migrations included."""
    number = kill_at_each(migrator, fresh, "", tmp_path, lambda total: range(1, total + 1))
    number += kill_at_each(migrator, fresh, at_work, tmp_path, lambda total: range(1, total + 1))
    print(f"killed {number} times")


def test_a12_every_migration_is_one_transaction(fresh, tmp_path):
    """A12: between its first statement and the note that it was run there is no other commit."""
    from sqlalchemy import event

    from quizapp.extensions import db
    from quizapp.services.migration import migrate
    from quizapp.storage import MIGRATIONS

    app, told = open_app(fresh(""), tmp_path), []
    with app.app_context():
        event.listen(db.engine, "commit", lambda connection: told.append("commit"))
        event.listen(db.engine, "before_cursor_execute", lambda *given: told.append(given[2].strip()))
        migrate(datetime.now(UTC))
    close_app(app)
    notes = [n for n, one in enumerate(told) if one.startswith(("INSERT INTO alembic", "UPDATE alembic"))]
    assert len(notes) == len(list((MIGRATIONS / "versions").glob("0*.py")))
    ends = [next(n for n in range(note, len(told)) if told[n] == "commit") for note in notes]
    assert len(set(ends)) == len(notes), "two migrations share a commit"
    for begin, end in zip([told.index("commit"), *ends], ends, strict=False):
        between = told[begin + 1 : end]
        assert "commit" not in between
