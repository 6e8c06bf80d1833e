"""A saved web page -> the lines that a person sees on it, each with its line in the source."""

import html
import re

SILENT_NAMES = "script style head noscript template svg select title textarea iframe audio video"
INLINE_NAMES = (
    "a abbr b bdi bdo big cite code em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr o:p "
    "img input label nobr"
)
SILENT = set(SILENT_NAMES.split())
INLINE = set(INLINE_NAMES.split())
NEVER_CLOSED = {
    "br",
    "hr",
    "img",
    "input",
    "meta",
    "link",
    "wbr",
    "col",
    "area",
    "base",
    "embed",
    "source",
    "track",
    "param",
}
TAG = re.compile(r"""<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]*)(?P<rest>(?:[^<>"']|"[^"<]*"|'[^'<]*')*)>""")
OTHER = re.compile(r"<[!?/][^<>]*>")  # declarations, and ends of nothing
HIDDEN = re.compile(
    r"""style\s*=\s*["'][^"'<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden)|\shidden(?=[\s>=/]|$)""", re.IGNORECASE
)

LETTERED_LIST = re.compile(r"""type\s*=\s*["']?[Aa]\b|(?:upper|lower)-(?:alpha|latin)""")
MARKED = re.compile(r"\s*[(（【\[]?(?:\d{1,4}|[A-Za-zＡ-Ｚ])\s?[.．、:：)）】\]]")
RAISED = re.compile(r"<sup\b[^<>]*>([-+−]?\d{1,3})</sup>", re.IGNORECASE)
EXPONENTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
IN_CELL = {"br", "p", "div", "li"}  # what parts the lines of a cell


def lines(text: str) -> list[tuple[int, str]]:
    """Return (line of the source, text) of every line on the page that holds anything; never raises."""
    return [(line, shown) for line, shown, _ in seen(text) if shown]


def seen(text: str) -> list[tuple[int, str, int]]:
    """Return (line of the source, text, pictures in it) of every line on the page that holds any."""
    page, place = _Page(), 0
    text = RAISED.sub(lambda found: raised(found[1]), text)
    while place < len(text):
        start = text.find("<", place)
        page.words_at(text[place : start if start >= 0 else None])
        if start < 0:
            break
        place = _take_mark(page, text, start)
    page.end_line()
    return page.found


def raised(figures: str) -> str:
    """Return figures as an exponent, so that 10² does not become 102."""
    return figures.translate(EXPONENTS)


def _take_mark(page: "_Page", text: str, start: int) -> int:
    """Take what begins with < and return where it ends; one that is no mark is a sign like any other."""
    if text.startswith("<!--", start):
        end = text.find("-->", start)
        end = len(text) if end < 0 else end + 3
    else:
        found = TAG.match(text, start) or OTHER.match(text, start)
        if not found:
            page.words_at("<")
            return start + 1
        end = found.end()
        if found.re is TAG:
            page.tag(found["name"].lower(), bool(found["close"]), found["rest"])
    page.line += text.count("\n", start, end)
    return end


class _Page:
    """Collects words; block elements end lines, silent and hidden ones hold none."""

    def __init__(self):
        self.found: list[tuple[int, str, int]] = []
        self.silent: list[str] = []  # the silent element that is open, and those within it
        self.line = 1
        self.words, self.first, self.pictures, self.cells = "", 0, 0, 0
        self.lists: list[list] = []  # [what counts, how far] of each list that is open
        self.label = ""  # of the item that begins on this line
        self.has_head = False  # the table that is open names its columns

    def tag(self, name: str, is_end: bool, rest: str) -> None:
        """Take the beginning or the end of an element."""
        if is_end:
            self.end_tag(name)
        elif self.silent:
            if name not in NEVER_CLOSED and not rest.endswith("/"):
                self.silent.append(name)
        else:
            self.start_tag(name, rest)

    def start_tag(self, name: str, rest: str) -> None:
        """Open an element that is not within a silent one."""
        if name in ("td", "th"):
            self.words += "\t" if self.cells else ""
            self.cells += 1
            self.has_head = self.has_head or name == "th"
        elif name in IN_CELL and self.cells and self.has_head:
            self.words += "\n" if self.words[-1:] not in ("", "\t", "\n") else ""
        elif name not in INLINE:
            self.end_line()
        self.count(name, rest)
        is_hidden = name in SILENT or bool(HIDDEN.search(rest))
        if is_hidden and name not in NEVER_CLOSED and not rest.endswith("/"):
            self.silent.append(name)
        if name == "img" and not is_hidden:
            self.pictures += 1
            self.first = self.first or self.line

    def count(self, name: str, rest: str) -> None:
        """Keep what a browser writes before the items of lists: 1. 2. or A. B."""
        if name in ("ol", "ul"):
            form = LETTERED_LIST.search(rest)
            self.lists.append([("A" if form else "1") if name == "ol" else "", 0])
        elif name == "li" and self.lists and self.lists[-1][0]:
            form, before = self.lists[-1]
            self.lists[-1][1] = before + 1
            self.label = f"{chr(ord('A') + before % 26) if form == 'A' else before + 1}. "
        elif name == "table":
            self.has_head = False

    def end_tag(self, name: str) -> None:
        """Close an element, and whatever within it was left open."""
        if name in ("ol", "ul") and self.lists and not self.silent:
            self.lists.pop()
        if name in self.silent:
            del self.silent[len(self.silent) - 1 - self.silent[::-1].index(name) :]
        elif not self.silent and name in IN_CELL and self.cells and self.has_head:
            return
        elif not self.silent and name not in INLINE and name not in ("td", "th"):
            self.end_line()

    def words_at(self, data: str) -> None:
        """Add words to the line; where they break in the source says nothing."""
        if not self.silent and data:
            if data.strip() and not self.first:
                self.first = self.line + data[: len(data) - len(data.lstrip())].count("\n")
            self.words += re.sub(r"[ \t\r\n\f\v]+", " ", html.unescape(data))
        self.line += data.count("\n")

    def end_line(self) -> None:
        """End the line that is open."""
        if self.words.strip() or self.pictures:
            words = self.words.strip(" ")
            label = "" if not words or words.isdigit() or MARKED.match(words) else self.label
            self.found.append((self.first, label + words, self.pictures))
            self.label = ""
        self.words, self.first, self.pictures, self.cells = "", 0, 0, 0
