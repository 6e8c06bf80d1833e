"""Writes questions as Moodle XML; stems and options are Markdown, and say so; a picture is a file beside its text."""

import re
from xml.sax.saxutils import escape, quoteattr

from quizapp.rules.formats import cases, holding, tags
from quizapp.rules.formats.drafts import LETTERS
from quizapp.rules.pictures import MARKER, digests, named
from quizapp.rules.question_types import numerical

KINDS = {
    "single_choice": "multichoice",
    "multiple_choice": "multichoice",
    "true_false": "truefalse",
    "fill_blank": "shortanswer",  # with several blanks: cloze
    "numerical": "numerical",
    "matching": "matching",
    "ordering": "ordering",  # of Moodle from 4.4 on, a plugin before
    "case": "description",
}
ORDERING = (  # how Moodle shows and marks entries to be put in order: each at its place earns its share
    "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ABSOLUTE_POSITION</gradingtype>"
)
BLANK = re.compile(r"_{2,}")
CLOZE_SIGN = re.compile(r"[~=#{}\"\\*]")
TEXT = re.compile(r"<text>([^<]*⟦图[^<]*)</text>")
NAME_LONGEST = 80


def write(document: dict) -> str:
    """Return the file of the questions in the shape of `bank check --json`, chapters as categories."""
    parts, chapter = [], None
    for number, question in enumerate(document["questions"], 1):
        if holding.is_left_out(question, unheld):
            continue
        if (question.get("chapter") or "") != chapter:
            chapter = question.get("chapter") or ""
            path = "$course$/" + chapter.replace("/", "//")
            parts.append(f'<question type="category"><category><text>{escape(path)}</text></category></question>')
        parts += _case(question, cases.tag(number)) if question["kind"] == "case" else [_question(question)]
    file = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(parts) + "\n</quiz>\n"
    return _with_pictures(file, document.get("pictures") or {})


def _with_pictures(file: str, pictures: dict[str, dict]) -> str:
    """Return a file with the pictures of each text beside it, {"kind", "data" in base64} by digest."""

    def put(found: re.Match) -> str:
        words, shown = found[1], digests(found[1]) & pictures.keys()
        files = ""
        for digest in sorted(shown):
            name = f"{digest}.{pictures[digest]['kind']}"
            words = re.sub(rf"⟦图{digest}-\d+-\d+⟧", f"![](@@PLUGINFILE@@/{name})", words)
            files += f'<file name="{name}" path="/" encoding="base64">{pictures[digest]["data"]}</file>'
        return f"<text>{words}</text>{files}"

    return TEXT.sub(put, file) if pictures else file


def unheld(question: dict) -> list[str]:
    """Return what Moodle XML does not hold of a question, by names in holding.LOSSES."""
    if question["kind"] not in KINDS:
        return ["kind"]
    in_parts = cases.losses_of_parts(question, unheld) if question["kind"] == "case" else []
    if "part" in in_parts:
        return in_parts
    chapter, points = question.get("chapter") or "", question.get("points")
    is_blank = question["kind"] == "fill_blank"
    lost = {
        "any-order": is_blank and bool(question.get("any_order")),
        "blank-drawn": is_cloze(question) and not is_drawn(question),
        "chapter": not holding.is_plain(chapter) or "\n" in chapter or "//" in chapter or chapter.strip("/") != chapter,
        "points": points is not None and not 0 < points < 10_000,
        "spaces": holding.has_spaces(question),
        "pictures-right": question["kind"] == "matching" and any(MARKER.search(one) for _, one in question["answer"]),
        "material": bool(question.get("material")),
        "tags": not holding.has_plain_tags(question),
    }
    return [name for name, is_lost in lost.items() if is_lost or name in in_parts]


def is_cloze(question: dict) -> bool:
    """Return whether a question has several blanks, so that they stand within its text."""
    return question["kind"] == "fill_blank" and len(question["answer"]) > 1


def is_drawn(question: dict) -> bool:
    """Return whether the text draws every blank, each as ____."""
    return BLANK.findall(question["stem"]) == ["____"] * len(question["answer"])


