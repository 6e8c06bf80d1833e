"""What a file is by its first bytes, whatever its name says."""

import re

from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable

AS_TEXT = N_("This is a %(kind)s, not a text file. Open it in Word or WPS, save it as plain text (.txt) and use that.")
AS_COPY = N_("This is a %(kind)s, not a text file. Copy its text into a text file (.txt) and use that.")
AS_SHEET = N_("This is a %(kind)s, not a text file. Write the questions as text, one below the other, and use that.")
UNPACK = N_("This is a %(kind)s. Unpack it and use the files in it one by one.")
NO_TEXT = N_("This is a %(kind)s; there is no text in it to read. Choose the file that holds the words themselves.")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD_STREAM = "WordDocument".encode("utf-16-le")
LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")  # a docx or xlsx with a password is kept in one of these

STARTS = [
    (b"%PDF-", "PDF", AS_COPY),
    (b"{\\rtf", "RTF", AS_TEXT),
    (OLE, "doc/xls/ppt", AS_TEXT),
    (b"\x89PNG\r\n", "PNG", NO_TEXT),
    (b"\xff\xd8\xff", "JPEG", NO_TEXT),
    (b"GIF8", "GIF", NO_TEXT),
    (b"Rar!\x1a\x07", "RAR", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "7z", UNPACK),
    (b"\x1f\x8b\x08", "gzip", UNPACK),
    (b"SQLite format 3\0", "SQLite", NO_TEXT),
    (b"\x7fELF", "ELF", NO_TEXT),
    (b"MZ\x90", "EXE", NO_TEXT),
]
ZIPPED = [
    (b"word/", "docx", AS_TEXT),
    (b"xl/", "xlsx", AS_SHEET),
    (b"ppt/", "pptx", AS_COPY),
    (b"opendocument.text", "odt", AS_TEXT),
    (b"opendocument.spreadsheet", "ods", AS_SHEET),
    (b"epub+zip", "EPUB", AS_COPY),
]


WEB_PAGE = re.compile(rb"\s*+(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def refuse_what_is_no_text(data: bytes) -> None:
    """Raise Unreadable, saying what the file is and what to do, when its bytes are of a known kind that is not text."""
    for start, kind, advice in STARTS:
        if data.startswith(start):
            raise Unreadable("not-text", advice, kind=kind)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        for mark, kind, advice in ZIPPED:
            if mark in data:
                raise Unreadable("not-text", advice, kind=kind)
        raise Unreadable("not-text", UNPACK, kind="ZIP")


def refuse_web_page(data: bytes) -> None:
    """Raise Unreadable for a page saved from a browser, where its words alone are wanted."""
    if is_web_page(data):
        raise Unreadable("not-text", AS_COPY, kind="HTML")


def is_locked(data: bytes) -> bool:
    """Return whether an Office file is locked with a password."""
    return data.startswith(OLE) and LOCKED_STREAM in data


def is_old_word(data: bytes) -> bool:
    """Return whether the bytes are a Word file of the old kind (.doc)."""
    return data.startswith(OLE) and WORD_STREAM in data


def is_web_page(data: bytes) -> bool:
    """Return whether the bytes begin as HTML does."""
    return bool(WEB_PAGE.match(data[:1000]))
