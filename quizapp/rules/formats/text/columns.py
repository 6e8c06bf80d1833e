"""Rows with parts in columns: options to be read downwards, and all of a question in one row between strokes."""

import re
from dataclasses import replace

from quizapp.rules.formats.drafts import LETTERS
from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import keys, marks

GAP = re.compile(r"(?<!\s)\s{1,80}(?=[A-Z]\s?[.．、:：)）])")
DEEPEST = 4  # rows of options that are read downwards
FEWEST = 3  # questions between strokes before they are the habit of a file
LONGEST = 2000  # characters of a row that is looked at


def in_order(rows: list[Row]) -> list[Row]:
    """Return the rows with options to be read downwards (A and C above B and D) in the order of their letters."""
    found = list(rows)
    for index in range(len(rows) - 1):
        for depth in range(2, min(DEEPEST, len(rows) - index) + 1):
            parts = [_options(row.text) for row in rows[index : index + depth]]
            letters = ["".join(part[0] for part in row) for row in parts]
            every = LETTERS[: sum(map(len, letters))]
            if len(letters[0]) > 1 and letters == [every[place::depth] for place in range(depth)]:
                options = iter(sorted(part for row in parts for part in row))
                for place, row in enumerate(letters, index):
                    found[place] = replace(rows[place], text="    ".join(next(options) for _ in row))
    return found


def _options(text: str) -> list[str]:
    """Return the options of a row that holds nothing else."""
    parts = GAP.split(text) if len(text) <= LONGEST else []
    return parts if all(marks.read_option(part) and part[0] in LETTERS for part in parts) else []


def parted(rows: list[Row]) -> list[Row]:
    """Return the rows with a question each between strokes (1|灯要多( )|A.亮|B.暗|A) as others write them."""
    told = [_question(row.text) for row in rows]
    if sum(map(bool, told)) < FEWEST:
        return rows
    return [replace(row, text=text or row.text) for row, text in zip(rows, told, strict=True)]


def _question(text: str) -> str:
    """Return a row of number, stem, options and answer with the usual marks, "" where it is no such row."""
    number, *parts = [part.strip() for part in re.split("[|｜]", text[:LONGEST].strip("|｜ \t"))]
    if not (number.isdigit() and len(parts) > 1 and keys.SIGNS.fullmatch(parts[-1])):
        return ""
    stem, *options, answer = parts
    bare = [marks.read_option(option) for option in options]
    if not all(bare):
        bare = list(zip(LETTERS, options, strict=False))
    return "  ".join([f"{number}. {stem}", *(f"{letter}.{words}" for letter, words in bare), f"答案：{answer}"])
