"""Small option letters, in rows and in brackets, made capital where a file writes them small."""

import re
from dataclasses import replace

from quizapp.rules.formats.lines import Row

SMALL_KEY = re.compile(r"(?=.*\d)[\da-h\s.．、:：,，;；|()（）—–~～-]+")  # a row of a key: 1.a 2.b
SMALL_BRACKET = re.compile(r"[(（]\s*[a-h](?:[\s、,，]*[a-h])*\s*[)）]")
CAPITAL_BRACKET = re.compile(r"[(（]\s?[A-H](?:[\s、,，]{0,3}[A-H])*\s?[)）]")
SMALL_LETTER = re.compile(
    r"(?:^|(?<=\s))[a-h](?=\s?[.．、:：)）])(?!\.[a-z]\.)|(?<=答案[:：])\s*[a-h](?:[\s、,，]*[a-h])*\s*$"
    r"|(?<=[Aa]nswer[:：])\s*[a-h](?:[\s、,，]*[a-h])*\s*$"
)
FEWEST = 3  # brackets filled with small letters


def with_capitals(rows: list[Row]) -> list[Row]:
    """Return the rows with small option letters at their beginning, and in their answers, made capital."""
    return [replace(row, text=_capital(row.text)) for row in rows]


def _capital(text: str) -> str:
    if SMALL_KEY.fullmatch(text):
        return text.upper()
    for small in (SMALL_LETTER, SMALL_BRACKET):
        text = small.sub(lambda found: found[0].upper(), text)
    return text


def with_capital_brackets(rows: list[Row]) -> list[Row]:
    """Return the rows with the letters that fill brackets made capital, where in this file they are small: （b）."""
    small = sum(bool(SMALL_BRACKET.search(row.text)) for row in rows)
    if small < FEWEST or any(CAPITAL_BRACKET.search(row.text) for row in rows):
        return rows
    return [replace(row, text=SMALL_BRACKET.sub(lambda found: found[0].upper(), row.text)) for row in rows]
