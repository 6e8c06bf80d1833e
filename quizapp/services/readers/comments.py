"""Comments on the cells of a workbook (.xlsx): where each stands and what it says."""

import re
import zipfile

from quizapp.services.readers import Unreadable, drawings, xml
from quizapp.services.readers.containers import unpacked
from quizapp.services.readers.relations import targets

PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
MOST = 1_000  # of one sheet


def add(container: zipfile.ZipFile, book: dict) -> None:
    """Add to each sheet of services/readers/sheets its `comments` as [row, column, words], counted from 0."""
    parts = drawings.parts(container)
    for sheet in book["sheets"]:
        try:
            entries = targets(container, parts.get(sheet["name"], ""), "comments").values()
            roots = [xml.parse(unpacked(container, one)) for one in entries]
        except (zipfile.BadZipFile, Unreadable, KeyError, ValueError):
            continue
        found = [_comment(one) for root in roots for one in root.iter("comment")]
        sheet["comments"] = [one for one in found if one][:MOST]


def _comment(element) -> list | None:
    place = PLACE.fullmatch(element.get("ref", ""))
    words = "".join(text.text or "" for text in element.iter("t")).strip()
    if not place or not words:
        return None
    column = 0
    for letter in place[1]:
        column = column * 26 + ord(letter) - 64
    return [int(place[2]) - 1, column - 1, words]
