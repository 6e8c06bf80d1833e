"""The house format of a question bank: Markdown that a trainer can write by hand, and that comes back the same."""

import re

from quizapp.rules.formats.markdown.reading import KIND_HEADINGS, questions_in, read, read_parts
from quizapp.rules.formats.markdown.writing import answered, unheld, write
from quizapp.rules.words import N_

__all__ = ["NAME", "answered", "likeness", "questions_in", "read", "read_parts", "unheld", "write"]

NAME = N_("House format (Markdown)")
KIND_HEADING = re.compile(rf"^##\s*(?:{'|'.join(KIND_HEADINGS)})\s*$", re.MULTILINE)
OWN = re.compile(r"^[^\S\n]*答案[：:]", re.MULTILINE)
FOREIGN = re.compile(
    r"^[^\S\n]*(?:[-*]\s{1,9}[A-Z][.、]|[-*]?\s{0,9}\*\*答案|[【\[]答案|正确答案|参考答案)", re.MULTILINE
)
NUMBERED = re.compile(r"^(#{2,6}\s+)?\d{1,4}\s?[.．、]\s?\D", re.MULTILINE)
HEAD = re.compile(r"\A\s*---\s*$.*?^\s*---\s*$", re.MULTILINE | re.DOTALL)


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is in this format: by its headings of kinds or its head.

    Signs that other Markdown uses for options and answers speak against it.
    """
    if len(FOREIGN.findall(text)) > len(OWN.findall(text)):
        return 0.2
    numbered = NUMBERED.findall(text)
    if 2 * sum(map(bool, numbered)) > len(numbered):  # questions that are headings: ### 1. …
        return 0.2
    if KIND_HEADING.search(text):
        return 1.0
    return 0.9 if HEAD.search(text[:2000]) else 0.2
