"""Clean markup as lines of a PDF: paragraphs, lists with their numbers, tables, pictures, formulas on one line."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from quizapp.rules import formula_words, pdf
from quizapp.rules.formula_words import Node
from quizapp.rules.pdf_words import lowered, raised, settable, width

EMPTY = {"br", "hr", "img", "mspace"}
BLOCKS = {"p", "li", "ul", "ol", "blockquote", "pre", "h3", "h4", "table", "hr", "br"}
SPACES = re.compile(r"[ \t\r\n]+")
DIGEST = re.compile("[0-9a-f]{24}")
NARROWEST = 24  # of a column


class _Tree(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Node("")]

    def handle_starttag(self, tag, attrs):
        self.open[-1].children.append(made := Node(tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(made)

    def handle_endtag(self, tag):
        if tag == self.open[-1].tag:
            self.open.pop()

    def handle_data(self, data):
        for place, line in enumerate(data.split("\n") if any(one.tag == "pre" for one in self.open) else [data]):
            self.open[-1].children += [Node("br")] * bool(place) + [line]


def lines(sign: str, html: str, images: dict[str, pdf.Picture], like: pdf.Line) -> list[pdf.Line]:
    """Return markup behind a sign such as "1. ", each line like `like`, a picture below the words that it follows."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    setting = _Setting(sign, images, like)
    setting.walk(tree.open[0])
    setting.end()
    if setting.sign:  # nothing could be set behind it
        setting.head([])
    return setting.lines


class _Setting:
    """The lines so far, and the words of the one that is being read."""

    def __init__(self, sign: str, images: dict[str, pdf.Picture], like: pdf.Line):
        self.sign, self.images, self.like = sign, images, like
        self.lines: list[pdf.Line] = []
        self.words = ""

    def end(self) -> None:
        """End the paragraph that is being read."""
        if self.words.strip():
            self._add(text=self.sign + self.words.strip())
            self.sign = ""
        self.words = ""

    def _add(self, **what) -> None:
        if self.lines and self.lines[-1].cells and "cells" not in what:
            what = {"above": 4, **what}
        self.lines.append(replace(self.like, **what))

    def walk(self, node: Node) -> None:
        """Set what stands in a piece of markup."""
        number = int(node.attributes.get("start", 1)) if node.tag == "ol" else None
        for one in node.children:
            if isinstance(one, Node) and one.tag == "li":
                self.end()
                self.sign += "· " if number is None else f"{number}. "
                number = None if number is None else number + 1
            self._one(one)

    def _one(self, one: Node | str) -> None:
        tag = "" if isinstance(one, str) else one.tag
        if tag in BLOCKS:
            self.end()
        if tag == "table":
            self._table(one)
        elif tag == "img":
            self._picture(one)
        elif tag in ("", "math", "sub", "sup"):
            self.words += _inline(one)
        else:
            self.walk(one)
        if tag in BLOCKS:
            self.end()

    def _picture(self, node: Node) -> None:
        found = DIGEST.search(node.attributes.get("src", ""))
        if found and found[0] in self.images:
            self.end()
            self.head(self.lines[-1:])
            self._add(picture=self.images[found[0]], above=3)

    def head(self, last: list[pdf.Line]) -> None:
        """Let what stands above a picture or a table stay with it; a sign that is still due stands alone there."""
        if self.sign:
            self._add(text=self.sign, keep=True)
            self.sign = ""
        elif last:
            self.lines[-1] = replace(self.lines[-1], keep=True)

    def _table(self, node: Node) -> None:
        rows = [[one for one in row.children if _is(one, "th", "td")] for row in _all(node, "tr")]
        if not any(rows):
            return
        self.head(self.lines[-1:])
        pictures = [one for row in rows for cell in row for one in _all(cell, "img")]
        named = {id(one): f"〔图 {place}〕" for place, one in enumerate(pictures, 1)}
        texts = [[_inline(cell, named).strip() for cell in row] for row in rows]
        widths = _widths(texts, self.like.size, pdf.WIDTH - pdf.LEFT - pdf.RIGHT - self.like.indent)
        for place, row in enumerate(texts):
            full = [*row, *[""] * (len(widths) - len(row))]
            self._add(cells=tuple(zip(full, widths, strict=True)), above=3 * (not place), keep=not place)
        for one in pictures:
            self._add(text=named[id(one)], keep=True)
            self._picture(one)


def _is(one: Node | str, *tags: str) -> bool:
    return isinstance(one, Node) and one.tag in tags


def _all(node: Node, tag: str) -> list[Node]:
    inner = [one for one in node.children if isinstance(one, Node)]
    return [each for one in inner for each in ([one] if one.tag == tag else _all(one, tag))]


def _inline(one: Node | str, named: dict[int, str] | None = None) -> str:
    if isinstance(one, str):
        return SPACES.sub(" ", one)
    if one.tag == "br":
        return "\n"
    if one.tag == "img":
        return (named or {}).get(id(one), "")
    if one.tag == "math":
        return formula_words.told(one).strip()
    words = "".join(_inline(each, named) for each in one.children)
    return {"sup": raised, "sub": lowered}.get(one.tag, str)(words)


def _widths(texts: list[list[str]], size: float, room: float) -> list[float]:
    """Return how wide each column is: as its words need, the widest ones less where they do not all fit."""
    count = max(map(len, texts))
    columns = [[row[place] for row in texts if place < len(row)] for place in range(count)]
    broadest = [max(width(settable(line), size) for text in column for line in text.split("\n")) for column in columns]
    wanted = [max(NARROWEST, 2 * pdf.PAD + 1 + one) for one in broadest]
    share, left, narrow = room / count, room, set()
    while grown := {place for place in range(count) if place not in narrow and wanted[place] <= share}:
        narrow |= grown
        left = room - sum(wanted[place] for place in narrow)
        share = left / max(1, count - len(narrow))
    return [wanted[place] if place in narrow else share for place in range(count)]
