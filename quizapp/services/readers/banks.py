"""A question bank's file -> the document of `bank check`."""

import io
import os
import re
import zipfile

from quizapp.rules import formats
from quizapp.rules.formats import blackboard, blackboard_text, checks, examview, qti, repairs, sources, suspicions
from quizapp.rules.formats.qti.elements import name_of
from quizapp.rules.formats.sheet import table
from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable, archives, kinds, mhtml, pictures
from quizapp.services.readers.archives import is_archive
from quizapp.services.readers.text import LARGEST, read_text, refuse_size

LARGEST_HANDED = 100 * 1024 * 1024  # bytes of a key, or of what a converter made
PICTURES = (b"\x89PNG\r\n\x1a\n", b"JFIF\0", b" EMF\0\0\1\0")  # as they begin within an old workbook
OLD_WORD = N_("This is a Word file of the old kind (.doc). Open it in Word or WPS, save it as .docx and use that.")
LOCKED = N_(
    "This file is locked with a password. Open it in Word or WPS, take the password away, save it and use that."
)
KEY_KIND = N_("An answer key of its own has to be text, a Word document or a PDF, not %(kind)s.")
XML = re.compile(r"\ufeff?\s*<(?:Workbook|\?xml|quiz|questestinterop|(?:qti-)?assessment|examview|POOL)")
TREES = ("moodle-xml", "qti", "examview", "blackboard")  # formats that are XML
OTHER_XML = N_(
    "This XML (%(name)s) is no question bank of a kind that is known: "
    "Moodle XML, QTI, ExamView or a pool of Blackboard."
)
DAMAGED = N_("This file is damaged, or was not fetched to its end. Please get it again and use that.")
PLACED = {"html": pictures.with_markers, "moodle-xml": pictures.in_moodle, "qti": pictures.in_items,
          "markdown": pictures.in_text, "text": pictures.in_text}  # fmt: skip
OTHER = N_("This is a %(kind)s, not a file of the format that was asked for (%(wanted)s).")


def read(stream, options: dict) -> dict:
    """Return the document of the bank in a binary stream.

    Option `format` names one of FORMATS, or is "auto"; `beside` is the handle of an answer key, `converted` that of an
    archive with what became of old Word files in this one; `encoding` is tried where none is marked; `semicolon` and
    `kind` say what a person knows of the habit; `source` adds the lines that were read to the document. Raises
    Unreadable.
    """
    data = stream.read(LARGEST + 1)
    refuse_size(data)
    wanted = options.get("format", "auto")
    if "beside" in options:
        options = {**options, "answers": _key(_handed(options["beside"]))}
    if is_archive(data):
        converted = _handed(options["converted"]) if "converted" in options else None
        album = pictures.Album()

        def read_one(inner: bytes, key: bytes | None, opened) -> dict:
            return _read(inner, wanted, {**_with_key(options, key), "album": album, "opened": opened})

        joined = archives.read(data, read_one, converted)
        return {"format": "zip", "encoding": "", **joined}
    return _read(data, wanted, options)


def _handed(handle: int) -> bytes:
    with os.fdopen(handle, "rb") as file:
        return file.read(LARGEST_HANDED)


def _with_key(options: dict, key: bytes | None) -> dict:
    return {**options, "answers": _key(key)} if key is not None else options


def _read(data: bytes, wanted: str, options: dict) -> dict:
    """Return the document of one file, alone or out of an archive. Raises Unreadable."""
    refuse_size(data)
    if wanted == "auto" and str(options.get("name", "")).lower().endswith(".gift"):
        wanted = "gift"
    name, content, encoding = _opened(data, wanted, options.get("encoding") or "")
    if "answers" in options and wanted == "auto" and name in formats.TEXTS:
        name = "text"
    return _understood(name, content, encoding, options)


def _understood(name: str, content, encoding: str, options: dict) -> dict:
    """Return the document of what was opened: mended, understood, with its pictures and its suspicions."""
    content, pictures = _pictured(name, content, options)
    repair = repairs.Repair()
    content = repair.content(content)
    document = {"format": name, "encoding": encoding, **formats.FORMATS[name].read(content, options)}
    checks.word([document, *document["questions"]], name)
    suspicions.note(document)
    if name == "html":
        suspicions.note_font(document, content)
    more = {"pictures": pictures, "repaired": repair.counts if any(repair.counts.values()) else None}
    has_key = name in (*formats.TEXTS, "docx", "pdf")
    if options.get("source"):
        document["source"] = sources.of(name, content) + sources.of_key(options.get("answers", "") if has_key else "")
    return {**document, **{what: held for what, held in more.items() if held}}


