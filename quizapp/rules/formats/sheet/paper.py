"""A paper that was pasted into a sheet, a line a row: read as the text that it is, its rows the places."""

import re

from quizapp.rules.formats import text
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account, Row
from quizapp.rules.formats.sheet import table

LETTER_APART = re.compile(r"^([A-H])\s\s(?=\S)")  # an option whose letter has a cell of its own
FEWEST = 3  # questions before rows are taken for a paper


def read(sheet: dict, account: Account, options: dict | None = None) -> list[Draft]:
    """Return the questions of a sheet without a table; none, and nothing noted, where most are without an answer."""
    if "lines" in sheet:  # of a CSV file, which is text anyway
        return []
    rows = [
        Row(index + 1, shown, False, False)
        for index, row in enumerate(sheet["rows"])
        for line in LETTER_APART.sub(r"\1.", "  ".join(cell.strip() for cell in row if cell.strip())).split("\n")
        if (shown := line.strip())
    ]
    own = Account()
    questions, _ = text.understood(text.bare(rows, own), own, options)
    if len(questions) < FEWEST or 2 * sum(one.answer is not None for one in questions) < len(questions):
        return []
    for number, reason in own.ignored.items():
        account.ignore(_place(sheet, number), reason)
    account.problems += [_placed(sheet, one) for one in own.problems]
    for one in questions:
        one.first, one.last = _place(sheet, one.first), _place(sheet, one.last)
        one.problems = [_placed(sheet, problem) for problem in one.problems]
    return questions


def _place(sheet: dict, number: int) -> str:
    return str(table.place_of(sheet, number - 1))


def _placed(sheet: dict, problem: dict) -> dict:
    place = problem["place"]
    return {**problem, "place": _place(sheet, int(place))} if place.isdigit() else problem
