"""The journal: what people add while they sit, copied every second into a file on another disk, and replayed from it.

For SQLite alone, where rows become visible in the order of their numbers; PostgreSQL has a standby for this.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from quizapp.extensions import db
from quizapp.models import AnswerEvent, Attempt, LateAnswer, Receipt
from quizapp.rules.words import N_
from quizapp.services.backup import archive, keeping
from quizapp.services.backup.archive import BadBackup
from quizapp.services.backup.making import JOURNALLED
from quizapp.services.transaction import is_postgresql, writing

IS_OPEN = " AND state = 'open'"
NUMBER = "row_number_"  # no column has that name
MOST = 2000  # rows of one kind a second
MODELS = {"attempts": Attempt, "answer_events": AnswerEvent, "late_answers": LateAnswer, "receipts": Receipt}
OF_ATTEMPT = (("attempt_id", "attempts"),)
NEEDED = {  # a row whose person or exam came after the backup has no place in it
    "attempts": (("person_id", "people"), ("exam_id", "exams")),
    "answer_events": OF_ATTEMPT,
    "late_answers": OF_ATTEMPT,
    "receipts": OF_ATTEMPT,
}


class Journal:
    """Writes down what is new; one of all workers does so at a time."""

    def __init__(self, folder: Path):
        """Go on where the newest journal ends, or where the newest backup does."""
        self.folder = folder
        self.upto = _end_of(folder) or _newest_backup()

    def write(self, now: datetime) -> int:
        """Append what was committed since the last time, make it durable, and return how many rows that was."""
        lines, upto = [], dict(self.upto)
        with db.engine.connect() as connection:
            for table in JOURNALLED:
                for number, row in _new_rows(connection, table, upto[table]):
                    lines.append(json.dumps({"table": table, "row": row}, ensure_ascii=False))
                    upto[table] = number
        if lines:
            self._append([*lines, json.dumps({"upto": upto})], now)
            self.upto = upto
        return len(lines)

    def _append(self, lines: list[str], now: datetime) -> None:
        path = self.folder / f"answers-{now:%Y%m%d}.journal"
        is_new = not path.exists()
        with os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            archive.sync_folder(self.folder)
            for old in sorted(self.folder.glob("answers-*.journal"))[:-31]:
                old.unlink()


def is_kept() -> bool:
    """Whether this instance keeps a journal: on SQLite, where the settings name a folder for backups."""
    return keeping.configured() is not None and not is_postgresql()


def open_journal() -> Journal:
    """Return the journal of this instance."""
    return Journal(keeping.folder())


def _new_rows(connection, table: str, last: int) -> list[tuple[int, dict]]:
    if table == "receipts":  # with the state that the attempt has by them
        query = (
            "SELECT r.rowid AS row_number_, r.*, a.state AS state, a.finished_at AS finished_at FROM receipts r"
            " JOIN attempts a ON a.id = r.attempt_id WHERE r.rowid > :last ORDER BY r.rowid LIMIT :most"
        )
    else:
        query = f"SELECT id AS row_number_, * FROM {table} WHERE id > :last ORDER BY id LIMIT :most"  # noqa: S608
    rows = connection.execute(text(query), {"last": last, "most": MOST}).mappings()
    return [(row[NUMBER], {name: value for name, value in row.items() if name != NUMBER}) for row in rows]


def _end_of(folder: Path) -> dict[str, int] | None:
    """Return how far the newest journal reaches; a last line that was cut off does not count."""
    for path in sorted(folder.glob("answers-*.journal"), reverse=True):
        found = None
        for line in read(path):
            found = line.get("upto", found)
        if found:
            return found
    return None


def _newest_backup() -> dict[str, int]:
    kept = keeping.kept()
    told = archive.read_manifest(kept[max(kept)]).get("last", {}) if kept else {}
    return {table: told.get(table, 0) for table in JOURNALLED}


def read(path: Path) -> Iterator[dict]:
    """Yield the lines of a journal; the last one may be torn. Raises BadBackup for anything else that is no line."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            try:
                found = json.loads(line)
                if not isinstance(found, dict) or found.get("table", "attempts") not in JOURNALLED:
                    raise ValueError
            except ValueError:
                if line.endswith("\n"):
                    raise BadBackup(N_("Line %(number)s of the journal is damaged."), number=number) from None
                return
            yield found


def replay(path: Path) -> int:
    """Add what a journal has and the database lacks, and return how many rows; again changes nothing."""
    added = 0
    with writing() as session:
        for line in read(path):
            if "row" in line:
                added += _add(session.connection(), line["table"], line["row"])
    return added


def _add(connection, table: str, row: dict) -> int:
    target = MODELS[table].__table__
    values = {name: row[name] for name in row if name in target.c}
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    here = " AND ".join(f"EXISTS (SELECT 1 FROM {of} WHERE id = :{column})" for column, of in NEEDED[table])
    statement = f"INSERT INTO {table} ({names}) SELECT {marks} WHERE {here} ON CONFLICT DO NOTHING"  # noqa: S608
    added = connection.execute(text(statement), values).rowcount
    if added and table == "answer_events":
        _put(connection, row)
    if added and table == "receipts":
        done = "UPDATE attempts SET state = :state, finished_at = :finished_at WHERE id = :attempt_id" + IS_OPEN
        state = "auto_submitted" if row["state"] == "auto_submitted" else "submitted"
        connection.execute(text(done), {**row, "state": state})
    return added


def _put(connection, row: dict) -> None:
    """Let the newer of (epoch, seq) stand in its slot, as when it was saved."""
    answer = {name: row[name] for name in ("attempt_id", "slot", "epoch", "seq", "value", "arrived_at")}
    statement = (
        "INSERT INTO answers (attempt_id, slot, epoch, seq, value, arrived_at)"
        " VALUES (:attempt_id, :slot, :epoch, :seq, :value, :arrived_at)"
        " ON CONFLICT (attempt_id, slot) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,"
        " value = excluded.value, arrived_at = excluded.arrived_at"
        " WHERE (excluded.epoch, excluded.seq) > (answers.epoch, answers.seq)"
    )
    connection.execute(text(statement), answer)
