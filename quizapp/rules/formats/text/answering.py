"""Answers and what is labelled beside them: on lines with a label, alone on a line, behind a dash."""

import re
from typing import TYPE_CHECKING

from quizapp.rules.articles import read_citations
from quizapp.rules.formats.drafts import LETTERS, is_code, read_letters, read_truth
from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import blanks, marks, nesting, numbering, vocabulary
from quizapp.rules.formats.text.entries import BESIDE

if TYPE_CHECKING:
    from quizapp.rules.formats.text.walk import Walk

GROUPS = re.compile(r"(?:\[[^\[\]]{1,200}\]\s{0,9}){1,40}")
GROUP = re.compile(r"\[([^\[\]]*)\]")
SCORE = re.compile(r"\d+(?:\.\d+)?分")
TAGGED = re.compile(rf"(?P<label>{vocabulary.LABEL})\s?[:：]\s?(?P<value>.+)", re.IGNORECASE)  # [难度:0.7]
LEAD = re.compile(r"(?:[:：\s]|[-–—=]{1,3}>?\s|[→—]){1,9}")  # what stands between a label and its value
UNREAD = ("stem", "options", "kind")  # labels that begin no part of their own


def take_label(walk: "Walk", row: Row, label: marks.Label) -> bool:
    """Open the part that a label names; return whether it did."""
    if label.sort == "options" and walk.part == "stem" and (not label.value or marks.read_option(label.value)):
        walk.rest, walk.entry.last = label.value, row.number
        return True
    if walk.entry is None or label.sort in UNREAD or walk.part == "explanation" and label.sort == "note":
        return False
    if label.sort == "citations" and read_citations(label.value)[1]:
        return False  # words about a text that is no handbook here
    if label.sort == "code" and not is_code(label.value):
        return False  # a number of the paper
    entry = walk.entry
    entry.last, walk.part, walk.last_point = row.number, "explanation" if label.sort == "note" else label.sort, 0
    if label.sort == "answer":
        take_value(walk, row, "" if nesting.hand_out(walk, row, label.value) else label.value)
    elif label.sort in ("explanation", "note"):
        place = marks.label_inside(label.value, is_explanation=True)
        walk.add(row, label.value[: place if place >= 0 else None].strip())
        walk.rest = label.value[place:] if place >= 0 else ""
        _note_point(walk, label.value)
    else:
        place = marks.next_label(label.value)
        value, walk.rest = label.value[: place if place >= 0 else None], label.value[place:] if place >= 0 else ""
        if label.sort in BESIDE:
            entry.beside[label.sort] = value.strip()
    return True


def take_value(walk: "Walk", row: Row, text: str) -> None:
    """Take the value of an answer, up to the next label."""
    text = LEAD.sub("", text, count=1) if LEAD.match(text) else text
    place = marks.next_label(text)
    head = text[: place if place >= 0 else None].strip()
    if head:
        walk.entry.answers.append((row.number, head))
        _note_point(walk, head)
    walk.rest = text[place:] if place >= 0 else ""


def _note_point(walk: "Walk", text: str) -> None:
    """Remember the number of a list's first point, so that its next is not taken for a question."""
    point = numbering.any_number(walk, text)
    walk.last_point = point[0] or 0 if point else 0


def take_alone(walk: "Walk", index: int, row: Row, text: str) -> bool:
    """Take a row that is nothing but an answer: [AB][3分], ABD below the options, √ below a statement."""
    if walk.entry is None or not walk.entry.stem:
        return False
    if GROUPS.fullmatch(text) and (tagged := _tagged(text)):
        walk.entry.beside |= tagged
        walk.entry.last = row.number
        return True
    if walk.part not in ("stem", "option") or walk.part == "option" and not walk.entry.options[-1]:
        return False
    if GROUPS.fullmatch(text):
        _take_groups(walk, row, text)
    elif text.startswith("[") and _is_closed_below(walk, index, text):
        walk.entry.answers.append((row.number, text))
    elif not numbering.BLANK.search(text) and _is_answer(walk, text.strip("[]【】()（） ")):
        walk.entry.answers.append((row.number, text.strip("[]【】()（） ")))
    elif (told := marks.read_told(text) or marks.read_told_truth(text)) and _is_answer(walk, told):
        walk.entry.answers.append((row.number, told))
    else:
        return False
    walk.entry.last, walk.part = row.number, "answer"
    return True


def _is_closed_below(walk: "Walk", index: int, text: str) -> bool:
    """Return whether a group that a row opens is closed at the end of a later one: an answer of several lines."""
    for following in [] if "]" in text else walk.rows[index + 1 : index + numbering.AS_FAR]:
        if "[" in following.text.partition("]")[0]:
            return False
        if GROUPS.fullmatch("[" + following.text):
            return True
    return False


def _tagged(text: str) -> dict[str, str]:
    """Return what a row of tags says, by sorts of labels: [难度:0.7][分数:1]; nothing if it says anything else."""
    found = [TAGGED.fullmatch(group) for group in GROUP.findall(text)]
    said = {vocabulary.LABELS[one["label"].lower()]: one["value"].strip() for one in found if one}
    return said if all(found) and set(said) <= {"difficulty", "points"} else {}


def _take_groups(walk: "Walk", row: Row, text: str) -> None:
    """Take [AB][3分][1分]: letters or a sign answer a choice or a statement, anything else fills blanks."""
    groups = [group.strip() for group in GROUP.findall(text)]
    values = [group for group in groups if not SCORE.fullmatch(group) and group not in blanks.FLAGS]
    scores = [group for group in groups if SCORE.fullmatch(group)]
    if scores and len(values) <= 1:
        walk.entry.beside["points"] = scores[0]
    if len(values) == 1 and (_is_answer(walk, values[0]) or read_truth(values[0]) is not None):
        walk.entry.answers.append((row.number, values[0]))
    else:
        walk.entry.in_brackets = True
        walk.entry.answers.append((row.number, text))


def _is_answer(walk: "Walk", text: str) -> bool:
    letters = read_letters(text) if len(text) <= 12 else None
    if letters and len(walk.entry.options) >= 2:
        return LETTERS.index(letters[-1]) < len(walk.entry.options)
    is_statement = walk.entry.wanted_kind() == "true_false"
    may_be = walk.entry.wanted_kind() is None and not walk.entry.options and not text.isascii()
    return (is_statement or may_be) and read_truth(text) is not None


def take_dashed(walk: "Walk", row: Row, text: str) -> str:
    """Take the answer that stands behind a dash (…（）。-D:灯) where the file has that habit; return what is before."""
    found = marks.DASHED.search(text) if walk.habit.is_dashed else None
    if not found:
        return text
    walk.entry.answers.append((row.number, found["answer"]))
    walk.entry.explanation += filter(None, [found["words"].strip()])
    return text[: found.start()]
