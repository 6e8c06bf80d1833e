"""The parts of an office file that others name by their relations, and the pictures among them."""

import posixpath
import zipfile

from quizapp.rules.pictures import digest_of
from quizapp.services.readers import Unreadable, own_pictures, pictures, xml
from quizapp.services.readers.containers import unpacked


def targets(container: zipfile.ZipFile, part: str, kind: str = "") -> dict[str, str]:
    """Return which entry each relation of a part names; what lies outside the file is not among them.

    With `kind` only relations of that kind, such as "drawing". Raises BadZipFile where the part has no relations.
    """
    folder, name = posixpath.split(part)
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join(folder, one.get("Target", ""))).lstrip("/")
        for one in xml.parse(unpacked(container, f"{folder}/_rels/{name}.rels")).iter("Relationship")
        if one.get("TargetMode") != "External" and one.get("Type", "").endswith(f"/{kind}" if kind else "")
    }


class Album(pictures.Album):
    """The pictures that the parts of an office file name; `reached` are the entries that were looked at."""

    def __init__(self, container: zipfile.ZipFile):
        super().__init__()
        self.container = container
        self.targets: dict[str, dict[str, str]] = {}
        self.taken: dict[tuple[str, str], tuple[str, str]] = {}
        self.reached: set[str] = set()
        self.originals = own_pictures.originals(container.namelist())

    def of(self, name: str, part: str, called: str = "") -> tuple[str, str]:
        """Return (marker, "") of the picture that a relation of a part names, or ("", what was left out).

        `called` is what the picture is called where it is shown.
        """
        if (part, name) not in self.taken:
            try:
                if part not in self.targets:
                    self.targets[part] = targets(self.container, part)
                entry = self.targets[part][name]
                self.reached.add(entry)
                self.taken[part, name] = self._of(unpacked(self.container, entry), called or entry)
            except (KeyError, zipfile.BadZipFile, Unreadable):
                self.taken[part, name] = "", "picture"
        return self.taken[part, name]

    def _of(self, data: bytes, called: str) -> tuple[str, str]:
        if pictures.is_metafile(data):
            return "", "metafile"
        original = self.originals.get(digest_of(data))
        if original:
            self.reached.add(original)
            data, called = unpacked(self.container, original), original
        marked = self.take(data, called)
        return (marked, "") if marked else ("", "picture")
