"""`quizapp bank`: check question banks, and take them in."""

from collections import Counter
from pathlib import Path

import click

from quizapp.cli import checking
from quizapp.cli.report import instance, json_option, plural, print_json, say, words, write_new
from quizapp.rules.formats import FORMATS, habits
from quizapp.rules.formats.bundle import keys_of
from quizapp.rules.formats.checks import NOT_HELD
from quizapp.rules.formats.holding import HEAD_LOST
from quizapp.rules.question_types import HELD
from quizapp.rules.words import N_
from quizapp.services.writers.banks import FORMATS as WRITTEN

format_option = click.option(
    "--format",
    "wanted",
    type=click.Choice(["auto", *FORMATS]),
    default="auto",
    metavar="FORMAT",
    help="auto finds it; else text, markdown, docx, pdf, xlsx, csv, json, html, gift, aiken, moodle-xml, qti, "
    "examview, blackboard, blackboard-text, webct, cloze or zip.",
)


LOSS = N_("  %(told)s (%(count)s: %(names)s)")
LOSS_OF_ALL = "  %(told)s"

answers_option = click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False),
    help="A file with the answers, where they are not with the questions.",
)


@click.group()
def bank() -> None:
    """Question banks: check, import, export."""


@bank.command()
@checking.files_argument
@format_option
@answers_option
@json_option
def check(files: tuple[str, ...], wanted: str, answers: str | None, as_json: bool) -> None:
    """Read each FILE as a question bank and say what was understood; nothing is stored.

    Takes the house format of question_banks/README.md, text as trainers type it, Word, PDF, Excel, CSV, JSON, web
    pages, GIFT, Aiken, Moodle XML, QTI, and archives of them. Needs no instance. Exits 1 if anything needs a person.
    """
    keys = _keys(files, answers)
    checking.check("bank", files, {"format": wanted, "answers": answers}, as_json, _summary, keys)


@bank.command("import")
@checking.files_argument
@format_option
@answers_option
@click.option("--unit", metavar="CODE", help="The unit that keeps the bank; the only township by default.")
@click.option("--bank", "slug", metavar="SLUG", help="Short name of the bank, where the file names none.")
@click.option("--title", help="Title of the bank, where the file names none.")
@click.option("--handbook", metavar="SLUG", help="Handbook of the cited articles, where the file names none.")
@click.option("--good", is_flag=True, help="Take in what is in order; keep the rest with the bank, to be finished.")
@json_option
def import_(
    files: tuple[str, ...],
    wanted: str,
    answers: str | None,
    unit: str | None,
    slug: str | None,
    title: str | None,
    handbook: str | None,
    good: bool,
    as_json: bool,
) -> None:
    """Take each FILE in as a question bank; a question that changed gets a new revision, others are left alone.

    A file with errors is refused whole, with every problem listed, unless --good is given; warnings do not stand in
    the way. A whole import is undone with bank undo.
    """
    from quizapp.services.banks.importing import import_bank, keeper

    with instance() as now:
        unit_id = keeper(unit)
        wishes = {"format": wanted, "answers": answers, "source": True}
        given = checking.with_keys(files, wishes, _keys(files, answers))
        read = [checking.readable("bank", file, wishes) for file, wishes in given]
        done = [
            import_bank(
                None, unit_id, document, now, slug, title, file_name=Path(file).name, only_good=good, handbook=handbook
            )
            for (file, _), document in zip(given, read, strict=True)
        ]
    if as_json:
        print_json(done if len(done) > 1 else done[0])
        return
    message = N_("%(title)s: %(new)s new, %(changed)s changed, %(unchanged)s as before (%(slug)s).")
    for one in done:
        say(message, title=one.title, new=one.new, changed=one.changed, unchanged=one.unchanged, slug=one.slug)
        if one.kept:
            say(N_("  %(kept)s kept with the bank, to be finished on its page."), kept=one.kept)


@bank.command()
@click.argument("slug")
@click.argument("import_id", required=False)
@json_option
def undo(slug: str, import_id: str | None, as_json: bool) -> None:
    """Undo an import of the bank SLUG: the one named, else the newest that is not undone.

    Its questions go; those that a drawn paper holds leave use. What it changed is as it was before.
    """
    from quizapp.services.banks import undoing

    with instance() as now:
        done = undoing.undo(None, slug, import_id or undoing.newest(slug), now)
    if as_json:
        print_json(done)
        return
    message = N_("Undone: %(gone)s gone, %(restored)s as before, %(retired)s out of use, %(left)s left as they are.")
    say(message, gone=done.gone, restored=done.restored, retired=done.retired, left=done.left)


@bank.command()
@click.argument("slug")
@click.option(
    "--to",
    type=click.Choice([*WRITTEN]),
    required=True,
    metavar="FORMAT",
    help="markdown, docx, xlsx, gift, moodle-xml, qti (2.1) or qti3 (3.0).",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False),
    help="Where the file is written; by default here, named after the bank. No file is overwritten.",
)
@json_option
def export(slug: str, to: str, output: str | None, as_json: bool) -> None:
    """Write the questions of the bank SLUG that are in use, keys and all, to a file.

    What the format cannot hold is named, with how many questions it touches. That the keys left is in the audit trail.
    """
    from quizapp.services.banks.exporting import export as taken_away

    with instance() as now:
        made = taken_away(None, slug, to, now)
        path = Path(output or made.name)
        write_new(path, made.data)
    losses = [{"code": one.code, "message": words(one.message), "count": one.count, "questions": one.codes}
              for one in made.losses]  # fmt: skip
    if as_json:
        print_json({"file": str(path), "format": to, "questions": made.questions, "losses": losses,
                    "head_lost": not WRITTEN[to].has_head})  # fmt: skip
        return
    say(N_("%(count)s questions written to %(path)s."), count=made.questions, path=path)
    for one in losses:
        names = _named(one["questions"], one["count"])
        say(LOSS if one["questions"] else LOSS_OF_ALL, told=one["message"], count=one["count"], names=names)
    if not WRITTEN[to].has_head:
        say(HEAD_LOST)


def _keys(files: tuple[str, ...], answers: str | None) -> dict[str, str]:
    """Return the answer keys among the files by the file that each answers, and say so."""
    found = {} if answers else keys_of(list(files))
    for file, key in found.items():
        say(N_("%(key)s is taken for the answer key of %(file)s."), key=key, file=file)
    return found


def _named(codes: list[str], count: int) -> str:
    return " ".join(codes) + (" …" if count > len(codes) else "")


def _summary(document: dict) -> str:
    counts = Counter(question["kind"] for question in document["questions"])
    kinds = " · ".join(f"{_kind(kind)} {count}" for kind, count in counts.items())
    told = plural(N_("%(count)s question"), N_("%(count)s questions"), len(document["questions"]))
    known = [f"{told}{f' ({kinds})' if kinds else ''}", words(FORMATS[document["format"]].NAME), document["encoding"]]
    return "\n".join([", ".join(filter(None, known)), *_habit(document)])


def _habit(document: dict) -> list[str]:
    """Return how a file is written, in a line; of an archive in a line for each file."""
    found = [f"{what} {how}" for what, how in habits.told(document, words)]
    lines = found if document["format"] == "zip" else [" · ".join(found)] if found else []
    return ["  " + words(N_("Written like this: %(habit)s"), habit=line) for line in lines]


def _kind(kind: str | None) -> str:
    return words(HELD[kind].NAME if kind in HELD else NOT_HELD.get(kind, N_("unknown kind")))
