"""Fixtures: a fresh database for each test, SQLite or PostgreSQL, and the application on it.

It is empty, or it holds the scenes that the test asks for (see `tests/scenes.py`).

A folder runs on both databases when its conftest.py overrides `database_kind` with a parametrised one.
"""

import itertools
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.util import LRUCache

from tests.alone import built_once
from tests.postgres import Cluster
from tests.scenes import Sceneries

SECRET_KEY = "only-for-tests-" + "0123456789abcdef" * 2
ON_DISK = "/var/tmp"  # `make test` may have all else in memory: what is measured must wait for a disk
STATEMENTS = {}  # by dialect: the dialect's object, which is part of each statement's name in the cache, and the cache
DATABASE_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres():
    """A running PostgreSQL server, started when the first test asks for it."""
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture
def own_postgres():
    """A PostgreSQL server of this test's own, to be killed and started again."""
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture
def postgres_on_disk():
    """A PostgreSQL server of this test's own whose files are on a disk, wherever those of other tests are."""
    cluster = Cluster(ON_DISK)
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture
def database_kind() -> str:
    """Which database: "sqlite" unless the folder or the module says otherwise."""
    return "sqlite"


@pytest.fixture
def database_url(database_kind, request) -> str:
    """The address of a database with every table and what the test's scenes wrote, for this test alone."""
    return request.getfixturevalue(f"{database_kind}_url")


@pytest.fixture
def sqlite_url(sqlite_sceneries, tonight, tmp_path) -> str:
    """A fresh SQLite database: a copy of a file."""
    return sqlite_address(shutil.copy(tonight.choose(sqlite_sceneries).database, tmp_path / "quizapp.sqlite3"))


@pytest.fixture
def postgresql_url(postgres, postgres_sceneries, tonight):
    """A fresh PostgreSQL database: a copy of another."""
    name = f"fresh_{next(DATABASE_NUMBERS)}"
    yield postgres.create(name, template=tonight.choose(postgres_sceneries).database)
    postgres.drop(name)


@pytest.fixture(scope="session")
def sqlite_sceneries(migrated_sqlite, tmp_path_factory) -> Sceneries:
    """The SQLite files that fresh ones are copied from."""
    folder = tmp_path_factory.mktemp("scenes")

    def copy(file, name: str) -> tuple:
        copied = shutil.copy(file, folder / f"{name}.sqlite3")
        return copied, sqlite_address(copied)

    return Sceneries(migrated_sqlite, copy, folder)


@pytest.fixture(scope="session")
def postgres_sceneries(postgres, migrated_postgres, tmp_path_factory) -> Sceneries:
    """The PostgreSQL databases that fresh ones are copied from."""

    def copy(template: str, name: str) -> tuple:
        return name, postgres.create(name, template)

    return Sceneries(migrated_postgres, copy, tmp_path_factory.mktemp("scenes"))


@pytest.fixture(scope="session")
def migrated_sqlite(request) -> Path:
    """A SQLite file with every table and no row."""

    def build(folder):
        make_tables(f"sqlite:///{folder / 'quizapp.sqlite3'}", folder)

    return built_once(request.config, "migrated", build) / "quizapp.sqlite3"


@pytest.fixture(scope="session")
def migrated_postgres(postgres, tmp_path_factory) -> str:
    """The name of a PostgreSQL database with every table and no row."""
    make_tables(postgres.create("migrated"), tmp_path_factory.mktemp("migrated"))
    return "migrated"


@pytest.fixture
def app(database_url, tonight, tmp_path):
    """The application on a fresh database, with an instance folder of its own."""
    folder = tmp_path / "instance"
    if tonight.scenery:
        tonight.scenery.furnish(folder)
    app = open_app(database_url, folder)
    yield app
    close_app(app)


@pytest.fixture
def app_context(app):
    """The application's context, for calling services directly; beside `client` it would make requests share `g`."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app):
    """A browser without a screen."""
    return app.test_client()


def sqlite_address(file) -> str:
    """Return the address of a SQLite database."""
    return f"sqlite:///{file}"


# The product is imported where it is needed: the tests of the pure rules start without it.


def open_app(database_url: str, instance_path: Path):
    """Return the application on this database, with everything else as tests need it."""
    from quizapp import create_app
    from quizapp.extensions import db
    from tests.compiled import Templates

    app = create_app(
        {"instance_path": instance_path, "database_url": database_url, "secret_key": SECRET_KEY, "testing": True}
    )
    app.jinja_env.bytecode_cache = Templates()
    with app.app_context():
        share_statements(db.engine)
    return app


def share_statements(engine) -> None:
    """Let every test's engine know the statements that one before it compiled: that took a fifth of a test's time."""
    shared = STATEMENTS.get(engine.dialect.name)
    engine.dialect, engine._compiled_cache = shared or (engine.dialect, LRUCache(10_000))


def close_app(app) -> None:
    """Give the application's database connections back."""
    from quizapp.extensions import db

    while kept := app.extensions.get("single_statements"):
        kept.pop().close()
    with app.app_context():
        db.session.remove()
        if db.engine.dialect.server_version_info:  # it has met its database: only then it is whole
            STATEMENTS.setdefault(db.engine.dialect.name, (db.engine.dialect, db.engine._compiled_cache))
        db.engine.dispose()


def release_database(app) -> None:
    """Close every connection that the application holds, that of the saves too."""
    group = app.extensions.pop("group_commit", None)
    if group is not None and group.connection is not None:
        group.connection.close()
    close_app(app)


def make_tables(database_url: str, instance_path: Path) -> None:
    """Bring an empty database to the newest revision."""
    from quizapp.services.migration import migrate

    app = open_app(database_url, instance_path)
    with app.app_context():
        migrate(datetime.now(UTC))
    close_app(app)
