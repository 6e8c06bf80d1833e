"""Answer keys within the file: where one begins, which rows belong to it, and where it ends."""

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
AS_FAR = 4  # rows within which the first row of a key follows its heading


@dataclass
class Key:
    """A key as it is being read, and the heading within it that was passed last."""

    found: list[keys.KeyEntry] = field(default_factory=list)
    section: Section | None = None


def begin(walk: "Walk", index: int, row: Row) -> bool:
    """Open an answer key at its heading, or at a row of ranges that stands for itself; return whether it did."""
    if not walk.entries or len(row.text) > 2000:
        return False
    if vocabulary.KEY_HEAD.fullmatch(row.text) and _is_followed(walk, index):
        walk.account.ignore(row.number, "heading")
        walk.key = Key()
    elif keys.SPAN.match(row.text) and _fits(walk, row.text):
        walk.key = Key()
        take(walk, index, row)
    else:
        return False
    walk.entry, walk.part = None, ""
    return True


def _is_whole(walk: "Walk") -> bool:
    """Return whether the key that is open answers as many questions as there are before it."""
    return len(walk.key.found) >= len(walk.entries) - walk.group_start


def _is_followed(walk: "Walk", index: int, is_whole: bool = False) -> bool:
    """Return whether a row of a key follows, headings and lone colons between; words begin no part of a whole key."""
    for row in walk.rows[index + 1 : index + AS_FAR]:
        if keys.read_row(row.text) or not is_whole and _in_words(row.text):
            return True
        if not (row.text in ":：" or headings.read_section(row.text)):
            return False
    return False


def _fits(walk: "Walk", text: str) -> bool:
    pairs = keys.read_row(text)
    known = _known(walk)
    return len(pairs) >= 2 and all(number in known for number, _ in pairs)


def _known(walk: "Walk") -> set:
    return {entry.number for entry in walk.entries[walk.group_start :]}


def _in_words(text: str) -> tuple[int, str] | None:
    """Return (number, answer) of a row of a key in words: 3.【答案】A【解析】…, 2．答：…"""
    for habit in NUMBERS:
        found = marks.read_number(text, habit)
        if found and found[0] is not None and found[1]:
            return found
    return None


def take(walk: "Walk", index: int, row: Row) -> bool:
    """Take a row of the key that is open; where it is none, close the key and return False."""
    pairs = keys.read_row(row.text)
    section = headings.read_section(row.text)
    if pairs:
        walk.key.found += [keys.KeyEntry(number, answer, row.number, walk.key.section) for number, answer in pairs]
    elif section and _is_followed(walk, index, is_whole=_is_whole(walk)):
        walk.key.section = headings.section_of(section, row.text)
    elif not _is_nothing(row.text) and (section or headings.is_part(row.text) or not _take_words(walk, index, row)):
        end(walk)
        return False
    walk.account.ignore(row.number, "answer-key")
    return True


def _is_nothing(text: str) -> bool:
    return text in ":：" or bool(headings.RULER.fullmatch(text) or headings.PAGE.fullmatch(text))


def _take_words(walk: "Walk", index: int, row: Row, is_own_file: bool = False) -> bool:
    """Take a numbered answer in words, or a row that goes on with one; in a file of its own nothing is a question."""
    found = _in_words(row.text)
    label = marks.read_label(found[1]) if found else None
    is_labelled = label is not None and label.sort == "answer"
    is_question = not is_own_file and not is_labelled and numbering.looks_like_question(walk, index)
    if found and found[0] in _known(walk) and not is_question:
        walk.key.found.append(keys.KeyEntry(found[0], found[1], row.number, walk.key.section))
        return True
    if not walk.key.found or found and is_question:
        return False
    last, behind = walk.key.found[-1], marks.read_label(row.text)
    if keys.SIGNS.fullmatch(last.answer) and not (behind and behind.sort == "explanation"):
        return False
    last.answer += "\n" + row.text
    return True


def take_file(walk: "Walk", rows: list[Row]) -> None:
    """Read a key in a file of its own; it may answer every question. What was not read becomes a problem."""
    walk.rows, walk.group_start, walk.key = rows, 0, Key()
    for index, row in enumerate(rows):
        pairs, section = keys.read_row(row.text), headings.read_section(row.text)
        if pairs:
            walk.key.found += [keys.KeyEntry(number, answer, row.number, walk.key.section) for number, answer in pairs]
        elif section:
            walk.key.section = headings.section_of(section, row.text)
        elif not (
            _is_nothing(row.text) or _take_words(walk, index, row, is_own_file=True) or _is_title(walk, row.text)
        ):
            walk.account.problem(
                "key-unread", N_("This line of the answer key was not read."), f"{places.KEY}{row.number}", "warning"
            )
    _hand_out(walk, places.KEY)


def _is_title(walk: "Walk", text: str) -> bool:
    is_early = not walk.key.found and len(text) <= headings.LONGEST
    return is_early or bool(vocabulary.KEY_HEAD.fullmatch(text)) or headings.is_part(text)


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
