"""Codes that people read out, photograph and type: base32 without the letters that look like figures."""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans("OILU", "011V")


def make(random_bytes: bytes, length: int) -> str:
    """Return a code of `length` characters, five bits each, from at least that many random bits."""
    if len(random_bytes) * 8 < length * 5:
        raise ValueError(f"{length} characters need {length * 5} random bits")
    number = int.from_bytes(random_bytes)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length))


def normalise(typed: str, length: int) -> str | None:
    """Return the code that somebody meant, or None where it cannot be one.

    Case, full width, spaces and dashes do not matter; O is read as 0, I and L as 1, U as V.
    """
    folded = unicodedata.normalize("NFKC", typed).upper().translate(LOOK_ALIKES)
    code = "".join(char for char in folded if not char.isspace() and unicodedata.category(char) not in ("Pd", "Cf"))
    return code if len(code) == length and all(char in ALPHABET for char in code) else None


def grouped(code: str, size: int = 5) -> str:
    """Return the code in groups joined by dashes, as it is printed."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))
