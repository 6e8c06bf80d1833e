"""`quizapp worker`: does what is due, over and over, until told to stop."""

import logging
import os
import signal
import socket
import threading
from datetime import datetime

import click

from quizapp.cli import timekeeping
from quizapp.cli.report import json_option, print_json
from quizapp.serving import clock, process

JOURNAL_SECONDS = 1
LIVE_SECONDS = 0.5  # a live board shows who handed in within a second
READING_SECONDS = 1  # somebody looks at a page that waits for it
ROUND_SECONDS = 5  # an attempt whose time is over is closed at the latest 30 s after the grace


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@json_option
def worker(once: bool, as_json: bool) -> None:
    """Close expired attempts, mark, release, deliver; back up and test backups. Any number of workers may run.

    With --once no backup is made: `quizapp backup` does that.
    """
    from quizapp import create_app
    from quizapp.services import jobs, migration
    from quizapp.services.backup import keeping

    app = create_app()
    with app.app_context():
        migration.migrate(clock.now(), keeping.before_migration)
    if once:
        timekeeping.look(app)
        done = work(app, None)
        with app.app_context():
            from quizapp.services.banks import previews

            done["files"] = previews.work(clock.now())
        if as_json:
            print_json(done)
        return
    process.prepare()
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *ignored: told.set())
    timekeeping.keep_watch(app)
    holder = f"{socket.gethostname()}:{os.getpid()}"
    for beside in (do_other_jobs, keep_boards_live, keep_backups, keep_journal, read_files):
        threading.Thread(target=beside, args=(app, holder, clock.now(), told), daemon=True).start()
    over_and_over(told, ROUND_SECONDS, lambda: work(app, holder, jobs.EXAM_JOBS).get("mark"))


def over_and_over(told: threading.Event, seconds: float, deed) -> None:
    """Do something again and again until told to stop; what goes wrong is written down and tried again.

    Where the deed returns that there was more to do than one round takes, the next one begins without a pause.
    """
    while not told.is_set():
        has_more = None
        try:
            has_more = deed()
        except Exception:
            log_failure()
        if not has_more:
            told.wait(seconds)


def work(app, holder: str | None, jobs: list | None = None) -> dict[str, int]:
    """Do one round, everything that is due at this moment; returns how much of each."""
    from quizapp.services.jobs import run_due

    with app.app_context():
        return run_due(holder, clock.now(), jobs)


def do_other_jobs(app, holder: str, since: datetime, told: threading.Event) -> None:
    """Deliver, and do what else has time, in a thread of its own: a slow receiver keeps no exam open."""
    from quizapp.services import jobs

    over_and_over(told, ROUND_SECONDS, lambda: work(app, holder, jobs.OTHER_JOBS) and None)


def keep_boards_live(app, holder: str, since: datetime, told: threading.Event) -> None:
    """Mark for live boards twice a second, in a thread of its own: whoever handed in looks for their place."""
    from quizapp.services import jobs

    def mark() -> None:
        with app.app_context():
            jobs.mark_awaited(holder, clock.now())

    over_and_over(told, LIVE_SECONDS, mark)


def keep_backups(app, holder: str, since: datetime, told: threading.Event) -> None:
    """Make and test backups when they are due, in a thread of its own: closing exams does not wait for them."""
    from quizapp.services import jobs

    due = jobs.keeping_safe(since)
    over_and_over(told, ROUND_SECONDS, lambda: work(app, holder, due) and None)


def read_files(app, holder: str, since: datetime, told: threading.Event) -> None:
    """Read large files of banks, and take long ones in, in a thread of its own: nothing else waits for them."""
    from quizapp.services.banks import previews

    def read() -> None:
        with app.app_context():
            previews.work(clock.now())

    over_and_over(told, READING_SECONDS, read)


def keep_journal(app, holder: str, since: datetime, told: threading.Event) -> None:
    """Copy new answers into the journal every second, where there is one and this worker holds its lease."""
    from quizapp.services import jobs
    from quizapp.services.backup import journal

    kept, mine_until = None, since

    def write() -> None:
        nonlocal kept, mine_until
        now = clock.now()
        with app.app_context():
            if now >= mine_until:
                if not jobs.take("journal", holder, now):
                    kept = None
                    return
                mine_until = now + jobs.LEASES["journal"] / 2
            kept = kept or journal.open_journal()
            if kept:
                kept.write(now)

    with app.app_context():
        if not journal.is_kept():
            return
    over_and_over(told, JOURNAL_SECONDS, write)


def log_failure() -> None:
    """Write down what went wrong in a round; the next one tries again."""
    logging.getLogger("quizapp").exception("worker")
