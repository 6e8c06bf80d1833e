"""Names and logins: folded so that look-alikes are one, and masked for boards that everybody sees."""

import unicodedata

# Letters and marks that show nothing, beside the format characters (zero width, direction) of category Cf.
INVISIBLE = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0"}
VARIATION_SELECTORS = [range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)]
STAR = "*"


def fold_login(login: str) -> str:
    """Return the form in which two logins are the same: width, case, every space and invisible character gone."""
    return "".join(_fold(login).split())


def fold_name(name: str) -> str:
    """Return the form in which two names are the same; runs of spaces inside count as one."""
    return " ".join(_fold(name).split())


def _fold(text: str) -> str:
    """Fold until nothing changes any more: taking a character out may let its neighbours combine."""
    while True:
        shown = "".join(char for char in unicodedata.normalize("NFKC", text) if not is_invisible(char))
        folded = unicodedata.normalize("NFKC", shown.casefold())
        if folded == text:
            return folded
        text = folded


def is_invisible(char: str) -> bool:
    """Return whether a character shows nothing and takes no room."""
    return (
        unicodedata.category(char) == "Cf"
        or char in INVISIBLE
        or any(ord(char) in block for block in VARIATION_SELECTORS)
    )


def surname_masked(name: str) -> str:
    """Return the name for a public board: its first and last character and stars between (张*明, 李*).

    A name of one character is a star.
    """
    shown = [char for char in name.strip() if not is_invisible(char)]
    if len(shown) < 2:
        return STAR * len(shown)
    if len(shown) == 2:
        return shown[0] + STAR
    return shown[0] + STAR * (len(shown) - 2) + shown[-1]
