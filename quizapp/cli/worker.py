"""`quizapp worker`: does what is due, over and over, until told to stop."""

import os
import signal
import socket
import threading
from datetime import UTC, datetime

import click

from quizapp.cli.report import json_option, print_json

ROUND_SECONDS = 5  # an attempt whose time is over is closed at the latest 30 s after the grace


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@json_option
def worker(once: bool, as_json: bool) -> None:
    """Close expired attempts, mark, release, deliver. Any number of workers may run."""
    from quizapp import create_app
    from quizapp.services import migration

    app = create_app()
    with app.app_context():
        migration.migrate(datetime.now(UTC))
    holder = f"{socket.gethostname()}:{os.getpid()}"
    if once:
        done = work(app, None)
        if as_json:
            print_json(done)
        return
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *ignored: told.set())
    while not told.is_set():
        try:
            work(app, holder)
        except Exception:
            log_failure()
        told.wait(ROUND_SECONDS)


def work(app, holder: str | None) -> dict[str, int]:
    """Do one round, everything that is due at this moment; returns how much of each."""
    from quizapp.services import jobs

    with app.app_context():
        return jobs.run_due(holder, datetime.now(UTC))


def log_failure() -> None:
    """Write down what went wrong in a round; the next one tries again."""
    import structlog

    structlog.get_logger("quizapp").exception("worker")
