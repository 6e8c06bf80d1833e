"""Writes questions in the house format, so that reading it gives the same questions."""

import re

from quizapp.rules.articles import write_citations
from quizapp.rules.formats import holding
from quizapp.rules.formats.drafts import LETTERS
from quizapp.rules.formats.markdown import answers, escaping
from quizapp.rules.formats.tags import BETWEEN, DIFFICULTIES
from quizapp.rules.question_types import numerical

ARROW = re.compile("→|->|=>")
HEADINGS = {
    "single_choice": "单选题",
    "multiple_choice": "多选题",
    "true_false": "判断题",
    "fill_blank": "填空题",
    "numerical": "数值题",
    "matching": "连线题",
    "ordering": "排序题",
    "case": "案例题",
}


def write(document: dict) -> str:
    """Return the text of a bank: `front_matter` and `questions` in the shape of `bank check --json`.

    Numbers are given anew, running through; questions keep their order, headings are set where chapter or kind change.
    """
    matter = document.get("front_matter") or {}
    head = ["\n".join(["---", *(f'{name}: "{value}"' for name, value in matter.items()), "---"])] if matter else []
    return "\n\n".join([*head, *("\n".join(lines) for lines in parts(document["questions"]))]) + "\n"


def parts(questions: list[dict]) -> list[list[str]]:
    """Return headings and questions as lists of lines, an empty line to stand between them."""
    found: list[list[str]] = []
    chapter, kind, number = "", "", 0
    for question in questions:
        if holding.is_left_out(question, unheld):
            continue
        number += 1
        if question.get("chapter", "") != chapter:
            chapter, kind = question.get("chapter", ""), ""
            found.append([f"# {chapter}".rstrip()])
        if question["kind"] != kind:
            kind = question["kind"]
            found.append([f"## {HEADINGS[kind]}"])
        found.append(_question(number, question))
    return found


def unheld(question: dict) -> list[str]:
    """Return what the house format does not hold of a question, by names in holding.LOSSES."""
    if question["kind"] not in HEADINGS:
        return ["kind"]
    lost = {
        "spaces": holding.has_spaces(question),
        "wide": holding.is_wide(question),
        "chapter": not holding.is_heading(question.get("chapter") or ""),
        "difficulty": (question.get("difficulty") or "") not in ("", *DIFFICULTIES),
        "points": question.get("points") is not None and not answers.POINTS.fullmatch(str(question["points"])),
        "code": bool(question.get("code")) and not answers.CODE.fullmatch(question["code"]),
        "tags": not holding.has_plain_tags(question),
    }
    return [name for name, is_lost in lost.items() if is_lost]


def _question(number: int, question: dict) -> list[str]:
    lines = [f"{number}. {escaping.escaped(kept_stem(question))}"]
    told = [f"解析：{escaping.escaped(question['explanation'])}"] if question.get("explanation") else []
    lines += [*told, *answered(question)] if question.get("parts") else [*answered(question), *told]
    for label, value in (
        ("材料", escaping.escaped(question.get("material") or "")),
        ("条款", write_citations(question.get("citations") or [])),
        ("标签", BETWEEN.join(question.get("tags") or [])),
        ("难度", DIFFICULTIES.get(question.get("difficulty") or "")),
        ("分值", question.get("points")),
        ("编号", question.get("code")),
        ("顺序", "不限" if question.get("any_order") else ""),
    ):
        if value:
            lines.append(f"{label}：{value}")
    return "\n".join(lines).split("\n")


def answered(question: dict) -> list[str]:
    """Return the lines of a question's options and answer, also where it has none or no kind that is held.

    Pairs and orders are both; a case has its questions.
    """
    if question["kind"] == "matching":
        pairs = [[ARROW.sub(r"\\\g<0>", side) for side in pair] for pair in question["answer"] or ()]
        return [escaping.item(f"{left} → {right}".strip()) for left, right in pairs]
    if question["kind"] == "ordering":
        return [escaping.item(text) for text in question["answer"] or ()]
    if question["kind"] == "case":
        return [line for place, part in enumerate(question["parts"], 1) for line in _part(place, part)]
    pairs = zip(LETTERS, question["options"], strict=False)
    options = [f"{letter}. {escaping.escaped(option)}" for letter, option in pairs]
    return [*options, f"答案：{answer(question)}"]


def _part(place: int, part: dict) -> list[str]:
    heading = HEADINGS.get(part["kind"]) or ("选择题" if part["options"] else "简答题")
    lines = [f"（{place}）【{heading}】{escaping.escaped(kept_stem(part))}", *answered(part)]
    lines += [f"解析：{escaping.escaped(part['explanation'])}"] if part.get("explanation") else []
    return lines + (["顺序：不限"] if part.get("any_order") else [])


def kept_stem(question: dict) -> str:
    """Return the stem; a backslash stands before a bracket at its end that would be taken for the answer."""
    stem = question["stem"]
    if question["kind"] not in answers.EMPTY or not _has_bracket(stem, question["kind"]):
        return stem
    place = max(stem.rfind("("), stem.rfind("（"))
    return f"{stem[:place]}\\{stem[place:]}"


def _has_bracket(stem: str, kind: str) -> bool:
    """Return whether the bracket that ends a stem would be taken for its answer."""
    return answers.read_bracket(stem, kind) is not None or escaping.BRACKET.search(stem) is not None


def answer(question: dict) -> str:
    """Return the answer of a question as the house format writes it."""
    given = question["answer"]
    if given is None or isinstance(given, str):
        return " ".join((given or "").split("\n"))
    if isinstance(given, bool):
        return "正确" if given else "错误"
    if isinstance(given, dict):
        value, tolerance = (numerical.written(given[name]) for name in ("value", "tolerance"))
        return value if tolerance == "0" else f"{value}±{tolerance}"
    return "|".join("；".join(map(escaping.accepted, texts)) for texts in given)
