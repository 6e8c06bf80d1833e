"""Points, difficulty and kind that stand in brackets in a stem, or on lines of their own."""

import re

from quizapp.rules import bulk
from quizapp.rules.articles import read_citations
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.text import vocabulary
from quizapp.rules.formats.text.entries import Entry
from quizapp.rules.words import N_

SCORE_TAG = re.compile(
    r"[(（\[【]\s?(?:(?:本题|共)?\s?(\d{1,3}(?:\.\d+)?)\s?分|(?:本题)?分[数值]\s?[:：]\s?(\d{1,3}(?:\.\d+)?)\s?分?)\s?[)）\]】]"
)
DIFFICULTY_TAG = re.compile(r"[(（\[【]\s*难(?:易)?度\s*[:：]\s*([^()（）\[\]【】]{1,6})[)）\]】]")
KIND_TAG = re.compile(
    r"\[(?:single choice|multiple choice|true or false|fill in[^\]]*|all|partial|manual|byblank)\]", re.I
)
KIND_AT_END = re.compile(
    rf"\s?[(（\[【](?:(?P<kind>{vocabulary.KIND})题|(?P<short>[单多]项?选择?|判断|填空))[)）\]】]\s?\*?$", re.IGNORECASE
)
MARKED_BY = re.compile(r"^[(（\[【]\s?(?:系统|人工|自动|手工)(?:评分|阅卷|判分)\s?[)）\]】]\s*")
SCORE = re.compile(r"\d+(?:\.\d+)?")
STARS = re.compile("(?=.{3,5}$)★+☆+|★{5}")  # ★★☆; of how many ★★★ are, nobody knows
LEFT_OUT = N_("The difficulty “%(text)s” is none of easy, medium and hard; it was left out.")
NO_POINTS = N_("“%(text)s” is no number of points.")
DIFFICULTIES = {
    **dict.fromkeys(["easy", "simple", "易", "简单", "容易", "普通", "较易", "初级", "1"], "easy"),
    **dict.fromkeys(["medium", "normal", "中", "中等", "一般", "适中", "中级", "2"], "medium"),
    **dict.fromkeys(["hard", "difficult", "难", "困难", "较难", "高级", "3"], "hard"),
}


def take(draft: Draft, entry: Entry) -> None:
    """Take scores, difficulties and kinds out of the stem; lines and headings say them where the stem does not."""
    difficulty = DIFFICULTY_TAG.search(draft.stem)
    if difficulty:
        draft.stem = (draft.stem[: difficulty.start()] + draft.stem[difficulty.end() :]).strip()
    beside = entry.beside
    level = (difficulty[1] if difficulty else beside.get("difficulty", "")).strip()
    draft.difficulty = _difficulty(level)
    if level and not draft.difficulty:
        draft.problem("difficulty-unknown", LEFT_OUT, severity="warning", text=level[:40])
    add_citations(draft, beside.get("citations", ""))
    draft.chapter = beside.get("chapter") or draft.chapter
    draft.tags, draft.code = list(bulk.split_tags(beside.get("tags", ""))), beside.get("code", "")
    scores = list(SCORE_TAG.finditer(draft.stem))[: None if "\n" not in draft.stem else 1]
    found = next((one for one in scores if one.start() == 0 or one.end() == len(draft.stem)), None)
    if found:
        draft.points = _number(found[1] or found[2])
        draft.stem = (draft.stem[: found.start()] + draft.stem[found.end() :]).strip()
    elif score := SCORE.match(beside.get("points", "")):
        draft.points = _number(score[0])
    elif entry.section.points is not None:
        draft.points = _number(str(entry.section.points))
    if beside.get("points") and not SCORE.match(beside["points"]):
        draft.problem("points-unreadable", NO_POINTS, severity="warning", text=beside["points"][:40])
    if kind := KIND_AT_END.search(draft.stem):
        entry.kind = entry.kind or vocabulary.KINDS[(kind["kind"] or kind["short"]).lower()]
        draft.stem = draft.stem[: kind.start()]
    draft.stem = MARKED_BY.sub("", KIND_TAG.sub("", draft.stem)).strip()


def add_citations(draft: Draft, text: str) -> None:
    """Take the articles that a text names; one that names something else besides goes to the explanation."""
    found, unread = read_citations(text.strip())
    if unread:
        draft.explanation = "\n".join(filter(None, [draft.explanation, text.strip()]))
    else:
        draft.citations = found


def _number(text: str) -> float:
    value = float(text)
    return int(value) if value.is_integer() else value


def _difficulty(text: str) -> str:
    """Return easy, medium or hard; a figure from 0 to 1 is the share that answers rightly, 1 to 3 a grade."""
    word = text.strip("度。. ")
    if re.fullmatch(r"0?\.\d+|0|1\.0+", word):
        value = float(word)
        return "easy" if value >= 0.7 else "hard" if value < 0.4 else "medium"
    if STARS.fullmatch(word):
        share = word.count("★") / len(word)
        return "easy" if share <= 0.4 else "hard" if share > 0.7 else "medium"
    return DIFFICULTIES.get(word.lower(), "")
