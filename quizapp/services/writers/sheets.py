"""Rows of texts -> a workbook (.xlsx): every cell is text, and the columns of few words offer them."""

import io
import zipfile

from quizapp.rules.pictures import MARKER
from quizapp.services.writers import office_pictures
from quizapp.services.writers.containers import packed

WIDTHS = {"题干": 48, "解析": 40, "手册条款": 20, "章节": 20, "正确答案": 16, "编号": 18, "标签": 20, "材料": 40}
USUAL_WIDTH, OPTION_WIDTH = 10, 24
OFFERED = {
    "题型": ["单选题", "多选题", "判断题", "填空题", "数值题", "连线题", "排序题", "案例题"],
    "难度": ["易", "中", "难"],
    "顺序": ["不限"],
    "材料": ["同上"],
}
ROWS = 5000  # below the head in which words are offered
LETTER, LINE, HIGHEST = 7, 20, 540  # points on a screen: how wide a letter is, how high a line, and a row at most
TALLEST, GAP = 150, 4  # of a picture in a cell


def workbook(book: dict, hint: str = "", examples: int = 0, pictures: dict[str, dict] | None = None) -> bytes:
    """Return the workbook of {"sheets": [{"name", "rows"}]}, the first row of each its head.

    A hint stands in a row above the head; the first rows below it may be examples, and look like it. Where a text has
    the marker of one of `pictures`, {"kind", "data" in base64} by digest, the picture lies below the words of its cell.
    """
    import xlsxwriter  # a sixth of the time that a start takes, for a file that few ask for

    out, shown = io.BytesIO(), _Shown(pictures or {})
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    looks = {
        "text": made.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "head": made.add_format({"bold": True, "bottom": 2}),
        "hint": made.add_format({"font_color": "#666666", "text_wrap": True, "valign": "top"}),
    }
    for one in book["sheets"]:
        _write(made.add_worksheet(one["name"]), one["rows"], looks, hint, examples, shown)
    made.close()
    return shown.with_originals(out)


def _width(name: str) -> int:
    return OPTION_WIDTH if name.startswith("选项") else WIDTHS.get(name, USUAL_WIDTH)


def _write(sheet, rows: list[list[str]], looks: dict, hint: str, examples: int, shown: "_Shown") -> None:
    head, top = rows[0], int(bool(hint))
    for place, name in enumerate(head):
        sheet.set_column(place, place, _width(name), looks["text"])
        sheet.write_string(top, place, name, looks["head"])
        if name in OFFERED:
            offer = {"validate": "list", "source": OFFERED[name], "error_type": "information"}
            sheet.data_validation(top + 1, place, top + ROWS, place, offer)
    if hint:
        sheet.merge_range(0, 0, 0, len(head) - 1, hint, looks["hint"])
        sheet.set_row(0, 16 * (hint.count("\n") + 2))
    sheet.freeze_panes(top + 1, 2)
    for number, row in enumerate(rows[1:], top + 1):
        look = looks["hint"] if number <= top + examples else looks["text"]
        for place, text in enumerate(row):
            if text:
                sheet.write_string(number, place, text, look)
        if shown.pictures:
            shown.lay(sheet, number, row, [_width(name) for name in head])


class _Shown:
    """The pictures of a workbook: laid over its cells, the originals of those that Excel does not know beside them."""

    def __init__(self, pictures: dict[str, dict]):
        self.pictures = pictures
        self.made: dict[str, bytes] = {}
        self.originals: dict[str, bytes] = {}

    def lay(self, sheet, number: int, row: list[str], widths: list[int]) -> None:
        """Lay the pictures of a row below the words of their cells, and make the row as high as that takes."""
        cells = {place: found for place, text in enumerate(row) if (found := self._in(text))}
        if not cells:
            return
        words = max(_height(text, width) for text, width in zip(row, widths, strict=True) if text)
        words = min(words, HIGHEST - TALLEST)
        room = (HIGHEST - words) // max(map(len, cells.values())) - GAP
        tallest, ends = min(TALLEST, room), []
        for place, found in cells.items():
            below = words
            for marked in found:
                width, height = int(marked["width"]) or 1, int(marked["height"]) or 1
                scale = min(1, (widths[place] * LETTER - GAP) / width, tallest / height)
                picture = {"image_data": io.BytesIO(self._image(marked["digest"])), "description": marked["digest"],
                           "x_scale": scale, "y_scale": scale, "x_offset": 2, "y_offset": below}  # fmt: skip
                sheet.insert_image(number, place, f"{marked['digest']}.png", picture)
                below += int(height * scale) + GAP
            ends.append(below)
        sheet.set_row_pixels(number, max(ends))

    def _in(self, text: str) -> list:
        found = {one["digest"]: one for one in MARKER.finditer(text)} if "⟦" in text else {}
        return [one for digest, one in found.items() if digest in self.pictures]

    def _image(self, digest: str) -> bytes:
        if digest not in self.made:
            (_, self.made[digest]), *originals = office_pictures.files(digest, self.pictures[digest]).items()
            self.originals |= {f"xl/media/{name}": data for name, data in originals}
        return self.made[digest]

    def with_originals(self, out: io.BytesIO) -> bytes:
        """Return the bytes of a workbook with the originals put beside what it shows."""
        if self.originals:
            with zipfile.ZipFile(out) as book:
                held = {name: book.read(name) for name in book.namelist()}
            held["[Content_Types].xml"] = held["[Content_Types].xml"].replace(
                b"<Default ", b'<Default Extension="webp" ContentType="image/webp"/><Default ', 1
            )
            return packed(held | self.originals)
        return out.getvalue()


def _height(text: str, width: int) -> int:
    """Return about how high words stand in a column so wide; a Chinese letter is as wide as two others."""
    lines = (sum(1 + (letter > "\u2e80") for letter in line) for line in text.split("\n"))
    return LINE * sum(1 + length // width for length in lines)
