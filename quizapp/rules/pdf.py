"""A plain PDF of text lines, in the Chinese font that every reader brings along: nothing is embedded.

The font is named STSong-Light with the predefined encoding UniGB-UTF16-H (PDF 32000-1, 9.7.5.2); a reader without that
very font takes its own Chinese one. What stands on a page is set in full and half widths.
"""

import zlib
from dataclasses import dataclass
from itertools import zip_longest

from quizapp.rules.pdf_words import LOWERED, RAISED, SMALL, runs, settable, width, wrapped

WIDTH, HEIGHT = 595, 842  # A4 in points
LEFT, RIGHT, TOP, BOTTOM = 57, 57, 62, 62
LEADING = 1.55
GAP = 4  # below a picture
WIDEST, TALLEST = 320, 260  # of a picture
PAD = 4  # inside a cell
RISE = {0: 0, RAISED: 0.38, LOWERED: -0.16}  # parts of the size


@dataclass(frozen=True)
class Picture:
    """Points of a picture, three bytes each and packed by zlib, or as a JPEG where `is_jpeg`."""

    columns: int
    rows: int
    body: bytes
    is_jpeg: bool = False

    def scale(self, room: float) -> float:
        """Return how wide and high a point is set: as on a screen, smaller where the picture would fill the page."""
        return min(0.75, min(WIDEST, room) / self.columns, TALLEST / self.rows)


@dataclass(frozen=True)
class Rule:
    """A thin line of a table, across or down."""

    wide: float
    high: float


@dataclass(frozen=True)
class Line:
    """One paragraph, picture or row of a table: its text, size, left indent, space above, and whether it stays with
    what follows. `cells`: (text, width) of a row."""

    text: str
    size: float = 11
    indent: float = 0
    above: float = 0
    keep: bool = False
    page: bool = False  # begins a new page
    centred: bool = False
    picture: Picture | None = None
    cells: tuple[tuple[str, float], ...] = ()


def _set(line: Line) -> tuple[list, float, float]:
    """Return what a line is set in (rows of text or cells, or its picture), its size or scale, each one's height."""
    room = WIDTH - LEFT - RIGHT - line.indent
    if line.picture:
        scale = line.picture.scale(room)
        return [line.picture], scale, line.picture.rows * scale + GAP
    if line.cells:
        columns = [_paragraphs(text, line.size, wide - 2 * PAD) for text, wide in line.cells]
        rows = list(zip_longest(*columns, fillvalue=""))
        return rows, line.size, line.size * LEADING
    return wrapped(settable(line.text), line.size, room), line.size, line.size * LEADING


def _paragraphs(text: str, size: float, room: float) -> list[str]:
    return [row for one in settable(text).split("\n") for row in wrapped(one, size, room)]


def _height(line: Line) -> float:
    rows, _, step = _set(line)
    return line.above + step * len(rows)


def _least(line: Line) -> float:
    """Return how much of a line has to stand below one that stays with it."""
    return _set(line)[2] if line.picture else line.size * LEADING * 2


def _needed(lines: list[Line]) -> list[float]:
    """Return for each line how much room it begins in: all that stays with it, or where no page holds that, its own."""
    needed: list[float] = []
    while len(needed) < len(lines):
        start = end = len(needed)
        while lines[end].keep and end + 1 < len(lines):
            end += 1
        together = sum(map(_height, lines[start : end + 1]))
        for place in range(start, end + 1):
            ahead = _least(lines[place + 1]) if place < end else 0
            needed.append(min(_height(lines[place]) + ahead, HEIGHT / 2))
        if together <= HEIGHT - TOP - BOTTOM:
            needed[start] = together
    return needed


def pages_of(lines: list[Line]) -> list[list[tuple]]:
    """Return the pages, each a list of (x, y of the foot, size, text), (…, scale, Picture) or (…, 0, Rule)."""
    pages: list[list[tuple]] = [[]]
    y = TOP
    for line, needed in zip(lines, _needed(lines), strict=True):
        if pages[-1] and (line.page or y + needed > HEIGHT - BOTTOM):
            pages.append([])
            y = TOP
        rows, size, step = _set(line)
        y += line.above if pages[-1] else 0
        for place, row in enumerate(rows):
            is_first = not place
            if y + step > HEIGHT - BOTTOM:
                pages.append([])
                y, is_first = TOP, True
            is_last = place + 1 == len(rows) or y + 2 * step > HEIGHT - BOTTOM
            if line.cells:
                pages[-1] += _cells(line, row, y, step, is_first, is_last)
            else:
                pages[-1].append(_placed(line, row, size, y, step))
            y += step
    return pages


