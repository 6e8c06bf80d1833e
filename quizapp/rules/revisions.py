"""What changed between two wordings of a text, told in pieces that a person can read."""

import difflib
import re

PIECE = re.compile(r"⟦图[0-9a-f-]+⟧|[A-Za-z0-9_.]+|\s+|.", re.DOTALL)  # a picture's marker is whole
RULER = re.compile(r"(?=.*\|)(?=.*-)[|:\- ]+")  # the line below a table's head


def readable(text: str) -> str:
    """Return a text whose tables are lines of cells, without their bars."""
    found: list[str] = []
    in_table = False
    for line in text.split("\n"):
        if found and not in_table and RULER.fullmatch(line.strip()):
            found[-1], in_table = _cells(found[-1]), True
            continue
        in_table = in_table and "|" in line
        found.append(_cells(line) if in_table else line)
    return "\n".join(found)


def _cells(line: str) -> str:
    return " · ".join(one.strip() for one in line.strip().strip("|").split("|"))


def says_else(before: str, after: str) -> bool:
    """Whether a text says something else than before: other spaces and line breaks say nothing."""
    return "".join(before.split()) != "".join(after.split())


def compare(before: str, after: str) -> list[tuple[str, str]]:
    """Return pieces ("same" | "gone" | "new", text) that make up both: without the new ones, and without the gone.

    Latin words and figures are taken whole, Chinese by its characters; single characters that stay between two
    changes are told with them, since a text of shreds cannot be read.
    """
    old, new = PIECE.findall(before), PIECE.findall(after)
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found: list[tuple[str, str]] = []
    gone, fresh = "", ""
    for place, (what, a, b, c, d) in enumerate(steps):
        is_shred = what == "equal" and b - a == 1 and 0 < place < len(steps) - 1
        if what == "equal" and not is_shred:
            found += _told(gone, fresh) + [("same", "".join(old[a:b]))]
            gone, fresh = "", ""
        else:
            gone, fresh = gone + "".join(old[a:b]), fresh + "".join(new[c:d])
    return found + _told(gone, fresh)


def _told(gone: str, fresh: str) -> list[tuple[str, str]]:
    return [(what, text) for what, text in (("gone", gone), ("new", fresh)) if text]
