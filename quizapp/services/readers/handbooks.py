"""A handbook's file -> the document of `handbook check`."""

from quizapp.rules.formats import handbook
from quizapp.services.readers.kinds import refuse_web_page
from quizapp.services.readers.text import LARGEST, read_text


def read(stream, options: dict) -> dict:
    """Return the document of the handbook in a binary stream; no option is known. Raises Unreadable."""
    data = stream.read(LARGEST + 1)
    refuse_web_page(data)
    text, encoding = read_text(data)
    return {"encoding": encoding, **handbook.read(text)}
