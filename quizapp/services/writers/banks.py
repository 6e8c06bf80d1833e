"""A bank's document -> the bytes of a file in one of the formats that banks leave in."""

from collections.abc import Callable
from dataclasses import dataclass

from quizapp.rules import formats
from quizapp.rules.formats import holding
from quizapp.rules.words import N_
from quizapp.services.writers.containers import packed

OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Format:
    """How a bank is taken away: what it is good for, how its file ends, how it is made by the rules of its format."""

    rules_name: str  # of formats.FORMATS
    about: str  # marked for translation: what it is good for
    ending: str
    content_type: str
    make_by: Callable[[object, dict], bytes]
    called: str = ""  # marked for translation, where the rules' name is another
    has_head: bool = False  # title, short name and handbook of the bank stand in the file
    has_pictures: bool = False  # those of the document's `pictures` that its texts show stand in the file

    @property
    def rules(self):
        """The format's module; it is loaded when a bank leaves, so that the site starts without it."""
        return formats.FORMATS[self.rules_name]

    @property
    def name(self) -> str:
        """What it is called, marked for translation."""
        return self.called or self.rules.NAME

    @property
    def unheld(self) -> Callable[[dict], list[str]]:
        """A function that names what the format does not hold of a question."""
        return self.rules.unheld

    def make(self, document: dict) -> bytes:
        """Return the bytes of the bank's file."""
        unheld, questions = self.unheld, document["questions"]
        told = [holding.with_material(one) if "material" in unheld(one) else one for one in questions]
        return self.make_by(self.rules, {**document, "questions": told})


def _text(rules, document: dict) -> bytes:
    return rules.write(document).encode()


def _word(rules, document: dict) -> bytes:
    from quizapp.services.writers import docx as word

    return word.document(rules.write(document), document.get("pictures") or {})


def _workbook(rules, document: dict) -> bytes:
    from quizapp.services.writers import sheets

    return sheets.workbook(rules.write(document))


FORMATS: dict[str, Format] = {
    "markdown": Format(
        "markdown",
        N_("Plain text to keep, to compare and to write on in any editor."),
        "md",
        "text/markdown; charset=utf-8",
        _text,
        has_head=True,
    ),
    "docx": Format(
        "docx",
        N_("To read, print and correct in Word or WPS; comes back in as it is."),
        "docx",
        OFFICE + "wordprocessingml.document",
        _word,
        has_pictures=True,
    ),
    "xlsx": Format(
        "xlsx",
        N_("One row a question, for Excel or WPS; comes back in as it is."),
        "xlsx",
        OFFICE + "spreadsheetml.sheet",
        _workbook,
        called=N_("Excel workbook"),
    ),
    "gift": Format(
        "gift",
        N_("For Moodle and systems like it, as plain text."),
        "gift",
        "text/plain; charset=utf-8",
        _text,
    ),
    "moodle-xml": Format(
        "moodle-xml",
        N_("For Moodle; holds more than GIFT does."),
        "xml",
        "application/xml",
        _text,
        has_pictures=True,
    ),
    "qti": Format(
        "qti",
        N_("For other test systems, a package of one file a question."),
        "zip",
        "application/zip",
        lambda rules, document: packed(rules.files(document, "2.1")),
        called="QTI 2.1",
        has_pictures=True,
    ),
    "qti3": Format(
        "qti",
        N_("The same for systems that know the newer version."),
        "zip",
        "application/zip",
        lambda rules, document: packed(rules.files(document, "3.0")),
        called="QTI 3.0",
        has_pictures=True,
    ),
}
