"""Formats of question banks, each one module: named here once, found by likeness, read into the same shape.

A format offers `NAME` (marked for translation) and `read(content, options)`; where banks leave in it, also
`unheld(question)` and `write(document)` (QTI: `files(document, version)`), whose result services/writers packs into a
container. Those in TEXTS take a text and offer `likeness(text)` from 0 to 1; the others take what the reader in
services/readers makes of their container. What `read` returns is the document of `bank check --json` without what
the file's opener knows (file, format, encoding).
"""

from collections.abc import Mapping
from importlib import import_module

from quizapp.rules.formats.lines import BREAK


class Modules(Mapping):
    """Modules by the names of their formats; one is loaded when it is taken, so that the site starts without them."""

    def __init__(self, modules: dict[str, str]):
        self.modules = modules

    def __getitem__(self, name: str):
        return import_module(f"{__name__}.{self.modules[name]}")

    def __iter__(self):
        return iter(self.modules)

    def __len__(self) -> int:
        return len(self.modules)


OF_TEXTS = {
    "markdown": "markdown",
    "text": "text",
    "json": "objects",
    "html": "page",
    "gift": "gift",
    "aiken": "aiken",
    "blackboard-text": "blackboard_text",
    "webct": "webct",
    "cloze": "cloze",
}
TEXTS = Modules(OF_TEXTS)
FORMATS = Modules(
    {
        **OF_TEXTS,
        "docx": "docx",
        "pdf": "pdf",
        "xlsx": "sheet",
        "csv": "sheet",
        "moodle-xml": "moodle",
        "qti": "qti",
        "examview": "examview",
        "blackboard": "blackboard",
        "zip": "bundle",
    }
)


def find(content: str) -> str:
    """Return the name of the format that a text is most like."""
    content = "\n".join(BREAK.split(content))
    return max(TEXTS, key=lambda name: TEXTS[name].likeness(content))
