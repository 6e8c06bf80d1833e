"""A PDF with text -> its pages as texts; one of mere pictures is refused."""

import io
import logging

import pypdf
from pypdf.errors import PyPdfError

from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable

MOST_PAGES = 500
LOCKED = N_("The PDF is locked with a password. Save it without one.")
DAMAGED = N_("This PDF is damaged and cannot be read. Print it to a new PDF, or copy its text into a text file.")
LONG = N_("The PDF has more than %(limit)s pages. Please split it.")
PICTURES = N_(
    "The pages of this PDF are pictures; there is no text in it. It has to be typed, or turned into text first."
)

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every fault that it mends


def read(data: bytes) -> dict:
    """Return {"pages": [text], "pictures": pages that show one}. Raises Unreadable."""
    try:
        book = pypdf.PdfReader(io.BytesIO(data))
        if book.is_encrypted and not book.decrypt(""):
            raise Unreadable("locked", LOCKED)
        if len(book.pages) > MOST_PAGES:
            raise Unreadable("too-many-pages", LONG, limit=MOST_PAGES)
        pages = [page.extract_text() for page in book.pages]
        pictures = sum(has_picture(page) for page in book.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Unreadable("damaged", DAMAGED) from error
    except (NotImplementedError, ImportError) as error:  # a cipher that is not there
        raise Unreadable("locked", LOCKED) from error
    if not any(text.strip() for text in pages):
        raise Unreadable("no-text", PICTURES)
    return {"pages": pages, "pictures": pictures}


def has_picture(page) -> bool:
    """Return whether a page shows a picture."""
    things = page.get("/Resources", {}).get("/XObject", {})
    return any(things[name].get("/Subtype") == "/Image" for name in things)