def _placed(line: Line, row: str | Picture, size: float, y: float, step: float) -> tuple:
    x = (WIDTH - width(row, line.size)) / 2 if line.centred else LEFT + line.indent
    return (x, y + (step - GAP if line.picture else size), size, row)


def _cells(line: Line, row: tuple, y: float, step: float, is_first: bool, is_last: bool) -> list[tuple]:
    """Return one row of text in all cells, with the lines beside it, above the first and below the last."""
    x, found = LEFT + line.indent, []
    whole = sum(wide for _, wide in line.cells)
    found += [(x, y, 0, Rule(whole, 0))] * is_first + [(x, y + step, 0, Rule(whole, 0))] * is_last
    for text, (_, wide) in zip(row, line.cells, strict=True):
        found += [(x, y + step, 0, Rule(0, step)), (x + PAD, y + step * 0.72, line.size, text)]
        x += wide
    return [*found, (x, y + step, 0, Rule(0, step))]


def write(lines: list[Line], title: str, foot: str) -> bytes:
    """Return the file. `foot` stands below every page, with %(page)s and %(pages)s filled in."""
    pages = pages_of(lines)
    pictures = list(dict.fromkeys(line.picture for line in lines if line.picture))
    streams = []
    for number, page in enumerate(pages, 1):
        told = foot % {"page": number, "pages": len(pages)}
        rows = [*page, ((WIDTH - width(told, 9)) / 2, HEIGHT - 34, 9, told)]
        streams.append("\n".join(_shown(*row, pictures) for row in rows if row[3]).encode("ascii"))
    return _file(streams, title, pictures)


def _shown(x: float, y: float, size: float, text: str | Picture | Rule, pictures: list[Picture]) -> str:
    if isinstance(text, Rule):
        return f"0.5 w {x:.1f} {HEIGHT - y:.1f} m {x + text.wide:.1f} {HEIGHT - y + text.high:.1f} l S"
    if isinstance(text, Picture):
        wide, high = text.columns * size, text.rows * size
        return f"q {wide:.1f} 0 0 {high:.1f} {x:.1f} {HEIGHT - y:.1f} cm /P{pictures.index(text)} Do Q"
    words = " ".join(
        f"/F1 {size * SMALL if high else size:g} Tf {RISE[high] * size:.1f} Ts <{_hex(run)}> Tj"
        for high, run in runs(text)
    )
    return f"BT 1 0 0 1 {x:.1f} {HEIGHT - y:.1f} Tm {words} ET"


def _hex(text: str) -> str:
    return text.encode("utf-16-be", "replace").hex()


def _file(streams: list[bytes], title: str, pictures: list[Picture]) -> bytes:
    count = len(streams)
    named = " ".join(f"/P{place} {6 + 2 * count + place} 0 R" for place in range(len(pictures)))
    kids = " ".join(f"{6 + 2 * place} 0 R" for place in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] /MediaBox [0 0 {WIDTH} {HEIGHT}] "
        f"/Resources << /Font << /F1 3 0 R >> /XObject << {named} >> >> >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 "
        b"/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 "
        b"/CapHeight 880 /StemV 93 >> >>",
        f"<< /Title <feff{_hex(title)}> >>".encode(),
    ]
    for place, stream in enumerate(streams):
        packed = zlib.compress(stream)
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {7 + 2 * place} 0 R >>".encode())
        objects.append(
            f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"
        )
    return _numbered([*objects, *map(_image, pictures)])


def _image(picture: Picture) -> bytes:
    kind = "DCTDecode" if picture.is_jpeg else "FlateDecode"
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {picture.columns} /Height {picture.rows} /ColorSpace /DeviceRGB "
        f"/BitsPerComponent 8 /Filter /{kind} /Length {len(picture.body)} >>\nstream\n"
    )
    return head.encode() + picture.body + b"\nendstream"


def _numbered(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010} 00000 n \n" for place in places).encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
