"""`quizapp demo`: a township to try everything with."""

import click

from quizapp.cli.report import instance, json_option, print_json, say
from quizapp.rules.words import N_


@click.command()
@json_option
@click.option("--if-empty", is_flag=True, help="Do nothing beside a real roster.")
def demo(as_json: bool, if_empty: bool) -> None:
    """Fill an empty instance with a demo township and print its accounts; again prints the same ones.

    Refuses beside a real roster. The passwords are random and stay in the instance folder.
    """
    from quizapp.services import demo as township

    with instance() as now:
        if if_empty and township.is_beside_real_people():
            return
        report = township.load(now)
    if as_json:
        print_json(report)
        return
    say(N_("The demo township is ready. Some of its accounts:"))
    for account in shown(report["accounts"]):
        click.echo(f"  {account['role']:<8} {account['login']:<10} {account['password']:<14} {account['unit']}")


def shown(accounts: list[dict]) -> list[dict]:
    """Return one account of each role and three trainees."""
    picked = [
        next(one for one in accounts if one["role"] == role) for role in ("leader", "trainer", "admin", "auditor")
    ]
    village = next(one for one in accounts if one["login"] == "leader1")
    return [*picked, village, *[one for one in accounts if one["role"] == "trainee"][:3]]
