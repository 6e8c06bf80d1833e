"""A table of rows (xlsx, xls, ods, csv) -> its sheets as plain texts, one a cell."""

import csv
import datetime
import io
import re
import zipfile

import python_calamine

from quizapp.rules.formats.cell_formats import EXACT
from quizapp.rules.formats.sheet import table as sheet_table
from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable, containers, kinds
from quizapp.services.readers.text import LARGEST, read_text, refuse_size

MOST_ROWS, MOST_COLUMNS = 20_000, 200
COMMENTS = re.compile(r"xl/(?:comments\d*|comments/[^/]+|threadedComments/[^/]+)\.xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(stream, options: dict) -> dict:
    """Return {"kind", "encoding"?, "sheets": [{"name", "rows": [[text]], "merged": [[top, left, bottom, right]]}]}.

    Rows and columns count from 0 and begin at the sheet's first cell; sheets that are hidden are left out and counted
    by `hidden`, parts with comments on cells by `comments`. A number is written
    without an exponent as far as the workbook kept all its digits. No option is known. Raises Unreadable.
    """
    data = stream.read(LARGEST + 1)
    refuse_size(data)
    if data.startswith(b"PK"):
        kind = containers.check(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            comments = sum(bool(COMMENTS.fullmatch(name)) for name in archive.namelist())
        return {"kind": kind, **_workbook(data), **({"comments": comments} if comments else {})}
    if data.startswith(OLE):
        return {"kind": "xls", **_workbook(data)}
    kinds.refuse_what_is_no_text(data)
    kinds.refuse_web_page(data)
    text, encoding = read_text(data)
    return {"kind": "csv", "encoding": encoding, "sheets": table(text)}


def _workbook(data: bytes) -> dict:
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        every = [one for one in book.sheets_metadata if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
        shown = [one.name for one in every if one.visible == python_calamine.SheetVisibleEnum.Visible]
        found = [_sheet(name, book.get_sheet_by_name(name)) for name in shown]
        return {"sheets": found, "hidden": len(every) - len(shown)}
    except python_calamine.PasswordError as error:
        raise Unreadable("locked", N_("The workbook is locked with a password. Save it without one.")) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        message = N_("This is not a workbook that can be read, or it is damaged. Save it again as .xlsx or .csv.")
        raise Unreadable("not-a-workbook", message) from error


def _sheet(name: str, sheet) -> dict:
    if sheet.start is None:
        return {"name": name, "rows": [], "merged": []}
    rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
    dates = [[row, column] for row, cells in enumerate(rows) for column, cell in enumerate(cells[:MOST_COLUMNS])
             if isinstance(cell, (datetime.date, datetime.time, datetime.timedelta))]  # fmt: skip
    rows = [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    _refuse_long(name, len(rows))
    merged = [[top, left, bottom, right] for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    return {"name": name, "rows": rows, "merged": merged, "dates": dates}


def _text(cell) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return str(int(cell))
    if isinstance(cell, float):
        return f"{cell:.12G}"
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        cell = cell.date()
    return cell.isoformat() if isinstance(cell, (datetime.date, datetime.time)) else str(cell)


def table(text: str) -> list[dict]:
    """Return the one sheet that a CSV text is, each row with its first and last line. Raises Unreadable."""
    lines, rows, spans = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True), [], []
    try:
        for row in lines:
            first = spans[-1][1] + 1 if spans else 1
            rows.append([_unwrapped(cell) for cell in row[:MOST_COLUMNS]])
            spans.append((first, lines.line_num))
    except csv.Error as error:
        message = N_("From line %(line)s on the quotation marks do not pair up.")
        raise Unreadable("csv-quotes", message, str(lines.line_num), line=lines.line_num) from error
    _refuse_long("", len(rows))
    return [{"name": "", "rows": rows, "merged": [], "lines": spans}]


def in_xml(root) -> list[dict]:
    """Return the sheets of a workbook that is one XML file, as Excel 2003 wrote it. Raises Unreadable."""
    found = []
    for one in root.iter("Worksheet"):
        name, rows, merged = one.get("Name", ""), [], []
        for row in one.iter("Row"):
            place = _index(row, len(rows))
            _refuse_long(name, place + 1)
            rows += [[] for _ in range(place + 1 - len(rows))]
            for cell in row.iter("Cell"):
                column = _index(cell, len(rows[place]))
                if column >= MOST_COLUMNS:
                    break
                text = "".join(text for data in cell.iter("Data") for text in data.itertext()).strip()
                right, below = min(_count(cell.get("MergeAcross")), MOST_COLUMNS), _count(cell.get("MergeDown"))
                rows[place] += [""] * (column - len(rows[place])) + [text] + [""] * right
                if right or below:
                    merged.append([place, column, place + below, column + right])
        found.append({"name": name, "rows": [row[:MOST_COLUMNS] for row in rows], "merged": merged})
    return found


def _index(element, following: int) -> int:
    """Return the place of a row or cell, counted from 0: the one it names, which is none before those that stand."""
    return max(_count(element.get("Index")) - 1, following)


def _count(text: str | None) -> int:
    return min(int(text), MOST_ROWS + 1) if text and text.isdecimal() and len(text) < 8 else 0


def _delimiter(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip()), "")
    return sheet_table.sign_of(text) or max(",\t;", key=head.count)


def _unwrapped(cell: str) -> str:
    """Take ="007", by which some programs keep a figure's zeros, as the text that it stands for."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and cell.count('"') == 2 else cell


def _refuse_long(name: str, count: int) -> None:
    if count > MOST_ROWS:
        message = N_("The sheet %(sheet)s has more than %(limit)s rows. Please split it.")
        raise Unreadable("too-many-rows", message, name, sheet=name, limit=MOST_ROWS)
