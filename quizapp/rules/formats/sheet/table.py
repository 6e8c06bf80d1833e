"""Where the table of a sheet begins and what its columns hold: by the names in its head, else by what is in them."""

from dataclasses import dataclass

from quizapp.rules.formats import fields, records
from quizapp.rules.formats.drafts import LETTERS, read_letters, read_truth

AS_FAR = 40  # rows within which the head stands
LOOKED_AT = 200  # rows by which columns without names are known
MOSTLY = 0.8


@dataclass(frozen=True)
class Table:
    """The index of the row of names (-1 where there is none) and what each column holds, with its name."""

    head: int
    columns: dict[int, str]
    names: dict[int, str]
    unknown: dict[int, str]

    def as_document(self, sheet: str) -> dict:
        """Return what was found as plain values."""
        return {"sheet": sheet, "columns": {self.names.get(one, ""): field for one, field in self.columns.items()}}


def find(rows: list[list[str]], before: dict[int, str] | None = None) -> Table | None:
    """Return the table of a sheet; one without names goes on with the columns `before` where they fit."""
    for index, row in enumerate(rows[:AS_FAR]):
        found = read_head(row)
        if found:
            names = {place: cell.strip() for place, cell in enumerate(row) if cell.strip()}
            unknown = {place: name for place, name in names.items() if place not in found}
            return Table(index, found, names, unknown)
    held = [row for row in rows if any(cell.strip() for cell in row)][:LOOKED_AT]
    if not held:
        return None
    for columns in filter(None, (before, _guessed(held))):
        if _fits(held, columns):
            return Table(-1, columns, {}, {})
    return None


def read_head(row: list[str]) -> dict[int, str] | None:
    """Return what each column holds where a row names a stem and something that makes it a question."""
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        field = fields.field_of(cell) if cell.strip() and len(cell) <= 60 else None
        if field and (field in ("note", "chapter") or field not in found.values()):
            found[place] = field
    held = set(found.values())
    is_head = "stem" in held and any(one in ("answer", "options", "kind", "right") or ":" in one for one in held)
    return found if is_head else None


def _fits(rows: list[list[str]], columns: dict[int, str]) -> bool:
    """Return whether most rows have a stem and an answer in these columns."""
    place = {field: place for place, field in columns.items()}
    if "stem" not in place or "answer" not in place:
        return False
    fitting = sum(len(cell(row, place["stem"])) > 3 and _is_answer(cell(row, place["answer"])) for row in rows)
    return fitting >= MOSTLY * len(rows)


def cell(row: list[str], place: int) -> str:
    """Return the text of a cell, "" beyond the end of its row."""
    return row[place].strip() if place < len(row) else ""


def _is_answer(text: str) -> bool:
    return bool(read_letters(text)) or read_truth(text) is not None


def _guessed(rows: list[list[str]]) -> dict[int, str] | None:
    """Return what columns without names hold, by their cells; None where no stem or no answer is found."""
    width = max(map(len, rows))
    cells = {place: [text for row in rows if (text := cell(row, place))] for place in range(width)}
    cells = {place: texts for place, texts in cells.items() if texts}
    columns: dict[int, str] = {}
    for field, test in (
        ("kind", lambda text: len(text) <= 8 and records.kind_named(text) is not None),
        ("answer", _is_answer),
        ("number", str.isdigit),
    ):
        fitting = [place for place in cells if place not in columns and _share(cells[place], test, len(rows)) >= MOSTLY]
        if fitting:
            columns[fitting[-1] if field == "answer" else fitting[0]] = field
    left = [place for place in cells if place not in columns]
    if not left or "answer" not in columns.values():
        return None
    stem = max(left, key=lambda place: sum(map(len, cells[place])) / len(rows))
    columns[stem] = "stem"
    options = [place for place in left if place > stem]
    if len(options) == 1:
        columns[options[0]] = "options"
    elif len(options) <= len(LETTERS):
        columns |= {place: f"option:{letter}" for place, letter in zip(options, LETTERS, strict=False)}
    return columns


def _share(texts: list[str], test, count: int) -> float:
    return sum(map(test, texts)) / count


def place_of(sheet: dict, index: int, is_end: bool = False) -> int | str:
    """Return where a row stands: a line of a CSV file, else Sheet!12."""
    if "lines" in sheet:
        return sheet["lines"][index][1 if is_end else 0]
    return f"{sheet['name']}!{index + 1}"
