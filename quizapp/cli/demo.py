"""`quizapp demo`: a township to try everything with."""

import click

from quizapp.cli.report import instance, json_option, print_json, say
from quizapp.rules.words import N_

OF_THE_TOWNSHIP = ("trainer", "admin", "auditor")


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
    """Return the township's own accounts, one of a village's leader and three trainees."""
    picked = [one for one in accounts if one["login"] in ("leader", "leader1") or one["role"] in OF_THE_TOWNSHIP]
    return [*picked, *[one for one in accounts if one["role"] == "trainee"][:3]]
