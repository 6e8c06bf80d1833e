"""Pictures that a bank left with, known again: such a one is kept as it is, for a picture made anew is another one.

Its name holds its digest, and it holds nothing but its points, of no more than are kept of any.
"""

import io
import re
import struct
import zlib

WEBP = (["VP8 "], ["VP8X", "ALPH", "VP8 "])  # the parts of one that is written here: no profile, no camera, no words
PNG = {b"\x08\x02\x00\x00\x00": 3, b"\x08\x06\x00\x00\x00": 4}  # depth, colours, not interlaced -> bytes of a point
ORIGINAL = re.compile(r"(?:.*/)?(?P<digest>[0-9a-f]{24})\.(?P<shown>[0-9a-f]{24})\.webp")


def as_it_is(data: bytes, widest: int, tallest: int, largest: int) -> tuple[str, int, int, bytes] | None:
    """Return (kind, width, height, bytes) of a picture as it is; None for one of more than its points."""
    if len(data) > largest:
        return None
    made = _size_of_png(data) or _size_of_webp(data, widest, tallest)
    return (*made, data) if made and 2 <= made[1] <= widest and 2 <= made[2] <= tallest else None


def originals(names: list[str]) -> dict[str, str]:
    """Return which entry of an office file is the original of a picture, by the digest of what is shown instead."""
    return {found["shown"]: name for name in names if (found := ORIGINAL.fullmatch(name))}


def _size_of_png(data: bytes) -> tuple[str, int, int] | None:
    """Return the kind and size of a PNG of points alone, each row of them and not a byte more."""
    parts = _parts_of_png(data)
    if not parts or [name for name, _ in parts][:1] != [b"IHDR"] or parts[-1] != (b"IEND", b""):
        return None
    head = parts[0][1]
    if len(head) != 13 or {name for name, _ in parts[1:-1]} != {b"IDAT"} or head[8:] not in PNG:
        return None
    width, height = struct.unpack(">II", head[:8])
    wanted, opened = height * (1 + width * PNG[head[8:]]), zlib.decompressobj()
    packed = b"".join(held for _, held in parts[1:-1])
    if wanted > 8_000_000:
        return None
    try:
        points = opened.decompress(packed, wanted + 1)
    except zlib.error:
        return None
    is_whole = len(points) == wanted and not opened.unconsumed_tail and not opened.unused_data and opened.eof
    return ("png", width, height) if is_whole else None


def _parts_of_png(data: bytes) -> list[tuple[bytes, bytes]]:
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return []
    parts, place = [], 8
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4])
        name, end = data[place + 4 : place + 8], place + 8 + length
        if end + 4 > len(data) or zlib.crc32(data[place + 4 : end]) != int.from_bytes(data[end : end + 4]):
            return []
        parts.append((name, data[place + 8 : end]))
        place = end + 4
    return parts if place == len(data) else []


def _size_of_webp(data: bytes, widest: int, tallest: int) -> tuple[str, int, int] | None:
    """Return the kind and size of a WebP of points alone that can be opened."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or int.from_bytes(data[4:8], "little") + 8 != len(data):
        return None
    names, place = [], 12
    while place + 8 <= len(data):
        names.append(data[place : place + 4].decode("latin-1"))
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        place += 8 + length + length % 2
    if place != len(data) or names not in WEBP:
        return None
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("WEBP",)) as picture:
            if picture.width > widest or picture.height > tallest:
                return None  # before its points are unpacked
            picture.load()
            return "webp", *picture.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
