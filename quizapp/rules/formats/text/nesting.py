"""A case whose questions are numbered within it: 16. 某村… （1）… （2）…; its own text is what they are asked about."""

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import headings, keys, marks, materials, numbering

if TYPE_CHECKING:
    from quizapp.rules.formats.text.walk import Walk

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
STYLES = ("(1)", "1)", CIRCLED)


@dataclass
class Nested:
    """How the questions of a case are numbered, the last of them, and the number of the case itself."""

    style: str
    outer: int
    last: int = 0


def take(walk: "Walk", index: int, row: Row) -> bool:
    """Begin the next question of a case; return whether the row does."""
    if walk.nested is not None and _is_over(walk, row):
        walk.last_number, walk.nested, walk.material = walk.nested.outer, None, None
    if walk.nested is None:
        walk.nested = _opened(walk, index, row)
    found = _read(row.text, walk.nested.style) if walk.nested else None
    if not found or found[0] != walk.nested.last + 1:
        return False
    walk.nested.last = found[0]
    walk.begin(index, row, numbering.Numbered(*found))
    walk.take_rest(index, row)
    return True


def hand_out(walk: "Walk", row: Row, value: str) -> bool:
    """Give each of the questions above its answer where one line answers all of a case: （1）A （2）AB."""
    pairs = keys.read_row(value)
    asked = walk.entries[-len(pairs) :] if len(pairs) > 1 and walk.entry and walk.entry.material else []
    if not asked or [one.number for one in asked] != [number for number, _ in pairs]:
        return False
    if any(one.answers or one.material != walk.entry.material for one in asked):
        return False
    for one, (_, answer) in zip(asked, pairs, strict=True):
        one.answers.append((row.number, answer))
    return True


def _read(text: str, style: str) -> tuple[int, str] | None:
    """Return (number, rest) of a text that begins with a number in this style."""
    if style != CIRCLED:
        return marks.read_number(text, style)
    return (CIRCLED.index(text[0]) + 1, text[1:].lstrip(" .．、")) if text[:1] and text[0] in CIRCLED else None


def _opened(walk: "Walk", index: int, row: Row) -> Nested | None:
    """Return how a case is numbered whose first question this row is; what stood before it becomes its material."""
    entry = walk.entry
    if entry is None or walk.part != "stem" or not entry.stem or entry.options or entry.answers or entry.number is None:
        return None
    for style in STYLES:
        found = _read(row.text, style) if style not in walk.numbers else None
        if found and found[0] == 1 and _are_asked(walk, index, style):
            walk.entries.pop()
            walk.material = materials.Material(entry.stem)
            for one in takewhile(lambda one: one.number >= entry.first, reversed(walk.rows[:index])):
                walk.account.ignore(one.number, "material")
            return Nested(style, entry.number)
    return None


def _are_asked(walk: "Walk", index: int, style: str) -> bool:
    """Return whether more than one row is numbered in this style, each with an empty place, options or an answer."""
    parts: list[list[str]] = []
    for row in walk.rows[index : index + materials.AS_FAR]:
        found = _read(row.text, style)
        if found and found[0] == len(parts) + 1:
            parts.append([])
        elif numbering.any_number(walk, row.text) or headings.read_section(row.text):
            break
        parts[-1].append(row.text)
    return len(parts) > 1 and all(any(map(_asks, part)) for part in parts)


def _asks(text: str) -> bool:
    option, label = marks.read_option(text), marks.read_label(text)
    is_told = option and option[0] == "A" or label and label.sort == "answer"
    return bool(is_told or numbering.BLANK.search(text) or numbering.FILLED.search(text))


def _is_over(walk: "Walk", row: Row) -> bool:
    """Return whether a row bears the number that follows the case."""
    found = numbering.any_number(walk, row.text)
    return bool(found) and found[0] == walk.nested.outer + 1
