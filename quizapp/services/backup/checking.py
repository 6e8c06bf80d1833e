"""Whether the database out of a backup is one that this program made: nothing in it acts or shows by itself."""

import json
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from quizapp import storage
from quizapp.rules.words import N_
from quizapp.services import migration, rendering
from quizapp.services.backup import copying
from quizapp.services.backup.archive import BadBackup

FOREIGN = N_("Its database has other tables than quizapp makes, or something in it acts by itself.")
COLUMNS = 'SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?)'
MARKUP = (
    ("article_texts", "body_html"),
    ("question_keys", "explanation_html"),
    ("campaigns", "plan_html"),
    ("question_revisions", "html"),  # JSON: stem and options
)


def check(file: Path, revision: object) -> None:
    """Raise BadBackup unless the file is whole, has exactly the tables of its revision, and only clean markup."""
    if not isinstance(revision, str) or not migration.is_known(revision):
        raise BadBackup(N_("It was made by another version of quizapp; restore it with that version."))
    try:
        with closing(_open(file)) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise BadBackup(N_("Its database is damaged."))
            if _shape(connection) != _wanted(revision):
                raise BadBackup(FOREIGN)
            _check_markup(connection)
    except storage.sqlite_module().DatabaseError as error:
        raise BadBackup(N_("Its database is damaged.")) from error


def _open(file: Path):
    connection = storage.sqlite_module().connect(str(file))
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


@lru_cache(maxsize=2)
def _wanted(revision: str) -> dict:
    """Return the shape that the migrations give a database."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite3"
        copying.build(file, revision)
        with closing(_open(file)) as connection:
            return _shape(connection)


def _shape(connection) -> dict:
    """Return the tables with their columns, and word for word whatever may act: triggers, views, virtual tables."""
    shape: dict[str, object] = {}
    listed = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    for kind, name, table, sql in listed:
        squeezed = " ".join((sql or "").split())
        if kind in ("trigger", "view") or squeezed.upper().startswith("CREATE VIRTUAL"):
            shape[f"{kind} {name}"] = squeezed
        elif kind == "table":
            shape[f"table {name}"] = sorted(connection.execute(COLUMNS, (name,)).fetchall())
        else:
            shape[f"index {name}"] = table
    return {name: what for name, what in shape.items() if "sqlite_" not in name}


def _check_markup(connection) -> None:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, column in MARKUP:
        if table not in there:
            continue
        for (kept,) in connection.execute(f"SELECT {column} FROM {table}"):  # noqa: S608 (our own names)
            if not all(rendering.is_clean(markup) for markup in _markups(kept)):
                raise BadBackup(N_("It holds markup that quizapp never writes (%(table)s)."), table=table)


def _markups(kept: str | None) -> Iterator[str]:
    """Yield the pieces of markup in a column: the text itself, or what stands in its JSON."""
    if kept and kept.startswith("{"):
        try:
            waiting = [json.loads(kept)]
        except ValueError:
            waiting = [kept]
    else:
        waiting = [kept or ""]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one
        elif isinstance(one, str):
            yield one
