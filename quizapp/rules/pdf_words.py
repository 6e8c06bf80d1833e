"""Words as the Chinese font of a PDF can set them: signs it has, small ones raised or lowered, widths, and lines.

A raised or lowered sign stands in a text as itself, moved by RAISED or LOWERED into planes that nobody writes in.
"""

import unicodedata
from itertools import groupby

RAISED, LOWERED = 0xF0000, 0x100000
SMALL = 0.65  # of a raised or lowered sign
NO_LINE_START = "，。、；：？！）】》”’,.;:?!)]}%°℃′″"
# What the font lacks -> what it has
SIGNS = {"−": "–", "∘": "°", "⋅": "·", "•": "·", "¯": "ˉ", "‾": "ˉ", "⁄": "/"}


def raised(text: str) -> str:
    """Return text to stand small above the line."""
    return _moved(text, RAISED)


def lowered(text: str) -> str:
    """Return text to stand small below the line."""
    return _moved(text, LOWERED)


def fraction(above: str, below: str) -> str:
    """Return a short fraction, such as one of two numbers."""
    return f"{raised(above)}/{lowered(below)}"


def _moved(text: str, level: int) -> str:
    return "".join(chr(ord(one) + level) if ord(one) < 0x10000 else one for one in settable(text))


def level(char: str) -> int:
    """Return RAISED, LOWERED or 0."""
    return ord(char) - ord(char) % 0x10000 if ord(char) >= RAISED else 0


def runs(text: str) -> list[tuple[int, str]]:
    """Return (level, what is written there) in turn."""
    return [(high, "".join(chr(ord(one) - high) for one in chars)) for high, chars in groupby(text, level)]


def settable(text: str) -> str:
    """Return text with signs that the font has for those it lacks: m² becomes an m and a small raised 2."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return "".join(map(_settable, text))
    return text


def _settable(char: str) -> str:
    if char in SIGNS or char == " ":
        return SIGNS.get(char, char)
    try:
        char.encode("gbk")
        return char
    except UnicodeEncodeError:
        kind = unicodedata.decomposition(char).partition(" ")[0]
    shown = unicodedata.normalize("NFKC", char)
    if kind == "<fraction>":
        return fraction(*shown.split("⁄"))
    shown = "".join(SIGNS.get(one, one) for one in shown)
    return {"<super>": raised, "<sub>": lowered}.get(kind, str)(shown)


def width(text: str, size: float) -> float:
    """Return how wide a text is set: full-width characters a whole size, others half of one, small ones less."""
    return sum(_width(one) for one in text) * size


def _width(char: str) -> float:
    high = level(char)
    wide = 1 if unicodedata.east_asian_width(chr(ord(char) - high)) in "WFA" else 0.5
    return wide * SMALL if high else wide


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
        last = pieces[-1][-1] if pieces else " "
        if last != " " and (level(one) or (one != " " and one.isascii() and (last.isascii() or level(last)))):
            pieces[-1] += one
        else:
            pieces.append(one)
    return pieces
