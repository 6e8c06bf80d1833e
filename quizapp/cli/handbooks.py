"""`quizapp handbook`: check handbooks and laws, and take them in."""

import click

from quizapp.cli import checking
from quizapp.cli.report import instance, json_option, plural, print_json, say, words
from quizapp.rules.words import N_


@click.group()
def handbook() -> None:
    """Handbooks: check, import."""


@handbook.command()
@checking.files_argument
@json_option
def check(files: tuple[str, ...], as_json: bool) -> None:
    """Read each FILE as a handbook and say what was understood; nothing is stored.

    Takes the house format and laws as they are published, in Markdown or plain text. Needs no instance. Exits 1 if
    anything needs a person.
    """
    checking.check("handbook", files, {}, as_json, _summary)


@handbook.command("import")
@checking.files_argument
@click.option("--edition-of", metavar="SLUG", help="Short name of the handbook these files are editions of.")
@click.option("--effective", type=click.DateTime(["%Y-%m-%d"]), help="Day from which the edition is in force.")
@json_option
def import_(files: tuple[str, ...], edition_of: str | None, effective, as_json: bool) -> None:
    """Take each FILE in as an edition of a handbook; the same file again changes nothing.

    A file with errors is refused whole, with every problem listed; warnings do not stand in the way.
    """
    from quizapp.services.handbooks.importing import KEPT, OUT_OF_PAPERS, REDRAWN, import_edition

    with instance() as now:
        day = effective.date() if effective else None
        done = [import_edition(None, checking.readable("handbook", file), now, edition_of, day) for file in files]
    if as_json:
        print_json(done if len(done) > 1 else done[0])
        return
    for one in done:
        message = N_("%(title)s, edition %(edition)s: %(count)s articles taken in (%(slug)s).")
        same = N_("%(title)s, edition %(edition)s: nothing new (%(slug)s).")
        say(message if one.is_new else same, title=one.title, edition=one.edition, count=one.articles, slug=one.slug)
        if one.flagged:
            say(OUT_OF_PAPERS, count=one.flagged)
        for message, exams in ((REDRAWN, one.redrawn), (KEPT, one.kept)):
            if exams:
                say(message, exams=words(", ").join(exams))


def _summary(document: dict) -> str:
    articles = document["articles"]
    told = plural(N_("%(count)s article"), N_("%(count)s articles"), len(articles))
    ends = f" ({articles[0]['number']} – {articles[-1]['number']})" if articles else ""
    edition = f" [{document['edition']}]" if document["edition"] else ""
    return f"{document['title']}{edition}, {told}{ends}"
