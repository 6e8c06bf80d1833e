"""`quizapp exam extend`: more time for a person, a unit or everybody."""

import click

from quizapp.cli.report import instance, json_option, print_json, say
from quizapp.rules.words import N_


@click.command()
@click.argument("exam_id", metavar="EXAM")
@click.option("--person", "login", metavar="LOGIN", help="For this person; an attempt handed in goes on as well.")
@click.option("--unit", metavar="CODE", help="For everybody of this unit and below.")
@click.option("--all", "is_for_all", is_flag=True, help="For everybody.")
@click.option("--minutes", type=int, required=True, help="Whole minutes; 0 only takes a person's attempt up again.")
@click.option("--reason", required=True, help="Stands in the audit trail.")
@click.option("--outage", "is_outage", is_flag=True, help="The minutes are taken off the time used.")
@click.option("--dry-run", is_flag=True, help="Only show what it would do.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@json_option
def extend(exam_id: str, login: str | None, unit: str | None, is_for_all: bool, minutes: int, reason: str,
           is_outage: bool, dry_run: bool, yes: bool, as_json: bool) -> None:  # fmt: skip
    """Give more time at EXAM to a person, a unit or everybody.

    What the clock took in meanwhile goes on; answers that came too late and are in time now count.
    """
    from quizapp.services.extensions import granting, targets

    if sum([bool(login), bool(unit), is_for_all]) != 1:
        raise click.UsageError("--person | --unit | --all")
    with instance() as now:
        wish = granting.Wish(minutes, reason, targets.person_of_login(login or ""), unit or "", is_outage)
        done = granting.preview(None, exam_id, wish, now)
        if not dry_run:
            if not yes:
                click.confirm(f"+{minutes}: {len(done.changes)}?", abort=True, err=True)
            done = granting.grant(None, exam_id, wish, now)
    if as_json:
        print_json(told(done))
        return
    for one in told(done)["attempts"]:
        click.echo("{login}  {person}  {state:<15} {deadline_before} → {deadline_after}".format(**one))
    say(
        N_("%(count)s attempts, of these taken up again: %(reopened)s."),
        count=len(done.changes),
        reopened=done.reopened,
    )
    say(N_("Nothing was changed.") if dry_run else N_("The time is granted."))


def told(done) -> dict:
    """Return a grant as plain data; `closes_at` where the window moved for those who have not begun."""
    from quizapp.rules.clock import rfc3339

    attempts = [
        {
            **vars(one),
            "deadline_before": rfc3339(one.deadline_before),
            "deadline_after": rfc3339(one.deadline_after),
        }
        for one in done.changes
    ]
    return {
        "id": done.id or None,
        "whom": done.whom or None,
        "attempts": attempts,
        "reopened": done.reopened,
        "closes_at": done.closes_at and rfc3339(done.closes_at),
    }
