"""The block of `name: value` lines between two `---` at the head of a file."""

import re

from quizapp.rules.formats.lines import Account
from quizapp.rules.words import N_

FENCE = re.compile(r"-{3,}")
PAIR = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]*)\s*[:：]\s*(?P<value>.*)")
QUOTED = re.compile(r"""(["'])(?P<value>.*)\1""")


def read(lines: list[str], account: Account) -> tuple[dict, int]:
    """Return (names and values, how many lines the block takes); ({}, 0) where there is none.

    Values are texts; quotes around one are taken off. Lines that are no pair become problems.
    """
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None or not FENCE.fullmatch(lines[first].strip()):
        return {}, 0
    last = _end(lines, first)
    if last is None:
        return {}, 0
    values: dict[str, str] = {}
    for number in range(first + 1, last + 2):
        line = lines[number - 1].strip()
        if not line:
            continue
        pair = PAIR.fullmatch(line)
        if pair or FENCE.fullmatch(line) or line.startswith("#"):
            account.ignore(number, "front-matter")
        else:
            account.problem(
                "front-matter", N_("This line of the head is not of the form “name: value”."), number, "warning"
            )
        if pair and pair["name"] in values:
            account.problem("front-matter-twice", N_("“%(name)s” is given twice."), number, name=pair["name"])
        if pair:
            quoted = QUOTED.fullmatch(pair["value"])
            values.setdefault(pair["name"], quoted["value"] if quoted else pair["value"])
    return values, last + 1


def _end(lines: list[str], first: int) -> int | None:
    """Return the index of the closing line; None where the first is just a ruler of an ordinary text."""
    for index in range(first + 1, len(lines)):
        line = lines[index].strip()
        if FENCE.fullmatch(line):
            return index
        if line and not PAIR.match(line) and not lines[index].startswith((" ", "\t", "-", "#")):
            return None
    return None
