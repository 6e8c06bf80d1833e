"""Where something stands in a file: a line or paragraph by its number, a row as Sheet!12, file!12 in a container."""

import re

from quizapp.rules.words import N_

NUMBER = re.compile(r"\d+$")


def number(place) -> int:
    """Return the line, paragraph or row of a place; 0 where it names none."""
    found = NUMBER.search(str(place))
    return int(found[0]) if found else 0


def is_next(place, before) -> bool:
    """Return whether a place follows another at once, in the same sheet."""
    return number(place) == number(before) + 1 and NUMBER.sub("", str(place)) == NUMBER.sub("", str(before))


def between(first, last) -> list:
    """Return every place from one to another in the same sheet, as they are named."""
    head, is_plain = NUMBER.sub("", str(first)), isinstance(first, int)
    numbers = range(number(first), number(last) + 1)
    return list(numbers) if is_plain else [f"{head}{one}" for one in numbers]


def count(span: dict) -> int:
    """Return how many lines a span from one place to another holds."""
    return number(span["to"]) - number(span["from"]) + 1


def said(first, last, name: str | None) -> tuple[str, dict]:
    """Return the sentence and its values that tell a span of a file in the format of this name.

    Lines and paragraphs are counted in words; a place that bears its sheet or file is told as it is.
    """
    first, last = str(first), str(last)
    if not first.isdigit():
        return "%(place)s", {"place": first if first == last else f"{first} – {last}"}
    if name == "docx" and first == last:
        return N_("Paragraph %(number)s"), {"number": first}
    if name == "docx":
        return N_("Paragraphs %(first)s to %(last)s"), {"first": first, "last": last}
    if first == last:
        return N_("Line %(line)s"), {"line": first}
    return N_("Lines %(first)s to %(last)s"), {"first": first, "last": last}
