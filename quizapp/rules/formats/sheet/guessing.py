"""What the columns of a table without names hold, by what is in their cells."""

import re

from quizapp.rules.formats import records
from quizapp.rules.formats.drafts import LETTERS, read_letters, read_truth
from quizapp.rules.formats.text import marks

FEWEST_CELLS = 4  # of a row in a table without names
COUNTED = re.compile(r"[1-9](?:\s*[,，]\s*[1-9])*")
SECONDS = 5  # a question has at least so many
MOSTLY = 0.8


def cell(row: list[str], place: int) -> str:
    """Return the text of a cell, "" beyond the end of its row."""
    return row[place].strip() if place < len(row) else ""


def is_answer(text: str) -> bool:
    """Return whether a text is letters of a choice, or a word or sign for right or wrong."""
    return bool(read_letters(text)) or read_truth(text) is not None


def fits(rows: list[list[str]], columns: dict[int, str]) -> bool:
    """Return whether most rows have a stem and an answer in these columns."""
    place = {field: place for place, field in columns.items()}
    if "stem" not in place or "answer" not in place:
        return False
    fitting = sum(len(cell(row, place["stem"])) > 3 and is_answer(cell(row, place["answer"])) for row in rows)
    return fitting >= MOSTLY * len(rows)


def guessed(rows: list[list[str]]) -> dict[int, str] | None:
    """Return what columns without names hold, by their cells; None where no stem or no answer is found."""
    width = max(map(len, rows))
    cells = {place: [text for row in rows if (text := cell(row, place))] for place in range(width)}
    cells = {place: texts for place, texts in cells.items() if texts}
    columns: dict[int, str] = {}
    for field, test in (
        ("kind", lambda text: len(text) <= 8 and records.kind_named(text) is not None),
        ("answer", is_answer),
        ("number", str.isdigit),
    ):
        fitting = [place for place in cells if place not in columns and _share(cells[place], test, len(rows)) >= MOSTLY]
        if field == "number":
            fitting = [place for place in fitting if len(set(cells[place])) == len(cells[place])]
        if fitting:
            columns[fitting[-1] if field == "answer" else fitting[0]] = field
    if "answer" not in columns.values():
        columns |= _counted(cells, [place for place in cells if place not in columns], len(rows))
    left = [place for place in cells if place not in columns]
    lettered = [place for place in left if _share(cells[place], _are_options, len(cells[place])) >= MOSTLY]
    if len(left) > 1 and lettered:
        columns[lettered[0]] = "options"
        left.remove(lettered[0])
    if not left or "answer" not in columns.values():
        return None
    stem = max(left, key=lambda place: sum(map(len, cells[place])) / len(rows))
    columns[stem] = "stem"
    options = [place for place in left if place > stem]
    if lettered:
        return columns
    if len(options) == 1:
        columns[options[0]] = "options"
    elif len(options) <= len(LETTERS):
        columns |= {place: f"option:{letter}" for place, letter in zip(options, LETTERS, strict=False)}
    return columns


def _are_options(text: str) -> bool:
    """Return whether a cell holds options with their letters and nothing else: A、亮 B、暗."""
    return len(places := marks.options_inside(text, "A")) > 1 and places[0] == 0


def _counted(cells: dict[int, list[str]], left: list[int], count: int) -> dict[int, str]:
    """Return the last column where it counts the options that are right, and one of seconds before it."""
    if len(left) < FEWEST_CELLS or _share(cells[left[-1]], lambda text: bool(COUNTED.fullmatch(text)), count) < MOSTLY:
        return {}
    seconds = cells[left[-2]]
    is_time = all(text.isdigit() and int(text) >= SECONDS for text in seconds)
    return {left[-1]: "answer", **({left[-2]: "seconds"} if is_time else {})}


def _share(texts: list[str], test, count: int) -> float:
    return sum(map(test, texts)) / count
