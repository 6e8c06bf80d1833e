"""A bank's document -> the bytes of a file in one of the formats that banks leave in."""

from collections.abc import Callable
from dataclasses import dataclass

from quizapp.rules.formats import docx, gift, markdown, moodle, qti, sheet
from quizapp.rules.words import N_
from quizapp.services.writers import docx as word
from quizapp.services.writers.containers import packed

OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Format:
    """How a bank is taken away: what it is called, how its file ends, what it does not hold, how it is made."""

    name: str  # marked for translation
    about: str  # marked for translation: what it is good for
    ending: str
    content_type: str
    unheld: Callable[[dict], list[str]]
    make: Callable[[dict], bytes]
    has_head: bool = False  # title, short name and handbook of the bank stand in the file


def _workbook(document: dict) -> bytes:
    from quizapp.services.writers import sheets

    return sheets.workbook(sheet.write(document))


FORMATS: dict[str, Format] = {
    "markdown": Format(
        markdown.NAME,
        N_("Plain text to keep, to compare and to write on in any editor."),
        "md",
        "text/markdown; charset=utf-8",
        markdown.unheld,
        lambda document: markdown.write(document).encode(),
        has_head=True,
    ),
    "docx": Format(
        docx.NAME,
        N_("To read, print and correct in Word or WPS; comes back in as it is."),
        "docx",
        OFFICE + "wordprocessingml.document",
        docx.unheld,
        lambda document: word.document(docx.write(document)),
    ),
    "xlsx": Format(
        N_("Excel workbook"),
        N_("One row a question, for Excel or WPS; comes back in as it is."),
        "xlsx",
        OFFICE + "spreadsheetml.sheet",
        sheet.unheld,
        _workbook,
    ),
    "gift": Format(
        gift.NAME,
        N_("For Moodle and systems like it, as plain text."),
        "gift",
        "text/plain; charset=utf-8",
        gift.unheld,
        lambda document: gift.write(document).encode(),
    ),
    "moodle-xml": Format(
        moodle.NAME,
        N_("For Moodle; holds more than GIFT does."),
        "xml",
        "application/xml",
        moodle.unheld,
        lambda document: moodle.write(document).encode(),
    ),
    "qti": Format(
        "QTI 2.1",
        N_("For other test systems, a package of one file a question."),
        "zip",
        "application/zip",
        qti.unheld,
        lambda document: packed(qti.files(document, "2.1")),
    ),
    "qti3": Format(
        "QTI 3.0",
        N_("The same for systems that know the newer version."),
        "zip",
        "application/zip",
        qti.unheld,
        lambda document: packed(qti.files(document, "3.0")),
    ),
}
