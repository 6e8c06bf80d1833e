"""A bank's document -> the bytes of a file in one of the formats that banks leave in."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from quizapp.rules import formats
from quizapp.rules.formats import holding
from quizapp.rules.pictures import MARKER
from quizapp.rules.words import N_
from quizapp.services.writers.containers import packed

AS_IT_IS = {"png": 0.75, "webp": 0.75}
SHOWN_ELSE = {"png": 0.75, "webp": 2.25}  # with what is shown in the place of a WebP
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
    weights: dict[str, float] = field(default_factory=dict)  # bytes for a byte of a PNG, a WebP as it is kept, if held
    with_pictures: str = ""  # how the file ends where pictures are in it, if they make another file of it
    is_package: bool = False  # a file of each question

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

    def ending_of(self, pictures) -> str:
        """Return how the file of questions that show these pictures ends."""
        return self.with_pictures if pictures and self.with_pictures else self.ending

    def make(self, document: dict) -> bytes:
        """Return the bytes of the bank's file."""
        unheld, questions = self.unheld, document["questions"]
        told = [holding.with_material(one) if "material" in unheld(one) else one for one in questions]
        return self.make_by(self.rules, {**document, "questions": told})


def _text(rules, document: dict) -> bytes:
    return rules.write(document).encode()


def _markdown(rules, document: dict) -> bytes:
    """Return the text alone, or where it shows pictures an archive of it with a folder of them."""
    text, pictures = rules.write(document), document.get("pictures") or {}
    if not pictures:
        return text.encode()
    known = {digest: f"pictures/{digest}.{one['kind']}" for digest, one in pictures.items()}

    def shown(found: re.Match) -> str:
        return f"![图]({known[found['digest']]})" if found["digest"] in known else found[0]

    name = (document.get("front_matter") or {}).get("slug") or "bank"
    files = {known[digest]: base64.b64decode(one["data"]) for digest, one in sorted(pictures.items())}
    return packed({f"{name}.md": MARKER.sub(shown, text), **files})


def _word(rules, document: dict) -> bytes:
    from quizapp.services.writers import docx as word

    return word.document(rules.write(document), document.get("pictures") or {})


def _workbook(rules, document: dict) -> bytes:
    from quizapp.services.writers import sheets

    return sheets.workbook(rules.write(document), pictures=document.get("pictures"))


FORMATS: dict[str, Format] = {
    "markdown": Format(
        "markdown",
        N_("Plain text to keep, to compare and to write on in any editor."),
        "md",
        "text/markdown; charset=utf-8",
        _markdown,
        has_head=True,
        weights=AS_IT_IS,
        with_pictures="zip",
    ),
    "docx": Format(
        "docx",
        N_("To read, print and correct in Word or WPS; comes back in as it is."),
        "docx",
        OFFICE + "wordprocessingml.document",
        _word,
        weights=SHOWN_ELSE,
    ),
    "xlsx": Format(
        "xlsx",
        N_("One row a question, a case in several, for Excel or WPS; comes back in as it is."),
        "xlsx",
        OFFICE + "spreadsheetml.sheet",
        _workbook,
        called=N_("Excel workbook"),
        weights=SHOWN_ELSE,
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
        weights={"png": 1, "webp": 1},
    ),
    "qti": Format(
        "qti",
        N_("For other test systems, a package of one file a question."),
        "zip",
        "application/zip",
        lambda rules, document: packed(rules.files(document, "2.1")),
        called="QTI 2.1",
        weights=AS_IT_IS,
        is_package=True,
    ),
    "qti3": Format(
        "qti",
        N_("The same for systems that know the newer version."),
        "zip",
        "application/zip",
        lambda rules, document: packed(rules.files(document, "3.0")),
        called="QTI 3.0",
        weights=AS_IT_IS,
        is_package=True,
    ),
}
