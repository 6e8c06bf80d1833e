"""What the looks of a workbook tell: numbers as its cells show them, which cells are set off, what is hidden."""

import io
import re
import zipfile

from quizapp.rules.formats.cell_formats import KNOWN, shown
from quizapp.services.readers import Unreadable, drawings, sheets, xml
from quizapp.services.readers.containers import unpacked

CONTENT = "content.xml"
SHOWN_TYPES = ("percentage", "date", "time", "currency", "float")
UNSEEN = ("collapse", "filter")
STYLES = "xl/styles.xml"
CELL = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>(?:\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<>]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<>]*)<"
)
ROW, COLUMN = re.compile(rb"<(?:\w+:)?row\s([^<>]*)>"), re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
HIDDEN = re.compile(rb'\b(?:hidden="(?:1|true)"|(?:ht|width)="0(?:\.0+)?")')
ANY_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>")
RED = re.compile(r"(?:FF)?(?:F[0-9A-F]|[CDE][0-9A-F])(?:[0-3][0-9A-F]){2}", re.IGNORECASE)
LIGHTEST = 250  # of 255; what is lighter in all its parts is white
NUMBER = re.compile(rb"-?\d{1,17}(?:\.\d{1,20})?(?:E[-+]?\d{1,3})?")
PLACE, STYLE, SORT, FIRST, LAST = (re.compile(rb'\b%s="([^"]*)"' % name) for name in (b"r", b"s", b"t", b"min", b"max"))


def show(container: zipfile.ZipFile, book: dict) -> None:
    """Put into the cells of a workbook of services/readers/sheets what is seen in them where that is another text.

    `red`, `ground`, `bold` and `struck` of a sheet become the places of the cells in red, on a coloured ground, in
    bold and struck out, `unshown` those of numbers whose format is not followed, `hidden` the rows and the columns
    that are not seen.
    """
    try:
        root = xml.parse(unpacked(container, STYLES))
        codes, looks = _codes(root), {name: _with(root, *told) for name, told in LOOKS.items()}
    except (zipfile.BadZipFile, Unreadable, ValueError):
        codes, looks = {}, dict.fromkeys(LOOKS, frozenset())
    parts = drawings.parts(container)
    for sheet in book["sheets"]:
        try:
            data = unpacked(container, parts.get(sheet["name"]) or "")
        except zipfile.BadZipFile:
            continue
        for row, column, code, value in _numbers(data, codes):
            if row < len(sheet["rows"]) and column < len(sheet["rows"][row]):
                _put(sheet, row, column, shown(sheet["rows"][row][column], value, code))
        styled = [(style, place) for style, place in _styled(data) if place and place[0] < len(sheet["rows"])]
        for name, styles in looks.items():
            sheet[name] = [list(place) for style, place in styled if style in styles]
        sheet["hidden"] = _hidden(data)


def _put(sheet: dict, row: int, column: int, seen: str | None) -> None:
    """Put into a cell what is seen in it; where that is not known, its text stays."""
    if seen is None:
        sheet.setdefault("unshown", []).append([row, column])
    else:
        sheet["rows"][row][column] = seen


def _hidden(data: bytes) -> dict:
    """Return which rows and columns of a sheet are hidden, or have no height or width."""
    rows = [_count(PLACE, one) - 1 for one in ROW.findall(data) if HIDDEN.search(one)]
    spans = [(_count(FIRST, one) - 1, _count(LAST, one)) for one in COLUMN.findall(data) if HIDDEN.search(one)]
    columns = [place for first, last in spans for place in range(first, min(last, sheets.MOST_COLUMNS))]
    return {"rows": rows, "columns": columns}


