"""What changed between two wordings of a text, told in pieces that a person can read."""

import difflib
import re

PIECE = re.compile(r"[A-Za-z0-9_.]+|\s+|.", re.DOTALL)


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
