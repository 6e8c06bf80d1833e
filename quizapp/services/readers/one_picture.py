"""A picture that somebody puts into a question by hand -> its marker, and the picture made anew."""

from quizapp.rules.pictures import LEFT
from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable
from quizapp.services.readers.pictures import Album, is_metafile

LARGEST = 20 * 1024 * 1024


def read(stream, options: dict) -> dict:
    """Return {"marker": …, "pictures": {digest: …}}; no option is known. Raises Unreadable."""
    data = stream.read(LARGEST + 1)
    album = Album()
    marker = album.take(data) if len(data) <= LARGEST else None
    if marker is None and is_metafile(data):
        raise Unreadable(*LEFT["metafile"])
    if marker is None:
        raise Unreadable("no-picture", N_("This is no picture that can be taken: PNG, JPEG, GIF, BMP, WebP or TIFF."))
    return {"marker": marker, "pictures": album.pictures}
