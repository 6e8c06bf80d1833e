"""`quizapp backup` and `quizapp restore`: one file out of a running instance, and back into an empty one."""

from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from quizapp.cli.report import json_option, print_json, say, words
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.words import N_
from quizapp.serving import clock


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def backup(file: Path, as_json: bool) -> None:
    """Write a backup of this instance to FILE, beside a running server.

    FILE holds the database, the secrets that sign and verify, and uploads: keep it as you keep a key. The state is
    that of the moment the command begins; every answer acknowledged before it is inside.
    """
    from quizapp import create_app
    from quizapp.services.backup import making

    app = create_app()
    with app.app_context():
        made = making.make(file.absolute(), clock.now())
    told = {"file": str(file), "size": made.size, **_told(made.manifest)}
    if as_json:
        print_json(told)
        return
    say(N_("Backed up to %(file)s (%(size)s KB)."), file=str(file), size=-(-made.size // 1024))
    _say_point(told)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--journal", "journals", type=click.Path(exists=True, dir_okay=False, path_type=Path), multiple=True,
              help="Answers written down after the backup; may be given more than once.")  # fmt: skip
@click.option("--despite-findings", is_flag=True, help="Restore although the check of what is inside finds something.")
@json_option
def restore(file: Path, journals: tuple[Path, ...], despite_findings: bool, as_json: bool) -> None:
    """Restore the backup FILE into this instance, which must be empty.

    Everything is unpacked and checked first, then put in place at one stroke. Phones that still hold their attempt
    send again whatever the backup lacks.
    """
    from quizapp.config import Settings
    from quizapp.services.backup import restoring

    settings = Settings.load()
    restoring.refuse_unless_empty(settings)
    with restoring.unpacked(file, settings) as ready:
        with _opened(ready.folder) as now:
            checked = _made_ready(ready, journals, despite_findings, now)
        restoring.put_in_place(ready, settings)
        told = {"file": str(file), **_told(ready.manifest), **checked}
    if as_json:
        print_json(told)
        return
    say(N_("Restored and checked: %(results)s results, %(receipts)s receipts, %(rows)s sealed rows."),
        results=checked["checked"].get("results", 0), receipts=checked["checked"].get("receipts", 0),
        rows=checked["checked"].get("sealed rows", 0))  # fmt: skip
    _say_point(told)
    if journals:
        say(N_("%(count)s rows were added from the journal."), count=checked["replayed"])
    say(N_("Phones that still hold their attempt send what came later by themselves. Start the server: quizapp serve"))


@contextmanager
def _opened(folder: Path):
    """Open the instance that was unpacked, at the tables of this version, and let go of it completely."""
    from quizapp import create_app
    from quizapp.services import migration
    from quizapp.services.backup import restoring

    app = create_app({"instance_path": folder, "database_url": ""})
    with app.app_context():
        now = clock.now()
        migration.migrate(now)
        yield now
        restoring.let_go()


def _made_ready(ready, journals: tuple[Path, ...], despite_findings: bool, now: datetime) -> dict:
    from quizapp.services.backup import journal, restoring
    from quizapp.services.verification import instance as checking

    replayed = sum(journal.replay(path) for path in journals)
    report = checking.verify()
    findings = [Problem(one.kind, one.message, one.where, one.params) for one in report.findings]
    if findings and not despite_findings:
        raise Invalid(findings, N_("What is inside the backup was changed or is damaged; nothing was restored. "
                                   "With --despite-findings it is restored as it is."))  # fmt: skip
    restoring.settle(ready.manifest, now)
    return {"valid": not findings, "checked": report.checked, "replayed": replayed,
            "problems": [{"kind": one.code, "where": one.place, "message": words(one.message, **one.params)}
                         for one in findings]}  # fmt: skip


def _told(manifest: dict) -> dict:
    names = ("made_at", "version", "database", "revision", "point", "heads", "counts", "digest")
    return {name: manifest.get(name) for name in names}


def _say_point(told: dict) -> None:
    if told["point"]:
        say(N_("The last answer inside arrived at %(time)s."), time=told["point"]["arrived_at"])
    for one in told["heads"]:
        say(N_("Campaign %(campaign)s: chain of %(count)s rows, head %(head)s"), **one)
