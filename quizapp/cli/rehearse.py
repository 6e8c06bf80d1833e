"""`quizapp rehearse`: plays a coming exam on a copy of this instance and says whether it would go well."""

import asyncio
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic

import click

from quizapp.cli.report import instance, json_option, print_json, say, words
from quizapp.rules.errors import Conflict
from quizapp.rules.words import N_
from quizapp.serving import clock

MOST_PEOPLE, MOST_MINUTES = 2000, 30
START_SECONDS, STOP_SECONDS = 60, 20
DEEDS = {
    "sign-in": N_("Everybody signs in and starts …"),
    "answer": N_("Everybody answers, with a bad network …"),
    "probe": N_("As many saves as this machine takes …"),
    "hand-in": N_("Everybody hands in at once …"),
}
TROUBLES = {
    "lost": N_("Answers that were said to be saved are missing: this must never be."),
    "errors": N_("Some requests were not answered, however often they were repeated."),
    "not_handed_in": N_("Not everybody could hand in."),
    "not_ranked": N_("Not everybody stands in the ranking."),
    "slow_saves": N_("Saving takes too long: people will doubt that they are saved."),
    "slow_hand_ins": N_("Handing in takes too long."),
    "too_many": N_("This machine carries fewer people at once than were played."),
}


@click.command()
@click.argument("exam_id", metavar="EXAM")
@click.option("--people", type=click.IntRange(1, MOST_PEOPLE), help="As many as the exam is for, by default.")
@click.option("--minutes", type=click.FloatRange(0.05, MOST_MINUTES), default=1.0, show_default=True,
              help="How long the answering lasts, compressed.")  # fmt: skip
@json_option
def rehearse(exam_id: str, people: int | None, minutes: float, as_json: bool) -> None:
    """Play EXAM from sign-in to ranking with people who do not exist, on a copy of this instance.

    The copy has its own server on loopback; nothing is delivered, and of this instance only the report is kept, for
    the readiness page. Exits 1 where it would not be safe.
    """
    from quizapp.rules import rehearsal
    from quizapp.services import upkeep
    from quizapp.services.rehearsal import stage

    with instance() as now:
        expected = stage.expected(exam_id)
        people = people or max(1, min(MOST_PEOPLE, expected))
        with _copy(stage) as folder:
            played = _play(folder, exam_id, people, minutes * 60, now)
        told = {"exam": exam_id, "minutes": minutes, **rehearsal.report(played)}
        upkeep.record("rehearsal", told["is_safe"], now, clock.now(), told)
    if as_json:
        print_json(told)
    else:
        _tell(told)
    if not told["is_safe"]:
        raise SystemExit(1)


@contextmanager
def _copy(stage):
    """Yield a folder on the instance's own disk with a copy of its database; gone afterwards."""
    from flask import current_app

    folder = Path(tempfile.mkdtemp(prefix=".rehearsal-", dir=current_app.instance_path))
    try:
        stage.copy_to(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _play(folder: Path, exam_id: str, people: int, seconds: float, now: datetime):
    from quizapp import create_app
    from quizapp.rules.rehearsal import Played
    from quizapp.services.backup import restoring
    from quizapp.services.rehearsal import players, stage

    app, password = create_app({"instance_path": folder, "database_url": ""}), secrets.token_urlsafe(16)
    with app.app_context():
        stage.set_up(exam_id, people, password, now)
    with _server(folder) as port:
        log = asyncio.run(players.play(port, exam_id, people, password, seconds, stage.LOGIN, _say_deed))
        with app.app_context():
            ranked = stage.close(exam_id, clock.now() + timedelta(seconds=1))
            stands = stage.standing()
            restoring.let_go()
    lost = sum(stands.get(place, (0, 0)) < said for place, said in log.said.items())
    in_ms = [[one * 1000 for one in times] for times in (log.saves, log.hand_ins)]
    rates = log.probed / players.PROBE_SECONDS, len(log.hand_ins) / max(log.bell_seconds, 0.001)
    return Played(people, *in_ms, log.errors, log.cuts, lost, ranked, *rates)


def _say_deed(deed: str) -> None:
    say(DEEDS[deed])


@contextmanager
def _server(folder: Path):
    """Yield the port of a server on the copy: loopback only, no worker, none of this instance's settings."""
    from quizapp.serving.children import end_with_parent

    surroundings = {name: value for name, value in os.environ.items()
                    if name != "DATABASE_URL" and not name.startswith("QUIZAPP_")}  # fmt: skip
    surroundings |= {"QUIZAPP_INSTANCE_PATH": str(folder), "QUIZAPP_SIGN_INS_PER_MINUTE": "1000000"}
    command = [sys.executable, "-m", "quizapp", "serve", "--host", "127.0.0.1", "--port", "0", "--no-worker"]
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, env=surroundings, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                  preexec_fn=partial(end_with_parent, os.getpid()))  # fmt: skip
    try:
        yield _port(server, log)
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _port(server: subprocess.Popen, log: Path) -> int:
    until = monotonic() + START_SECONDS
    while monotonic() < until and server.poll() is None:
        found = re.search(rb"http://127\.0\.0\.1:([0-9]+)", log.read_bytes())
        if found:
            return int(found[1])
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    raise Conflict(N_("The server for the rehearsal did not start: %(words)s"),
                   words=log.read_text(errors="replace")[-300:])  # fmt: skip


def _tell(told: dict) -> None:
    say(N_("Saves: %(saves)s; half within %(save_p50_ms)s ms, 95 %% within %(save_p95_ms)s ms, "
           "99 %% within %(save_p99_ms)s ms."), **told)  # fmt: skip
    say(N_("Hand-ins: %(hand_ins)s of %(people)s; half within %(hand_in_p50_ms)s ms, 99 %% within %(hand_in_p99_ms)s."),
        **told)  # fmt: skip
    say(N_("Lost: %(lost)s. Errors: %(errors)s. Connections cut: %(cuts)s. In the ranking: %(ranked)s."), **told)
    say(N_("This machine carries about %(carries)s people at once."), **told)
    for trouble in told["troubles"]:
        click.echo(f"  ✗ {words(TROUBLES[trouble])}", err=True)
    say(N_("It is safe to go.") if told["is_safe"] else N_("It is not safe to go yet."))
