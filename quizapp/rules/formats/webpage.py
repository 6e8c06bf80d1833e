"""A saved web page -> the lines that a person sees on it, each with its line in the source."""

import html
import re

from quizapp.rules.formats import mathml, page_words

SILENT_NAMES = "script style head noscript template svg select title textarea iframe audio video"
INLINE_NAMES = (
    "a abbr b bdi bdo big cite code del em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr "
    "o:p img input label nobr"
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

CLASS = re.compile(r"""\bclass\s*=\s*(["'])(?P<names>[^"'<>]{1,300})\1""", re.IGNORECASE)
COLOURED = re.compile(
    r"""\bcolor\s*[:=]\s*["']?\s*(?:red|green|#f00|#ff0000|#0f0|#00ff00|#008000|rgb\(\s*255\s*,\s*0\s*,\s*0\s*\))(?![-\w])""",
    re.IGNORECASE,
)
OF_RIGHT, OF_WRONG = {"right", "correct", "true", "success"}, {"wrong", "error", "false", "incorrect", "not"}
TICKED = re.compile(r"\s(?:checked|selected)(?=[\s=/]|$)", re.IGNORECASE)
CHOICE = re.compile(r"""\btype\s*=\s*["']?(?:radio|checkbox)\b""", re.IGNORECASE)
GROUP = re.compile(r"""\bname\s*=\s*["']?(?P<name>[^"'\s<>]{1,100})""", re.IGNORECASE)
TOLD = r"""["']?\s*(?P<told>[A-Ha-h](?:[,，]?[A-Ha-h]){0,7}|对|错|正确|错误|true|false)\s*(?:["']|(?=[\s/]|$))"""
DATA = re.compile(rf"\bdata-(?:[a-z]{{1,20}}-)?(?:answer|right|correct|key)\s*=\s*{TOLD}", re.IGNORECASE)
HELD = re.compile(rf"\bvalue\s*=\s*{TOLD}", re.IGNORECASE)
# What a page tells by its looks: named right, ticked, coloured, bold. Private signs, nobody's characters.
NAMED_SIGN, TICKED_SIGN, COLOURED_SIGN, BOLD_SIGN = SIGNS = "\ue001\ue002\ue003\ue000"
ONE_OPTION = re.compile(r"(?:^|\s)[(（]?[A-HＡ-Ｈ]\s?[.．、:：)）]")
LETTERED_LIST = re.compile(r"""type\s*=\s*["']?[Aa]\b|(?:upper|lower)-(?:alpha|latin)""")
MARKED = re.compile(r"\s*[(（【\[]?(?:\d{1,4}|[A-Za-zＡ-Ｚ])\s?[.．、:：)）】\]]")
ANSWERED = re.compile(
    r"\s*[(（【\[]?(?:正确|参考|标准)?答案[)）】\]]?\s?[:：]?\s?[A-Ha-h](?:[\s,，、]?[A-Ha-h]){0,7}\s*"
)
ASKED = re.compile(r"\s*[(（【\[第]?\d{1,4}\s?[.．、:：)）】\]题]")
MOST_ITEMS = 8
OWN_NUMBER = re.compile(r"\d{1,2}\. ")
IN_CELL = {"br", "p", "div", "li"}  # what parts the lines of a cell


def lines(text: str) -> list[tuple[int, str]]:
    """Return (line of the source, text) of every line on the page that holds anything; never raises."""
    return [(line, shown) for line, shown, _ in seen(text) if shown]


def seen(text: str, is_opened: bool = False, struck: list | None = None) -> list[tuple[int, str, int]]:
    """Return (line of the source, text, pictures in it) of every line on the page that holds any.

    `is_opened` shows what the page hides, the answers in its attributes, and by one of SIGNS what it marks. A list
    `struck` takes (line, words, whether they stay) of what is struck out, which then is left out but for options.
    """
    page, place = _Page(is_opened, struck), 0
    text = page_words.with_shifts(mathml.in_html(text))
    while place < len(text):
        start = text.find("<", place)
        page.words_at(text[place : start if start >= 0 else None])
        if start < 0:
            break
        place = _take_mark(page, text, start)
    page.end_line()
    return page.found


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


def _sign(name: str, rest: str) -> str:
    """Return the signs of what an element tells by its looks."""
    found = CLASS.search(rest)
    words = set(re.split(r"[\s_-]+", found["names"].lower())) if found else set()
    is_named = bool(words & OF_RIGHT) and not words & OF_WRONG
    is_bold = name in ("b", "strong")
    told = (is_named, bool(CHOICE.search(rest) and TICKED.search(rest)), bool(COLOURED.search(rest)), is_bold)
    return "".join(sign for sign, is_told in zip(SIGNS, told, strict=True) if is_told)


def _signs(text: str) -> tuple[str, str]:
    """Return (signs, words): those of a line that is one option, or none, go before it; else they stay in it."""
    signs = "".join(sign for sign in SIGNS if sign in text)
    bare = without_signs(text) if signs else text
    return (signs, bare) if signs and len(ONE_OPTION.findall(bare)) < 2 or not bare.strip() else ("", text)


def without_signs(text: str) -> str:
    """Return a text without the signs of its looks."""
    return text.translate(dict.fromkeys(map(ord, SIGNS)))


class _Page:
    """Collects words; block elements end lines, silent and hidden ones hold none."""

    def __init__(self, is_opened: bool = False, struck: list | None = None):
        self.is_opened, self.struck = is_opened, struck
        self.summary, self.folded = -1, ""  # the first line of a <summary>; the label of what it folds away
        self.told: list[list] = []  # [name, how many within each other, answer] of open elements that tell one
        self.choice = ("", -1, -1)  # the group of the last button, how far its options count, and its line on the page
        self.found: list[tuple[int, str, int]] = []
        self.silent: list[str] = []  # the silent element that is open, and those within it
        self.line = 1
        self.words, self.first, self.pictures, self.cells = "", 0, 0, 0
        self.lists: list[list] = []  # [what counts, how far, first line] of each list that is open
        self.items: tuple[int, int] = (0, 0)  # the first line of the list that was closed last, and the one behind it
        self.label_at, self.has_button = -1, False  # where in this line a <label> began; whether a button began it
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
        elif name not in INLINE or self.begins_option(name, rest):
            self.end_line()
        self.count(name, rest)
        if self.is_opened:
            self.open(name, rest)
        is_hidden = name in SILENT or not self.is_opened and bool(HIDDEN.search(rest))
        if is_hidden and name not in NEVER_CLOSED and not rest.endswith("/"):
            self.silent.append(name)
        if name == "img" and not is_hidden:
            self.pictures += 1
            self.first = self.first or self.line

    def count(self, name: str, rest: str) -> None:
        """Keep what a browser writes before the items of lists: 1. 2. or A. B."""
        if name in ("ol", "ul"):
            form = LETTERED_LIST.search(rest)
            self.lists.append([("A" if form else "1") if name == "ol" else "", 0, len(self.found)])
        elif name == "li" and self.lists:
            form, before, _ = self.lists[-1]
            self.lists[-1][1] = before + 1
            if form:
                self.label = f"{chr(ord('A') + before % 26) if form == 'A' else before + 1}. "
        elif name == "table":
            self.has_head = False
        elif name == "input" and CHOICE.search(rest):
            self.button(rest)
        elif name == "input":
            self.words += page_words.written(rest, self.is_opened)
        elif name == "summary":
            self.summary = len(self.found)
        elif name in page_words.STRUCK and self.struck is not None:
            self.words += page_words.OPENS

    def end_summary(self) -> None:
        """Leave out a summary that only says that it folds an answer away, and label what it does."""
        words = "".join(words for _, words, _ in self.found[self.summary :]) if self.summary >= 0 else ""
        if words and page_words.FOLDS.fullmatch(words):
            del self.found[self.summary :]
            self.folded = page_words.label_of_fold(words)
        self.summary = -1

    def begins_option(self, name: str, rest: str) -> bool:
        """Return whether a button begins an option beside others on one line: it is the first in its label."""
        if name == "label":
            self.label_at = len(self.words)
        if name != "input" or not CHOICE.search(rest) or self.cells or not self.words.strip():
            return False
        return self.has_button or self.label_at >= 0 and not self.words[self.label_at :].strip()

    def button(self, rest: str) -> None:
        """Letter the option behind a button: it is the next of its group where it stands on the next line."""
        self.has_button = not self.words.strip()
        found = GROUP.search(rest)
        group, (before, count, line) = found["name"] if found else "", self.choice
        is_next = group == before and len(self.found) - line == 1 and count < 25
        self.choice = (group, count + 1 if is_next else 0, len(self.found))
        self.label = self.label or f"{chr(ord('A') + self.choice[1])}. "

    def open(self, name: str, rest: str) -> None:
        """Show what an element tells by its looks and its attributes."""
        for one in self.told:
            one[1] += one[0] == name
        found = DATA.search(rest) or name == "input" and "answer" in rest.lower() and HELD.search(rest)
        if found:
            self.told.append([name, 1, found["told"].upper()])
        self.words += _sign(name, rest)
        if name in NEVER_CLOSED:
            self.close(name)

    def close(self, name: str) -> None:
        """Put the answers that an element told behind it."""
        for one in self.told:
            one[1] -= one[0] == name
        for _, count, answer in self.told:
            if not count:
                self.end_line()
                self.words_at(f"答案：{answer}")
                self.end_line()
        self.told = [one for one in self.told if one[1]]

    def end_tag(self, name: str) -> None:
        """Close an element, and whatever within it was left open."""
        if name in ("ol", "ul") and self.lists and not self.silent:
            self.close_list(*self.lists.pop()[1:])
        if self.told and not self.silent:
            self.close(name)
        if name in self.silent:
            del self.silent[len(self.silent) - 1 - self.silent[::-1].index(name) :]
        elif not self.silent and name in IN_CELL and self.cells and self.has_head:
            return
        elif not self.silent and name not in INLINE and name not in ("td", "th"):
            self.end_line()
            if name == "summary":
                self.end_summary()
            self.folded = "" if name == "details" else self.folded
        elif not self.silent and name in page_words.STRUCK and page_words.OPENS in self.words:
            self.words += page_words.CLOSES

    def close_list(self, count: int, first: int) -> None:
        """Keep which lines were the items of a list below a question, each a line."""
        self.end_line()
        is_asked = first > 0 and ASKED.match(self.found[first - 1][1])
        is_whole = 2 <= count <= MOST_ITEMS and count == len(self.found) - first
        self.items = (first, len(self.found)) if is_asked and is_whole else (0, 0)

    def letter_items(self) -> None:
        """Letter the items of the list right above an answer in letters."""
        first, behind = self.items
        bare = [OWN_NUMBER.sub("", words, count=1) for _, words, _ in self.found[first:behind]]
        if behind == len(self.found) and bare and not any(map(MARKED.match, bare)):
            for place, words in enumerate(bare):
                line, _, pictures = self.found[first + place]
                self.found[first + place] = (line, f"{chr(ord('A') + place)}. {words}", pictures)

    def words_at(self, data: str) -> None:
        """Add words to the line; where they break in the source says nothing."""
        if not self.silent and data:
            if data.strip() and not self.first:
                self.first = self.line + data[: len(data) - len(data.lstrip())].count("\n")
            self.words += re.sub(r"[ \t\r\n\f\v]+", " ", html.unescape(data))
        self.line += data.count("\n")

    def end_line(self) -> None:
        """End the line that is open."""
        self.words = page_words.with_blanks(self.words)
        if self.struck is not None:
            self.words = page_words.without_struck(self.words, self.first, self.struck)
        signs, words = _signs(self.words) if self.is_opened else ("", self.words)
        if page_words.is_idle(words.strip(), bool(self.folded)) and self.summary < 0:
            words = ""
        if words.strip() or self.pictures:
            words = words.strip(" ")
            if ANSWERED.fullmatch(words):
                self.letter_items()
            label = "" if not words or words.isdigit() or MARKED.match(words) else self.label
            label = self.folded + label if words and not page_words.LABELLED.match(words) else label
            self.found.append((self.first, signs + label + words, self.pictures))
            self.label, self.folded = "", "" if words else self.folded
        self.words, self.first, self.pictures, self.cells = "", 0, 0, 0
        self.label_at, self.has_button = -1, False
