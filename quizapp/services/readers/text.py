"""Bytes of a text file -> text, whichever of the encodings used for Chinese it is in."""

import codecs
import contextlib
import re

from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable
from quizapp.services.readers.kinds import refuse_what_is_no_text

LARGEST = 20 * 1024 * 1024  # bytes
MARKS = [  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
]
NEVER_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")  # \x1a ended files under DOS
USUAL = re.compile(r"[\t\n\r\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
NOBODYS = re.compile(r"[\ue000-\uf8ff]")  # for private use
WELL_FORMED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")  # that a person may choose

OTHER_ENCODING = N_(
    "This file is not written in %(encoding)s. Choose another encoding, or “as found”. What was read before stays."
)
EMPTY = N_(
    "The file is empty. Perhaps it was not saved, or not fetched to its end: open it yourself, and choose it again."
)


def read_text(data: bytes, chosen: str = "") -> tuple[str, str]:
    """Return (text without its byte order mark, encoding); the encoding is found from the mark, then by trial.

    The ladder: mark, UTF-8, GB18030 (which holds GBK and GB2312), Big5 where that fits better; one that a person chose,
    of ENCODINGS, goes before them. Raises Unreadable with a sentence, and with the line where one line is at fault.
    """
    refuse_size(data)
    refuse_what_is_no_text(data)
    text, encoding = (_as_chosen(data, chosen).lstrip("\ufeff"), chosen) if chosen in ENCODINGS else _decode(data)
    text = text.rstrip("\x1a")
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0"):
        raise Unreadable("empty-file", EMPTY)
    found = NEVER_IN_TEXT.search(text)
    if found:
        place = _line(text[: found.start()])
        raise Unreadable(
            "control-character",
            N_("Line %(line)s holds a control character (U+%(code)s), as no text does. Is this the right file?"),
            place,
            line=place,
            code=f"{ord(found[0]):04X}",
        )
    return text, encoding


def refuse_size(data: bytes) -> None:
    """Raise Unreadable for a file that is empty or larger than LARGEST."""
    if not data:
        raise Unreadable("empty-file", EMPTY)
    if len(data) > LARGEST:
        message = N_("The file is larger than %(limit)s MB. Please split it.")
        raise Unreadable("too-large", message, limit=LARGEST // 1024 // 1024)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), encoding
    if b"\0" in data:
        return _without_mark(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error)
    try:
        text = data.decode("gb18030")
        return _unless_big5(data, text)
    except UnicodeDecodeError as error:
        raise Unreadable(
            "unknown-encoding",
            N_("The encoding of this file was not recognised. Save it again as UTF-8 text and use that."),
            _line(data[: error.start]),
        ) from error


def _unless_big5(data: bytes, text: str) -> tuple[str, str]:
    """Return what was read as GB18030, unless it is Big5, whose commas and stops are nobody's characters there."""
    if NOBODYS.search(text):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("big5"), "big5"
    return text, "gb18030"


def _as_chosen(data: bytes, encoding: str) -> str:
    """Return the text in the encoding that a person chose. Raises Unreadable where it is in another."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("other-encoding", OTHER_ENCODING, encoding=encoding.upper()) from error


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(encoding, _line(data[: error.start].decode(encoding, "replace"))) from error


def _damaged(encoding: str, place: str) -> Unreadable:
    return Unreadable(
        "damaged-text",
        N_(
            "Line %(line)s is damaged: it holds bytes that are not %(encoding)s. Mend that line or save the file again."
        ),
        place,
        line=place,
        encoding=encoding.upper(),
    )


def _without_mark(data: bytes) -> tuple[str, str]:
    """Read UTF-16 that lost its mark: nearly everything is a usual character in one byte order only."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        if len(USUAL.findall(text)) > 0.9 * len(text):
            return _strictly(data, encoding), encoding
    place = _line(data[: data.index(b"\0")])
    raise Unreadable(
        "nul-character",
        N_("Line %(line)s holds a NUL character, as no text does. Is this the right file?"),
        place,
        line=place,
    )


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """A file that is UTF-8 but for a few bytes would pass as GB18030, all of it garbled: say where it is damaged."""
    wrong = data.decode("utf-8", "replace").count("\ufffd")
    if len(WELL_FORMED.findall(data)) >= 3 * wrong:
        raise _damaged("utf-8", _line(data[: error.start])) from error


def _line(before) -> str:
    """Return the number of the line that begins after the text or bytes given."""
    breaks = (b"\r\n", b"\r", b"\n") if isinstance(before, bytes) else ("\r\n", "\r", "\n")
    twice, *single = (before.count(one) for one in breaks)
    return str(sum(single) - twice + 1)
