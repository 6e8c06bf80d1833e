"""The sample laws: which articles they have, and which runs of their words somebody copied."""

import os
import re
from pathlib import Path

SAMPLES = Path(os.environ.get("QUIZAPP_SAMPLES") or Path(__file__).parents[2] / "../shared/samples")
LAWS = SAMPLES / "regulations" / "laws_md"
NUMBER = r"第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?"
TITLE = re.compile(r"^# *(.+?) *$", re.M)
NAMED = re.compile(r"《([^》]+)》((?:、?" + NUMBER + ")+)")


def texts() -> list[str]:
    """Return the text of every sample law."""
    return [path.read_text("utf-8") for path in sorted(LAWS.glob("*.md"))]


def articles() -> dict[str, set[str]]:
    """Return the article numbers by the law's full name, all editions of a law together."""
    found: dict[str, set[str]] = {}
    for text in texts():
        title = TITLE.search(text)
        if title:
            found.setdefault(title[1], set()).update(re.findall(rf"^({NUMBER})[ 　]", text, re.M))
    return found


def named(basis: str) -> list[tuple[str, str]]:
    """Return (law, article) for everything that a line of a handbook's basis names."""
    return [(law, number) for law, numbers in NAMED.findall(basis) for number in re.findall(NUMBER, numbers)]


def copied(text: str, originals: list[str], length: int) -> list[str]:
    """Return the runs of at least `length` characters that the text shares with an original, longest first.

    Spaces do not count; law names and article numbers are nobody's words and end a run.
    """
    known = {gram for original in originals for gram in _grams(re.sub(r"\s", "", original), length)}
    parts = (re.sub(r"\s", "", part) for part in re.split(rf"《[^》]*》|{NUMBER}", text))
    return sorted((run for part in parts for run in _runs(part, known, length)), key=len, reverse=True)


def _runs(words: str, known: set[str], length: int) -> list[str]:
    """Return the stretches of `words` that known grams cover."""
    stretches: list[list[int]] = []
    for start, gram in enumerate(_grams(words, length)):
        if gram not in known:
            continue
        if stretches and start < stretches[-1][1]:
            stretches[-1][1] = start + length
        else:
            stretches.append([start, start + length])
    return [words[start:end] for start, end in stretches]


def _grams(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(len(text) - length + 1)]
