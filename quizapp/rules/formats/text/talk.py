"""Questions and answers as a talk: Q1：… above A：…, where A is no option; written as the rest of this knows them."""

import re
from dataclasses import replace

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import marks

ASKED = re.compile(r"(?:Q|Question|问)(?:\s?(?P<n>\d{1,4})\s?[:：.．、]|\s?[:：])\s{0,9}(?=\S)", re.IGNORECASE)
SAID = re.compile(r"[A答](?:\s?(?P<n>\d{1,4})\s?[:：.．、]|\s?[:：]|nswer\s?\d{0,4}[:：])\s{0,9}(?=\S)")
BEHIND = re.compile(rf"(?<=[？?。！\s]){SAID.pattern}")
FEWEST = 2  # questions that begin so before it is the habit of a file


def with_labels(rows: list[Row]) -> list[Row]:
    """Return the rows with each question numbered by its count if it bears no number, and 答案： before its answer."""
    if sum(bool(ASKED.match(row.text)) for row in rows) < FEWEST or any(map(_is_option_p, rows)):
        return rows
    found, number = [], 0
    for row, following in zip(rows, [*(row.text for row in rows[1:]), ""], strict=True):
        text, asked = row.text, ASKED.match(row.text)
        if asked:
            number = int(asked["n"] or number + 1)
            text = f"Q{number}：{text[asked.end() :]}"
        if said := _answer(text, following, number, bool(asked)):
            text = f"{text[: said.start()]} 答案：{text[said.end() :]}".strip()
        found.append(replace(row, text=text))
    return found


def _is_option_p(row: Row) -> bool:
    """Return whether a row is an option that Q may follow."""
    option = marks.read_option(row.text)
    return option is not None and option[0] == "P"


def _answer(text: str, following: str, number: int, is_asked: bool) -> re.Match | None:
    """Return where the answer of the question of that number begins; A that B follows is an option."""
    said = (BEHIND.search if is_asked else SAID.match)(text)
    option = marks.read_option(following)
    is_option = option is not None and option[0] == "B" or len(marks.options_inside(text, "A")) > 1
    return said if said and number and not is_option and int(said["n"] or number) == number else None
