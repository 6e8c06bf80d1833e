"""`quizapp receivers`: who gets a township's sheets."""

import click

from quizapp.cli.report import instance, json_option, print_json, say
from quizapp.rules.words import N_


@click.group()
def receivers() -> None:
    """Who gets published sheets."""


@receivers.command("list")
@json_option
def list_receivers(as_json: bool) -> None:
    """List the receivers of every township; secrets are never shown again."""
    from quizapp.services.deliveries import receivers as known

    with instance():
        rows = known.list_all()
    if as_json:
        print_json({"items": rows})
        return
    for row in rows:
        click.echo(f"{row.slug:<24} {row.township_code}  {row.name}  {row.url or row.kind}")


@receivers.command()
@click.argument("slug", metavar="SHORT-NAME")
@click.option("--name", required=True, help="What people read.")
@click.option("--url", required=True, help="Where sheets are posted; host:port has to be in QUIZAPP_RECEIVER_HOSTS.")
@click.option("--township", required=True, metavar="UNIT", help="Code of the township whose sheets it gets.")
@json_option
def add(slug: str, name: str, url: str, township: str, as_json: bool) -> None:
    """Add a receiver and print the secret to share with it, this once.

    The secret stays in the instance folder, readable by the server alone.
    """
    from quizapp.services.deliveries import receivers as known

    with instance() as now:
        added = known.add(slug, name, url, township, now)
    if as_json:
        print_json(added)
        return
    say(N_("%(slug)s gets every sheet that is published from now on."), slug=added.slug)
    say(N_("Secret (HMAC-SHA256, v1), shown only now: %(secret)s"), secret=added.secret)
    say(N_("Public key (Ed25519, v1a) %(key_id)s: %(key)s"), key_id=added.key_id, key=added.public_key)
