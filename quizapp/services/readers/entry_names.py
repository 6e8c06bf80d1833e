"""How an entry of a packed file is called, as whoever packed it wrote it."""

import zipfile

UTF8_NAMES = 0x800
SIGNS_OF_CHINESE = "\u2000"  # and beyond; before it stand letters of Greeks, Russians, Arabs


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; where it does not say that it is UTF-8 it is what Chinese Windows writes.

    Packers on other systems write UTF-8 without saying so. A sign of GBK may be two bytes of UTF-8 too, a Greek letter
    say; UTF-8 is therefore read where it gives Chinese.
    """
    if entry.flag_bits & UTF8_NAMES:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    named = _decoded(raw, "utf-8")
    if named and (named.isascii() or max(named) >= SIGNS_OF_CHINESE):
        return named
    return _decoded(raw, "gb18030") or named or entry.filename


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
