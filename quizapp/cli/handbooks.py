"""`quizapp handbook`: check handbooks and laws."""

import click

from quizapp.cli import checking
from quizapp.cli.report import json_option, plural
from quizapp.rules.words import N_


@click.group()
def handbook() -> None:
    """Handbooks: check, import, compare, export."""


@handbook.command()
@checking.files_argument
@json_option
def check(files: tuple[str, ...], as_json: bool) -> None:
    """Read each FILE as a handbook and say what was understood; nothing is stored.

    Takes the house format and laws as they are published, in Markdown or plain text. Needs no instance. Exits 1 if
    anything needs a person.
    """
    checking.check("handbook", files, {}, as_json, _summary)


def _summary(document: dict) -> str:
    articles = document["articles"]
    told = plural(N_("%(count)s article"), N_("%(count)s articles"), len(articles))
    ends = f" ({articles[0]['number']} – {articles[-1]['number']})" if articles else ""
    edition = f" [{document['edition']}]" if document["edition"] else ""
    return f"{document['title']}{edition}, {told}{ends}"
