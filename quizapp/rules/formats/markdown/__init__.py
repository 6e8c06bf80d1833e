"""The house format of a question bank: Markdown that a trainer can write by hand, and that comes back the same."""

import re

from quizapp.rules.formats.markdown.reading import KIND_HEADINGS, read
from quizapp.rules.formats.markdown.writing import write
from quizapp.rules.words import N_

__all__ = ["NAME", "likeness", "read", "write"]

NAME = N_("House format (Markdown)")
KIND_HEADING = re.compile(rf"^##\s*(?:{'|'.join(KIND_HEADINGS)})\s*$", re.MULTILINE)
HEAD = re.compile(r"\A\s*---\s*$.*?^\s*---\s*$", re.MULTILINE | re.DOTALL)


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is in this format."""
    if KIND_HEADING.search(text):
        return 1.0
    return 0.5 if HEAD.search(text[:2000]) or re.search(r"^##? ", text, re.MULTILINE) else 0.1
