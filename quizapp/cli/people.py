"""`quizapp people`: rosters from files, slips and one-time codes from the shell."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from quizapp.cli.report import instance, json_option, print_json, problem_line, say, words
from quizapp.rules.errors import Conflict, Problem
from quizapp.rules.words import N_

WHAT = {"new": "+", "returns": "+", "moved": "→", "changed": "~"}


@click.group()
def people() -> None:
    """People: import a roster, print slips, help with signing in."""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option(
    "--slips",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT",
    help="Write one-time codes for the new people to OUT (.html or .csv), readable by you alone.",
)
@json_option
def import_(file: Path, dry_run: bool, slips: Path | None, as_json: bool) -> None:
    """Take the roster FILE (xlsx, xls, ods, csv) in: all of it, or nothing where a row has a problem.

    People whom the file does not name stay. Without --slips and without a password in the file, new people wait for
    a code: `quizapp people slips`.
    """
    from quizapp.cli.slips import SlipFile
    from quizapp.services.people import plan, roster

    with instance() as now:
        reading = roster.read_file(file)
        found = plan.make(None, reading)
        if found.problems or dry_run:
            _tell(found, file, dry_run, as_json)
            sys.exit(1 if found.problems else 0)
        with SlipFile(slips) as out:
            done = roster.take(None, reading, found.digest, now, file_name=file.name, with_slips=slips is not None)
            out.write(done.slips)
    _tell(done.plan, file, False, as_json, slips if done.slips else None)


def _tell(found, file: Path, is_dry: bool, as_json: bool, slips: Path | None = None) -> None:
    """Say what a plan holds, as one document or line by line."""
    if as_json:
        print_json(_document(found, file, is_dry, slips))
        return
    for one in [*found.problems, *found.warnings]:
        click.echo(problem_line(one.code, one.message, one.place, one.params, one.severity), err=True)
    for entry in found.entries:
        if entry.what in WHAT:
            click.echo(
                f"  {WHAT[entry.what]} {entry.draft.place}: {entry.after.name} {entry.draft.login} {entry.unit.name}"
            )
    if found.problems:
        say(N_("%(count)s problems; nothing was taken over."), count=len(found.problems))
        return
    told = N_("%(new)s new, %(moved)s moved, %(changed)s changed, %(unchanged)s as before; %(absent)s not in the file.")
    counts = found.counts
    say(told, new=counts["new"], moved=counts["moved"], changed=counts["changed"] + counts["returns"],
        unchanged=counts["unchanged"], absent=len(found.absent))  # fmt: skip
    if slips:
        say(N_("Slips with one-time codes: %(path)s"), path=slips)


def _document(found, file: Path, is_dry: bool, slips: Path | None) -> dict:
    return {
        "file": file.name,
        "dry_run": is_dry,
        **found.counts,
        "people": [
            {
                "place": entry.draft.place, "what": entry.what, "login": entry.draft.login, "name": entry.after.name,
                "unit": entry.unit.name, "unit_code": entry.unit.code, "post": entry.after.post,
                "roles": list(entry.after.roles),
            }
            for entry in found.entries
        ],
        "problems": [_problem(one) for one in [*found.problems, *found.warnings]],
        "ignored": [{"place": place, "reason": words(reason)} for place, reason in found.ignored],
        "absent": [{"login": login, "name": name, "unit": unit} for login, name, unit in found.absent],
        "slips": str(slips) if slips else None,
    }  # fmt: skip


def _problem(one: Problem) -> dict:
    return {**asdict(one), "message": words(one.message, **one.params)}


@people.command()
@click.argument("unit")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def slips(unit: str, out: Path) -> None:
    """Write fresh one-time codes for everybody in UNIT (a code) and below who has no password yet to OUT.

    OUT ends with .html or .csv, must not exist, and is readable by you alone. Older slips of these people end.
    """
    from quizapp.cli.slips import SlipFile
    from quizapp.services.people import codes

    with instance() as now, SlipFile(out) as file:
        made = codes.issue_waiting(None, unit, now)
        if not made:
            raise Conflict(N_("Nobody there is waiting for a first password."))
        file.write(made)
    say(N_("Slips with one-time codes: %(path)s"), path=out)


@people.command()
@click.argument("login")
@json_option
def code(login: str, as_json: bool) -> None:
    """Print a new one-time code for LOGIN, who is signed out everywhere: where nobody else can issue one."""
    from quizapp.services.people import codes, listing

    with instance() as now:
        slip = codes.issue(None, listing.find_by_login(login), now)
    if as_json:
        print_json(slip)
        return
    click.echo(slip.code)
