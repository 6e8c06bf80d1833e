"""A picture as Word and Excel show it, and beside it the original, by which it comes back as it was."""

import base64
import io

from quizapp.rules.pictures import digest_of

QUALITY = 80  # of what is shown in the place of a WebP


def files(digest: str, picture: dict) -> dict[str, bytes]:
    """Return the files of a picture {"kind", "data" in base64} by name: the first is shown, the second its original.

    No Word or Excel but the newest knows WebP. The original bears the digest of what is shown for it: where somebody
    puts another picture in that place, it is its original no more.
    """
    data = base64.b64decode(picture["data"])
    if picture["kind"] != "webp":
        return {f"{digest}.{picture['kind']}": data}
    from PIL import Image

    held = io.BytesIO()
    with Image.open(io.BytesIO(data), formats=("WEBP",)) as opened:
        kind = "png" if opened.mode == "RGBA" else "jpeg"
        opened.save(held, kind.upper(), quality=QUALITY)
    return {f"{digest}.{kind}": held.getvalue(), f"{digest}.{digest_of(held.getvalue())}.webp": data}
