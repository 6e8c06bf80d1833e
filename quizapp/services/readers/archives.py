"""A zip archive of banks: looked over, then each file in it read as if it had come alone; none is an archive itself."""

import zipfile
from collections.abc import Callable

from quizapp.rules.formats import bundle, mending
from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable

UTF8_NAMES = 0x800
SILENT = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "imsmanifest.xml")
NESTED = N_("This is an archive within an archive, so it was not opened.")
EMPTY = N_("There is no file in this archive.")
DAMAGED = N_("This file is damaged, or was not fetched to its end. Please get it again and use that.")


def is_archive(data: bytes) -> bool:
    """Return whether the bytes are a zip that is no document of its own. Raises Unreadable for bombs and tricks."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    from quizapp.services.readers import containers

    try:
        return containers.kind_of(containers.look_over(data)) == "zip"
    except zipfile.BadZipFile as error:
        raise Unreadable("damaged", DAMAGED) from error


def read(data: bytes, read_one: Callable[..., dict]) -> dict:
    """Return the joined document of the files in an archive; one that cannot be read is a problem with its name.

    `read_one(data, key)` reads a file, with the answers of another where that is its key by name and answers more.
    """
    from quizapp.services.readers import containers

    container = containers.look_over(data)
    entries = [one for one in container.infolist() if not one.is_dir() and not is_silent(name_of(one))]
    if not entries:
        raise Unreadable("empty-archive", EMPTY)
    found = {name_of(entry): entry.filename for entry in entries}
    documents = {name: _one(container, inner, read_one) for name, inner in found.items()}
    for name, key in bundle.keys_of(list(found)).items():
        with_key = _one(container, found[name], read_one, found[key])
        if bundle.answered(with_key) > bundle.answered(documents[name]):
            documents[name] = {**with_key, "habit": {**with_key["habit"], "key": key}}
            del documents[key]
    whole = bundle.joined(list(documents.items()))
    mending.compare(whole["questions"])  # of all files among each other
    return whole


def _one(container: zipfile.ZipFile, name: str, read_one: Callable[..., dict], key: str | None = None) -> dict:
    from quizapp.services.readers import containers

    try:
        inner = containers.unpacked(container, name)
        if is_archive(inner):
            raise Unreadable("nested-archive", NESTED)
        return read_one(inner, containers.unpacked(container, key) if key else None)
    except zipfile.BadZipFile:
        return bundle.unreadable("damaged", DAMAGED, "", {})
    except Unreadable as refused:
        return bundle.unreadable(refused.code, refused.message, refused.place, refused.params)


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; where it does not say that it is UTF-8 it is what Chinese Windows writes."""
    if entry.flag_bits & UTF8_NAMES:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def is_silent(name: str) -> bool:
    """Return whether a file is only what a system left there."""
    return name.startswith(SILENT[0]) or name.rpartition("/")[2] in SILENT[1:]
