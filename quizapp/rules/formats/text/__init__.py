"""Questions as trainers type them: plain text in any of their habits, found from the text itself."""

from quizapp.rules.formats import checks, nested
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account, Row, lines_of, rows_of, without_folds
from quizapp.rules.formats.text import (
    capitals,
    cards,
    columns,
    gathering,
    habit,
    key_rows,
    keying,
    lettering,
    marked,
    plain,
    run_on,
    tails,
    talk,
)
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.formats.text.understanding import understand
from quizapp.rules.formats.text.walk import Walk
from quizapp.rules.words import N_

NAME = N_("Plain text")


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is in this format: it takes any text, but gladly leaves it."""
    return 0.6


def read(text: str, options: dict | None = None) -> dict:
    """Return the document of `bank check` for a text in any habit; it never refuses, but lists problems.

    Option `answers` is the text of an answer key in a file of its own. Every line that is not blank is in a
    question's source, in `ignored` with a reason, or the place of a problem.
    """
    account = Account()
    questions, found = understood(rows_in(text, account), account, options)
    return checks.finished(questions, account, {"layout": "text", **found.as_document()})


def understood(rows: list[Row], account: Account, options: dict | None = None, look=None) -> tuple[list[Draft], Habit]:
    """Return the questions of rows, not checked yet, and the habit they were written in.

    `look(entries)` may add what is known of the entries beside their words, before they are understood.
    """
    rows = columns.parted(columns.in_order(lettering.with_words(rows)))
    rows = cards.with_own_answers(talk.with_labels(rows))
    rows = key_rows.sections_apart(plain.with_labels_apart(cards.with_cards(rows)))
    rows = key_rows.below_questions(key_rows.without_points(rows))
    found = habit.find(rows)
    found.take_wishes(options or {})
    if found.is_run_on:
        rows = run_on.unfolded(rows)
    rows = plain.with_long_blanks(rows)
    if found.is_lower:
        rows = capitals.with_capitals(rows)
    rows = lettering.usual(capitals.with_capital_brackets(rows))
    walk = Walk(rows, found, account)
    entries = walk.run()
    if options and options.get("answers"):
        keying.take_file(walk, rows_in(options["answers"], Account()))
    tails.look(entries)
    tails.fill(entries)
    if look:
        look(entries)
    return [understand(entry, found) for entry in entries], found


def rows_in(text: str, account: Account) -> list[Row]:
    """Return the rows of a text with their bare words; one of signs alone is noted as a ruler."""
    return bare(nested.lettered(rows_of(without_folds(lines_of(text, account), account))), account)


def bare(rows: list[Row], account: Account) -> list[Row]:
    """Return rows with their bare words; one of signs alone is noted as a ruler."""
    rows = plain.with_chapters(marked.with_answers(rows))
    rows = gathering.gathered([plain.undecorated(row) for row in rows], account)
    for row in rows:
        if not row.text:
            account.ignore(row.number, "ruler")
    return [row for row in rows if row.text]
