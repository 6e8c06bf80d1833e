"""Numbers of several parts, as outlines have them: 1.1 above 1.1.1, 1.1.2 is the title of questions 1 and 2."""

import re
from dataclasses import replace

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import headings

BEHIND = r"[.．、]?\s{0,3}(?=[^\s\d.．])"
TITLE = re.compile(rf"(?P<part>\d{{1,2}}[.．]\d{{1,2}}){BEHIND}(?P<rest>.{{1,40}})")
TOP = re.compile(r"(?P<part>\d{1,2})[.．、]?\s{0,3}(?P<rest>\D.{0,40})")
QUESTION = re.compile(rf"(?P<part>\d{{1,2}}[.．]\d{{1,2}})[.．](?P<number>\d{{1,3}}){BEHIND}(?P<rest>.*)")
FEWEST = 2


def apart(rows: list[Row]) -> list[Row]:
    """Return the rows with titles of two numbers as headings and the questions of three below them as 1., 2. …"""
    asked = {place: found for place, row in enumerate(rows) if (found := QUESTION.fullmatch(row.text[:2000]))}
    titles = _above(rows, TITLE, asked)
    titles |= _above(rows, TOP, titles)
    if len(asked) < FEWEST or not titles:
        return rows
    given = {place: f"{found['number']}. {found['rest']}{rows[place].text[2000:]}" for place, found in asked.items()}
    for place, found in titles.items():
        given[place] = found["rest"] if headings.read_section(found["rest"]) else f"# {found['rest']}"
    return [replace(row, text=given.get(place, row.text)) for place, row in enumerate(rows)]


def _above(rows: list[Row], title: re.Pattern, below: dict[int, re.Match]) -> dict[int, re.Match]:
    """Return the rows that are titles right above rows whose numbers go on with theirs."""
    found = {place - 1: title.fullmatch(rows[place - 1].text) for place in below if place}
    return {place: one for place, one in found.items() if one and _goes_on(one["part"], below[place + 1]["part"])}


def _goes_on(number: str, below: str) -> bool:
    return re.split("[.．]", below)[: number.count(".") + number.count("．") + 1] == re.split("[.．]", number)
