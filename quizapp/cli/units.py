"""`quizapp units`: the organisation tree from the shell."""

from pathlib import Path

import click

from quizapp.cli.report import instance, json_option, print_json, say, words
from quizapp.rules.divisions import KIND_NAMES, KINDS
from quizapp.rules.words import N_


@click.group()
def units() -> None:
    """The organisation tree: list, add, import."""


@units.command("list")
@click.option("--within", metavar="CODE", help="Only this unit and what lies below it.")
@json_option
def list_(within: str | None, as_json: bool) -> None:
    """List the units by code."""
    from quizapp.services import units as tree

    with instance():
        found = tree.list_all(None, within)
    if as_json:
        print_json({"items": found})
        return
    for one in found:
        click.echo(f"{one.code:<14}{words(KIND_NAMES[one.kind])}  {one.name}")


@units.command()
@click.argument("code")
@click.argument("name")
@click.option("--kind", type=click.Choice(KINDS), help="By default what an official code tells.")
@click.option("--below", metavar="CODE", help="The unit above; left out for the top of a tree.")
@json_option
def add(code: str, name: str, kind: str | None, below: str | None, as_json: bool) -> None:
    """Add the unit NAME with the code CODE."""
    from quizapp.rules.division_files import kind_of
    from quizapp.services import units as tree

    with instance() as now:
        place = tree.add(None, code, name, kind or kind_of("", code.strip(), name.strip()), below, now)
    if as_json:
        print_json(place)
        return
    say(N_("%(name)s (%(code)s) is added."), name=place.name, code=place.code)


@units.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--within", metavar="CODE", default="", help="Take only this unit, what lies above and what lies below it."
)
@json_option
def import_(files: tuple[Path, ...], within: str, as_json: bool) -> None:
    """Take the official divisions of all FILES into the tree: CSV with code and name, or nested JSON.

    Units that are here already are renamed and moved where the files say so, never removed. A problem anywhere, and
    nothing is taken.
    """
    from quizapp.services import divisions

    with instance() as now:
        done = divisions.import_files(list(files), within, now)
    if as_json:
        print_json(done)
        return
    say(
        N_("Units: %(new)s new, %(renamed)s renamed, %(moved)s moved, %(unchanged)s as before."),
        new=done.new, renamed=done.renamed, moved=done.moved, unchanged=done.unchanged,
    )  # fmt: skip