def _case(question: dict, tag: str) -> list[str]:
    """Return the material as a text between questions, then the questions, each worth what the case says."""
    parts = [{**part, "points": question.get("points")} for part in question["parts"]]
    worth = tags.written({"points": question.get("points")}, has_points=True)
    return [_question({**question, "points": 0}, tag, *worth), *(_question(part, tag) for part in parts)]


def _question(question: dict, *more: str) -> str:
    kind = "cloze" if is_cloze(question) else KINDS[question["kind"]]
    stem = _with_answers(question) if kind == "cloze" else question["stem"]
    points, code = question.get("points"), question.get("code") or ""
    lines = [
        f'<question type="{kind}">',
        f"<name>{_text(code or named(question['stem'])[:NAME_LONGEST])}</name>",
        _formatted("questiontext", stem),
        _formatted("generalfeedback", question.get("explanation") or ""),
        f"<defaultgrade>{points}</defaultgrade>" if points is not None else "",
        f"<idnumber>{escape(code)}</idnumber>" if code else "",
        *_answers(question, kind),
        *([f"<tags>{''.join(f'<tag>{_text(tag)}</tag>' for tag in found)}</tags>"]
          if (found := [*more, *tags.written(question)]) else []),
        "</question>",
    ]  # fmt: skip
    return "\n".join(filter(None, lines))


def _answers(question: dict, kind: str) -> list[str]:
    answer = question["answer"]
    if kind == "truefalse":
        return [_answer("true", 100 if answer else 0), _answer("false", 0 if answer else 100)]
    if kind == "shortanswer":
        return ["<usecase>0</usecase>", *(_answer(text.replace("*", "\\*"), 100) for text in answer[0])]
    if kind in ("cloze", "description"):
        return []
    if kind == "numerical":
        value, tolerance = (numerical.written(answer[name]) for name in ("value", "tolerance"))
        return [_answer(value, 100, more=f"<tolerance>{tolerance}</tolerance>")]
    if kind == "matching":
        return ["<shuffleanswers>true</shuffleanswers>", *map(_pair, answer)]
    if kind == "ordering":
        return [ORDERING, *(_answer(text, place, "markdown") for place, text in enumerate(answer, 1))]
    wrong, right = (0, 100) if question["kind"] == "single_choice" else (-100, round(100 / len(answer), 5))
    single = "true" if question["kind"] == "single_choice" else "false"
    head = [f"<single>{single}</single>", "<shuffleanswers>true</shuffleanswers>"]
    pairs = zip(LETTERS, question["options"], strict=False)
    return [*head, *(_answer(option, right if letter in answer else wrong, "markdown") for letter, option in pairs)]


def _with_answers(question: dict) -> str:
    """Return the text with each answer in its blank; blanks that are not drawn stand at its end."""
    marks = iter([_mark(texts) for texts in question["answer"]])
    stem = question["stem"]
    if len(BLANK.findall(stem)) != len(question["answer"]):
        return stem + "\n" + " ".join(marks)
    return BLANK.sub(lambda _: next(marks), stem)


def _mark(texts: list[str]) -> str:
    return "{1:SHORTANSWER:" + "~".join("=" + CLOZE_SIGN.sub(r"\\\g<0>", text) for text in texts) + "}"


def _pair(pair: list[str]) -> str:
    left, right = pair
    return f'<subquestion format="markdown">{_text(left)}<answer>{_text(right)}</answer></subquestion>'


def _answer(words: str, share: float, form: str = "plain_text", more: str = "") -> str:
    per_cent = f"{share:.5f}".rstrip("0").rstrip(".") if share % 1 else f"{share:.0f}"
    return f'<answer fraction="{per_cent}" format={quoteattr(form)}>{_text(words)}{more}</answer>'


def _formatted(name: str, words: str) -> str:
    return f'<{name} format="markdown">{_text(words)}</{name}>'


def _text(words: str) -> str:
    return f"<text>{escape(words)}</text>"
