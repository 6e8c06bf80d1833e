"""The habit of a file, found from evidence: how its questions are numbered, and whether lines hold many of them."""

import re
from collections import Counter
from dataclasses import asdict, dataclass, field

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import headings, keys, marks, vocabulary

SMALL = re.compile(r"[a-h]\s?[.．、:：)）]")
SMALL_B = re.compile(r"\sb\s?[.．、:：)）]")
LONGEST_KEY = 40  # characters of a row that may be an answer of a key: its number says nothing of the questions
MOST_OF_KEY = 2000  # characters that are looked at of a row that may be a key
FEW_ROWS = 20
WEAK = ("1 ", "1题", "1:", "1-", "一、", "(一)", "*", "(1)", "①")  # also what points, years and headings begin with
MOST = 0.9  # of the rows that begin with a figure and a point number on within their chapter: 1.1, 1.2, 2.1
FEWEST = 3  # numbers in a row before they count as a habit against a stronger one


@dataclass
class Habit:
    """What was found; a document shows it, so that a trainer can see why lines were read as they were."""

    numbers: list[str] = field(default_factory=list)  # keys of marks.NUMBERS, the commonest first
    is_run_on: bool = False  # questions follow each other within a line
    options: str = ""  # "A." or "A" without a sign
    answers: Counter = field(default_factory=Counter)  # how often an answer stands in a line, bracket, key or stem
    is_dashed: bool = False  # the answer stands behind a dash at the end of the line: …（）。-D:灯
    is_lower: bool = False  # options bear small letters
    semicolon: str = ""  # what ； means in the answer of a blank: "next" blank or "or"
    is_semicolon_chosen: bool = False  # by a person, not found
    kind: str = ""  # of questions that do not say it themselves, where a person chose one

    def take_wishes(self, options: dict) -> None:
        """Take what a person knows better than the evidence: what ； means, and the kind of unmarked questions."""
        if options.get("semicolon") in ("next", "or"):
            self.semicolon, self.is_semicolon_chosen = options["semicolon"], True
        self.kind = options.get("kind") or ""

    def as_document(self) -> dict:
        """Return the habit as plain values."""
        return {**asdict(self), "answers": dict(self.answers.most_common())}


def find(rows: list[Row]) -> Habit:
    """Return the numbering of a file and whether its lines run on; the rest is found while it is read."""
    runs = {name: _chain(rows, name) for name in marks.NUMBERS}
    below = sum((option := marks.read_option(row.text)) is not None and option[0] == "A" for row in rows)
    if FEWEST <= runs["1.1"] >= MOST * _count(rows, "1."):
        runs = dict.fromkeys(runs, 0) | {"1.1": runs["1.1"]}
    else:
        runs["1.1"] = 0
    if below < runs["①"] or any(run for name, run in runs.items() if name not in ("①", "一、", "(一)")):
        runs["①"] = 0
    best = max(runs.values())
    least = FEWEST if len(rows) > FEW_ROWS else 1
    chosen = [name for name in sorted(runs, key=runs.get, reverse=True) if _counts(name, runs[name], best, least)]
    inside = _chain_inside(rows)
    is_run_on = inside >= FEWEST and inside >= 1.5 * best and inside >= below
    dashed = sum(bool(marks.DASHED.search(row.text)) for row in rows)
    return Habit(
        numbers=["1."] if is_run_on else chosen,
        is_run_on=is_run_on,
        is_dashed=dashed >= FEWEST,
        is_lower=_has_lower_options(rows),
    )


def _has_lower_options(rows: list[Row]) -> bool:
    """Return whether rows begin with a. and b. one after the other, and none with A."""
    starts = [found[0] if (found := SMALL.match(row.text)) else "" for row in rows]
    inside = sum(start[:1] == "a" and bool(SMALL_B.search(row.text)) for start, row in zip(starts, rows, strict=True))
    below = sum(first[:1] == "a" and second[:1] == "b" for first, second in zip(starts, starts[1:], strict=False))
    return inside + below > 0 and not any((option := marks.read_option(row.text)) and option[0] == "A" for row in rows)


def _counts(name: str, run: int, best: int, least: int) -> bool:
    if run == 0 or name in WEAK and run < max(best, least):
        return False
    return run == best or run >= FEWEST and run * 5 >= best


def _count(rows: list[Row], name: str) -> int:
    return sum(bool(marks.read_number(row.text, name)) and not _is_no_question(row.text) for row in rows)


def _chain(rows: list[Row], name: str) -> int:
    """Return how many lines number on from the one before, or begin again at 1."""
    last, count, chapter = 0, 0, 0
    for row in rows:
        found = marks.read_number(marks.without_lead(row.text)[0], name)
        if not found or _is_no_question(row.text):
            continue
        number = found[0]
        if name == "1.1":
            before, chapter = (chapter, last), int(re.match(r"\d+", marks.without_lead(row.text)[0])[0])
            count += (chapter, number) in ((before[0], before[1] + 1), (before[0] + 1, 1), (1, 1))
            last = number
        elif number is None:
            count += 1
        else:
            count += number in (last + 1, 1)
            last = number
    return count


def _is_no_question(text: str) -> bool:
    """Return whether a row that bears a number is one of a key, or a heading."""
    is_key = len(text) <= LONGEST_KEY and bool(keys.read_row(text))
    is_counted = text.lstrip("(（")[:1] in tuple(vocabulary.DIGITS) or text[:1].isdigit()
    return is_key or is_counted and bool(headings.read_section(text))


def _chain_inside(rows: list[Row]) -> int:
    """Return how far 1, 2, 3 … runs through the text wherever in a line the numbers stand."""
    number, before = 1, 0
    for row in rows:
        if keys.read_row(row.text[:MOST_OF_KEY]):
            continue
        if marks.starts_anew(row.text, number):
            number, before = 1, before + number - 1
        place = marks.number_inside(row.text, number)
        while place >= 0:
            number += 1
            place = marks.number_inside(row.text, number, place + 1)
    return before + number - 1
