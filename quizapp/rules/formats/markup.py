"""Words out of XML elements that hold text, or HTML as text; which lines of a file its questions take."""

import itertools
import re
from html import escape

from quizapp.rules.formats import webpage
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import BREAK, Account

SILENT = {"file", "script", "style"}
TABLE = re.compile(r"<table\b[^<>]*>(?P<rows>(?:[^<]|<(?!/?table\b))*)</table\s*>", re.IGNORECASE)  # none within it
ROW = re.compile(r"<tr\b[^<>]*>", re.IGNORECASE)
CELL = re.compile(r"<t[dh]\b(?P<rest>[^<>]*)>", re.IGNORECASE)
SPAN = re.compile(r"""\b(col|row)span\s*=\s*["']?(\d{1,2})\b""", re.IGNORECASE)
BAR = re.compile(r"\$[^$\n]+\$|\|")  # one within a formula parts no cells
MOST_CELLS = 2_000
TEX = r"(\s?[^\s$][^$\n]{0,400}?)"  # as Moodle writes it, between \( and \) or $$ and $$
IN_TEX = re.compile(rf" ?(?:(?<!\\)\\\({TEX}\\\)|(?<!\\)\\\[{TEX}\\\]|(?<!\$)\$\${TEX}\$\$(?!\$)) ?")
MADE = re.compile(r"(?:^\|.*\|$\n?){2,}", re.MULTILINE)


def shown(html: str) -> str:
    """Return the words of a text that may hold HTML, a line for each that a page would show, tables in Markdown."""
    return IN_TEX.sub(_formula, _shown(html)).strip()


def _formula(found: re.Match) -> str:
    return f" ${next(filter(None, found.groups())).strip()}$ "


def _shown(html: str) -> str:
    if "<" not in html and "&" not in html:
        return html.strip()
    return _with_tables(TABLE.sub(_table, html)) if TABLE.search(html) else _lines(html)


def _lines(html: str) -> str:
    return "\n".join(words.replace("\t", " ") for _, words in webpage.lines(html))


def _with_tables(html: str) -> str:
    return MADE.sub(lambda found: f"\n{found[0].strip()}\n\n", _lines(html) + "\n").strip()


def _table(found: re.Match) -> str:
    """Return HTML whose lines are those of a table in Markdown; one that only lays out a page stays as it is."""
    rows = []
    for row in ROW.split(found["rows"])[1:]:
        _, *parts = CELL.split(row)
        spans = [{name.lower(): int(count) for name, count in SPAN.findall(rest)} for rest in parts[::2]]
        rows.append([(_lines(inside), span.get("col", 1), span.get("row", 1))
                     for inside, span in zip(parts[1::2], spans, strict=True)])  # fmt: skip
    made = table(rows)
    return "".join(f"<div>{escape(line, quote=False)}</div>" for line in made.split("\n")) if made else found[0]


def table(rows: list[list[tuple[str, int, int]]]) -> str:
    """Return rows of (words, columns and rows that they take) as a table in Markdown.

    It is "" for fewer than two by two, and for more than anybody puts into a question.
    """
    if sum(across * down for row in rows for _, across, down in row) > MOST_CELLS:
        return ""
    grid: list[dict[int, str]] = [{} for _ in rows]
    for place, row in enumerate(rows):
        for words, across, down in row:
            column = next(one for one in itertools.count() if one not in grid[place])
            for below in range(max(down, 1)):
                for beside in range(max(across, 1)) if place + below < len(grid) else ():
                    grid[place + below][column + beside] = "" if below or beside else words
    width = max((len(one) for one in grid), default=0)
    if width < 2 or len(grid) < 2:
        return ""
    lines = [[_cell(row.get(column, "")) for column in range(width)] for row in grid]
    return "\n".join(f"| {' | '.join(line)} |" for line in [lines[0], ["---"] * width, *lines[1:]])


def _cell(words: str) -> str:
    return BAR.sub(lambda found: found[0] if len(found[0]) > 1 else "\\|", words).replace("\n", "<br>")


def has_picture(html: str) -> bool:
    """Return whether a text of HTML shows a picture or plays a sound."""
    return any(sign in html for sign in ("<img", "<audio", "<video", "<object", "@@PLUGINFILE@@"))


def span(element) -> tuple[int, int]:
    """Return the first and the last line of an element that was read with its lines."""
    return int(element.get("{line}", 1)), int(element.get("{end}", element.get("{line}", 1)))


def account_for(text: str, questions: list[Draft], account: Account) -> None:
    """Ignore the lines of a file that are in no question and the place of no problem: its structure."""
    inside = {number for one in questions for number in range(one.first, one.last + 1)}
    placed = {one["place"] for one in account.problems}
    for number, line in enumerate(BREAK.split(text), 1):
        if line.strip() and number not in inside and str(number) not in placed and number not in account.ignored:
            account.ignore(number, "structure")
