"""Writes questions as GIFT; stems and options are Markdown, and say so."""

import re

from quizapp.rules.formats import holding, tags
from quizapp.rules.formats.drafts import CHOICES, LETTERS
from quizapp.rules.formats.gift.reading import FORMAT, WEIGHT
from quizapp.rules.question_types import numerical

SPECIAL = re.compile(r"[~=#{}:\\]")
KINDS = (*CHOICES, "true_false", "fill_blank", "numerical", "matching")


def write(document: dict) -> str:
    """Return the text of the questions in the shape of `bank check --json`, chapters as categories."""
    parts, chapter = ["// GIFT, Markdown"], ""
    for question in document["questions"]:
        if holding.is_left_out(question, unheld):
            continue
        if (question.get("chapter") or "") != chapter:
            chapter = question.get("chapter") or ""
            parts.append(f"$CATEGORY: {chapter.replace('/', '//')}" if chapter else "$CATEGORY: $course$/")
        parts.append(_question(question))
    return "\n\n".join(parts) + "\n"


def unheld(question: dict) -> list[str]:
    """Return what GIFT does not hold of a question, by names in holding.LOSSES."""
    if question["kind"] not in KINDS:
        return ["kind"]
    is_blank = question["kind"] == "fill_blank"
    if is_blank and len(question["answer"]) > 1:
        return ["blanks"]
    if is_blank and len(question["answer"][0]) > 1 and all("->" in text for text in question["answer"][0]):
        return ["kind"]  # it would be one of matching
    if question["kind"] == "matching" and any("->" in left for left, _ in question["answer"]):
        return ["kind"]  # nothing tells its arrow from the one between the sides
    chapter = question.get("chapter") or ""
    lost = {
        "any-order": is_blank and bool(question.get("any_order")),
        "chapter": not holding.is_plain(chapter) or "\n" in chapter or "//" in chapter or chapter.strip("/") != chapter,
        "code": bool(question.get("code")) and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", question["code"]),
        "digits": question["kind"] == "numerical" and holding.is_rounded(question),
        "spaces": holding.has_spaces(question),
        "wide": holding.is_wide(question),
        "pictures": holding.has_pictures(question),
        "material": bool(question.get("material")),
    }
    return [name for name, is_lost in lost.items() if is_lost]


def _question(question: dict) -> str:
    marks = [f"[id:{question['code']}]"] if question.get("code") else []
    marks += [f"[tag:{tag}]" for tag in tags.written(question, has_points=True)]
    comment = f"// {' '.join(marks)}\n" if marks else ""
    told = question.get("explanation") or ""
    stem = escaped(question["stem"])
    stem = stem if FORMAT.match(question["stem"]) else f"[markdown]{stem}"
    answers = [*_answers(question), *([f"####{escaped(told)}"] if told else [])]
    return f"{comment}{stem}{{" + "\n".join(answers) + "}"


def escaped(text: str) -> str:
    """Return a text in one line, with a backslash before every sign that means something in GIFT.

    One that begins like the name of a format or like a weight says its own format before that.
    """
    own = "[markdown]" if FORMAT.match(text) or WEIGHT.match(text) else ""
    return own + SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _answers(question: dict) -> list[str]:
    answer = question["answer"]
    if question["kind"] == "true_false":
        return ["TRUE" if answer else "FALSE"]
    if question["kind"] == "fill_blank":
        return [f"={escaped(text)}" for text in answer[0]]
    if question["kind"] == "matching":
        return [f"={escaped(left)} -> {escaped(right)}" for left, right in answer]
    if question["kind"] == "numerical":
        value, tolerance = (numerical.written(answer[name]) for name in ("value", "tolerance"))
        return [f"#{value}" if tolerance == "0" else f"#{value}:{tolerance}"]
    if question["kind"] == "single_choice":
        return [("=" if letter == answer else "~") + escaped(option) for letter, option in _lettered(question)]
    share = f"%{100 / len(answer):.5f}".rstrip("0").rstrip(".") + "%"
    return [f"~{share if letter in answer else '%-100%'}{escaped(option)}" for letter, option in _lettered(question)]


def _lettered(question: dict):
    return zip(LETTERS, question["options"], strict=False)
