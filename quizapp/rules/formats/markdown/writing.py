"""Writes questions in the house format, so that reading it gives the same questions."""

from quizapp.rules.articles import write_citations
from quizapp.rules.formats.drafts import CHOICES, LETTERS

HEADINGS = {"single_choice": "单选题", "multiple_choice": "多选题", "true_false": "判断题", "fill_blank": "填空题"}
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
    lines += [f"{letter}. {option}" for letter, option in zip(LETTERS, question["options"], strict=False)]
    lines.append(f"答案：{_answer(question)}")
    for label, value in (
        ("解析", question.get("explanation")),
        ("条款", write_citations(question.get("citations") or [])),
        ("难度", DIFFICULTIES.get(question.get("difficulty") or "")),
        ("分值", question.get("points")),
        ("编号", question.get("code")),
        ("顺序", "不限" if question.get("any_order") else ""),
    ):
        if value:
            lines.append(f"{label}：{value}")
    return "\n".join(lines)


def _answer(question: dict) -> str:
    answer = question["answer"]
    if question["kind"] in CHOICES:
        return answer
    if question["kind"] == "true_false":
        return "正确" if answer else "错误"
    return "|".join("；".join(texts) for texts in answer)
