"""The pictures of a workbook (.xlsx): where each is anchored, and those that WPS keeps within a cell."""

import re
import zipfile

from quizapp.rules.pictures import DIGEST
from quizapp.services.readers import Unreadable, xml
from quizapp.services.readers.containers import unpacked
from quizapp.services.readers.relations import Album, targets

BOOK, CELL_IMAGES = "xl/workbook.xml", "xl/cellimages.xml"
ANCHORS = ("twoCellAnchor", "oneCellAnchor")
MEDIA = ("xl/media/", "Pictures/")
MOST = 5_000  # pictures of one file, the same one counted each time it stands somewhere
IN_CELL = re.compile(r'=?(?:_xlfn\.)?DISPIMG\("(?P<name>[^"]{1,80})",\s*\d+\)')
BROKEN = (KeyError, ValueError, zipfile.BadZipFile, Unreadable)


def add(container: zipfile.ZipFile, book: dict) -> None:
    """Add to a workbook of services/readers/sheets its `pictures` by digest, and to each sheet its `drawings`.

    A drawing is {"row", "column", "marker"}, or has `left`, what was left out, for a marker, and `named`, the digest
    of the picture that it was when it left with a bank; rows and columns count from 0. `left` of the book counts the
    pictures that stand at no cell of a sheet that was read.
    """
    album = Album(container)
    sheets = parts(container)
    cell_images = _cell_images(container, album)
    room = MOST
    for sheet in book["sheets"]:
        found = _in_cells(sheet, cell_images) + _anchored(container, sheets.get(sheet["name"], ""), album)
        sheet["drawings"] = found[:room]
        room -= len(sheet["drawings"])
    held = {name for name in container.namelist() if name.startswith(MEDIA) and not name.endswith("/")}
    book["pictures"], book["left"] = album.pictures, len(held - album.reached)


def parts(container: zipfile.ZipFile) -> dict[str, str]:
    """Return which part each sheet is, by its name."""
    try:
        entries = targets(container, BOOK)
        sheets = xml.parse(unpacked(container, BOOK)).iter("sheet")
        return {one.get("name", ""): entries.get(one.get("id", ""), "") for one in sheets}
    except BROKEN:
        return {}


def _anchored(container: zipfile.ZipFile, part: str, album: Album) -> list[dict]:
    """Return the drawings that lie over the cells of a sheet, in their order."""
    try:
        parts = list(targets(container, part, "drawing").values())
        roots = [(one, xml.parse(unpacked(container, one))) for one in parts]
    except BROKEN:
        return []
    return [
        {**place, **_told(album.of(name, drawing, named)), **({"named": named} if named else {})}
        for drawing, root in roots
        for anchor in root.iter()
        if anchor.tag in ANCHORS and (place := _place(anchor))
        for named in (_named(anchor),)
        for name in _names(anchor)[:MOST]
    ]


def _place(anchor) -> dict | None:
    row, column = (anchor.findtext(f"from/{name}", "").strip() for name in ("row", "col"))
    is_place = row.isdecimal() and column.isdecimal() and len(row) < 9 and len(column) < 9
    return {"row": int(row), "column": int(column)} if is_place else None


def _named(anchor) -> str:
    told = next((one.get("descr", "") for one in anchor.iter("cNvPr")), "")
    return told if DIGEST.fullmatch(told) else ""


def _names(element) -> list[str]:
    """Return the relations of the pictures in an anchor; "" for one that is elsewhere, and for a chart."""
    found = []
    for one in element:
        if one.tag == "blip":
            found.append(one.get("embed", ""))
        elif one.tag == "graphicFrame":
            found.append("")
        elif one.tag != "Fallback":
            found += _names(one)
    return found


def _told(taken: tuple[str, str]) -> dict:
    marker, left = taken
    return {"left": left} if left else {"marker": marker}


def _cell_images(container: zipfile.ZipFile, album: Album) -> dict[str, tuple[str, str]]:
    """Return the pictures that cells name by =DISPIMG(…), as WPS writes it."""
    try:
        images = list(xml.parse(unpacked(container, CELL_IMAGES)).iter("cellImage"))
    except BROKEN:
        return {}
    found = {}
    for image in images[:MOST]:
        named = next((one.get("name", "") for one in image.iter("cNvPr")), "")
        found[named] = album.of(next(iter(_names(image)), ""), CELL_IMAGES)
    return found


def _in_cells(sheet: dict, images: dict[str, tuple[str, str]]) -> list[dict]:
    """Take the pictures out of the cells that are nothing else; return them as drawings."""
    found = []
    for index, row in enumerate(sheet["rows"]):
        for column, cell in enumerate(row):
            named = IN_CELL.fullmatch(cell) if "DISPIMG" in cell else None
            if named:
                row[column] = ""
                found.append({"row": index, "column": column, **_told(images.get(named["name"], ("", "picture")))})
    return found
