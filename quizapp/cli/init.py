"""`quizapp init`: a real instance, asked for question by question or told by options."""

import sys

import click

from quizapp.cli.report import instance, json_option, print_json, say, words
from quizapp.rules.division_files import kind_of, official_parents
from quizapp.rules.divisions import clean_code, clean_name
from quizapp.rules.errors import Conflict
from quizapp.rules.words import N_


@click.command()
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="CODE=NAME",
    help="A unit, from the top down, the township last; once for each. A unit that is here needs no =NAME.",
)
@click.option("--login", help="The first administrator's login name.")
@click.option("--name", help="The first administrator's name.")
@click.option(
    "--password",
    envvar="QUIZAPP_ADMIN_PASSWORD",
    default="",
    help="Others on this computer may see it; left out, a one-time code is made and printed.",
)
@json_option
def init(units: tuple[str, ...], login: str | None, name: str | None, password: str, as_json: bool) -> None:
    """Set up a real instance: the township with the units above it, and the first administrator.

    What the options leave out is asked for. Refuses where there are people already.
    """
    from quizapp.services import beginning
    from quizapp.services.people import listing

    with instance() as now:
        if listing.is_anybody():
            raise Conflict(N_("There are people here already; the township is not set up a second time."))
        known = _known()
        chain = [_step(told, known) for told in units] if units else _ask_chain(known)
        login = login or _ask(N_("Login name of the first administrator"), "--login")
        name = name or _ask(N_("Name of the first administrator"), "--name")
        begun = beginning.begin(chain, login, name, password, now)
    if as_json:
        print_json(begun)
        return
    say(N_("%(township)s is set up, with the administrator %(login)s."), township=begun.township, login=begun.login)
    if begun.code:
        say(N_("Sign in with this one-time code and choose a password:"))
        click.echo(begun.code)


def _known() -> dict[str, tuple[str, str]]:
    """Return code -> (name, kind) of the units that are here."""
    from quizapp.services import units

    return {one.code: (one.name, one.kind) for one in units.list_all(None)}


def _step(told: str, known: dict):
    from quizapp.services.beginning import Step

    code, _, name = told.partition("=")
    code, name = clean_code(code), clean_name(name)
    there = known.get(code, ("", ""))
    return Step(code, name or there[0], there[1] or kind_of("", code, name))


def _ask_chain(known: dict) -> list:
    """Ask for the township's official code, then for the names of the units above it that are not here."""
    code = clean_code(_ask(N_("Official code of the township (9 figures)"), "--unit"))
    steps = []
    for above in [*reversed(official_parents(code)), code]:
        name = "" if above in known else _ask(N_("Name of the unit %(code)s"), "--unit", code=above)
        steps.append(_step(f"{above}={name}", known))
    return steps


def _ask(question: str, option: str, **params) -> str:
    """Ask at a terminal; anywhere else the missing option is wrong usage."""
    if not sys.stdin.isatty():
        raise click.UsageError(words(N_("Missing option %(option)s."), option=option))
    return click.prompt(words(question, **params), err=True)
