"""What other systems keep as tags of a question: difficulty, points and cited articles, each under its name."""

import re

from quizapp.rules.articles import read_citations, write_citations
from quizapp.rules.formats.drafts import Draft

DIFFICULTIES = {"easy": "易", "medium": "中", "hard": "难"}
LEVELS = {word: level for level, word in DIFFICULTIES.items()}
TAG = re.compile(r"(难度|分值|条款)[：:](.+)")


def written(question: dict, has_points: bool = False) -> list[str]:
    """Return the tags of a question; points only where the format has no place of its own for them."""
    level, points = question.get("difficulty") or "", question.get("points")
    found = [f"难度：{DIFFICULTIES[level]}"] if level in DIFFICULTIES else []
    found += [f"分值：{points}"] if has_points and points is not None else []
    return found + [f"条款：{write_citations([one])}" for one in question.get("citations") or []]


def take(draft: Draft, tags: list[str]) -> None:
    """Take what tags say of a question; others are left."""
    for tag in tags:
        found = TAG.fullmatch(tag.strip())
        if found and found[1] == "难度":
            draft.difficulty = LEVELS.get(found[2], draft.difficulty)
        elif found and found[1] == "条款":
            draft.citations += read_citations(found[2])[0]
        elif found and re.fullmatch(r"\d{1,4}(?:\.\d{1,3})?", found[2]):
            draft.points = float(found[2]) if "." in found[2] else int(found[2])
