"""`quizapp bank`: check question banks."""

from collections import Counter

import click

from quizapp.cli import checking
from quizapp.cli.report import json_option, plural, words
from quizapp.rules.formats import FORMATS
from quizapp.rules.question_types import KINDS
from quizapp.rules.words import N_


@click.group()
def bank() -> None:
    """Question banks: check, import, export."""


@bank.command()
@checking.files_argument
@click.option(
    "--format",
    "wanted",
    type=click.Choice(["auto", *FORMATS]),
    default="auto",
    show_default=True,
    help="Which format the files are in; auto finds it.",
)
@json_option
def check(files: tuple[str, ...], wanted: str, as_json: bool) -> None:
    """Read each FILE as a question bank and say what was understood; nothing is stored.

    The house format is described in question_banks/README.md. Needs no instance. Exits 1 if anything needs a person.
    """
    checking.check("bank", files, {"format": wanted}, as_json, _summary)


def _summary(document: dict) -> str:
    counts = Counter(question["kind"] for question in document["questions"])
    kinds = " · ".join(f"{_kind(kind)} {count}" for kind, count in counts.items())
    told = plural(N_("%(count)s question"), N_("%(count)s questions"), len(document["questions"]))
    return f"{told}{f' ({kinds})' if kinds else ''}, {words(FORMATS[document['format']].NAME)}, {document['encoding']}"


def _kind(kind: str | None) -> str:
    return words(KINDS[kind].NAME) if kind in KINDS else words(N_("unknown kind"))
