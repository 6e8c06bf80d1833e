"""Where the table of a sheet begins and what its columns hold: by the names in its head, else by what is in them."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.rules.formats import fields, records
from quizapp.rules.formats.drafts import LETTERS, read_letters
from quizapp.rules.formats.sheet import option_rows, stems
from quizapp.rules.formats.sheet.guessing import FEWEST_CELLS, MOSTLY, cell, fits, guessed, is_answer
from quizapp.rules.formats.text import marks

AS_FAR = 40  # rows within which the head stands
LOOKED_AT = 200  # rows by which columns without names are known
SIGNS = ",\t;|^"  # between the cells of a line
HEAD_LENGTH = 8000  # characters of a text in which the head of a table may stand
FEWEST_ROWS = 3
LONGEST_NAME = 12  # characters
TRUTHS = "对错"  # names the answers of statements where nothing else does
PARTS = {"小题题干": "part", "小题题目": "part", "小题内容": "part", "小题题型": "part-kind", "小题类型": "part-kind"}
ALONE = {"part": "stem", "part-kind": "kind"}  # where no column is that of the text above them
CONTENT = "内容"  # names the stems where nothing else does


@dataclass(frozen=True)
class Table:
    """The index of the row of names (-1 where there is none) and what each column holds, with its name."""

    head: int
    columns: dict[int, str]
    names: dict[int, str]
    unknown: dict[int, str]
    taken: int | None = None  # the column of stems, where only its texts tell that it is

    def as_document(self, sheet: str) -> dict:
        """Return what was found as plain values."""
        return {"sheet": sheet, "columns": {self.names.get(one, ""): field for one, field in self.columns.items()}}


def find(rows: list[list[str]], before: dict[int, str] | None = None, by_texts: bool = False) -> Table | None:
    """Return the table of a sheet; one without names goes on with the columns `before` where they fit.

    With `by_texts` a head need not name the stems: the texts below it tell their column, or there is no table.
    """
    head = next((index for index, row in enumerate(rows[:AS_FAR]) if read_head(row)), None)
    stemless = without_stem(rows[:head]) if by_texts else None
    if stemless is not None:
        found = _headed(rows, stemless)
        has_stems = found.taken is not None
        if head is None or has_stems and any(_is_question(row, found) for row in rows[found.head + 1 : head]):
            return found if has_stems else None
    if head is not None:
        return _headed(rows, head)
    held = [row for row in rows if any(cell.strip() for cell in row)][:LOOKED_AT]
    if not held:
        return None
    for columns in filter(None, (before, guessed(held))):
        if fits(held, columns):
            return Table(_unknown_head(rows, columns), columns, {}, {})
    block = _last_block(rows)
    columns = guessed(rows[block:]) if 0 < block <= AS_FAR and len(rows) - block >= FEWEST_ROWS else None
    return Table(block - 1, columns, {}, {}) if columns else None


def unanswered(rows: list[list[str]]) -> Table | None:
    """Return the table of a sheet that has but numbers and stems, which are questions where answers stand apart."""
    named = ({*_named(row).values()} for row in rows[:AS_FAR])
    head = next((index for index, held in enumerate(named) if {"number", "stem"} <= held), None)
    return _headed(rows, head) if head is not None else None


def without_stem(rows: list[list[str]]) -> int | None:
    """Return the index of the head of a table of questions that names no stems, None where there is none."""
    return next((index for index, row in enumerate(rows[:AS_FAR]) if _stemless(row)), None)


def _stemless(row: list[str]) -> dict[int, str] | None:
    """Return what each column holds where a row names a table of questions, but not their stems."""
    found = _named(row)
    return found if stems.is_head(row, found) else None


def _is_question(row: list[str], found: Table) -> bool:
    held = {field.partition(":")[0] for place, field in found.columns.items() if cell(row, place)}
    return "stem" in held and not held.isdisjoint(("answer", "option", "options", "right", "blank"))


def _headed(rows: list[list[str]], head: int) -> Table:
    """Return the table below a row of names, of which some may stand in a second row: 选项 above A, B, C."""
    found, row = read_head(rows[head]) or _named(rows[head]), rows[head]
    below = rows[head + 1] if head + 1 < len(rows) else []
    under = {place: fields.field_of(text) for place, text in enumerate(below) if text.strip()}
    is_second = len(under) > 1 and all(field and ":" in field for field in under.values()) and not read_head(below)
    if is_second and not any(found.get(place) == "stem" for place in under):
        taken = {place: field for place, field in under.items() if field}
        found = {place: field for place, field in found.items() if place not in taken} | taken
        row = [(cell(below, place) or cell(row, place)) for place in range(max(len(row), len(below)))]
        head += 1
    names = {place: text.strip() for place, text in enumerate(row) if text.strip()}
    taken = None if "stem" in found.values() else stems.column(rows[head + 1 :], found, names)
    found |= {taken: "stem"} if taken is not None else {}
    found |= _spread(rows[head + 1 :], found, names) | _answers(rows[head + 1 :], found, names)
    found |= option_rows.flagged(rows[head + 1 :], found)
    return Table(head, found, names, {place: name for place, name in names.items() if place not in found}, taken)


def _spread(rows: list[list[str]], found: dict[int, str], names: dict[int, str]) -> dict[int, str]:
    """Return the columns of options where the name 选项 stands above several: again over each, or over the first."""
    first = next((place for place, field in found.items() if field == "options"), None)
    if first is None or not {"right", "letter"}.isdisjoint(found.values()):
        return {}
    places = [first]
    while places[-1] + 1 < max(map(len, rows), default=0):
        place = places[-1] + 1
        if names.get(place, names[first]) != names[first] or place in found:
            break
        places.append(place)
    held = [place for place in places if any(cell(row, place) for row in rows[:LOOKED_AT])]
    if len(held) < 2 or held != places[: len(held)]:
        return {}
    return {place: f"option:{letter}" for place, letter in zip(held, LETTERS, strict=False)}


def _answers(rows: list[list[str]], found: dict[int, str], names: dict[int, str]) -> dict[int, str]:
    """Return the column of letters where none is named as that of answers, and options have columns of their own."""
    held = set(found.values())
    if not any(field.startswith("option:") for field in held) or any(
        field.partition(":")[0] in ("answer", "right", "blank") for field in held
    ):
        return {}
    stem = next((place for place, field in found.items() if field == "stem"), None)
    filled = [row for row in rows[:LOOKED_AT] if stem is not None and cell(row, stem)]
    for place in names:
        texts = [cell(row, place) for row in filled]
        is_free = place not in found or found[place] == "options"
        if is_free and any(map(read_letters, texts)) and sum(map(is_answer, texts)) >= MOSTLY * len(texts):
            return {place: "answer"}
    return {}


def parts(sheet: dict, found: Table, by_texts: bool = False) -> list[dict]:
    """Return a sheet cut where a row of other names begins another table, each part with its rows in their places.

    Rows above such names that hold one text are its title and go with it.
    """
    rows, starts, columns = sheet["rows"], [0], found.columns
    for index in range(found.head + 1, len(rows)):
        row = rows[index]
        is_head = read_head(row) or by_texts and _stemless(row) and not _is_answered(row, columns)
        headed = _headed(rows, index) if is_head and index > starts[-1] else None
        if headed and "stem" in headed.columns.values() and headed.columns != columns:
            columns, start = headed.columns, index
            while start > starts[-1] + 1 and len({text.strip() for text in rows[start - 1] if text.strip()}) < 2:
                start -= 1
            starts.append(start)
    ends = [*starts[1:], len(rows)]
    return [_part(sheet, start, end) for start, end in zip(starts, ends, strict=True)]


def _is_answered(row: list[str], columns: dict[int, str]) -> bool:
    return any(field == "answer" and is_answer(cell(row, place)) for place, field in columns.items())


def each(
    sheet: dict, found: Table, columns: dict[int, str] | None = None, by_texts: bool = False
) -> Iterator[tuple[dict, Table]]:
    """Yield the parts of a sheet with the table of each; one without names has the columns of the one before."""
    for part in parts(sheet, found, by_texts):
        found = find(part["rows"], columns, by_texts) or found
        columns = found.columns
        yield part, found


def _part(sheet: dict, start: int, end: int) -> dict:
    """Return a sheet with no rows but some, and the pictures over them; the last part has those below it too."""
    is_last = end == len(sheet["rows"])
    over = [one for one in sheet.get("drawings", ()) if start <= one["row"] and (is_last or one["row"] < end)]
    rows = [row if start <= index else [] for index, row in enumerate(sheet["rows"][:end])]
    return {**sheet, "rows": rows, "drawings": over}


def sign_of(text: str) -> str | None:
    """Return the sign between the cells of a text that is a table: by the names at its head, else by its rows."""
    head = [line for line in text[:HEAD_LENGTH].splitlines() if line.strip()][:AS_FAR]
    for sign in SIGNS:
        rows = _rows(head, sign)
        is_drawn = sign == "|" and head[:1] and head[0].startswith("|")
        if not head or any(map(_are_options, rows)) or is_drawn and not is_ruler(head[1:2]):
            continue
        if any(len(row) > 1 and read_head(row) for row in rows):
            return sign
        if without_stem(rows) is not None and find(rows, by_texts=True):
            return sign
        width, often = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
        is_even = width >= FEWEST_CELLS and often >= max(FEWEST_ROWS, MOSTLY * len(rows))
        if is_even and sign != "|" and find([row for row in rows if len(row) == width]):
            return sign
    return None


def _are_options(row: list[str]) -> bool:
    """Return whether the cells of a line are options of one question, set off by tabs: A. a, B. an."""
    found = [marks.read_option(text.strip()) for text in row[:2]]
    return [option and option[0] for option in found] == ["A", "B"]


def is_ruler(cells: list[str]) -> bool:
    """Return whether cells hold nothing but the line below the names of a Markdown table: |---|:--:|."""
    signs = set("".join(cells)) - set("| \t")
    return "-" in signs and signs <= set("-:")


def _rows(lines: list[str], sign: str) -> list[list[str]]:
    try:
        return list(csv.reader((line for line in lines if sign in line), delimiter=sign))
    except csv.Error:
        return []


def _unknown_head(rows: list[list[str]], columns: dict[int, str]) -> int:
    """Return the index of a first row that names the columns in words that are not known, -1 where there is none."""
    first = next(index for index, row in enumerate(rows) if any(text.strip() for text in row))
    answer = next(place for place, field in columns.items() if field == "answer")
    texts = [text.strip() for text in rows[first] if text.strip()]
    is_named = all(len(text) <= LONGEST_NAME for text in texts) and len(set(texts)) == len(texts) > 2
    return first if is_named and cell(rows[first], answer) and not is_answer(cell(rows[first], answer)) else -1


def _last_block(rows: list[list[str]]) -> int:
    """Return where the rows at the end begin of which each has the cells of a question."""
    short = [index for index, row in enumerate(rows) if sum(bool(text.strip()) for text in row) < FEWEST_CELLS]
    return short[-1] + 1 if short else 0


def read_head(row: list[str]) -> dict[int, str] | None:
    """Return what each column holds where a row names a stem and something that makes it a question."""
    found = _named(row)
    held = set(found.values())
    is_head = "stem" in held and any(one in ("answer", "options", "kind", "right") or ":" in one for one in held)
    return found if is_head else None


def _named(row: list[str]) -> dict[int, str]:
    """Return what the columns below the cells of a row hold, where these name it."""
    found: dict[int, str] = {}
    for place, text in enumerate(row):
        field = fields.field_of(text) or PARTS.get(fields.plain(text)) if text.strip() and len(text) <= 60 else None
        if field == "options" and fields.plain(text).endswith("内容") and "options" in found.values():
            found = {one: "letter" if held == "options" else held for one, held in found.items()}
        field = "kind" if field == "chapter" and len(records.kinds_by_codes(text)) > 1 else field
        if field and (field in ("note", "chapter") or field not in found.values()):
            found[place] = field
    beside = {place: "right:" + found[place - 1].partition(":")[2] for place, text in enumerate(row)
              if fields.field_of(text) == "right" and found.get(place - 1, "").startswith("option:")}  # fmt: skip
    found |= beside if len(beside) > 1 else {}
    if "part" not in found.values() or "stem" not in found.values():
        held = set(found.values())
        found = {place: ALONE[field] if field in ALONE and ALONE[field] not in held else field
                 for place, field in found.items() if field != "part-kind" or "kind" not in held}  # fmt: skip
    held = set(found.values())
    if "right" in held and not held & {"answer", "options"}:  # no column of one option a row
        found = {place: "answer" if field == "right" else field for place, field in found.items()}
    if not {field.partition(":")[0] for field in held} & {"answer", "right", "option", "options"}:
        found |= {place: "answer" for place, text in enumerate(row) if text.strip() == TRUTHS}
    if "answer" in found.values() and "stem" not in found.values():  # the stems may stand below their kind
        others = [place for place, text in enumerate(row) if text.strip() and place not in found]
        name = row[others[0]].strip() if len(others) == 1 else ""
        if 0 < len(name) <= 8 and (name == CONTENT or records.kind_of_all(name)):
            found[others[0]] = "stem"
    held = set(found.values())
    if "answer" not in held or any(field.startswith("option") for field in held):
        found = {place: field for place, field in found.items() if not field.startswith("wrong")}
    return found


def place_of(sheet: dict, index: int, is_end: bool = False) -> int | str:
    """Return where a row stands: a line of a CSV file, else Sheet!12."""
    if "lines" in sheet:
        return sheet["lines"][index][1 if is_end else 0]
    return f"{sheet['name']}!{index + 1}"
