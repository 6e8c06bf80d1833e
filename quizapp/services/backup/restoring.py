"""Restoring: unpacked and checked beside the instance, made ready for phones and receivers, then put in place whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, inspect, text, update

from quizapp import storage
from quizapp.config import Settings
from quizapp.extensions import db
from quizapp.models import Attempt
from quizapp.rules.errors import Conflict
from quizapp.rules.words import N_
from quizapp.services import audit, migration, upkeep
from quizapp.services.backup import archive, checking, copying
from quizapp.services.handbooks import search
from quizapp.services.transaction import writing

LEAP = 1000  # epochs: more than devices can have taken since the backup was made
NOT_EMPTY = N_("This instance is not empty. A backup is restored into a fresh one: set QUIZAPP_INSTANCE_PATH to a new "
               "folder, or DATABASE_URL to an empty database.")  # fmt: skip
IN_USE = N_("Something is still running on this instance. Stop it, then restore.")


@dataclass(frozen=True)
class Unpacked:
    """A backup on its way back: a folder that is an instance by itself, and what the backup says of itself."""

    folder: Path
    manifest: dict


def refuse_unless_empty(settings: Settings) -> None:
    """Raise Conflict where people are there already, or a program runs on the instance."""
    url = settings.database()
    if not url.startswith("sqlite"):
        with _opened(url) as engine, engine.connect() as connection:
            if inspect(connection).has_table("people") and connection.scalar(text("SELECT count(*) FROM people")):
                raise Conflict(NOT_EMPTY)
        return
    file = Path(url.removeprefix("sqlite:///"))
    if not file.exists():
        return
    module = storage.sqlite_module()
    try:
        with closing(module.connect(str(file), timeout=0.2)) as connection:
            has_people = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'people'").fetchone()
            if has_people and connection.execute("SELECT 1 FROM people LIMIT 1").fetchone():
                raise Conflict(NOT_EMPTY)
            connection.execute("PRAGMA journal_mode = DELETE")  # only whoever is alone may do that
    except module.OperationalError as error:
        raise Conflict(IN_USE) from error
    except module.DatabaseError as error:
        raise Conflict(NOT_EMPTY) from error


@contextmanager
def unpacked(file: Path, settings: Settings) -> Iterator[Unpacked]:
    """Yield a backup unpacked beside where it will be, and checked; gone afterwards unless it was put in place.

    Raises BadBackup.
    """
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".restore-", dir=settings.instance_path))  # 0700
    try:
        manifest = archive.unpack(file, folder)
        database = folder / archive.DATABASE
        checking.check(database, manifest.get("revision"))
        database.rename(folder / "quizapp.sqlite3")
        yield Unpacked(folder, manifest)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settle(manifest: dict, now: datetime) -> None:
    """Make a restored database ready to go on; called on the instance that was unpacked, before it is put in place.

    No epoch that was given out since the backup is taken: each phone resumes and sends again what is missing here.
    """
    with writing() as session:
        is_running = Attempt.state.in_(("open", "auto_submitted"))
        session.execute(
            update(Attempt).where(is_running).values(least_epoch=Attempt.epoch + LEAP + 1, epoch=Attempt.epoch + LEAP)
        )
        upkeep.add(session, "restore", True, now, now, {"made_at": manifest["made_at"], "digest": manifest["digest"]})
        audit.record(None, None, "instance.restored", str(manifest["made_at"]), now, digest=manifest["digest"])


def let_go() -> None:
    """Close the instance that was unpacked: its database is one file again, and may be moved."""
    db.session.remove()
    db.engine.dispose()


def put_in_place(ready: Unpacked, settings: Settings) -> None:
    """Move the checked instance to where it belongs, its database last. Raises Conflict where that is not empty."""
    refuse_unless_empty(settings)
    database, url = ready.folder / "quizapp.sqlite3", settings.database()
    if not url.startswith("sqlite"):
        with _opened(url) as engine:
            load(database, engine)
    for name, path in archive.files_of(ready.folder).items():
        target = settings.instance_path / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        path.replace(target)
    if url.startswith("sqlite"):
        target = Path(url.removeprefix("sqlite:///"))
        for rest in (f"{target}-wal", f"{target}-shm"):
            Path(rest).unlink(missing_ok=True)
        _sync(database)
        shutil.move(database, target)
        archive.sync_folder(target.parent)
    archive.sync_folder(settings.instance_path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _opened(url: str):
    engine = create_engine(url, **storage.engine_options(url))
    storage.prepare(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def load(file: Path, engine) -> None:
    """Fill an empty PostgreSQL database from an SQLite file, in one transaction. Raises Conflict."""
    with closing(storage.sqlite_module().connect(str(file))) as source:
        revision = source.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        if migration.present_revision(engine) is None:
            migration.upgrade(engine, revision)
        if migration.present_revision(engine) != revision:
            raise Conflict(NOT_EMPTY)
        with engine.begin() as connection:
            for table in copying.tables(connection):
                _load_table(source, connection, table)
            rows = source.execute("SELECT id, body FROM article_texts")
            for text_id, body in rows:
                search.put(connection, text_id, body)


def _load_table(source, connection, table: str) -> None:
    columns = [column["name"] for column in inspect(connection).get_columns(table)]
    names = ", ".join(f'"{name}"' for name in columns)
    rows = source.execute(f'SELECT {names} FROM "{table}"')  # noqa: S608 (names of our own tables)
    with connection.connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as target:
            for row in rows:
                target.write_row(row)
        if "id" in columns:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM \"{table}\" HAVING max(id) > 0"
            )

