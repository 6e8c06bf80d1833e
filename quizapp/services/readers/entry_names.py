"""How an entry of a packed file is called, as whoever packed it wrote it."""

import zipfile

UTF8_NAMES = 0x800
HARDLY_A_NAME = range(0x80, 0x2000)  # letters of Greeks, Russians, Arabs: two bytes of UTF-8, and of a sign in GBK


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; where it does not say that it is UTF-8 it is what Chinese Windows writes.

    Packers on other systems write UTF-8 without saying so; that is read where it gives Chinese.
    """
    if entry.flag_bits & UTF8_NAMES:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    named = [read for encoding in ("utf-8", "gb18030") if (read := _decoded(raw, encoding)) is not None]
    likely = [one for one in named if not any(ord(sign) in HARDLY_A_NAME for sign in one)]
    return [*likely, *reversed(named), entry.filename][0]


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
