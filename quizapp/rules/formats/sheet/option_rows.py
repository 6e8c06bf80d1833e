"""Tables with a row an option: how they are known, and what flags their right options."""

from collections.abc import Iterable
from itertools import pairwise

from quizapp.rules.formats import parted
from quizapp.rules.formats.drafts import read_truth
from quizapp.rules.formats.sheet.guessing import cell

FLAGS = {"0": "错误", "1": "正确"}
LOOKED_AT = 400  # rows


def are(rows: list[list[str]], columns: dict[int, str]) -> bool:
    """Return whether each option has a row: a column says its letter or that it is right, or its stem comes again."""
    fields = set(columns.values())
    if "options" not in fields or "part" in fields:
        return False
    return not {"right", "letter"}.isdisjoint(fields) or _come_again(rows, columns)


def flagged(rows: list[list[str]], columns: dict[int, str]) -> dict[int, str]:
    """Return the column of answers as one of flags where, beside options in rows of their own, it holds only such."""
    fields = {field: place for place, field in columns.items()}
    if not {"options", "answer", "stem"} <= set(fields) or "right" in fields:
        return {}
    options = [row for row in rows[:LOOKED_AT] if cell(row, fields["options"])]
    texts = [cell(row, fields["answer"]) for row in options]
    is_more = sum(not cell(row, fields["stem"]) for row in options) * 2 > len(options) or _come_again(rows, columns)
    return {fields["answer"]: "right"} if is_more and any(texts) and _are_flags(filter(None, texts)) else {}


def is_flag(text: str) -> bool:
    """Return whether a text says that an option is right."""
    return text.strip() == "1" or read_truth(text) is True


def statement(text: str) -> str:
    """Return what a flag says of a statement, which has no options."""
    return FLAGS.get(text.strip(), text)


def _are_flags(texts: Iterable[str]) -> bool:
    return all(text.strip() in FLAGS or read_truth(text) is not None for text in texts)


def _come_again(rows: list[list[str]], columns: dict[int, str]) -> bool:
    """Return whether most rows have the stem of the one above, and one option that is another."""
    places = [place for place, field in columns.items() if field in ("stem", "options")]
    held = [tuple(cell(row, place) for place in places) for row in rows[:LOOKED_AT]]
    held = [one for one in held if all(one)] if len(places) == 2 else []
    stem = 0 if columns.get(places[0]) == "stem" else 1
    again = sum(one[stem] == other[stem] and one != other for one, other in pairwise(held))
    return again * 2 > len(held) > 3 and all(len(parted.split_options(one[1 - stem])) == 1 for one in held)
