"""Numbers of a workbook (.xlsx) as its cells show them: 95%, 1.50, 1/2, 2024年1月2日."""

import datetime
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from quizapp.services.readers import Unreadable, drawings, sheets, xml
from quizapp.services.readers.containers import unpacked

STYLES = "xl/styles.xml"
KNOWN = {2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 12: "# ?/?", 13: "# ??/??"}
KNOWN |= {14: "yyyy/m/d", 20: "h:mm", 21: "h:mm:ss", 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"'}
KNOWN |= {57: 'yyyy"年"m"月"', 58: 'm"月"d"日"'}
CELL = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>(?:\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<>]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<>]*)<"
)
NUMBER = re.compile(rb"-?\d{1,17}(?:\.\d{1,20})?(?:E[-+]?\d{1,3})?")
PLACE, STYLE, SORT = (re.compile(rb'\b%s="([^"]*)"' % name) for name in (b"r", b"s", b"t"))
UNSHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")  # colours, conditions, room
DECIMALS = re.compile(r"(#,##)?0(?:\.(0+))?(%?)")
PARTS = {"y": "year", "m": "month", "d": "day", "h": "hour", "n": "minute", "s": "second"}
TOKEN = re.compile(r'"([^"]*)"|\\(.)|(y+|m+|d+|h+|s+)|(.)', re.IGNORECASE)


def show(container: zipfile.ZipFile, book: dict) -> None:
    """Put into the cells of a workbook of services/readers/sheets what is seen in them where that is another text."""
    try:
        codes = _codes(container)
    except (zipfile.BadZipFile, Unreadable, ValueError):
        return
    parts = drawings.parts(container) if codes else {}
    for sheet in book["sheets"]:
        part = parts.get(sheet["name"], "")
        for row, column, code, value in _cells(container, part, codes) if part else ():
            if row < len(sheet["rows"]) and column < len(sheet["rows"][row]):
                sheet["rows"][row][column] = shown(sheet["rows"][row][column], value, code)


def shown(text: str, value: float, code: str) -> str:
    """Return what a cell shows by its format; its text where the format is none of those that matter here."""
    code = UNSHOWN.sub("", code.split(";")[0]).strip()
    if re.match(r"\d{4}-\d{2}-\d{2}|\d{2}:\d{2}", text):
        return _moment(text, code)
    found = DECIMALS.fullmatch(code)
    if abs(value) >= sheets.EXACT:
        return text
    if found and (found[1] or found[2] or found[3]):
        exact = Decimal(str(value)) * (100 if found[3] else 1)
        rounded = exact.quantize(Decimal(1).scaleb(-len(found[2] or "")), ROUND_HALF_UP)
        return f"{rounded:{',' if found[1] else ''}f}{found[3]}"
    if fraction := re.fullmatch(r"(?:#\s)?(\?{1,3})/(?:\?{1,3})", code):
        near = Fraction(value).limit_denominator(10 ** len(fraction[1]) - 1)
        whole, rest = divmod(abs(near), 1)
        return ("-" if near < 0 else "") + " ".join(str(one) for one in (whole, rest) if one) if near else "0"
    return text


def _moment(text: str, code: str) -> str:
    """Return a date or a time as its pattern shows it, as it is where the pattern says what is not known here."""
    try:
        moment = datetime.datetime.fromisoformat(text if "-" in text else f"1900-01-01T{text}")
    except ValueError:
        return text
    pieces, before = [], ""
    for quoted, escaped, part, sign in TOKEN.findall(code):
        named = part.lower()
        if named[:1] == "m" and before == "h":
            named = named.replace("m", "n")
        if part and len(part) > (4 if named[0] == "y" else 2) or sign.isalpha() and sign.isascii():
            return text
        before = named[:1] or before
        number = getattr(moment, PARTS[named[0]]) % (100 if named == "yy" else 10**4) if part else 0
        pieces.append(str(number).zfill(2 if len(part) == 2 else 1) if part else quoted or escaped or sign)
    return "".join(pieces) or text


def _codes(container: zipfile.ZipFile) -> dict[str, str]:
    """Return the formats of the styles that show numbers as something else, by the number of the style."""
    root = xml.parse(unpacked(container, STYLES))
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter("numFmt")}
    styles = root.find("cellXfs")
    ids = [one.get("numFmtId", "0") for one in (styles if styles is not None else ())]
    codes = {str(style): own.get(one) or KNOWN.get(int(one), "") for style, one in enumerate(ids) if one.isdigit()}
    return {style: code for style, code in codes.items() if code and code != "General"}


def _cells(container: zipfile.ZipFile, part: str, codes: dict[str, str]):
    """Yield (row, column, format, value) of the numbers of a sheet that bear one of these formats."""
    try:
        data = unpacked(container, part)
    except zipfile.BadZipFile:
        return
    for attributes, value in CELL.findall(data):
        style, place, sort = STYLE.search(attributes), PLACE.search(attributes), SORT.search(attributes)
        code = codes.get(style[1].decode("ascii", "replace")) if style else None
        where = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})", place[1]) if place else None
        if code and where and (not sort or sort[1] == b"n") and NUMBER.fullmatch(value):
            column = 0
            for letter in where[1]:
                column = column * 26 + letter - 64
            yield int(where[2]) - 1, column - 1, code, float(value)
