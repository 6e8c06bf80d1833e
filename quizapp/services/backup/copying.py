"""The database at one moment as a file of its own, beside whoever writes: by pages of SQLite, by rows of PostgreSQL."""

import os
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import create_engine, inspect, text

from quizapp import storage
from quizapp.services import migration
from quizapp.services.handbooks import search

UNMANAGED = "article_search"  # the index of a search differs by database and is made anew
VERSION = "alembic_version"
ROWS = 2000
ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True, "stream_results": True}


def copy(engine, target: Path) -> None:
    """Write everything that is committed now into the fresh SQLite file `target` (0600); nobody has to wait for it."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    if engine.dialect.name == "sqlite":
        _copy_pages(engine.url.database, target)
    else:
        _copy_rows(engine, target)


def _copy_pages(source: str, target: Path) -> None:
    """Copy in one step: a reader's view of one moment, which no writer has to wait for and none can disturb."""
    module = storage.sqlite_module()
    with closing(module.connect(source, timeout=10)) as old, closing(module.connect(str(target))) as new:
        old.backup(new, pages=-1)
        new.execute("PRAGMA journal_mode = DELETE")  # one file, whole by itself


def _copy_rows(engine, target: Path) -> None:
    revision = migration.present_revision(engine)
    build(target, revision)
    with (
        closing(storage.sqlite_module().connect(str(target), isolation_level=None)) as file,
        engine.connect().execution_options(**ONE_MOMENT) as connection,
    ):
        file.execute("PRAGMA synchronous = OFF")
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("BEGIN")
        for table in tables(connection):
            _copy_table(connection, file, table)
        _index_articles(file)
        file.execute("COMMIT")
        file.execute("PRAGMA journal_mode = DELETE")


def _copy_table(connection, file, table: str) -> None:
    columns = [column["name"] for column in inspect(connection).get_columns(table)]
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    rows = connection.execute(text(f'SELECT {names} FROM "{table}"'))  # noqa: S608 (names of our own tables)
    insert = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    for group in rows.partitions(ROWS):
        file.executemany(insert, [[_plain(value) for value in row] for row in group])


def _index_articles(file) -> None:
    if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'article_search'").fetchone():
        return
    rows = file.execute("SELECT id, body FROM article_texts").fetchall()
    found = [(text_id, search.tokens(body)) for text_id, body in rows]
    file.executemany("INSERT INTO article_search (rowid, body) VALUES (?, ?)", found)


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def tables(connection) -> list[str]:
    """Return the names of all tables, each after those that it points at."""
    found = inspect(connection).get_sorted_table_and_fkc_names()
    return [name for name, _ in found if name and name != VERSION and not name.startswith(UNMANAGED)]


def build(target: Path, revision: str) -> None:
    """Make an SQLite database with the tables of a revision and no row."""
    engine = create_engine(f"sqlite:///{target}", **storage.engine_options("sqlite"))
    storage.prepare(engine)
    try:
        migration.upgrade(engine, revision)
    finally:
        engine.dispose()
