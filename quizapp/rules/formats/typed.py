"""Numbers, pairs and orders as people type them on one line: 12.5±0.5, 甲→乙；丙→丁, 申请；审核；领证."""

import re

from quizapp.rules.formats.drafts import LETTERS
from quizapp.rules.formats.markdown.answers import ARROW, read_tolerance
from quizapp.rules.question_types import numerical

KINDS = {
    **dict.fromkeys(["数值", "数字"], "numerical"),
    **dict.fromkeys(["连线", "匹配", "配对", "连连看"], "matching"),
    **dict.fromkeys(["排序", "排列", "顺序"], "ordering"),
}
NAME = re.compile(rf"\s*(?:[\[【(（]\s*)?(?P<name>{'|'.join(KINDS)})题?\s*(?:[\]】)）]\s*)?")
LINES = re.compile("[;；\n]")


def kind_of(name: str) -> str | None:
    """Return the kind of these that a word names: 排序题; else None."""
    found = NAME.fullmatch(name)
    return KINDS[found["name"]] if found else None


def written(answer) -> str:
    """Return an answer of these kinds as a person types it."""
    if isinstance(answer, dict):
        value, tolerance = (numerical.written(answer.get(name, 0)) for name in ("value", "tolerance"))
        return value if tolerance == "0" else f"{value}±{tolerance}"
    return "；".join("→".join(one) if isinstance(one, list) else str(one) for one in answer)


def read(kind: str, text: str):
    """Return the answer that a person typed, in the shape of its kind; None where it is none."""
    if kind == "numerical":
        return read_tolerance(text)
    entries = [one.strip() for one in LINES.split(text) if one.strip()]
    pairs = [[side.strip() for side in ARROW.split(one, maxsplit=1)] for one in entries]
    return entries if kind == "ordering" else pairs if all(len(pair) == 2 for pair in pairs) else None


def of_row(kind: str, text: str, options: list[str]):
    """Return the answer of a row of a table; what is put in order or paired may stand in its options.

    The right order of options is then told by their letters: CAB. None where there is no answer.
    """
    held = [one.strip() for one in options if one.strip()]
    if kind == "matching" and held and not text.strip():
        return read(kind, "\n".join(held))
    if kind == "ordering" and held:
        places = [LETTERS.index(letter) for letter in re.findall("[A-Z]", text.upper())]
        is_order = sorted(places) == list(range(len(options))) and not re.search(r"[^A-Za-z\s,，、;；.→>-]", text)
        return [options[place].strip() for place in places] if is_order else None
    return read(kind, text) or None
