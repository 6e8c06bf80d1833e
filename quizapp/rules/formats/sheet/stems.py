"""Heads that name a table of questions but not the column of its stems: their texts tell which it is."""

import re

from quizapp.rules.formats import fields
from quizapp.rules.formats.drafts import LETTERS
from quizapp.rules.words import N_

TAKEN = N_(
    "No heading here is known as that of the questions. The column “%(name)s” holds the longest texts and was taken "
    "for them; please look whether it is theirs, and call it 题干 if so."
)
MISSING = N_(
    "These headings name answers or options, but no column is that of the questions, so this sheet was not read. "
    "Please call the column of the questions 题干."
)
FEWEST_NAMES = 3
LONGEST_NAME = 20  # characters
LOOKED_AT = 200  # rows
SHORTEST = 5  # characters of a stem, on the average
SOME = 0.3
ASKS = re.compile(r"[(（]\s*[)）]|_{2,}|[?？]|下列|以下")
SENTENCE = re.compile(r".*[。.？?！!）)]", re.DOTALL)
TELLING = {"answer", "right", "blank", "option"}


def is_head(row: list[str], found: dict[int, str]) -> bool:
    """Return whether a row whose cells name these fields is the head of a table of questions without their stem."""
    held = {field.partition(":")[0].replace("options", "option") for field in found.values()}
    texts = [text for text in row if text.strip()]
    is_short = all(len(fields.plain(text)) <= LONGEST_NAME for place, text in enumerate(row) if place not in found)
    is_named = len(held) >= FEWEST_NAMES and bool(held & TELLING) and 2 * len(found) >= len(texts)
    return "stem" not in held and is_short and is_named


def column(rows: list[list[str]], found: dict[int, str], names: dict[int, str]) -> int | None:
    """Return the column of the stems below such a head: of those without a known name the one of the longest texts."""
    rows = [cells for row in rows[:LOOKED_AT] if any(cells := [text.strip() for text in row])]
    answered = [row for row in rows if _holds(row, found, "answer")] or rows
    by_options = "options" in found.values() and not {"right", "letter"}.isdisjoint(found.values())
    is_sure = any(field.partition(":")[0] in ("option", "options", "right", "kind") for field in found.values())
    best, weight = None, (False, False, 0.0)
    for place in range(max(map(len, rows), default=0)):
        texts = [row[place] for row in rows if place < len(row) and row[place]] if place not in found else []
        if 2 * len(texts) < len(answered) or not texts:
            continue
        asks, length = _share(texts, ASKS.search) >= SOME, sum(map(len, texts)) / len(texts)
        is_other = 2 * len(set(texts)) > len(texts) or by_options  # stems are not the same again and again
        is_stem = asks or is_sure or 2 * _share(texts, SENTENCE.fullmatch) >= 1
        if is_other and is_stem and (asks or length >= SHORTEST):
            best, weight = max((best, weight), (place, (place in names, asks, length)), key=lambda one: one[1])
    return best


def name_of(place: int, names: dict[int, str]) -> str:
    """Return the name of a column, its letter where it has none."""
    return names.get(place) or (LETTERS[place] if place < len(LETTERS) else str(place + 1))


def _holds(row: list[str], found: dict[int, str], wanted: str) -> bool:
    return any(field == wanted and place < len(row) and row[place] for place, field in found.items())


def _share(texts: list[str], test) -> float:
    return sum(bool(test(text)) for text in texts) / len(texts)
