"""Pictures that lie over the cells of a sheet: each goes into the question, or the option, of its cell."""

from quizapp.rules import pictures
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.sheet import table
from quizapp.rules.words import N_

UNPLACED = "picture-unplaced", N_("A picture stands here beside no question; it was not taken.")
AMONG = "picture-among-options", N_("A picture stands with the options in one cell; it was put behind the question.")


def place(sheet: dict, found: table.Table) -> tuple[dict, list[tuple]]:
    """Return the sheet with markers in its cells, and [(row, code, sentence)] of what a person has to look at."""
    rows, notes = [list(row) for row in sheet["rows"]], []
    layout = _Layout(found)
    for one in sheet.get("drawings", ()):
        at, column = _corner(sheet, one["row"], one["column"])
        field = found.columns.get(column, "")
        of = layout.question_of(rows, at) if found.head < at < len(rows) else []
        if "named" in one and at < len(rows) and _put(rows[at], one):
            continue
        if not of:
            notes.append((at, *UNPLACED))
        elif "left" in one:
            notes.append((of[0], *pictures.LEFT[one["left"]]))
        elif layout.is_own(field):
            _append(rows[at], column, one["marker"])
        else:
            for row in of:
                _append(rows[row], layout.stem, one["marker"])
            notes += [(of[0], *AMONG)] if field == "options" else []
    return {**sheet, "rows": rows}, notes


class _Layout:
    """Which columns take a picture of their own, and which rows are one question."""

    def __init__(self, found: table.Table):
        self.by_options = {"options", "right"} <= set(found.columns.values())
        self.stem = next(column for column, field in found.columns.items() if field == "stem")
        begin = ("stem", "part") if self.by_options else ("stem", "part", "answer", "kind")
        self.begin = [column for column, field in found.columns.items() if field in begin]

    def is_own(self, field: str) -> bool:
        """Return whether a picture in a column of this field stays in its cell; others go to the question."""
        is_option = field.startswith(("option:", "wrong")) or self.by_options and field == "options"
        return is_option or field in ("explanation", "part")

    def question_of(self, rows: list[list[str]], row: int) -> list[int]:
        """Return the rows that bear the stem of the question that a row belongs to; none for an empty row."""
        while row >= 0 and any(rows[row]):
            if any(table.cell(rows[row], column) for column in self.begin):
                return self._same(rows, row) if self.by_options else [row]
            row -= 1
        return []

    def _same(self, rows: list[list[str]], row: int) -> list[int]:
        """Return a row and those around it in which the same stem is written again for each option."""
        stem, first, last = table.cell(rows[row], self.stem), row, row
        while first and table.cell(rows[first - 1], self.stem) == stem:
            first -= 1
        while last + 1 < len(rows) and table.cell(rows[last + 1], self.stem) == stem:
            last += 1
        return list(range(first, last + 1))


def note(sheet: dict, notes: list[tuple], questions: list[Draft], account: Account) -> None:
    """Name what has to be looked at, at its question where it has one."""
    by_place = {question.first: question for question in questions}
    for row, code, message in notes:
        where = f"{sheet['name']}!{row + 1}"
        if where in by_place:
            by_place[where].problem(code, message, severity="warning")
        else:
            account.problem(code, message, where, "warning")


def unplaced(sheet: dict, account: Account) -> None:
    """Name the pictures of a sheet in which no table of questions was found."""
    note(sheet, [(one["row"], *UNPLACED) for one in sheet.get("drawings", ())], [], account)


def _corner(sheet: dict, row: int, column: int) -> tuple[int, int]:
    """Return the cell that a place belongs to: of merged cells the first."""
    for top, left, bottom, right in sheet["merged"]:
        if top <= row <= bottom and left <= column <= right:
            return top, left
    return row, column


def _put(row: list[str], drawing: dict) -> bool:
    """Put a picture where its marker stands in a row, as a bank left with it; return whether it does."""
    found = [place for place, text in enumerate(row) if drawing["named"] in text and "marker" in drawing]
    for place in found:
        row[place] = pictures.put(row[place], drawing["named"], drawing["marker"])
    return bool(found)


def _append(row: list[str], column: int, marker: str) -> None:
    row += [""] * (column + 1 - len(row))
    row[column] = f"{row[column].rstrip()}{marker}"
