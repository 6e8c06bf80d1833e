"""What the styles of a workbook tell: numbers as its cells show them, 95%, 1/2, 1月2日; which text is red."""

import datetime
import io
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from quizapp.services.readers import Unreadable, drawings, sheets, xml
from quizapp.services.readers.containers import unpacked

CONTENT = "content.xml"
SHOWN_TYPES = ("percentage", "date", "time", "currency")
STYLES = "xl/styles.xml"
KNOWN = {2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 12: "# ?/?", 13: "# ??/??"}
KNOWN |= {14: "yyyy/m/d", 20: "h:mm", 21: "h:mm:ss", 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"'}
KNOWN |= {57: 'yyyy"年"m"月"', 58: 'm"月"d"日"'}
CELL = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>(?:\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<>]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<>]*)<"
)
ANY_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>")
RED = re.compile(r"(?:FF)?(?:F[0-9A-F]|[CDE][0-9A-F])(?:[0-3][0-9A-F]){2}", re.IGNORECASE)
NUMBER = re.compile(rb"-?\d{1,17}(?:\.\d{1,20})?(?:E[-+]?\d{1,3})?")
PLACE, STYLE, SORT = (re.compile(rb'\b%s="([^"]*)"' % name) for name in (b"r", b"s", b"t"))
UNSHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")  # colours, conditions, room
DECIMALS = re.compile(r"(#,##)?0(?:\.(0+))?(%?)")
PARTS = {"y": "year", "m": "month", "d": "day", "h": "hour", "n": "minute", "s": "second"}
TOKEN = re.compile(r'"([^"]*)"|\\(.)|(y+|m+|d+|h+|s+)|(.)', re.IGNORECASE)


def show(container: zipfile.ZipFile, book: dict) -> None:
    """Put into the cells of a workbook of services/readers/sheets what is seen in them where that is another text.

    `red` of a sheet becomes the places of the cells in red.
    """
    try:
        root = xml.parse(unpacked(container, STYLES))
        codes, red = _codes(root), _red(root)
    except (zipfile.BadZipFile, Unreadable, ValueError):
        return
    parts = drawings.parts(container) if codes or red else {}
    for sheet in book["sheets"]:
        try:
            data = unpacked(container, parts.get(sheet["name"]) or "")
        except zipfile.BadZipFile:
            continue
        for row, column, code, value in _numbers(data, codes):
            if row < len(sheet["rows"]) and column < len(sheet["rows"][row]):
                sheet["rows"][row][column] = shown(sheet["rows"][row][column], value, code)
        sheet["red"] = [list(place) for style, place in _styled(data) if style in red and place]


def show_old(data: bytes, book: dict) -> None:
    """Do the same for a workbook of the old kind (.xls)."""
    import xlrd

    try:
        old = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=True)
    except Exception:  # noqa: BLE001 (it raises whatever a damaged part brings it to; the values are there without it)
        return
    named = {one.name: one for one in old.sheets()}
    for sheet in book["sheets"]:
        cells = named.get(sheet["name"])
        sheet["red"] = []
        for row, column in _within(sheet["rows"], cells) if cells else ():
            cell = cells.cell(row, column)
            style = old.xf_list[cell.xf_index]
            if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                code = old.format_map[style.format_key].format_str
                sheet["rows"][row][column] = shown(sheet["rows"][row][column], cell.value, code)
            colour = old.colour_map.get(old.font_list[style.font_index].colour_index)
            if colour and RED.fullmatch("".join(f"{part:02X}" for part in colour)):
                sheet["red"].append([row, column])


def _within(rows: list[list[str]], cells):
    """Yield the (row, column) of the cells that are both in the rows and in a sheet of xlrd."""
    for row, texts in enumerate(rows[: cells.nrows]):
        yield from ((row, column) for column in range(min(len(texts), cells.row_len(row))))


def show_open(container: zipfile.ZipFile, book: dict) -> None:
    """Do the same for an OpenDocument sheet (.ods), which keeps beside each value what is seen."""
    try:
        tables = list(xml.parse(unpacked(container, CONTENT)).iter("table"))
    except (zipfile.BadZipFile, Unreadable):
        return
    named = {one.get("name", ""): one for one in tables}
    for sheet in book["sheets"]:
        index = 0
        for row in named[sheet["name"]].iter("table-row") if sheet["name"] in named else ():
            for at, column, text in _seen(row) if index < len(sheet["rows"]) else ():
                if column < len(sheet["rows"][index]):
                    for again in sheet["rows"][index : index + at]:
                        again[column] = text
            index += _repeated(row, "number-rows-repeated")


def _seen(row):
    """Yield (rows, column, text) of the cells of a row that show their value as something else."""
    rows, column = _repeated(row, "number-rows-repeated"), 0
    for cell in row:
        if cell.tag not in ("table-cell", "covered-table-cell"):
            continue
        count = _repeated(cell, "number-columns-repeated")
        text = "\n".join("".join(one.itertext()) for one in cell if one.tag == "p").strip()
        if cell.get("value-type") in SHOWN_TYPES and text:
            yield from ((rows, one, text) for one in range(column, min(column + count, sheets.MOST_COLUMNS)))
        column += count


def _repeated(element, name: str) -> int:
    times = element.get(name, "1")
    return int(times) if times.isdecimal() and len(times) < 8 else 1


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


def _codes(root) -> dict[str, str]:
    """Return the formats of the styles that show numbers as something else, by the number of the style."""
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter("numFmt")}
    styles = root.find("cellXfs")
    ids = [one.get("numFmtId", "0") for one in (styles if styles is not None else ())]
    codes = {str(style): own.get(one) or KNOWN.get(int(one), "") for style, one in enumerate(ids) if one.isdigit()}
    return {style: code for style, code in codes.items() if code and code != "General"}


def _red(root) -> set[str]:
    """Return the numbers of the styles whose letters are red."""
    fonts, styles = root.find("fonts"), root.find("cellXfs")
    colours = [one.find("color") for one in (fonts if fonts is not None else ())]
    red = {str(place) for place, one in enumerate(colours) if one is not None and RED.fullmatch(one.get("rgb", ""))}
    return {str(style) for style, one in enumerate(styles if styles is not None else ()) if one.get("fontId") in red}


def _numbers(data: bytes, codes: dict[str, str]):
    """Yield (row, column, format, value) of the numbers of a sheet that bear one of these formats."""
    for attributes, value in CELL.findall(data) if codes else ():
        sort, (style, place) = SORT.search(attributes), _named(attributes)
        if style in codes and place and (not sort or sort[1] == b"n") and NUMBER.fullmatch(value):
            yield *place, codes[style], float(value)


def _styled(data: bytes):
    """Yield (style, place) of every cell of a sheet."""
    return (_named(attributes) for attributes in ANY_CELL.findall(data))


def _named(attributes: bytes) -> tuple[str, tuple[int, int] | None]:
    """Return the number of the style of a cell, and its (row, column) where it says it."""
    style, place = STYLE.search(attributes), PLACE.search(attributes)
    where = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})", place[1]) if place else None
    column = 0
    for letter in where[1] if where else b"":
        column = column * 26 + letter - 64
    return style[1].decode("ascii", "replace") if style else "", (int(where[2]) - 1, column - 1) if where else None
