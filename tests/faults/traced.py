"""The product with every SQL statement looked at: one that writes outside BEGIN IMMEDIATE is complained of in the log."""

import re
import sys

from sqlalchemy import event

from quizapp import cli, storage

COMPLAINT = "WROTE OUTSIDE BEGIN IMMEDIATE"
WRITES = re.compile(r"\s*(WITH\b.*)?\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE | re.DOTALL)
prepare = storage.prepare


def watch(connection, record) -> None:
    """Follow what a connection executes; SQLite itself tells it."""
    begun = ""

    def look(statement: str) -> None:
        nonlocal begun
        words = statement.strip().upper()
        if words.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            begun = words
        elif WRITES.match(statement) and begun != "BEGIN IMMEDIATE":
            print(f"{COMPLAINT}: {statement[:200]}", file=sys.stderr, flush=True)

    connection.set_trace_callback(look)


def prepare_and_watch(engine) -> None:
    """Hook the engine as always, and look at every connection."""
    prepare(engine)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", watch)


if __name__ == "__main__":
    storage.prepare = prepare_and_watch
    cli.main()
