"""A program that migrates databases in children of its own, each killed at a statement that it is told.

It reads lines of URL, FOLDER and K, and answers each with the number of statements the child came to: K where it was
killed there (SIGKILL, by itself), fewer where it had ended before.
"""

import os
import signal
import sys
import tempfile
from pathlib import Path

from tests.databases import close_app, open_app


def migrate(url: str, folder: str, k: int, told: int) -> None:
    """Migrate, tell every statement as a byte, and die before the k-th."""
    from datetime import UTC, datetime

    from sqlalchemy import event

    from quizapp.extensions import db
    from quizapp.services.migration import migrate

    app, reached = open_app(url, Path(folder)), 0

    def count(*ignored) -> None:
        nonlocal reached
        reached += 1
        os.write(told, b".")
        if reached == k:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        for name in ("before_cursor_execute", "commit"):
            event.listen(db.engine, name, count)
        migrate(datetime.now(UTC))
    close_app(app)


def in_child(url: str, folder: str, k: int) -> int:
    """Return how many statements a child came to. Raises RuntimeError where it failed otherwise than by being killed."""
    heard, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            migrate(url, folder, k, told)
            status = 0
        finally:
            os._exit(status)
    os.close(told)
    reached = 0
    while data := os.read(heard, 4096):
        reached += len(data)
    os.close(heard)
    _, status = os.waitpid(pid, 0)
    if status not in (0, signal.SIGKILL):
        raise RuntimeError(f"migrating ended with {status}")
    return reached


def load() -> None:
    """Load the product once, for all children; nothing is opened."""
    with tempfile.TemporaryDirectory() as folder:
        open_app(f"sqlite:///{folder}/none.sqlite3", Path(folder))
    import alembic.command  # noqa: F401

    import quizapp.services.migration  # noqa: F401


if __name__ == "__main__":
    load()
    for line in sys.stdin:
        url, folder, k = line.split("\t")
        print(in_child(url, folder, int(k)), flush=True)
