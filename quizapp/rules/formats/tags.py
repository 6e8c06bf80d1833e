"""Tags of a question; what a format has no place for stands among them under its name: difficulty, points, articles."""

import re

from quizapp.rules import bulk
from quizapp.rules.articles import read_citations, write_citations
from quizapp.rules.formats.drafts import Draft

DIFFICULTIES = {"easy": "易", "medium": "中", "hard": "难"}
LEVELS = {word: level for level, word in DIFFICULTIES.items()}
TAG = re.compile(r"(难度|分值|条款|案例)[：:](.+)")
BETWEEN = "，"


def written(question: dict, has_points: bool = False) -> list[str]:
    """Return the tags of a question; points only where the format has no place of its own for them."""
    level, points = question.get("difficulty") or "", question.get("points")
    found = [f"难度：{DIFFICULTIES[level]}"] if level in DIFFICULTIES else []
    found += [f"分值：{points}"] if has_points and points is not None else []
    found += [f"条款：{write_citations([one])}" for one in question.get("citations") or []]
    return found + [
        tag for tag in question.get("tags") or [] if not TAG.fullmatch(tag)
    ]  # those would be taken for what they name


def are_odd(tags: list[str]) -> bool:
    """Return whether tags do not come back as they are: those of signs that part tags or mean something in a format."""
    return list(bulk.split_tags(BETWEEN.join(tags))) != tags or any(TAG.fullmatch(tag) or "[" in tag or "]" in tag
                                                                    for tag in tags)  # fmt: skip


def take(draft: Draft, tags: list[str]) -> None:
    """Take what tags say of a question; others are its own, as many as a question bears."""
    for tag in tags:
        found = TAG.fullmatch(tag.strip())
        if found and found[1] == "难度":
            draft.difficulty = LEVELS.get(found[2], draft.difficulty)
        elif found and found[1] == "条款":
            draft.citations += read_citations(found[2])[0]
        elif not found:
            own = [one for one in bulk.split_tags(tag) if len(one) <= bulk.TAG_LONGEST and one not in draft.tags]
            draft.tags = [*draft.tags, *own][: bulk.MOST_TAGS]
        elif found[1] == "分值" and re.fullmatch(r"\d{1,4}(?:\.\d{1,3})?", found[2]):
            draft.points = float(found[2]) if "." in found[2] else int(found[2])
