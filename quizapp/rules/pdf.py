"""A plain PDF of text lines, in the Chinese font that every reader brings along: nothing is embedded.

The font is named STSong-Light with the predefined encoding UniGB-UTF16-H (PDF 32000-1, 9.7.5.2); a reader without that
very font takes its own Chinese one. What stands on a page is set in full and half widths.
"""

import unicodedata
import zlib
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842  # A4 in points
LEFT, RIGHT, TOP, BOTTOM = 57, 57, 62, 62
LEADING = 1.55
GAP = 4  # below a picture
WIDEST, TALLEST = 320, 260  # of a picture
NO_LINE_START = "，。、；：？！）】》”’,.;:?!)]}%"


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
class Line:
    """One paragraph or picture: its text, size, left indent, space above, and whether it stays with what follows."""

    text: str
    size: float = 11
    indent: float = 0
    above: float = 0
    keep: bool = False
    page: bool = False  # begins a new page
    centred: bool = False
    picture: Picture | None = None


def width(text: str, size: float) -> float:
    """Return how wide a text is set: full-width characters a whole size, others half of one."""
    return sum(size if unicodedata.east_asian_width(one) in "WFA" else size / 2 for one in text)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Return the lines of a paragraph; Chinese breaks anywhere, words at spaces, closing signs never begin a line."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line + piece.rstrip(), size) > room and piece not in NO_LINE_START:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or piece.strip() else ""
        while width(line, size) > room and len(line) > 2 and piece not in NO_LINE_START:  # a word longer than a line
            cut = max(1, int(room / size))
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line or not lines else lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for one in text:
        is_wide = unicodedata.east_asian_width(one) in "WFA"
        if pieces and not is_wide and one != " " and pieces[-1][-1] != " " and pieces[-1].isascii() and one.isascii():
            pieces[-1] += one
        else:
            pieces.append(one)
    return pieces


def _set(line: Line) -> tuple[list, float, float]:
    """Return what a line is set in, rows of text or its picture, its size or scale, and how far each reaches down."""
    room = WIDTH - LEFT - RIGHT - line.indent
    if line.picture:
        scale = line.picture.scale(room)
        return [line.picture], scale, line.picture.rows * scale + GAP
    return wrapped(line.text, line.size, room), line.size, line.size * LEADING


def _least(line: Line) -> float:
    """Return how much of a line has to stand below one that stays with it."""
    return _set(line)[2] if line.picture else line.size * LEADING * 2


def pages_of(lines: list[Line]) -> list[list[tuple]]:
    """Return the pages, each a list of (x, y of the foot, size, text) or (x, y of the foot, scale, Picture)."""
    pages: list[list[tuple]] = [[]]
    y = TOP
    for place, line in enumerate(lines):
        rows, size, step = _set(line)
        needed = line.above + step * len(rows)
        ahead = _least(lines[place + 1]) if line.keep and place + 1 < len(lines) else 0
        if line.page and pages[-1] or (pages[-1] and y + min(needed + ahead, HEIGHT / 2) > HEIGHT - BOTTOM):
            pages.append([])
            y = TOP
        y += line.above if pages[-1] else 0
        for row in rows:
            if y + step > HEIGHT - BOTTOM:
                pages.append([])
                y = TOP
            x = (WIDTH - width(row, line.size)) / 2 if line.centred else LEFT + line.indent
            pages[-1].append((x, y + (step - GAP if line.picture else size), size, row))
            y += step
    return pages


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


def _shown(x: float, y: float, size: float, text: str | Picture, pictures: list[Picture]) -> str:
    if isinstance(text, Picture):
        wide, high = text.columns * size, text.rows * size
        return f"q {wide:.1f} 0 0 {high:.1f} {x:.1f} {HEIGHT - y:.1f} cm /P{pictures.index(text)} Do Q"
    return f"BT /F1 {size:g} Tf 1 0 0 1 {x:.1f} {HEIGHT - y:.1f} Tm <{_hex(text)}> Tj ET"


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
