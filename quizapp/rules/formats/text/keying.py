"""Answer keys within the file: where one begins, which rows belong to it, and where it ends."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizapp.rules.formats import places
from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import headings, keys, marks, numbering, vocabulary
from quizapp.rules.formats.text.entries import Section
from quizapp.rules.words import N_

if TYPE_CHECKING:
    from quizapp.rules.formats.text.walk import Walk

NUMBERS = ("1.", "1)", "(1)", "第1题", "【1】")
LONGEST_ROW = 2000  # characters
AS_FAR = 4  # rows within which the first row of a key follows its heading


ORDINAL = re.compile(rf"[(（]?{vocabulary.ORDINAL}[)）]?\s?[、.．:：]?")  # a heading of a number alone, before answers
MOST_FIGURES = 12  # before the answers in a row that begins with a heading
NEXT = r"(?:\s{2,}|\t|(?<=[。；;])\s*)(?=%d\s?[.．、)）])"  # what parts two answers in words of one row


@dataclass
class Key:
    """A key as it is being read, the heading within it that was passed last, and how its answers in words count."""

    found: list[keys.KeyEntry] = field(default_factory=list)
    section: Section | None = None
    numbers: str = ""


def begin(walk: "Walk", index: int, row: Row) -> bool:
    """Open an answer key at its heading, or at a row of ranges that stands for itself; return whether it did."""
    if not walk.entries or len(row.text) > LONGEST_ROW:
        return False
    if vocabulary.KEY_HEAD.fullmatch(row.text) and _is_followed(walk, index) and not _is_explained(walk, index, row):
        walk.account.ignore(row.number, "heading")
        walk.key = Key()
    elif keys.SPAN.match(row.text) and _fits(walk, row.text):
        walk.key = Key()
        take(walk, index, row)
    else:
        return False
    walk.entry, walk.part = None, ""
    return True


def begin_behind_label(walk: "Walk", row: Row, text: str) -> bool:
    """Open a key that is behind a label (答案：1.A 2.B 3.C) and answers most questions; return whether it did."""
    pairs, entries = keys.read_row(text[:LONGEST_ROW]), walk.entries[walk.group_start :]
    if len(pairs) < 2 or 2 * len(pairs) < len(entries) or not {number for number, _ in pairs} <= _known(walk):
        return False
    walk.key, walk.entry, walk.part = Key(), None, ""
    _note(walk, row, None, pairs)
    walk.account.ignore(row.number, "answer-key")
    return True


def _is_explained(walk: "Walk", index: int, row: Row) -> bool:
    """Return whether the head only leads in to the explanation of the question that was answered above it."""
    label = marks.read_label(row.text)
    is_label = label is not None and label.sort == "explanation" and walk.part == "answer"
    return is_label and bool(walk.entry.answers) and not _is_followed(walk, index, is_whole=True)


def _is_whole(walk: "Walk") -> bool:
    """Return whether the key that is open answers as many questions as there are before it."""
    return len(walk.key.found) >= len(walk.entries) - walk.group_start


def _is_followed(walk: "Walk", index: int, is_whole: bool = False) -> bool:
    """Return whether a row of a key follows, headings and lone colons between; words begin no part of a whole key."""
    for row in walk.rows[index + 1 : index + AS_FAR]:
        section, pairs = _read(row.text)
        if pairs or not is_whole and _in_words(row.text):
            return True
        if not (section or row.text in ":：" or _is_head(row.text)):
            return False
    return False


def _is_head(text: str) -> bool:
    """Return whether a row is a heading that names no kind: of a chapter, or of the key once more."""
    return headings.is_part(text) or bool(vocabulary.KEY_HEAD.fullmatch(text))


def _read(text: str) -> tuple[Section | None, list[tuple[int, str]]]:
    """Return (section, pairs) of a row of a key: answers, a heading, or answers behind one (一、单选题 1.A 2.B)."""
    if pairs := keys.read_row(text):
        return None, pairs
    for found in list(re.finditer(r"(?<!\d)\d", text[: headings.LONGEST_EXPLAINED]))[:MOST_FIGURES]:
        head = text[: found.start()].strip(" \t\u3000:：")
        section = headings.read_section(head)
        if (section or ORDINAL.fullmatch(head)) and (pairs := keys.read_row(text[found.start() :])):
            return headings.section_of(section, head) if section else Section(), pairs
    section = headings.read_section(text)
    return headings.section_of(section, text) if section else None, []


def _fits(walk: "Walk", text: str) -> bool:
    pairs = keys.read_row(text)
    known = _known(walk)
    return len(pairs) >= 2 and all(number in known for number, _ in pairs)


def _known(walk: "Walk") -> set:
    return {entry.number for entry in walk.entries[walk.group_start :]}


def _in_words(text: str, numbers: str = "") -> tuple[str, int, str] | None:
    """Return (habit, number, answer) of a row of a key in words: 3.【答案】A【解析】…, 2．答：…; in `numbers` only."""
    for habit in [numbers] if numbers else NUMBERS:
        found = marks.read_number(text, habit)
        if found and found[0] is not None and found[1] and not headings.EARNED.fullmatch(text):
            return habit, *found
    return None


def take(walk: "Walk", index: int, row: Row) -> bool:
    """Take a row of the key that is open; where it is none, close the key and return False."""
    section, pairs = _read(row.text)
    is_head = _is_head(row.text)
    if pairs or section and _is_followed(walk, index, is_whole=_is_whole(walk)):
        _note(walk, row, section, pairs)
    elif is_head and _is_followed(walk, index, is_whole=True):
        walk.key.section = None
    elif not _is_nothing(row.text) and (section or is_head or not _take_words(walk, index, row)):
        end(walk)
        return False
    walk.account.ignore(row.number, "answer-key")
    return True


def _note(walk: "Walk", row: Row, section: Section | None, pairs: list[tuple[int, str]]) -> None:
    """Enter the part of the key that a heading begins, if any, and keep the answers of the row."""
    if section:
        walk.key.section, walk.key.numbers = section, ""
    if len(pairs) == 1 and (found := _in_words(row.text)):
        walk.key.numbers = found[0]
    walk.key.found += [keys.KeyEntry(number, answer, row.number, walk.key.section) for number, answer in pairs]


def _is_nothing(text: str) -> bool:
    return text in ":：" or bool(headings.RULER.fullmatch(text) or headings.PAGE.fullmatch(text))


def _take_words(walk: "Walk", index: int, row: Row, is_own_file: bool = False) -> bool:
    """Take a numbered answer in words, or a row that goes on with one; in a file of its own nothing is a question."""
    found = _in_words(row.text, walk.key.numbers)
    label = marks.read_label(found[2]) if found else None
    is_labelled = label is not None and label.sort == "answer" or found and keys.EXPLAINED.match(found[2])
    is_question = not is_own_file and not is_labelled and numbering.looks_like_question(walk, index)
    if found and found[1] in _known(walk) and not is_question:
        _note(walk, row, None, _apart(*found[1:]))
        walk.key.numbers = found[0]
        return True
    if not walk.key.found or found and is_question:
        return False
    last, behind = walk.key.found[-1], marks.read_label(row.text)
    if keys.SIGNS.fullmatch(last.answer) and not (behind and behind.sort == "explanation"):
        return False
    last.answer += "\n" + row.text
    return True


def _apart(number: int, text: str) -> list[tuple[int, str]]:
    """Return the answers in words of one row, numbered from `number` on: 1、甲  2、乙  3、丙."""
    pairs = []
    while found := re.search(NEXT % (number + 1), text):
        pairs.append((number, text[: found.start()]))
        text = text[found.end() :]
        number, text = number + 1, re.sub(r"^\d+\s?[.．、)）]\s*", "", text)
    return [*pairs, (number, text)]


def take_file(walk: "Walk", rows: list[Row]) -> None:
    """Read a key in a file of its own; it may answer every question. What was not read becomes a problem."""
    walk.rows, walk.group_start, walk.key = rows, 0, Key()
    for index, row in enumerate(rows):
        section, pairs = _read(row.text)
        if section or pairs:
            _note(walk, row, section, pairs)
        elif not (
            _is_nothing(row.text) or _take_words(walk, index, row, is_own_file=True) or _is_title(walk, row.text)
        ):
            walk.account.problem(
                "key-unread", N_("This line of the answer key was not read."), f"{places.KEY}{row.number}", "warning"
            )
    _hand_out(walk, places.KEY)


def _is_title(walk: "Walk", text: str) -> bool:
    is_early = not walk.key.found and len(text) <= headings.LONGEST
    return is_early or _is_head(text)


def end(walk: "Walk") -> None:
    """Close the key that is open: its answers go to their questions, and those without one become problems."""
    if walk.key is None:
        return
    _hand_out(walk)
    walk.key, walk.group_start = None, len(walk.entries)
    walk.entry, walk.part, walk.is_new_group = None, "", True


def _hand_out(walk: "Walk", place: str = "") -> None:
    for key in keys.hand_out(walk.key.found, walk.entries[walk.group_start :]):
        walk.account.problem(
            "key-without-question",
            N_("The answer key names question %(number)s, which is not there."),
            f"{place}{key.line}",
            "warning",
            number=key.number,
        )