def _count(name: re.Pattern, attributes: bytes) -> int:
    found = name.search(attributes)
    return int(found[1]) if found and re.fullmatch(rb"\d{1,7}", found[1]) else 0


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
        sheet |= {name: [] for name in LOOKS}
        if cells:
            infos = (cells.rowinfo_map, cells.colinfo_map)
            rows, columns = ([place for place, one in sorted(info.items()) if one.hidden] for info in infos)
            sheet["hidden"] = {"rows": rows, "columns": columns}
        for row, column in _within(sheet["rows"], cells) if cells else ():
            cell = cells.cell(row, column)
            style = old.xf_list[cell.xf_index]
            if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                code = old.format_map[style.format_key].format_str
                _put(sheet, row, column, shown(sheet["rows"][row][column], cell.value, code))
            font = old.font_list[style.font_index]
            ground = style.background
            colour, behind = (old.colour_map.get(one) for one in (font.colour_index, ground.pattern_colour_index))
            looks = {
                "red": colour and RED.fullmatch("".join(f"{part:02X}" for part in colour)),
                "ground": ground.fill_pattern == 1 and behind and min(behind) < LIGHTEST,
                "bold": font.bold,
                "struck": font.struck_out,
            }
            for name in filter(looks.get, looks):
                sheet[name].append([row, column])


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
        index, found = 0, named.get(sheet["name"])
        rows, columns = (_unseen(found, f"table-{one}", f"number-{one}s-repeated") for one in ("row", "column"))
        sheet["hidden"] = {"rows": rows, "columns": columns}
        for row in found.iter("table-row") if found is not None else ():
            for at, column, text in _seen(row) if index < len(sheet["rows"]) else ():
                if column < len(sheet["rows"][index]):
                    for again in sheet["rows"][index : index + at]:
                        again[column] = text
            index += _repeated(row, "number-rows-repeated")


def _unseen(found, name: str, repeated: str) -> list[int]:
    """Return which rows or columns of a table are hidden."""
    places, index = [], 0
    for one in found.iter(name) if found is not None else ():
        behind = index + _repeated(one, repeated)
        places += range(index, min(behind, sheets.MOST_ROWS)) if one.get("visibility") in UNSEEN else ()
        index = behind
    return places


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


def _codes(root) -> dict[str, str]:
    """Return the formats of the styles that show numbers as something else, by the number of the style."""
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter("numFmt")}
    styles = root.find("cellXfs")
    ids = [one.get("numFmtId", "0") for one in (styles if styles is not None else ())]
    codes = {str(style): own.get(one) or KNOWN.get(int(one), "") for style, one in enumerate(ids) if one.isdigit()}
    return {style: code for style, code in codes.items() if code and code != "General"}


def _with(root, whole: str, name: str, test) -> set[str]:
    """Return the numbers of the styles of which the part of that name, out of the whole list of such, passes a test."""
    listed, styles = root.find(whole), root.find("cellXfs")
    fitting = {str(place) for place, one in enumerate(listed if listed is not None else ()) if test(one)}
    styles = enumerate(styles if styles is not None else ())
    return {str(style) for style, one in styles if one.get(name) in fitting}


def _is_red(font) -> bool:
    colour = font.find("color")
    return colour is not None and bool(RED.fullmatch(colour.get("rgb", "")))


def _is_on(name: str):
    """Return a test whether a font has a property."""

    def test(font) -> bool:
        found = font.find(name)
        return found is not None and found.get("val", "1") not in ("0", "false")

    return test


def _is_ground(fill) -> bool:
    """Return whether a cell stands on a ground of one colour that is not white."""
    pattern = fill.find("patternFill")
    colour = pattern.find("fgColor") if pattern is not None and pattern.get("patternType") == "solid" else None
    is_white = colour is None or colour.get("rgb", "").upper().endswith("FFFFFF") or colour.get("theme") == "0"
    return not is_white and colour.get("indexed") not in ("1", "9", "64")


LOOKS = {  # name -> the list in the styles, what names its entries, and the test of one
    "red": ("fonts", "fontId", _is_red),
    "ground": ("fills", "fillId", _is_ground),
    "bold": ("fonts", "fontId", _is_on("b")),
    "struck": ("fonts", "fontId", _is_on("strike")),
}


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
