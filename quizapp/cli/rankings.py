"""`quizapp ranking`: the ranking of an exam."""

import click

from quizapp.cli.report import instance, json_option, print_json, say
from quizapp.rules.words import N_


@click.command()
@click.argument("exam_id", metavar="EXAM")
@click.option("--by", type=click.Choice(["person", "unit"]), default="person", show_default=True)
@click.option("--within", metavar="UNIT", help="Code of the unit; the exam's township by default.")
@json_option
def ranking(exam_id: str, by: str, within: str | None, as_json: bool) -> None:
    """Print the ranking of EXAM as everybody sees it: without rows before its release."""
    from quizapp.services import ranking as rankings

    with instance():
        board = rankings.get_board(None, exam_id, by, within, 1, size=1_000_000)
    if as_json:
        print_json(rankings.as_plain(board))
        return
    if not board.rows:
        say(N_("The results are not released yet."))
    for row in board.rows:
        click.echo(f"{row.rank or '–':>5}  {row.name}  {rankings.score_words(row)}")
