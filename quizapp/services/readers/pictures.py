"""Pictures in a file: made anew as small PNG or WebP of nothing but their points; what is none is refused."""

import base64
import io
import re
import struct
import time
from collections.abc import Callable
from urllib.parse import unquote

from quizapp.rules.pictures import IN_MARKDOWN, MARKER, digest_of, marker
from quizapp.services.readers import own_pictures

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
MOST_POINTS = 16_000_000  # of a picture as it comes; more is a trick or a poster
WIDEST, TALLEST = 960, 1280  # points as it is kept: a phone's screen twice over
LARGEST = 120_000  # bytes as it is kept
MOST, MOST_ALL = 300, 200_000_000  # pictures of one file, and points of them all: remaking takes time
SECONDS = 12  # of processor for remaking them; the fence ends everything at 20
POINTS_A_BYTE = 10  # about what a packed picture holds
AS_IT_IS = 2  # of so many points of a picture that is kept as it is, one counts
SMALL = 40_000  # bytes up to which a PNG is kept, which is exact
SURELY_LARGE = 200_000  # bytes of a PNG packed in haste: packed well, ten times as slowly, it is still not small
ICON = 32  # points: what a saved page shows beside itself and is smaller belongs to the platform, not to the question
SOURCES = {"img": "src", "object": "data", "matimage": "uri"}  # elements of QTI that show a picture, and where it is

IMAGE = r"<img\b[^<>]{0,500}?\bsrc\s{0,5}=\s{0,5}[\"']"
IN_PAGE = re.compile(
    rf"{IMAGE}data:image/[a-z.+-]{{1,20}};base64,([A-Za-z0-9+/=\s]{{16,}})[\"'][^<>]{{0,500}}>", re.IGNORECASE
)
LINKED = re.compile(rf"{IMAGE}([^\"':<>]{{1,300}})[\"'][^<>]{{0,500}}>", re.IGNORECASE)
IN_MOODLE = re.compile(
    rf"{IMAGE}@@PLUGINFILE@@/([^\"'<>?]{{1,300}})(?:\?[^\"'<>]{{0,100}})?[\"'][^<>]{{0,500}}>"
    r"|!\[[^\[\]\n]{0,200}\]\(@@PLUGINFILE@@/([^()\s]{1,300})\)",
    re.IGNORECASE,
)
Opened = Callable[[str], bytes | None]  # the file beside this one that an address names


def with_markers(page: str, album: "Album", opened: Opened | None = None) -> str:
    """Return a web page with markers for the pictures that stand in it or beside it; it keeps its lines."""

    def put(found: re.Match, data: bytes | None, least: int = 0) -> str:
        marked = MARKER.fullmatch(album.take(data, found[1] if least else "") or "") if data else None
        is_taken = marked and max(int(marked["width"]), int(marked["height"])) >= least
        return (marked[0] if is_taken else found[0].replace("\n", "")) + "\n" * found[0].count("\n")

    if "base64," in page:
        page = IN_PAGE.sub(lambda found: put(found, _unpacked(found[1])), page)
    if opened and "<img" in page.lower():
        page = LINKED.sub(lambda found: put(found, opened(found[1]), ICON), page)
    return page


def in_text(text: str, album: "Album", opened: Opened | None = None) -> str:
    """Return a text with markers for the pictures beside it that it shows as Markdown does."""

    def put(found: re.Match) -> str:
        data = opened(found[1]) if ":" not in found[1] else None
        return album.take(data, found[1]) if data else None

    return IN_MARKDOWN.sub(lambda found: put(found) or found[0], text) if opened and "![" in text else text


def in_moodle(content: dict, album: "Album", _opened: Opened | None = None) -> dict:
    """Put markers into the texts of Moodle XML for the pictures that stand beside them, and take those out."""
    for element in list(content["root"].iter()):
        text = element.find("text")
        if text is not None and text.text:
            text.text = with_markers(_with_files(element, text.text, album), album)
    for question in content["root"].findall("question"):
        packed, text = question.find("image_base64"), question.find("questiontext/text")
        marked = album.take(_unpacked(packed.text or "")) if packed is not None and text is not None else None
        if marked:
            text.text = f"{text.text or ''}<br>{marked}"
            for one in (packed, question.find("image")):
                question.remove(one) if one is not None else None
    return content


