"""The database engine: safe settings asserted at start, and BEGIN IMMEDIATE for whoever is going to write."""

import sqlite3
from pathlib import Path

from sqlalchemy import event

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
SAFE_SQLITE = (3, 51, 3)  # earlier ones can corrupt a database when its write-ahead log is reset
SILENT = {"hide_parameters": True}  # a statement that fails is logged without the words of people in it


class UnsafeStorage(Exception):
    """The database cannot keep what it acknowledges; the text says why and what to do."""


def sqlite_module():
    """Return a sqlite3 module whose library has the WAL-reset fix; raise UnsafeStorage where there is none."""
    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return sqlite3
    try:
        import pysqlite3
    except ImportError:
        pysqlite3 = None
    if pysqlite3 and pysqlite3.sqlite_version_info >= SAFE_SQLITE:
        return pysqlite3
    found = pysqlite3.sqlite_version if pysqlite3 else sqlite3.sqlite_version
    raise UnsafeStorage(
        f"SQLite {found} can damage its database (WAL-reset fault); 3.51.3 or newer is needed: install pysqlite3"
    )


def engine_options(url: str) -> dict:
    """Return the create_engine options for an address."""
    if url.startswith("sqlite"):
        return {
            "module": sqlite_module(),
            "connect_args": {"timeout": 10, "check_same_thread": False},
            "pool_size": 32,
            "max_overflow": 0,
            "pool_timeout": 30,
            **SILENT,
        }
    return {"pool_size": 32, "max_overflow": 0, "pool_timeout": 10, "pool_pre_ping": True, **SILENT}


def prepare(engine) -> None:
    """Hook the engine so that every connection is durable and every transaction begins as it should."""
    if engine.dialect.name != "sqlite":
        event.listen(engine, "connect", _assert_postgresql)
        return

    @event.listens_for(engine, "connect")
    def connect(connection, record):
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection):
        options = connection.get_execution_options()
        if not options.get("single_reads"):  # one statement is a transaction by itself
            connection.connection.dbapi_connection.execute("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _assert_postgresql(connection, record) -> None:
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            value = cursor.execute(f"SHOW {name}").fetchone()[0]
            if value == "off":
                raise UnsafeStorage(
                    f"PostgreSQL runs with {name} = off: an acknowledged answer could be lost. Turn it on."
                )
    connection.rollback()