def _pictured(name: str, content, options: dict) -> tuple:
    """Return what a format reads, with markers in the places of its pictures, and the pictures by their digest."""
    if name in ("docx", "xlsx"):
        return content, content["pictures"]
    placed = PLACED.get(name)
    if placed is None:
        return content, {}
    album = options.get("album") or pictures.Album()
    return placed(content, album, options.get("opened")), album.pictures


def _key(data: bytes) -> str:
    """Return the words of an answer key in a file of its own. Raises Unreadable."""
    refuse_size(data)
    name, content, _ = _opened(data, "auto")
    if name not in (*formats.TEXTS, "docx", "pdf"):
        raise Unreadable("key-no-text", KEY_KIND, kind=name)
    return content if name in formats.TEXTS else formats.FORMATS[name].as_text(content)


def _opened(data: bytes, wanted: str, encoded: str = "") -> tuple[str, object, str]:
    """Return (name of the format, what its module reads, encoding or "" where it has none). Raises Unreadable."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        name, content, encoding = _container(data)
    elif data.startswith(b"%PDF-"):
        from quizapp.services.readers import pdf

        name, content, encoding = "pdf", pdf.read(data), ""
    elif data.startswith(kinds.OLE):
        name, content, encoding = _old_office(data)
    else:
        text, encoding = read_text(*(mhtml.page(data) or (data, encoded)))
        name, content = _text(text, wanted)
    if wanted not in ("auto", name):
        raise Unreadable("other-format", OTHER, kind=name, wanted=wanted)
    return name, content, encoding


def _container(data: bytes) -> tuple[str, object, str]:
    from quizapp.services.readers import cell_styles, comments, containers, drawings, sheets

    try:
        container = containers.look_over(data)
        kind = containers.kind_of(container)
    except zipfile.BadZipFile as error:
        raise Unreadable("damaged", DAMAGED) from error
    if kind == "docx":
        from quizapp.services.readers import docx

        return "docx", docx.read(container), ""
    if kind not in ("xlsx", "ods"):
        kinds.refuse_what_is_no_text(data)
    book = sheets.read(io.BytesIO(data), {})
    (cell_styles.show if kind == "xlsx" else cell_styles.show_open)(container, book)
    drawings.add(container, book)
    comments.add(container, book)
    return "xlsx", book, ""


def _old_office(data: bytes) -> tuple[str, object, str]:
    from quizapp.services.readers import cell_styles, sheets

    if kinds.is_locked(data):
        raise Unreadable("locked", LOCKED)
    if kinds.is_old_word(data):
        raise Unreadable("old-word", OLD_WORD)
    book = sheets.read(io.BytesIO(data), {})
    cell_styles.show_old(data, book)
    return "xlsx", {**book, "pictures": {}, "left": sum(map(data.count, PICTURES))}, ""


def _text(text: str, wanted: str) -> tuple[str, object]:
    is_other = XML.match(text) or blackboard_text.likeness(text) > 0
    if wanted == "csv" or wanted == "auto" and not is_other and table.sign_of(text):
        from quizapp.services.readers import sheets

        return "csv", {"sheets": sheets.table(text)}
    if XML.match(text) and wanted in ("auto", *TREES):
        return _tree(text)
    return (wanted if wanted in formats.TEXTS else formats.find(text)), text


def _tree(text: str) -> tuple[str, object]:
    """Return the format of an XML file, and its root with the text beside it. Raises Unreadable."""
    from quizapp.services.readers import xml

    root = xml.parse(text.lstrip("\ufeff"), has_lines=True)
    if root.tag == "Workbook":
        from quizapp.services.readers import sheets

        return "xlsx", {"sheets": sheets.in_xml(root), "pictures": {}}
    if root.tag == "quiz":
        return "moodle-xml", {"root": root, "text": text}
    for name, one in (("examview", examview), ("blackboard", blackboard)):
        if root.tag == one.ROOT:
            return name, {"root": root, "text": text}
    if name_of(root) in qti.ROOTS:
        return "qti", {"root": root, "text": text}
    raise Unreadable("other-xml", OTHER_XML, name=root.tag[:40])
