"""Where something stands in a file: a line or paragraph by its number, a row as Sheet!12, file!12 in a container."""

import re
from collections.abc import Callable

from quizapp.rules.words import N_

NUMBER = re.compile(r"(?<!\d)\d+$")
WORD = re.compile(r"\.docx?(?: ›|$)", re.IGNORECASE)
KEY = "key:"  # before the line of an answer key in a file of its own


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


def head(place) -> str:
    """Return the file and the sheet that a place names, as people read them; "" where it names none."""
    return " › ".join(str(place).split("!")[:-1])


def is_paragraph(place, name: str | None) -> bool:
    """Return whether a place in a file of this format, or in one of an archive, is a paragraph of a Word file."""
    return name == "docx" or WORD.search(head(place)) is not None


def is_of_key(place) -> bool:
    """Return whether a place stands in an answer key in a file of its own."""
    return str(place).rpartition("!")[2].startswith(KEY)


def said(first, last, name: str | None) -> tuple[str, str, dict]:
    """Return (file and sheet, sentence, its values) that tell a span of a file in the format of this name.

    The sentence is "" where the place is a whole file.
    """
    numbers = {"first": number(first), "last": number(last)}
    tail = str(first).rpartition("!")[2]
    if not tail.removeprefix(KEY).isdigit():
        return str(first), "", {}
    if is_of_key(first):
        return head(first), N_("Line %(first)s of the answer key"), numbers
    is_one = numbers["first"] == numbers["last"]
    if is_paragraph(first, name):
        return head(first), N_("Paragraph %(first)s") if is_one else N_("Paragraphs %(first)s to %(last)s"), numbers
    return head(first), N_("Line %(first)s") if is_one else N_("Lines %(first)s to %(last)s"), numbers


def in_words(first, last, name: str | None, say: Callable[..., str]) -> str:
    """Return a span as people read it, `say` being what translates; "" where it is nowhere in particular."""
    if not first:
        return ""
    where, message, params = said(first, last, name)
    return " ".join(filter(None, [where, say(message, **params) if message else ""]))
