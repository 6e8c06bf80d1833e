"""A zip archive of banks: looked over, then each file in it read as if it had come alone; none is an archive itself."""

import posixpath
import re
import zipfile
from collections.abc import Callable
from urllib.parse import unquote

from quizapp.rules.formats import bundle, mending
from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable
from quizapp.services.readers.entry_names import name_of

MANIFEST = "imsmanifest.xml"
SILENT = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", MANIFEST, ".bb-package-info", ".bb-log-info")
REFERRING = ("resource", "assessmentItemRef", "qti-assessment-item-ref")
IS_BANK = re.compile(r"qti|assessment", re.IGNORECASE)
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


def read(data: bytes, read_one: Callable[..., dict], converted: bytes | None = None) -> dict:
    """Return the joined document of the files in an archive; one that cannot be read is a problem with its name.

    `read_one(data, key, opened)` reads a file, with the answers of another where that is its key by name and answers
    more; `opened` returns the bytes of the file beside it that an address names, a picture, or None.
    Files of the same name in the archive `converted` stand for those in this one.
    """
    from quizapp.services.readers import containers

    files = _Files(containers.look_over(data), containers.look_over(converted) if converted else None)
    entries = [one for one in files.original.infolist() if not one.is_dir() and not is_silent(name_of(one))]
    if not entries:
        raise Unreadable("empty-archive", EMPTY)
    found = {name_of(entry): entry.filename for entry in entries}
    files.found = found
    documents = {name: _one(files, name, read_one) for name in found}
    for name, key in bundle.keys_of(list(found)).items():
        with_key = _one(files, name, read_one, key)
        if bundle.answered(with_key) > bundle.answered(documents[name]):
            documents[name] = {**with_key, "habit": {**with_key["habit"], "key": key}}
            del documents[key]
    for manifest in [name for name in files.original.namelist() if name.rpartition("/")[2] == MANIFEST][:1]:
        named = list(dict.fromkeys(_named(files, manifest)))
        documents = bundle.of_package(bundle.in_order(documents, named))
        lost = [name for name in named if name not in found]
        documents |= {manifest: bundle.missing(lost)} if lost else {}
    for name in files.shown & documents.keys():
        if documents[name]["format"] is None:  # a picture, which stands in a question, and no bank of its own
            del documents[name]
    whole = bundle.joined(list(bundle.without_lone_pictures(documents).items()))
    mending.compare(whole["questions"], "zip")  # of all files among each other
    return whole


def _named(files: "_Files", name: str, is_test: bool = False) -> list[str]:
    """Return the files of questions that a manifest names, each test followed by those that it names, in its order."""
    from quizapp.services.readers import xml

    try:
        root = xml.parse(files.unpacked(name))
    except (zipfile.BadZipFile, KeyError, Unreadable):
        return []
    folder, found = posixpath.dirname(name), []
    for one in root.iter():
        address = one.get("href") or one.get("file", "") if one.tag in REFERRING else ""
        if not address or ":" in address or one.tag == "resource" and not IS_BANK.search(one.get("type", "")):
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(address)))
        found.append(path)
        if path in files.found and not is_test and "test" in one.get("type", ""):
            found += _named(files, path, is_test=True)
    return found


class _Files:
    """The files of an archive, or what was made of them."""

    def __init__(self, original: zipfile.ZipFile, converted: zipfile.ZipFile | None):
        self.original, self.converted = original, converted
        self.made = set(converted.namelist()) if converted else set()
        self.found: dict[str, str] = {}  # name -> name as the archive writes it
        self.shown: set[str] = set()  # files that others show, as pictures

    def beside(self, name: str) -> Callable[[str], bytes | None]:
        """Return what opens the files that a file of this name shows: by its folder, or from the archive's top."""

        def opened(address: str) -> bytes | None:
            path = unquote(address.partition("?")[0]).removeprefix("$IMS-CC-FILEBASE$/")
            for folder in (posixpath.dirname(name), "", "web_resources"):
                other = posixpath.normpath(posixpath.join(folder, path))
                if other in self.found and other != name:
                    return self._shown(other)
            return None

        return opened

    def _shown(self, name: str) -> bytes | None:
        try:
            data = self.unpacked(name)
        except zipfile.BadZipFile:
            return None
        self.shown.add(name)
        return data

    def unpacked(self, called: str) -> bytes:
        """Return the bytes of a file. Raises BadZipFile where they are damaged."""
        from quizapp.services.readers import containers

        name = self.found.get(called, called)
        return containers.unpacked(self.converted if name in self.made else self.original, name)


def _one(files: _Files, name: str, read_one: Callable[..., dict], key: str | None = None) -> dict:
    try:
        inner = files.unpacked(name)
        if is_archive(inner):
            raise Unreadable("nested-archive", NESTED)
        return read_one(inner, files.unpacked(key) if key else None, files.beside(name))
    except zipfile.BadZipFile:
        return bundle.unreadable("damaged", DAMAGED, "", {})
    except Unreadable as refused:
        return bundle.unreadable(refused.code, refused.message, refused.place, refused.params)


def is_silent(name: str) -> bool:
    """Return whether a file is only what a system left there."""
    return name.startswith(SILENT[0]) or name.rpartition("/")[2] in SILENT[1:]
