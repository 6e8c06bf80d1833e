"""The old Word files (.doc) in an archive, taken out of it for a converter."""

import base64
import zipfile

from quizapp.services.readers import archives
from quizapp.services.readers.containers import look_over, unpacked
from quizapp.services.readers.kinds import is_old_word
from quizapp.services.readers.text import LARGEST, refuse_size

MOST = 10  # each takes a converter some seconds


def read(stream, options: dict) -> dict:
    """Return {"files": {name of the entry: its bytes in base64}} of the first that there are. Raises Unreadable."""
    data = stream.read(LARGEST + 1)
    refuse_size(data)
    found: dict[str, str] = {}
    if not archives.is_archive(data):
        return {"files": found}
    container = look_over(data)
    for entry in container.infolist():
        inner = _bytes_of(container, entry)
        if is_old_word(inner) and len(found) < MOST:
            found[entry.filename] = base64.b64encode(inner).decode()
    return {"files": found}


def _bytes_of(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return b"" if entry.is_dir() else unpacked(container, entry.filename)
    except zipfile.BadZipFile:
        return b""
