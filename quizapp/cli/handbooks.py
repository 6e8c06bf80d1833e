"""`quizapp handbook`: check handbooks and laws, take them in and out, and tell what an edition changed."""

from pathlib import Path

import click

from quizapp.cli import checking
from quizapp.cli.report import instance, json_option, plural, print_json, say, words, write_new
from quizapp.rules.words import N_

MARKS = {"same": "%s", "gone": "[-%s-]", "new": "{+%s+}"}  # as wdiff does


@click.group()
def handbook() -> None:
    """Handbooks: check, import, compare editions, export."""


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


@handbook.command()
@click.argument("slug")
@click.argument("old")
@click.argument("new")
@json_option
def diff(slug: str, old: str, new: str, as_json: bool) -> None:
    """Tell what the edition NEW of the handbook SLUG says otherwise than OLD, article by article.

    What is gone stands in [-…-], what is new in {+…+}; behind the number, how many questions in use cite the article.
    """
    from quizapp.services.handbooks.foreseeing import WORDS
    from quizapp.services.handbooks.foreseeing import diff as compared

    with instance():
        title, changes = compared(slug, old, new)
    if as_json:
        names = ("what", "number", "before", "after", "questions")
        told = [{name: getattr(one, name) for name in names} for one in changes]
        print_json({"title": title, "old": old, "new": new, "changes": told})
        return
    for one in changes:
        cited = plural(N_("%(count)s question"), N_("%(count)s questions"), one.questions)
        text = "".join(MARKS[kind] % piece for kind, piece in one.pieces)
        click.echo(f"{one.number} · {words(WORDS[one.what])} · {cited}\n{text}\n")
    message = N_("%(title)s, %(old)s → %(new)s. Articles that differ: %(count)s.")
    say(message, title=title, old=old, new=new, count=len(changes))


@handbook.command()
@click.argument("slug")
@click.option("--edition", metavar="NAME", help="The edition; by default the one in force.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False),
    help="Where the file is written; by default here, named after handbook and edition. No file is overwritten.",
)
@json_option
def export(slug: str, edition: str | None, output: str | None, as_json: bool) -> None:
    """Write an edition of the handbook SLUG to a Markdown file in the house format, to be taken in elsewhere.

    A law that came as plain text names no short name in its head: take it in with --edition-of.
    """
    from quizapp.services.handbooks.exporting import export as taken_away

    with instance():
        made = taken_away(slug, edition)
        path = Path(output or f"{slug}-{made.edition.replace('/', '-')}.md")
        write_new(path, made.text.encode())
    if as_json:
        known = {"title": made.title, "edition": made.edition, "articles": made.articles, "otherwise": made.otherwise}
        print_json({"file": str(path), **known})
        return
    message = N_("%(title)s, edition %(edition)s: %(count)s articles written to %(path)s.")
    say(message, title=made.title, edition=made.edition, count=made.articles, path=path)
    if made.otherwise:
        say(N_("  These would come in again otherwise: %(numbers)s."), numbers=" ".join(made.otherwise))


def _summary(document: dict) -> str:
    articles = document["articles"]
    told = plural(N_("%(count)s article"), N_("%(count)s articles"), len(articles))
    ends = f" ({articles[0]['number']} – {articles[-1]['number']})" if articles else ""
    edition = f" [{document['edition']}]" if document["edition"] else ""
    return f"{document['title']}{edition}, {told}{ends}"
