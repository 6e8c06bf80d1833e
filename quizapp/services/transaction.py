"""The one way to write: a transaction of its own, begun for writing, committed once at its end."""

import re
import threading
from collections import deque
from contextlib import contextmanager
from time import monotonic

from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime

from quizapp.extensions import db

# Full, locked, gone, or too busy: nothing was committed, and the same request may succeed in a moment.
STORAGE_FAULTS = (OperationalError, InterfaceError, NoConnectionInTime)
FAULT_AT = "storage_fault_at"  # among the application's extensions: when a write failed last, by the monotonic clock

# SQLite lets one writer in at a time and makes the others sleep and retry, which starves some of them
# for seconds; a lock in front of the write serves them quickly. Other processes still meet BEGIN IMMEDIATE.
writer_lock = threading.Lock()

KEPT_OPEN = 16  # connections for single statements; more at the same moment open and close one of their own


@contextmanager
def writing():
    """Yield a session inside a write transaction; commit at the end, roll back on any exception.

    What was read before is forgotten: rows loaded outside must be read again inside.
    """
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        with writer_lock:
            yield from _transaction()
    else:
        yield from _transaction()


def _transaction():
    try:
        db.session.connection(execution_options={"writes": True})
        yield db.session
        db.session.commit()
    except STORAGE_FAULTS:
        note_fault()
        db.session().invalidate()  # after a failed commit nothing is known of the connection
        raise
    except BaseException:
        db.session.rollback()
        raise


def note_fault() -> None:
    """Remember that the database has just failed; the health page tells it for a while."""
    current_app.extensions[FAULT_AT] = monotonic()


def is_postgresql() -> bool:
    """Whether the database is PostgreSQL (else SQLite)."""
    return db.engine.dialect.name == "postgresql"


def insert(table):
    """Return the database's own INSERT, the one that knows ON CONFLICT."""
    return (postgresql if is_postgresql() else sqlite).insert(table)


def run(connection, statements: dict[str, str], values):
    """Execute a statement in an open transaction as the driver takes it, for what is done by the thousand."""
    return connection.exec_driver_sql(statements[connection.dialect.name], values)


def run_one(statements: dict[str, str], values: dict):
    """Run one statement as a transaction by itself, by the quickest way there is, and return its first row or None.

    `statements` by dialect, see `dialects`. It must bear being run twice: a kept connection that turns out to be
    broken (the database was started again) is thrown away and another one asked.
    """
    shelf = current_app.extensions.setdefault("single_statements", deque())
    while True:
        is_kept, connection = bool(shelf), _take(shelf)
        try:
            row = connection.exec_driver_sql(statements[connection.dialect.name], values).first()
        except DBAPIError as error:
            connection.close()
            if is_kept and error.connection_invalidated:
                continue
            if isinstance(error, STORAGE_FAULTS):
                note_fault()
            raise
        if len(shelf) < KEPT_OPEN:
            shelf.append(connection)
        else:
            connection.close()
        return row


def _take(shelf: deque):
    """Return a connection of whose statements each is a transaction by itself, a kept one where there is one."""
    try:
        return shelf.pop()
    except IndexError:
        return db.engine.connect().execution_options(single=True, isolation_level="AUTOCOMMIT")


def dialects(sql: str, **differing: dict[str, str]) -> dict[str, str]:
    """Return a statement with :name parameters as each database's driver takes it.

    `differing` names a part in braces that is not the same for all: `lock={"sqlite": "", "postgresql": "FOR UPDATE"}`.
    """
    made = {}
    for dialect in ("sqlite", "postgresql"):
        text = sql.format(**{name: parts[dialect] for name, parts in differing.items()}) if differing else sql
        made[dialect] = text if dialect == "sqlite" else re.sub(r"(?<![:\w]):([a-z_]+)", r"%(\1)s", text)
    return made
