"""Writes questions as GIFT; stems and options are Markdown, and say so."""

import re

from quizapp.rules.formats import cases, holding, tags
from quizapp.rules.formats.drafts import CHOICES, LETTERS
from quizapp.rules.formats.gift.reading import FORMAT, WEIGHT
from quizapp.rules.question_types import numerical

SPECIAL = re.compile(r"[~=#{}:\\]")
KINDS = (*CHOICES, "true_false", "fill_blank", "numerical", "matching", "case")


def write(document: dict) -> str:
    """Return the text of the questions in the shape of `bank check --json`, chapters as categories."""
    parts, chapter = ["// GIFT, Markdown"], ""
    for number, question in enumerate(document["questions"], 1):
        if holding.is_left_out(question, unheld):
            continue
        if (question.get("chapter") or "") != chapter:
            chapter = question.get("chapter") or ""
            parts.append(f"$CATEGORY: {chapter.replace('/', '//')}" if chapter else "$CATEGORY: $course$/")
        parts += _case(question, cases.tag(number)) if question["kind"] == "case" else [_question(question)]
    return "\n\n".join(parts) + "\n"


def unheld(question: dict) -> list[str]:
    """Return what GIFT does not hold of a question, by names in holding.LOSSES."""
    if question["kind"] not in KINDS:
        return ["kind"]
    in_parts = cases.losses_of_parts(question, unheld) if question["kind"] == "case" else []
    if "part" in in_parts:
        return in_parts
    if question["kind"] == "matching" and any("->" in left for left, _ in question["answer"]):
        return ["arrow"]
    is_blank = question["kind"] == "fill_blank"
    if is_blank and len(question["answer"]) > 1:
        return ["blanks"]
    if is_blank and len(question["answer"][0]) > 1 and all("->" in text for text in question["answer"][0]):
        return ["arrow"]  # it would be one of matching
    chapter = question.get("chapter") or ""
    lost = {
        "any-order": is_blank and bool(question.get("any_order")),
        "chapter": not holding.is_plain(chapter) or "\n" in chapter or "//" in chapter or chapter.strip("/") != chapter,
        "code": bool(question.get("code")) and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", question["code"]),
        "spaces": holding.has_spaces(question),
        "wide": holding.is_wide(question),
        "pictures": holding.has_pictures(question),
        "material": bool(question.get("material")),
        "tags": not holding.has_plain_tags(question),
        "explanation": question["kind"] == "case" and bool(question.get("explanation")),
    }
    return [name for name, is_lost in lost.items() if is_lost or name in in_parts]


def _case(question: dict, tag: str) -> list[str]:
    """Return the material, which is a text without answers, and the questions of a case."""
    return [_stem(question, tag), *(_question(part, tag) for part in question["parts"])]


def _question(question: dict, *more: str) -> str:
    told = question.get("explanation") or ""
    answers = [*_answers(question), *([f"####{escaped(told)}"] if told else [])]
    return _stem(question, *more) + "{" + "\n".join(answers) + "}"


def _stem(question: dict, *more: str) -> str:
    """Return the text of a question, above it in a comment its code and its tags."""
    marks = [f"[id:{question['code']}]"] if question.get("code") else []
    marks += [f"[tag:{tag}]" for tag in (*more, *tags.written(question, has_points=True))]
    comment = f"// {' '.join(marks)}\n" if marks else ""
    stem = escaped(question["stem"])
    return comment + (stem if FORMAT.match(question["stem"]) else f"[markdown]{stem}")


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
    if question["kind"] == "numerical":
        value, tolerance = (numerical.written(answer[name]) for name in ("value", "tolerance"))
        return [f"#{value}" if tolerance == "0" else f"#{value}:{tolerance}"]
    if question["kind"] == "matching":
        return [f"={escaped(left)} -> {escaped(right)}" for left, right in answer]
    if question["kind"] == "single_choice":
        return [("=" if letter == answer else "~") + escaped(option) for letter, option in _lettered(question)]
    share = f"%{100 / len(answer):.5f}".rstrip("0").rstrip(".") + "%"
    return [f"~{share if letter in answer else '%-100%'}{escaped(option)}" for letter, option in _lettered(question)]


def _lettered(question: dict):
    return zip(LETTERS, question["options"], strict=False)
