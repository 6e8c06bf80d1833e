"""A question bank's file -> the document of `bank check`."""

from quizapp.rules import formats
from quizapp.services.readers.text import LARGEST, read_text


def read(stream, options: dict) -> dict:
    """Return the document of the bank in a binary stream; option `format` names one of FORMATS, or is "auto".

    Raises Unreadable.
    """
    text, encoding = read_text(stream.read(LARGEST + 1))
    wanted = options.get("format", "auto")
    name = formats.find(text) if wanted == "auto" else wanted
    return {"format": name, "encoding": encoding, **formats.FORMATS[name].read(text, options)}
