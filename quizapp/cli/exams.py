"""`quizapp exam`: list exams, set one up, change it before it opens, give more time, close it, release its results."""

import click

from quizapp.cli import given
from quizapp.cli.extending import extend
from quizapp.cli.report import instance, json_option, print_json, say
from quizapp.cli.sections import section_option
from quizapp.rules.words import N_

OPTIONS = [
    click.option("--file", type=click.Path(exists=True, dir_okay=False), help="JSON as `show` prints it; options win."),
    click.option("--title", help="Title of the exam."),
    click.option("--opens", "opens_at", metavar="TIME", help="Such as “2026-07-20 08:00”, on the wall clock."),
    click.option("--closes", "closes_at", metavar="TIME", help="Such as “2026-07-31 24:00”."),
    click.option("--minutes", type=int, help="Time limit."),
    click.option("--bank", "banks", metavar="SLUG", multiple=True, help="Bank to draw from; once for each."),
    section_option,
    click.option("--rule", help="How multiple choice is scored; half_if_subset by default."),
    click.option("--forms", type=int, help="Fixed papers (A, B, …), dealt evenly; 0: everybody gets another one."),
    click.option("--fresh-days", type=int, help="Avoid questions that the person had in the last so many days."),
    click.option("--post", "posts", multiple=True, help="Only people of this post may sit; once for each."),
    click.option("--attempts", "attempts_allowed", type=int, help="Attempts allowed; 1 by default."),
    click.option("--pass", "pass_percent", type=int, help="Percent to pass; 60 by default."),
    click.option("--counts/--mock", default=None, help="Whether it counts for the evaluation; it does by default."),
    click.option("--release", "release_rule", type=click.Choice(["at_close", "by_hand"]), help="How results come out."),
    click.option("--board", type=click.Choice(["after_release", "live"]), help="When the ranking is shown."),
]


def draft_options(command):
    """Give a command the options that describe an exam."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.group()
def exam() -> None:
    """Exams: list them, set them up, give more time, close them, release their results."""


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
def show(exam_id: str) -> None:
    """Print how EXAM is set up, in the JSON that `create --file` takes."""
    from quizapp.services import exam_files, exam_management

    with instance():
        print_json(exam_files.written(exam_management.get_draft(None, exam_id), given.zone()))


@exam.command()
@click.option("--campaign", metavar="ID", help="The campaign that the exam belongs to.")
@draft_options
@click.option("--dry-run", is_flag=True, help="Only check it: every problem is told, nothing is stored.")
@json_option
def create(dry_run: bool, as_json: bool, file: str | None, **options) -> None:
    """Set an exam up by options, by a JSON file, or both.

    Refused with every problem, also where the banks cannot fill the paper.
    """
    from quizapp.services import exam_files, exam_setup

    with instance() as now:
        draft = exam_files.read(_told(file, options), given.zone())
        if dry_run:
            exam_setup.rehearse(None, draft)
            say(N_("Nothing is wrong: papers can be drawn like this."))
            return
        created = exam_setup.create(None, draft, now)
    if as_json:
        print_json({"id": created})
    else:
        say(N_("The exam is set up: %(id)s"), id=created)


@exam.command()
@click.argument("exam_id", metavar="EXAM")
@draft_options
@json_option
def change(exam_id: str, as_json: bool, file: str | None, **options) -> None:
    """Change EXAM before it opens; what no option and no file names stays as it is."""
    from quizapp.services import exam_files, exam_management, exam_setup

    with instance() as now:
        before = exam_files.written(exam_management.get_draft(None, exam_id), given.zone())
        told = {**before, **_told(file, options), "campaign": before["campaign"]}
        exam_setup.change(None, exam_id, exam_files.read(told, given.zone()), now)
    if as_json:
        print_json({"id": exam_id})
    else:
        say(N_("Saved."))


def _told(file: str | None, options: dict) -> dict:
    told = given.plain(file, **options)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


@exam.command()
@click.argument("exam_id", metavar="EXAM")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@json_option
def close(exam_id: str, yes: bool, as_json: bool) -> None:
    """End EXAM's window now: open attempts are handed in as they stand and marked.

    Results are released where the exam says "at close".
    """
    from quizapp.services import early_closing, exams

    with instance() as now:
        if not yes:
            shown = early_closing.rehearse(None, exam_id, now)
            say(N_("%(open)s at it now; %(cut)s would lose time, up to %(minutes)s minutes."), open=shown.cut.open,
                cut=shown.cut.cut, minutes=-(-shown.cut.most_seconds // 60))  # fmt: skip
            click.confirm(f"{shown.title}: close now?", abort=True, err=True)
        closed = exams.close(None, exam_id, now)
    if as_json:
        print_json(closed)
    else:
        say(N_("Closed: %(taken)s taken in, %(marked)s marked."), taken=closed.taken_in, marked=closed.marked)
        say(N_("The results are released.") if closed.is_released else N_("The results are not released yet."))


@exam.command("take-in")
@click.argument("file", type=click.File(encoding="utf-8-sig", errors="replace"))
@json_option
def take_in(file, as_json: bool) -> None:
    """Take in the answer FILE of a phone that never got back online; the same one again changes nothing."""
    from quizapp.services.late_answers import files

    with instance() as now:
        done = files.take_in(None, file.read(), now)
    if as_json:
        print_json(done)
        return
    say(N_("%(person)s, %(unit)s: %(saved)s counted in time, %(recorded)s recorded late, %(refused)s not accepted."),
        person=done.person, unit=done.unit, saved=len(done.saved), recorded=len(done.recorded),
        refused=len(done.refused))  # fmt: skip
    if done.is_again:
        say(N_("This file had been taken in before; nothing was changed."))


@exam.command()
@click.argument("exam_id", metavar="EXAM")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@json_option
def release(exam_id: str, yes: bool, as_json: bool) -> None:
    """Release EXAM's results by hand, once it has closed and everything is marked."""
    from quizapp.services import exams

    with instance() as now:
        if not yes:
            click.confirm(f"{exams.get_exam(exam_id).title}: release now?", abort=True, err=True)
        exams.release(None, exam_id, now)
    if as_json:
        print_json({"id": exam_id})
    else:
        say(N_("The results are released."))


@exam.command()
@click.argument("exam_id", metavar="EXAM")
def recount(exam_id: str) -> None:
    """Make the ranking of EXAM anew from its results, where `verify` says that it is wrong."""
    from quizapp.services.verification import boards

    with instance():
        boards.mend(exam_id)
    say(N_("The ranking follows from the results again."))


exam.add_command(extend)
