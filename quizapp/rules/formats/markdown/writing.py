"""Writes questions in the house format, so that reading it gives the same questions."""

from quizapp.rules.articles import write_citations
from quizapp.rules.formats.drafts import CHOICES, LETTERS
from quizapp.rules.question_types import numerical

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
DIFFICULTIES = {"easy": "易", "medium": "中", "hard": "难"}


def write(document: dict) -> str:
    """Return the text of a bank: `front_matter` and `questions` in the shape of `bank check --json`.

    Numbers are given anew, running through; questions keep their order, headings are set where chapter or kind change.
    """
    parts = []
    matter = document.get("front_matter") or {}
    if matter:
        parts.append("\n".join(["---", *(f'{name}: "{value}"' for name, value in matter.items()), "---"]))
    chapter, kind = "", ""
    for number, question in enumerate(document["questions"], 1):
        if question.get("chapter", "") != chapter:
            chapter, kind = question.get("chapter", ""), ""
            parts.append(f"# {chapter}")
        if question["kind"] != kind:
            kind = question["kind"]
            parts.append(f"## {HEADINGS[kind]}")
        parts.append(_question(number, question))
    return "\n\n".join(parts) + "\n"


def _question(number: int, question: dict) -> str:
    lines = [f"{number}. {question['stem']}"]
    lines += answered(question)
    for label, value in (
        ("材料", question.get("material")),
        ("解析", "" if question.get("parts") else question.get("explanation")),
        ("条款", write_citations(question.get("citations") or [])),
        ("难度", DIFFICULTIES.get(question.get("difficulty") or "")),
        ("分值", question.get("points")),
        ("编号", question.get("code")),
        ("顺序", "不限" if question.get("any_order") else ""),
    ):
        if value:
            lines.append(f"{label}：{value}")
    return "\n".join(lines)


def answered(question: dict) -> list[str]:
    """Return the lines of a question's options and answer; pairs and orders are both, a case has its questions."""
    if question["kind"] == "matching":
        pairs = [[side.replace("→", "\\→") for side in pair] for pair in question["answer"]]
        return [f"- {left} → {right}".replace("-  →", "- →") for left, right in pairs]
    if question["kind"] == "ordering":
        return [f"- {text}" for text in question["answer"]]
    if question["kind"] == "case":
        return [line for place, part in enumerate(question["parts"], 1) for line in _part(place, part)]
    options = [f"{letter}. {option}" for letter, option in zip(LETTERS, question["options"], strict=False)]
    return [*options, f"答案：{_answer(question)}"]


def _part(place: int, part: dict) -> list[str]:
    lines = [f"（{place}）【{HEADINGS[part['kind']]}】{part['stem']}", *answered(part)]
    lines += [f"解析：{part['explanation']}"] if part.get("explanation") else []
    return lines + (["顺序：不限"] if part.get("any_order") else [])


def _answer(question: dict) -> str:
    answer = question["answer"]
    if question["kind"] in CHOICES:
        return answer
    if question["kind"] == "true_false":
        return "正确" if answer else "错误"
    if question["kind"] == "numerical":
        value, tolerance = (numerical.written(answer[name]) for name in ("value", "tolerance"))
        return value if tolerance == "0" else f"{value}±{tolerance}"
    return "|".join("；".join(texts) for texts in answer)