def _with_files(element, text: str, album: "Album") -> str:
    files = {f"{one.get('path', '')}/{one.get('name', '')}".strip("/"): one for one in element.findall("file")}
    taken: dict[str, str | None] = {}

    def put(found: re.Match) -> str:
        name = unquote(found[1] or found[2]).strip("/")
        if name in files and name not in taken:
            taken[name] = album.take(_unpacked(files[name].text or ""), name)
        return taken.get(name) or found[0]

    text = IN_MOODLE.sub(put, text) if files else text
    for name, marked in taken.items():
        if marked:
            element.remove(files[name])
    return text


def in_items(content: dict, album: "Album", opened: Opened | None = None) -> dict:
    """Put markers in the places of the pictures of QTI that stand within the file or beside it."""
    for element in content["root"].iter():
        name = element.tag.lower().removeprefix("qti-")
        if element.text and "<img" in element.text:
            element.text = with_markers(element.text, album, opened)
        elif name in SOURCES and not len(element):
            _put_marker(element, name, album, opened)
    return content


def _put_marker(element, name: str, album: "Album", opened: Opened | None) -> None:
    address = element.get(SOURCES[name], "")
    if name == "matimage" and element.get("embedded") == "base64":
        data = _unpacked(element.text or "")
    elif address.startswith("data:image/"):
        data = _unpacked(address.partition("base64,")[2])
    else:
        data = opened(address) if opened and address and ":" not in address else None
    marked = album.take(data, address) if data else None
    if marked:
        element.tag, element.text = ("mattext" if name == "matimage" else "span"), marked


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""


METAFILES = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00", b"\x1f\x8b")  # packed ones too


def is_metafile(data: bytes) -> bool:
    """Return whether a picture is drawn by the commands of Windows (EMF, WMF), which nothing here can draw."""
    return data.startswith(METAFILES) or data[40:44] == b" EMF"


class Album:
    """The pictures of one file by their digest; the same one is kept once."""

    def __init__(self):
        self.pictures: dict[str, dict] = {}
        self.remade, self.points, self.began = 0, 0, time.process_time()
        self.met: dict[tuple[str, bool], str | None] = {}  # the same picture again costs nothing

    def take(self, data: bytes, name: str = "") -> str | None:
        """Return the marker that stands for a picture of that name in a text, or None where it cannot be taken.

        One that left with a bank, by its name, is kept as it is; any other is made anew.
        """
        digest = digest_of(data)
        is_own = digest in name
        if (digest, is_own) not in self.met:
            self.met[digest, is_own] = self._take(data, is_own)
        return self.met[digest, is_own]

    def _take(self, data: bytes, is_own: bool) -> str | None:
        if self.points >= MOST_ALL:
            return None
        made = own_pictures.as_it_is(data, WIDEST, TALLEST, LARGEST) if is_own else None
        if made:
            self.points += made[1] * made[2] // AS_IT_IS
        elif self._has_time() and (made := remade(data)):
            self.remade += 1
            self.points += POINTS_A_BYTE * len(data) + made[1] * made[2]
        if made is None:
            return None
        kind, width, height, fresh = made
        digest = digest_of(fresh)
        self.pictures[digest] = {"kind": kind, "data": base64.b64encode(fresh).decode()}
        return marker(digest, width, height)

    def _has_time(self) -> bool:
        return self.remade < MOST and time.process_time() - self.began < SECONDS


DAMAGED = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, OverflowError, struct.error)


def remade(data: bytes) -> tuple[str, int, int, bytes] | None:
    """Return (kind, width, height, bytes) of a picture made anew from its points; None for none or too large a one."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_POINTS or min(opened.size) < 2:
                return None
            opened.draft("RGB", (WIDEST, TALLEST))
            picture = ImageOps.exif_transpose(opened)
            picture = picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
    except (*DAMAGED, Image.DecompressionBombError):
        return None
    picture.thumbnail((WIDEST, TALLEST))
    return _written(picture)


def _written(picture) -> tuple[str, int, int, bytes] | None:
    """Write a picture as an exact PNG where that is small, else as WebP, smaller until it fits."""
    is_photo = len(_saved(picture, "PNG", compress_level=1)) > SURELY_LARGE
    if not is_photo and len(data := _saved(picture, "PNG", optimize=True)) <= SMALL:
        return "png", *picture.size, data
    for quality in (80, 60, 40):
        data = _saved(picture, "WEBP", quality=quality, method=4)
        if len(data) <= LARGEST:
            return "webp", *picture.size, data
        picture.thumbnail((picture.width * 3 // 4, picture.height * 3 // 4))
    return None


def _saved(picture, kind: str, **options) -> bytes:
    held = io.BytesIO()
    picture.info.clear()
    picture.save(held, kind, **options)
    return held.getvalue()
