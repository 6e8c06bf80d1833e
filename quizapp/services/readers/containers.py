"""A zip container is looked over before anything in it is unpacked."""

import io
import zipfile
import zlib

from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable
from quizapp.services.readers.entry_names import name_of

MOST_ENTRIES = 2_000
MOST_BYTES, MOST_BYTES_EACH = 200 * 1024 * 1024, 60 * 1024 * 1024  # unpacked
MOST_TIMES = 100  # larger unpacked than packed
LEADS_OUT = N_(
    "A file packed in this one has a name that leads out of the archive (%(name)s), so nothing was opened. "
    "Pack the files anew, without .. and drives in their names."
)
LINK = N_(
    "What is packed in this file as %(name)s is no file but a link to another place, so nothing was opened. "
    "Pack the files themselves."
)
TWICE = N_(
    "Two files packed in this one have the same name (%(name)s), so nothing was opened. "
    "Pack each under a name of its own."
)
ENCRYPTED = 0x1
SYMLINK = 0o120000


def check(data: bytes) -> str:
    """Return what kind of workbook the container is, "xlsx" or "ods". Raises Unreadable for others and for bombs."""
    try:
        kind = kind_of(look_over(data))
    except zipfile.BadZipFile as error:
        message = N_("This is not a workbook that can be read, or it is damaged. Save it again as .xlsx or .csv.")
        raise Unreadable("not-a-workbook", message) from error
    if kind not in ("xlsx", "ods"):
        message = N_("This is a packed file, but no workbook. Please use .xlsx, .xls, .ods or .csv.")
        raise Unreadable("not-a-workbook", message)
    return kind


def look_over(data: bytes) -> zipfile.ZipFile:
    """Return the container, nothing in it unpacked yet. Raises Unreadable for bombs and tricks, else BadZipFile."""
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
    except (OSError, ValueError, NotImplementedError) as error:
        raise zipfile.BadZipFile(str(error)) from error
    entries = container.infolist()
    _refuse_bombs(entries, len(data))
    for entry in entries:
        _refuse_tricks(entry)
    seen: set[str] = set()
    for entry in entries:
        if entry.filename in seen:
            raise _unsafe(TWICE, entry)
        seen.add(entry.filename)
    return container


def kind_of(container: zipfile.ZipFile) -> str:
    """Return what a container is by the names in it: "xlsx", "ods", "docx", or "zip" for any other."""
    names = set(container.namelist())
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names):
        return "docx"
    first = next(iter(container.infolist()), None)
    if first and first.filename == "mimetype" and first.file_size < 200:
        return "ods" if b"opendocument.spreadsheet" in unpacked(container, "mimetype") else "zip"
    return "zip"


def unpacked(container: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of an entry. Raises BadZipFile where they are damaged."""
    try:
        return container.read(name)
    except (zlib.error, EOFError, NotImplementedError, KeyError, RuntimeError, OSError) as error:
        raise zipfile.BadZipFile(str(error)) from error


def _refuse_bombs(entries: list, packed: int) -> None:
    sizes = [entry.file_size for entry in entries]
    most = min(MOST_BYTES, MOST_TIMES * packed)
    if len(entries) > MOST_ENTRIES or sum(sizes) > most or max(sizes, default=0) > MOST_BYTES_EACH:
        raise Unreadable("too-much", N_("Unpacked, this file is far too large, so it was not opened."))


def _refuse_tricks(entry) -> None:
    name = entry.filename.replace("\\", "/")
    if entry.flag_bits & ENCRYPTED:
        raise Unreadable("locked", N_("This file is locked with a password. Save it without one."))
    if entry.external_attr >> 16 & 0o170000 == SYMLINK:
        raise _unsafe(LINK, entry)
    if name.startswith("/") or ".." in name.split("/") or ":" in name[:3]:
        raise _unsafe(LEADS_OUT, entry)


def _unsafe(message: str, entry: zipfile.ZipInfo) -> Unreadable:
    return Unreadable("unsafe-names", message, name=name_of(entry)[:80])
