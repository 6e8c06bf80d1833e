"""What is said of cells that a workbook shows otherwise than they are read: dates, odd formats, what is hidden."""

import re

from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.places import between
from quizapp.rules.formats.sheet import stems, table
from quizapp.rules.words import N_

DATE = N_("A date stands in a cell here, shown as “%(text)s”. Was it 1/2 or 3-5 that the workbook made a date of?")
UNSHOWN = N_("A number was read here as “%(text)s”; the workbook shows it in a way that was not followed. Please look.")
ROW = N_("This row is hidden in the workbook; it was read. Leave the question out if it was meant to be hidden.")
COLUMN = N_("The column “%(name)s” is hidden in the workbook; it was read.")
COMMENT = N_("Somebody has commented on this place, “%(text)s”; the comment was not taken.")
STRUCK = N_("“%(text)s” is struck out here; it was taken all the same. Please look.")
WITH_YEAR = re.compile(r"\d{4}[年/.]")
TIME = re.compile(r"\d{1,2}:(?:00|[1-5]\d)(?::00)?")  # nobody writes 8:00 and means another


def note(sheet: dict, found: table.Table, questions: list[Draft], account: Account) -> None:
    """Say at the questions of a table, or at its head, what of their cells is seen otherwise, or not at all."""
    by_place = {question.first: question for question in questions}
    for code, message, places in (("cell-date", DATE, "dates"), ("cell-format", UNSHOWN, "unshown")):
        told = set()
        for row, column in sheet.get(places, ()):
            question = by_place.get(f"{sheet['name']}!{row + 1}")
            field, text = found.columns.get(column, ""), table.cell(sheet["rows"][row], column)
            is_part = field in ("stem", "part", "answer", "options") or field.startswith(("option:", "blank:", "wrong"))
            is_sure = code == "cell-date" and (WITH_YEAR.match(text) or TIME.fullmatch(text))
            if question and is_part and not is_sure and question.first not in told:
                question.problem(code, message, severity="warning", text=text)
                told.add(question.first)  # one of them is enough to look at it
    for column in sheet.get("hidden", {}).get("columns", ()):
        if column in found.columns and any(table.cell(row, column) for row in sheet["rows"][found.head + 1 :]):
            name, place = stems.name_of(column, found.names)[:40], table.place_of(sheet, max(found.head, 0))
            account.problem("column-hidden", COLUMN, place, "warning", name=name)


def note_places(sheets: list[dict], questions: list[Draft], account: Account) -> None:
    """Say of comments on cells, and of cells that are struck out, that they are there: at their questions, if any."""
    of = {place: question for question in questions for place in between(question.first, question.last)}
    for sheet in sheets:
        struck = [(row, column, table.cell(sheet["rows"][row], column)) for row, column in sheet.get("struck", ())]
        noted = [(row, "comment-left-out", COMMENT, text) for row, _, text in sheet.get("comments", ())]
        noted += [(row, "struck-out", STRUCK, text) for row, _, text in struck if text]
        for row, code, message, text in noted:
            place = f"{sheet['name']}!{row + 1}"
            if place in of:
                of[place].problem(code, message, place, severity="warning", text=text[:200])
            else:
                account.problem(code, message, place, "warning", text=text[:200])


def note_hidden(sheets: list[dict], questions: list[Draft]) -> None:
    """Say at the questions that stand in rows which a workbook hides that they do: their trainer does not see them."""
    hidden = {f"{sheet['name']}!{row + 1}" for sheet in sheets for row in sheet.get("hidden", {}).get("rows", ())}
    for question in questions if hidden else ():
        if not hidden.isdisjoint(between(question.first, question.last)):
            question.problem("row-hidden", ROW, severity="warning")
