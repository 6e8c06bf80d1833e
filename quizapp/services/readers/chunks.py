"""Documents that Word keeps within a .docx as they came (altChunk): HTML, MHT, plain text, another .docx."""

import email
import email.policy
import zipfile

from quizapp.rules.formats import webpage
from quizapp.services.readers import Unreadable
from quizapp.services.readers.containers import kind_of, look_over, unpacked
from quizapp.services.readers.relations import targets
from quizapp.services.readers.text import read_text

DOCUMENT = "word/document.xml"


def lines_of_chunk(container: zipfile.ZipFile, name: str, read) -> list[dict]:
    """Return the lines that the chunk of this relation holds, as blocks; `read` reads a .docx.

    One that cannot be read is a block with nothing but the note that it was left out.
    """
    try:
        return _lines(unpacked(container, targets(container, DOCUMENT)[name]), read)
    except (Unreadable, zipfile.BadZipFile, KeyError, LookupError, ValueError):
        return [{"text": "", "left": ["chunk"]}]


def _lines(data: bytes, read) -> list[dict]:
    if data.startswith(b"PK"):
        inner = look_over(data)
        if kind_of(inner) != "docx":
            raise KeyError("no document")
        blocks = read(inner)["blocks"]
        return [{name: value for name, value in block.items() if name != "number"} for block in blocks]
    if data[:400].lower().lstrip().startswith((b"mime-version", b"from:", b"content-type")):
        data = _page_of(data)
    text, _ = read_text(data)
    lines = [line for _, line in webpage.lines(text)] if "<" in text else text.splitlines()
    return [{"text": line} for line in lines]


def _page_of(data: bytes) -> bytes:
    """Return the page within a MIME container."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "text/plain"):
            return str(part.get_content()).encode()
    raise KeyError("no page")
