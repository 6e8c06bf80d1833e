"""What the storage runs with, for whoever asks whether it is safe: required settings, and what is recommended."""

from dataclasses import dataclass
from pathlib import Path

from quizapp import storage
from quizapp.extensions import db

IN_MEMORY = ("tmpfs", "ramfs")  # gone with the power


@dataclass(frozen=True)
class Fact:
    """One setting as it is now. Where it is required and not well, the program does not start at all."""

    name: str
    value: str
    is_well: bool
    is_required: bool


def list_facts() -> list[Fact]:
    """Return what the database runs with, read from it at this moment."""
    with db.engine.connect() as connection:
        read = lambda statement: connection.exec_driver_sql(statement).scalar()  # noqa: E731
        return _of_sqlite(read) if connection.dialect.name == "sqlite" else _of_postgresql(read)


def _of_sqlite(read) -> list[Fact]:
    levels = {0: "off", 1: "normal", 2: "full", 3: "extra"}
    mode, level = read("PRAGMA journal_mode"), read("PRAGMA synchronous")
    version = read("SELECT sqlite_version()")
    kind = storage.file_system(Path(db.engine.url.database or ".").resolve().parent)
    return [
        Fact("database", "SQLite", True, True),
        Fact("library", version, tuple(map(int, version.split("."))) >= storage.SAFE_SQLITE, True),
        Fact("journal_mode", mode, mode == storage.DURABLE["journal_mode"], True),
        Fact("synchronous", levels.get(level, str(level)), level >= storage.DURABLE["synchronous"], True),
        Fact("file_system", kind or "unknown", kind not in storage.NETWORK, True),
        Fact("survives_power_cut", "no" if kind in IN_MEMORY else "yes", kind not in IN_MEMORY, False),
    ]


def _of_postgresql(read) -> list[Fact]:
    facts = [Fact("database", "PostgreSQL", True, True), Fact("library", read("SHOW server_version"), True, True)]
    for name in storage.NEEDED_ON:
        value = read(f"SHOW {name}")
        facts.append(Fact(name, value, value != "off", True))
    standbys = read("SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')")
    checksums = read("SHOW data_checksums")
    return [
        *facts,
        Fact("synchronous_standbys", str(standbys), standbys > 0, False),  # without one a dead disk takes answers along
        Fact("data_checksums", checksums, checksums == "on", False),
    ]
