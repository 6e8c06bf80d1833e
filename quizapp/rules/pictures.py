"""How a picture stands in a text: a marker with its digest and size, which becomes an image where the text is shown."""

import hashlib
import re

from quizapp.rules.words import N_

MARKER = re.compile(r"⟦图(?P<digest>[0-9a-f]{24})-(?P<width>\d{1,4})-(?P<height>\d{1,4})⟧")
SHOWN = re.compile(
    r'<img class="picture" src="/pictures/(?P<digest>[0-9a-f]{24})" width="\d{1,4}" height="\d{1,4}" alt="图">'
)
IN_MARKDOWN = re.compile(r"!\[[^\[\]\n]{0,200}\]\(([^()\s]{1,300})\)")  # its group: the address
DIGEST = re.compile("[0-9a-f]{24}")

OF_QUESTION = N_(
    "A picture or a sound that was not taken belongs to this question. A picture can be put in at the question later."
)
LEFT = {  # what a reader could not take -> (code, sentence)
    "picture": (
        "picture-left-out",
        N_("A picture stands here that was not taken. It can be put in at the question later."),
    ),
    "metafile": (
        "metafile-left-out",
        N_("A picture of the kind EMF or WMF stands here, which no browser shows. Put it in as PNG instead."),
    ),
}


def digest_of(data: bytes) -> str:
    """Return the digest by which a picture is kept and known."""
    return hashlib.sha256(data).hexdigest()[:24]


def marker(digest: str, width: int, height: int) -> str:
    """Return what stands for a picture in a text."""
    return f"⟦图{digest}-{width}-{height}⟧"


def put(text: str, digest: str, instead: str) -> str:
    """Return a text with another marker in the place of those of a picture."""
    return MARKER.sub(lambda found: instead if found["digest"] == digest else found[0], text)


def named(text: str) -> str:
    """Return a text with a short sign in the place of each marker, for where a file's words are shown as they came."""
    return MARKER.sub("⟦图⟧", text)


def digests(text: str) -> set[str]:
    """Return the digests of the pictures in a text."""
    return {found["digest"] for found in MARKER.finditer(text)}


def shown(html: str) -> str:
    """Return clean markup with an image in the place of each marker."""
    return MARKER.sub(
        r'<img class="picture" src="/pictures/\g<digest>" width="\g<width>" height="\g<height>" alt="图">', html
    )


def parted(html: str) -> list[tuple[str, str]]:
    """Return (markup, digest of the picture behind it) of clean markup in turn; "" behind the last."""
    parts = SHOWN.split(html)
    return list(zip(parts[::2], [*parts[1::2], ""], strict=True))


def without(html: str) -> str:
    """Return markup without the images that `shown` put into it."""
    return SHOWN.sub("", html)
