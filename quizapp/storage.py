"""The database engine: safe settings asserted at start, and BEGIN IMMEDIATE for whoever is going to write."""

import sqlite3
from pathlib import Path

from sqlalchemy import event

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
SAFE_SQLITE = (3, 51, 3)  # earlier ones can corrupt a database when its write-ahead log is reset
DURABLE = {"busy_timeout": 10_000, "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}  # synchronous: FULL
NETWORK = {"9p", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs",
           "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs", "virtiofs"}  # fmt: skip
NEEDED_ON = ("fsync", "synchronous_commit", "full_page_writes")  # of PostgreSQL
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

    _refuse_network(engine.url.database)
    log_is_ours = False  # whether nothing that an earlier run left behind stands in the write-ahead log

    @event.listens_for(engine, "connect")
    def connect(connection, record):
        nonlocal log_is_ours
        connection.isolation_level = None  # transactions are begun below, not by the driver
        if not log_is_ours:
            _empty_log(connection)
            log_is_ours = True
        _assert_sqlite(connection)

    @event.listens_for(engine, "invalidate")
    def invalidate(connection, record, error):
        nonlocal log_is_ours
        log_is_ours = False

    @event.listens_for(engine, "begin")
    def begin(connection):
        options = connection.get_execution_options()
        if not options.get("single"):  # else each statement is a transaction by itself
            connection.connection.dbapi_connection.execute("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _refuse_network(path: str | None) -> None:
    """Raise UnsafeStorage for a database on a network file system, whose locks and syncs cannot be relied on."""
    kind = file_system(Path(path or ".").resolve().parent)
    if kind in NETWORK:
        raise UnsafeStorage(
            f"The database lies on a network file system ({kind}), where an acknowledged answer could be lost: "
            f"use a disk of this machine, or PostgreSQL. The place is {path}"
        )


def file_system(folder: Path, table: str = "/proc/self/mounts") -> str:
    """Return the kind of file system that a folder lies on, as the system names it; "" where it does not tell."""
    try:
        lines = Path(table).read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    kinds = {}  # by place; what was mounted there last covers what was before
    for line in lines:
        _, place, kind, *_ = line.split()
        kinds[place.replace("\\040", " ")] = kind  # that is how a space is written there
    return next((kinds[str(place)] for place in (folder, *folder.parents) if str(place) in kinds), "")


def _empty_log(connection) -> None:
    """Bring what an earlier run left in the write-ahead log into the database, durably, and begin it anew.

    After a failed fsync the system may show a log that the disk does not hold: what is appended to such a log is lost
    with it when the power goes. Where others have the database open nobody had to read the log from the disk, and
    nobody is made to wait.
    """
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    cursor.close()


def _assert_sqlite(connection) -> None:
    cursor = connection.cursor()
    for name, wanted in DURABLE.items():
        cursor.execute(f"PRAGMA {name}={wanted}").fetchall()
        found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            raise UnsafeStorage(f"SQLite runs with {name} = {found} instead of {wanted}: an answer could be lost.")
    cursor.close()


def _assert_postgresql(connection, record) -> None:
    with connection.cursor() as cursor:
        for name in NEEDED_ON:
            value = cursor.execute(f"SHOW {name}").fetchone()[0]
            if value == "off":
                raise UnsafeStorage(
                    f"PostgreSQL runs with {name} = off: an acknowledged answer could be lost. Turn it on."
                )
    connection.rollback()
