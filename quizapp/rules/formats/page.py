"""Questions on a saved web page: its visible lines as text, or as a table where it shows one."""

import re
from itertools import groupby

from quizapp.rules.formats import checks, records, webpage
from quizapp.rules.formats.lines import BREAK, Account, Row, clean
from quizapp.rules.formats.sheet import table
from quizapp.rules.formats.sheet.rows import gather
from quizapp.rules.formats.text import bare, understood
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.words import N_

NAME = N_("Web page (HTML)")
FEWEST_BUTTONS = 5
BEGINNING = re.compile(
    r"\s*<(?:!doctype\s+html|html|head|body|div|table|ul|ol|p|h[1-6]|span|section|article)\b", re.IGNORECASE
)


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is a web page: by how it begins."""
    return 1.0 if BEGINNING.match(text[:1000].lstrip("\ufeff")) else 0.0


def read(text: str, options: dict | None = None) -> dict:
    """Return the document of `bank check` for a page; it never refuses. Places are lines of its source."""
    account, habit = Account(), Habit()
    habit.take_wishes(options or {})
    seen = webpage.seen(text)
    sheet = {"name": "", "rows": [words.split("\t") for _, words, _ in seen], "merged": [],
             "lines": [(line, line) for line, _, _ in seen]}  # fmt: skip
    found = table.find(sheet["rows"])
    if found and found.head >= 0:
        questions = records.understood(gather(sheet, found, account), habit)
        layout = {"layout": "html table", "answers": dict(habit.answers)}
    else:
        rows = [Row(line, shown, False, False) for line, words, _ in seen for one in words.split("\n")
                if (shown := clean(one).strip())]  # fmt: skip
        questions, habit = understood(bare(_without_buttons(rows, account), account), account, options)
        layout = {"layout": "html", **habit.as_document()}
    for line in dict.fromkeys(line for line, _, pictures in seen if pictures):
        of = next((one for one in questions if one.first <= line <= one.last), None)
        if of:
            message = N_("A picture stands here; it was not taken.")
            of.problem("picture-left-out", message, line, severity="warning")
    shown = {line for line, words, _ in seen if clean(words).strip()}
    for number, line in enumerate(BREAK.split(text), 1):
        if line.strip() and number not in shown:
            account.ignored.setdefault(number, "markup")
    return checks.finished(questions, account, layout)


def _without_buttons(rows: list[Row], account: Account) -> list[Row]:
    """Return the rows without those of a card that leads to each question: numbers alone, many in a row."""
    kept: list[Row] = []
    for is_number, group in groupby(rows, lambda row: row.text.isdigit()):
        found = list(group)
        if is_number and len(found) >= FEWEST_BUTTONS:
            for row in found:
                account.ignore(row.number, "page-button")
        else:
            kept += found
    return kept
