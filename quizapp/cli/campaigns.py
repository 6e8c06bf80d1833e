"""`quizapp campaign`: list campaigns, set one up."""

from pathlib import Path

import click

from quizapp.cli import given
from quizapp.cli.report import instance, json_option, print_json, say
from quizapp.rules.words import N_


@click.group()
def campaign() -> None:
    """Campaigns: list them, set one up."""


@campaign.command("list")
@json_option
def list_campaigns(as_json: bool) -> None:
    """List all campaigns with their dates and the size of their rosters."""
    from quizapp.services import campaign_sight

    with instance():
        rows = campaign_sight.list_visible(None)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{row.id}  {row.starts_on} – {row.ends_on}  {row.unit_code} {row.unit}  {row.title}  {row.roster_size}"
        )


@campaign.command()
@click.option("--file", type=click.Path(exists=True, dir_okay=False), help="JSON with the fields below; options win.")
@click.option("--title", help="Title of the campaign.")
@click.option("--unit", metavar="CODE", help="The unit whose people take part, usually a township.")
@click.option("--starts", "starts_on", metavar="DAY", help="First day, such as 2026-07-01.")
@click.option("--ends", "ends_on", metavar="DAY", help="Last day.")
@click.option("--roster", "roster_on", metavar="DAY", help="The day whose roster counts; today by default.")
@click.option("--handbook", "handbooks", metavar="SLUG", multiple=True, help="Required handbook; once for each.")
@click.option("--plan", type=click.Path(exists=True, dir_okay=False), help="The plan, a text in Markdown.")
@click.option("--policy", type=click.Path(exists=True, dir_okay=False), help="The evaluation policy, in JSON.")
@json_option
def create(file: str | None, plan: str | None, policy: str | None, as_json: bool, **options) -> None:
    """Set a campaign up and take its roster.

    The file's fields: title, unit, starts_on, ends_on, roster_on, handbooks, plan, policy.
    """
    from quizapp.services import campaign_files, campaigns

    with instance() as now:
        told = given.plain(file, **options, plan=plan and Path(plan).read_text("utf-8-sig"))
        told = {**told, **({"policy": given.plain(policy)} if policy else {})}
        if "handbooks" in told:
            told["handbooks"] = list(told["handbooks"])
        draft = campaign_files.read(told, now.astimezone(given.zone()).date())
        created = campaigns.create(None, draft, now)
    if as_json:
        print_json({"id": created})
    else:
        say(N_("The campaign is set up: %(id)s"), id=created)
