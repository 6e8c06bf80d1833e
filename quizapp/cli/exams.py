"""`quizapp exam`: list exams, close one now."""

import click

from quizapp.cli.report import instance, json_option, print_json, say
from quizapp.rules.words import N_


@click.group()
def exam() -> None:
    """Exams: list them, close one now."""


@exam.command("list")
@json_option
def list_exams(as_json: bool) -> None:
    """List all exams with their windows and how many attempts are in which state."""
    from quizapp.services import exams

    with instance() as now:
        rows = exams.list_all(now)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        counts = "  ".join(f"{state} {count}" for state, count in row["attempts"].items())
        click.echo(f"{row['id']}  {row['state']:<9} {row['opens_at']} – {row['closes_at']}  {row['title']}  {counts}")


@exam.command()
@click.argument("exam_id", metavar="EXAM")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@json_option
def close(exam_id: str, yes: bool, as_json: bool) -> None:
    """End EXAM's window now: open attempts are handed in as they stand and marked.

    Results are released where the exam says "at close".
    """
    from quizapp.services import exams

    with instance() as now:
        if not yes:
            click.confirm(f"{exams.get_exam(exam_id).title}: close now?", abort=True, err=True)
        closed = exams.close(None, exam_id, now)
    if as_json:
        print_json(closed)
    else:
        say(N_("Closed: %(taken)s taken in, %(marked)s marked."), taken=closed.taken_in, marked=closed.marked)
        say(N_("The results are released.") if closed.is_released else N_("The results are not released yet."))
