"""Formats of question banks, each one module: named here once, found by likeness, read into the same shape.

A format offers `NAME` (marked for translation), `likeness(text)` from 0 to 1, `read(text, options)` and, where it can
hold a bank, `write(document)`. What `read` returns is the document of `bank check --json` without what the file's
opener knows (file, format, encoding).
"""

from quizapp.rules.formats import markdown, text
from quizapp.rules.formats.lines import BREAK

FORMATS = {"markdown": markdown, "text": text}


def find(content: str) -> str:
    """Return the name of the format that a text is most like."""
    content = "\n".join(BREAK.split(content))
    return max(FORMATS, key=lambda name: FORMATS[name].likeness(content))
