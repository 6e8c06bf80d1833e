"""The lines of a file as a person sees them, each with the place by which questions and problems name it."""

import re

from quizapp.rules.formats import webpage
from quizapp.rules.formats.lines import BREAK, clean
from quizapp.rules.formats.places import KEY
from quizapp.rules.formats.sheet import table

LONGEST = 200_000  # characters kept of one line
CELLS = " ｜ "
PACKED = re.compile(r"([A-Za-z0-9+/]{12})[A-Za-z0-9+/]{100,}={0,2}")  # the bytes of a picture, which nobody reads


def of(name: str, content) -> list[list]:
    """Return [place, text] of every line that holds anything, for what a format's `read` takes."""
    if isinstance(content, str):
        lines = _page(content) if name == "html" else _text(content)
    elif "blocks" in content:
        lines = [(block["number"], block["text"]) for block in content["blocks"]]
    elif "pages" in content:
        lines = enumerate((line for page in content["pages"] for line in page.split("\n")), 1)
    elif "sheets" in content:
        lines = [line for sheet in content["sheets"] for line in _rows(sheet)]
    else:
        lines = _text(PACKED.sub(r"\1…", content["text"]))
    return [[place, text.strip()[:LONGEST]] for place, text in lines if text.strip()]


def of_key(text: str) -> list[list]:
    """Return [place, text] of every line of an answer key in a file of its own that holds anything."""
    return [[f"{KEY}{number}", line.strip()[:LONGEST]] for number, line in _text(text) if line.strip()]


def _text(text: str):
    return ((number, clean(line)) for number, line in enumerate(BREAK.split(text), 1))


def _page(text: str):
    return ((line, clean(words)) for line, words, _ in webpage.seen(text))


def _rows(sheet: dict):
    markers: dict[int, list[str]] = {}
    for one in sheet.get("drawings", ()):
        markers.setdefault(one["row"], []).append(one.get("marker", ""))
    for index, row in enumerate(sheet["rows"]):
        held = [cell.strip() for cell in row]
        while held and not held[-1]:
            held.pop()
        over = [one for one in markers.get(index, ()) if one and not any(one in cell for cell in held)]
        yield table.place_of(sheet, index), CELLS.join([*held, *over])
