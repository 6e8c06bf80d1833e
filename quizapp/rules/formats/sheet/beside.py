"""Tables that stand beside each other in a sheet, and those among them that hold nothing but answers."""

from itertools import pairwise

from quizapp.rules.formats import fields
from quizapp.rules.formats.sheet.guessing import cell
from quizapp.rules.formats.sheet.table import AS_FAR, read_head

KEY = {"number", "answer"}
OF_KEY = {*KEY, "kind", "explanation", "points"}


def cut(sheet: dict) -> list[dict]:
    """Return a sheet cut where the names in a row begin another table, each with its cells in their places.

    That is behind an empty column or where the first name comes again; the others may hold answers only (题号, 答案).
    """
    for row in sheet["rows"][:AS_FAR]:
        starts = _starts(row)
        cells = [row[start:end] for start, end in pairwise([*starts, len(row)])]
        heads, keys = [read_head(one) or {} for one in cells], [read_key_head(one) for one in cells]
        if len(cells) < 2:
            continue
        is_answered = ["answer" in head.values() for head in heads]
        is_asked = heads[0] and not is_answered[0]
        if all(is_answered) or all(keys[1:]) and (keys[0] or is_asked):
            return [_beside(sheet, start, end) for start, end in pairwise([0, *starts[1:], None])]
    return [sheet]


def _starts(row: list[str]) -> list[int]:
    """Return where in a row names begin behind an empty cell, or the first of them comes again."""
    starts: list[int] = []
    for place in range(len(row)):
        name = cell(row, place)
        if name and (not starts or not cell(row, place - 1) or name == cell(row, starts[-1])):
            starts.append(place)
    return starts


def _beside(sheet: dict, start: int, end: int | None) -> dict:
    """Return a sheet with no cells but those of some columns, and the pictures over them."""
    rows = [[""] * min(start, len(row)) + row[start:end] for row in sheet["rows"]]
    over = [one for one in sheet.get("drawings", ()) if start <= one["column"] and (not end or one["column"] < end)]
    return {**sheet, "rows": rows, "drawings": over}


def read_key_head(row: list[str]) -> dict[int, str] | None:
    """Return what each column holds where a row names those of an answer key and no others."""
    found = {place: fields.field_of(text) for place, text in enumerate(row) if text.strip()}
    held = list(found.values())
    return found if KEY <= set(held) <= OF_KEY and len(set(held)) == len(held) else None
