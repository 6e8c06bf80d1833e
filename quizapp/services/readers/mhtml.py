"""A web page saved as one file (.mhtml; Word and Excel name it .doc and .xls) -> the page, its pictures within."""

import base64
import re

HEAD = re.compile(rb"(?:[\w-]{2,60}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){0,30}?MIME-Version:\s*1\.0", re.IGNORECASE)
SOURCE = re.compile(r"(?P<before>\bsrc\s{0,5}=\s{0,5}[\"'])(?P<where>[^\"'<>]{1,2000})(?=[\"'])", re.IGNORECASE)
DEEPEST = 5  # parts within parts


def page(data: bytes) -> tuple[bytes, str] | None:
    """Return (page, its encoding or ""), each picture in the place where it is shown; None for another file."""
    if not HEAD.match(data[:8000].lstrip()):
        return None
    import email

    parts = list(_parts(email.message_from_bytes(data.lstrip()), DEEPEST))
    shown = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if shown is None:
        return None
    encoding = shown.get_content_charset() or ""
    body = shown.get_payload(decode=True) or b""
    pictures = {name: part for part in parts if part.get_content_maintype() == "image" for name in _names(part)}
    try:
        text = body.decode(encoding or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return body, ""
    return SOURCE.sub(lambda found: found["before"] + _shown(found["where"], pictures), text).encode(), "utf-8"


def _parts(message, deepest: int):
    """Yield the parts of a message that are no parts themselves."""
    if not message.is_multipart():
        yield message
    elif deepest:
        for part in message.get_payload():
            yield from _parts(part, deepest - 1)


def _names(part) -> list[str]:
    """Return how a page names a part: where it was, the end of that, and its id."""
    where, own = str(part.get("Content-Location") or "").strip(), str(part.get("Content-ID") or "").strip("<> ")
    return [name for name in (where, where.rpartition("/")[2], own and f"cid:{own}") if name]


def _shown(where: str, pictures: dict) -> str:
    part = pictures.get(where) or pictures.get(where.rpartition("/")[2])
    if part is None:
        return where
    return f"data:{part.get_content_type()};base64,{base64.b64encode(part.get_payload(decode=True) or b'').decode()}"
