"""Answer keys within the file: where one begins, which rows belong to it, and where it ends."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizapp.rules.formats import places
from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import headings, key_rows, keys, marks, materials, numbering, vocabulary
from quizapp.rules.formats.text.entries import Entry, Section
from quizapp.rules.words import N_

if TYPE_CHECKING:
    from quizapp.rules.formats.text.walk import Walk

UNREAD = N_("This line of the answer key was not read.")
NO_QUESTION = N_("The answer key names question %(number)s, which is not there.")
IN_BRACKETS_NUMBER = re.compile(r"(?:^|(?<=[\s;；。]))[(（](\d{1,3})[)）]\s?")
FEWEST = 3  # questions that a row of answers without numbers answers
IN_BRACKETS = re.compile(r"[（(][^（）()]{1,40}[)）]")  # whose key it is
NUMBERS = ("1.", "1)", "(1)", "第1题", "【1】")
AS_FAR = 4  # rows within which the first row of a key follows its heading
UNNUMBERED = re.compile(r"([^:：\s]{2,20})[:：\s]\s{0,9}(\S.*)", re.DOTALL)  # 一、单选题：ABCDA


@dataclass
class Key:
    """A key as it is being read, the heading within it that was passed last, and how its answers in words count."""

    found: list[keys.KeyEntry] = field(default_factory=list)
    section: Section | None = None
    numbers: str = ""
    is_labelled: bool = False  # each answer in words bears a label
    until: int = 0  # index of the row behind those that were read with one before them


def begin(walk: "Walk", index: int, row: Row) -> bool:
    """Open an answer key at its heading, or at a row of ranges that stands for itself; return whether it did."""
    if not walk.entries or len(row.text) > key_rows.LONGEST_ROW:
        return False
    if is_head(walk, index):
        walk.account.ignore(row.number, "heading")
        walk.key = Key()
    elif _fits(walk, row.text) and (keys.SPAN.match(row.text) or _answers_all(walk, row.text)):
        walk.key = Key()
        take(walk, index, row)
    else:
        return False
    walk.entry, walk.part = None, ""
    return True


def is_head(walk: "Walk", index: int) -> bool:
    """Return whether a row is the heading of an answer key, and no label of one answer."""
    row = walk.rows[index]
    is_named = vocabulary.KEY_HEAD.fullmatch(row.text[:key_rows.LONGEST_ROW])
    return bool(is_named) and _is_followed(walk, index) and not _is_explained(walk, index, row)


def begin_behind_label(walk: "Walk", row: Row, text: str) -> bool:
    """Open a key that is behind a label (答案：1.A 2.B 3.C) and answers most questions; return whether it did."""
    pairs, entries = keys.read_row(text[:key_rows.LONGEST_ROW]), walk.entries[walk.group_start :]
    if not pairs and len(entries) >= FEWEST:
        pairs = _in_order(entries, text[:key_rows.LONGEST_ROW])
    pairs = pairs or _words_of_all(entries, text[:key_rows.LONGEST_ROW])
    if len(pairs) < 2 or 2 * len(pairs) < len(entries) or not {number for number, _ in pairs} <= _known(walk):
        return False
    walk.key, walk.entry, walk.part = Key(), None, ""
    _note(walk, row, None, pairs)
    walk.account.ignore(row.number, "answer-key")
    return True


def _words_of_all(entries: list[Entry], text: str) -> list[tuple[int, str]]:
    """Return the answers in words that answer just the questions above that have none: 1、宪法 2、18."""
    pairs = keys.read_words(IN_BRACKETS_NUMBER.sub(r"\1. ", text))
    asked = entries[-len(pairs) :] if pairs else []
    is_open = [entry.number for entry in asked] == [number for number, _ in pairs]
    return pairs if is_open and not any(entry.answers or entry.options for entry in asked) else []


def _is_explained(walk: "Walk", index: int, row: Row) -> bool:
    """Return whether the head only leads in to the explanation of the question that was answered above it."""
    label = marks.read_label(row.text)
    is_label = label is not None and label.sort == "explanation" and walk.part == "answer"
    return is_label and bool(walk.entry.answers) and not _is_followed(walk, index, is_whole=True)


def _is_whole(walk: "Walk") -> bool:
    """Return whether the key that is open answers as many questions as there are before it."""
    return len(walk.key.found) >= len(walk.entries) - walk.group_start


def _is_followed(walk: "Walk", index: int, is_whole: bool = False, head: Section | None = None) -> bool:
    """Return whether a row of a key follows, headings and lone colons between; words begin no part of a whole key."""
    for place, row in enumerate(walk.rows[index + 1 : index + AS_FAR], index + 1):
        section, pairs = key_rows.read_row(row.text)
        if pairs or not is_whole and (_in_words(row.text) or _by_order(walk, place, head)):
            return True
        head = section or head
        if not (section or row.text in ":：" or _is_head(row.text) or IN_BRACKETS.fullmatch(row.text)):
            return False
    return False


def _is_head(text: str) -> bool:
    """Return whether a row is a heading that names no kind: of a chapter, of a case, or of the key once more."""
    return headings.is_part(text) or bool(vocabulary.KEY_HEAD.fullmatch(text)) or key_rows.is_of_case(text)


def _fits(walk: "Walk", text: str) -> bool:
    pairs = keys.read_row(text)
    return len(pairs) >= 2 and {number for number, _ in pairs} <= _known(walk)


def _answers_all(walk: "Walk", text: str) -> bool:
    """Return whether a row of answers answers just the questions before it, none of which has an answer."""
    entries = walk.entries[walk.group_start :]
    is_open = not any(entry.answers for entry in entries)
    numbers = [entry.number for entry in entries if entry.number is not None]
    return is_open and sorted(number for number, _ in keys.read_row(text)) == sorted(numbers)


def _known(walk: "Walk") -> set:
    return {entry.number for entry in walk.entries[walk.group_start :]}


def _in_words(text: str, numbers: str = "") -> tuple[str, int, str] | None:
    """Return (habit, number, answer) of a row of a key in words: 3.【答案】A【解析】…, 2．答：…; in `numbers` only."""
    for habit in [numbers] if numbers else NUMBERS:
        found = marks.read_number(text, habit)
        if found and found[0] is not None and not headings.EARNED.fullmatch(text):
            return habit, *found
    return None


def take(walk: "Walk", index: int, row: Row) -> bool:
    """Take a row of the key that is open; where it is none, close the key and return False."""
    if index < walk.key.until:
        walk.account.ignore(row.number, "answer-key")
        return True
    section, pairs = key_rows.read_row(row.text)
    if not pairs and (found := _by_order(walk, index)):
        section, pairs, walk.key.until = found
    is_head = _is_head(row.text)
    if pairs and not section and _goes_back(walk, row.text):
        pairs = []
    if pairs and key_rows.CASE.match(row.text):
        section = _section_of_cases(walk)
    if pairs or section and _is_followed(walk, index, _is_whole(walk), section):
        _note(walk, row, section, pairs)
    elif is_head and _is_followed(walk, index, is_whole=not key_rows.is_of_case(row.text)):
        walk.key.section = _section_of_cases(walk) if key_rows.is_of_case(row.text) else None
    elif not walk.key.found and IN_BRACKETS.fullmatch(row.text):
        pass
    elif not key_rows.is_nothing(row.text) and (section or is_head or not _take_words(walk, index, row)):
        end(walk)
        return False
    walk.account.ignore(row.number, "answer-key")
    return True


def _goes_back(walk: "Walk", text: str) -> bool:
    """Return whether a row of words numbers again what was answered: it is points of the answer above it."""
    words, last = keys.read_words(text), walk.key.found[-1] if walk.key.found else None
    is_again = bool(words) and last is not None and last.section is walk.key.section and words[0][0] <= last.number
    return is_again and not keys.read_row(text)


def _section_of_cases(walk: "Walk") -> Section:
    """Return the part of the key that a heading of one case stands in, or begins."""
    section = walk.key.section or Section()
    return section if materials.CASE.search(section.words) else Section()


def _note(walk: "Walk", row: Row, section: Section | None, pairs: list[tuple[int, str]]) -> None:
    """Enter the part of the key that a heading begins, if any, and keep the answers of the row."""
    if section:
        walk.key.section, walk.key.numbers, walk.key.is_labelled = section, "", False
    if len(pairs) == 1 and (found := _in_words(row.text)):
        walk.key.numbers = found[0]
    walk.key.found += [keys.KeyEntry(number, answer, row.number, walk.key.section) for number, answer in pairs]


def _unnumbered(text: str) -> tuple[Section | None, str]:
    """Return (section, signs) of a row of answers without numbers (一、单选题：ABCDA), "" where it is another."""
    if len(text) > key_rows.LONGEST_ROW:
        return None, ""
    if keys.signs_of(text)[0]:
        return None, text
    found = UNNUMBERED.fullmatch(text)
    head, signs = found.groups() if found else ("", "")
    section = headings.read_section(head) if signs and keys.signs_of(signs)[0] else None
    return (headings.section_of(section, head), signs) if section else (None, "")


def _by_order(
    walk: "Walk", index: int, head: Section | None = None
) -> tuple[Section | None, list[tuple[int | None, str]], int] | None:
    """Return (section, pairs, index behind) of answers without numbers, as many as the questions they answer.

    `head` is a heading above them that was not entered yet.
    """
    section, signs = _unnumbered(walk.rows[index].text)
    is_first = walk.key is None or not walk.key.found
    wanted, end = section or head or (walk.key.section if walk.key else None), index + 1
    if not signs or wanted is None and not is_first:
        return None
    while end < len(walk.rows) and (more := _unnumbered(walk.rows[end].text))[1] and more[0] is None:
        signs, end = f"{signs}\n{more[1]}", end + 1
    pairs = _in_order([one for one in walk.entries[walk.group_start :] if keys.fits(wanted, one)], signs)
    return (section, pairs, end) if pairs else None


def _in_order(entries: list, text: str) -> list[tuple[int | None, str]]:
    """Return the answers of a text by the numbers of the questions, which have none, where both are as many.

    They are single signs, or groups of signs with something between.
    """
    is_open = len(entries) > 1 and not any(entry.answers for entry in entries)
    signs = next((one for one in keys.signs_of(text) if len(one) == len(entries)), []) if is_open else []
    return [(entry.number, sign) for entry, sign in zip(entries, signs, strict=False)]


def _take_words(walk: "Walk", index: int, row: Row, is_own_file: bool = False) -> bool:
    """Take a numbered answer in words, or a row that goes on with one; in a file of its own nothing is a question."""
    found = _in_words(row.text, walk.key.numbers)
    label = marks.read_label(found[2]) if found else None
    is_told = label is not None and label.sort == "answer"
    is_labelled = is_told or found and keys.EXPLAINED.match(found[2])
    is_question = not is_own_file and not is_labelled and numbering.looks_like_question(walk, index)
    if found and not is_labelled and (_goes_back(walk, row.text) or _is_point(walk, index, found[1])):
        found = None
    is_next = bool(found and walk.key.found) and found[1] == walk.key.found[-1].number + 1
    if found and (found[1] in _known(walk) or is_next) and not is_question:
        _note(walk, row, None, [found[1:]])
        walk.key.numbers, walk.key.is_labelled = found[0], walk.key.is_labelled or is_told
        return True
    if not walk.key.found or found and is_question:
        return False
    last, behind = walk.key.found[-1], marks.read_label(row.text)
    if keys.SIGNS.fullmatch(last.answer) and not (behind and behind.sort == "explanation"):
        return False
    last.answer += "\n" + row.text
    last.more.append(row.number)
    return True


def _is_point(walk: "Walk", index: int, number: int) -> bool:
    """Return whether a row numbers on within the answer above it, and the answer of that number is another row."""
    last = walk.key.found[-1].answer.rpartition("\n")[2] if walk.key.found else ""
    label = marks.read_label(last)
    before = _in_words(label.value if label else last)
    if before is None or before[1] != number - 1:
        return False
    below = (_in_words(row.text, walk.key.numbers) for row in walk.rows[index + 1 :])
    return walk.key.is_labelled or any(one[1] == number for one in below if one)


def take_file(walk: "Walk", rows: list[Row]) -> None:
    """Read a key in a file of its own; it may answer every question. What was not read becomes a problem."""
    walk.rows, walk.group_start, walk.key = rows, 0, Key()
    for index, row in enumerate(rows):
        section, pairs = key_rows.read_row(row.text)
        if section or pairs:
            _note(walk, row, section, pairs)
            continue
        is_taken = key_rows.is_nothing(row.text) or _take_words(walk, index, row, is_own_file=True)
        if not (is_taken or _is_title(walk, row.text)):
            walk.account.problem("key-unread", UNREAD, f"{places.KEY}{row.number}", "warning")
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
    for key in keys.hand_out(walk.key.found, walk.entries[walk.group_start :], place):
        walk.account.problem(
            "key-without-question",
            NO_QUESTION,
            f"{place}{key.line}",
            "warning",
            number=key.number,
        )
