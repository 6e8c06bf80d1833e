"""Answer keys within the file: where one begins, which rows belong to it, and where it ends."""

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quizapp.rules.formats import places
from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import headings, keys, marks, materials, numbering, vocabulary
from quizapp.rules.formats.text.entries import Section
from quizapp.rules.words import N_

if TYPE_CHECKING:
    from quizapp.rules.formats.text.walk import Walk

UNREAD = N_("This line of the answer key was not read.")
NO_QUESTION = N_("The answer key names question %(number)s, which is not there.")
FEWEST = 3  # questions that a row of answers without numbers answers
IN_BRACKETS = re.compile(r"[（(][^（）()]{1,40}[)）]")  # whose key it is
NUMBERS = ("1.", "1)", "(1)", "第1题", "【1】")
LONGEST_ROW = 2000  # characters
AS_FAR = 4  # rows within which the first row of a key follows its heading


ORDINAL = re.compile(rf"[(（]?{vocabulary.ORDINAL}[)）]?\s?[、.．:：]?")  # a heading of a number alone, before answers
BETWEEN = " \t\u3000;；,，。|"
OF_CASE = (
    rf"[【\[(（]?(?:案例|材料|资料|情景|情境)(?:分析)?题?\s?(?:{vocabulary.ORDINAL}|\d{{1,2}})\s?[】\])）]?"
    "(?:的?(?:参考)?答案)?"
)
CASE = re.compile(rf"{OF_CASE}\s?[:：.．、]?")  # a heading of one case
KINDS_OF_KEY = re.compile(  # where in a row a key of another kind, or of another case, begins: …；二、多选题：1.AB
    rf"(?P<kind>{OF_CASE}\s?[:：]|(?:[(（]?{vocabulary.ORDINAL}[)）]?\s?[、.．]?\s?)?(?:{vocabulary.KIND})题?\s?[:：]?|{vocabulary.ORDINAL}[、.．](?=\s?\d{{1,3}}\s?[.．、]))\s?(?=\d)",
    re.IGNORECASE,
)
UNNUMBERED = re.compile(r"([^:：\s]{2,20})[:：\s]\s{0,9}(\S.*)", re.DOTALL)  # 一、单选题：ABCDA
FIRST_ROWS = 12  # within which a key stands that precedes its questions
MOST_FIGURES = 12  # before the answers in a row that begins with a heading
NEXT = r"(?:\s{2,}|\t|(?<=[。；;])\s*)(?=%d\s?[.．、)）])"  # what parts two answers in words of one row


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
    if not walk.entries or len(row.text) > LONGEST_ROW:
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
    is_named = vocabulary.KEY_HEAD.fullmatch(row.text[:LONGEST_ROW])
    return bool(is_named) and _is_followed(walk, index) and not _is_explained(walk, index, row)


def below_questions(rows: list[Row]) -> list[Row]:
    """Return the rows with each answer key moved behind its questions, where the first stands before its own."""
    first = next((index for index, row in enumerate(rows[:FIRST_ROWS]) if _begins_key(row.text)), None)
    if first is None or not all(_may_precede(row.text) for row in rows[:first]):
        return rows
    ends = {start: _end_of_key(rows, start) for start in range(first, len(rows)) if _begins_key(rows[start].text)}
    starts = [start for start, end in ends.items() if end]
    if starts[:1] != [first] or ends[starts[-1]] == len(rows):
        return rows
    found = rows[:first]
    for start, following in zip(starts, [*starts[1:], len(rows)], strict=True):
        found += rows[ends[start] : following] + rows[start : ends[start]]
    return found


def _end_of_key(rows: list[Row], start: int) -> int:
    """Return the index behind the last row of answers of the key that begins at `start`, 0 where none follows."""
    end = 0 if vocabulary.KEY_HEAD.fullmatch(rows[start].text) else start + 1
    for place, row in enumerate(rows[start + 1 :], start + 1):
        section, pairs = read_row(row.text[:LONGEST_ROW])
        if pairs:
            end = place + 1
        elif not (section or _is_nothing(row.text)):
            break
    return end


def _may_precede(text: str) -> bool:
    """Return whether a row before a key is a title or a heading, and no question or part of one."""
    if headings.read_section(text):
        return True
    is_part = any(marks.read_number(text, one) for one in marks.NUMBERS) or marks.read_option(text)
    return len(text) <= headings.LONGEST and not (is_part or numbering.BLANK.search(text))


def _begins_key(text: str) -> bool:
    if len(text) > LONGEST_ROW:
        return False
    label = marks.read_label(text)
    is_labelled = label is not None and label.sort == "answer" and len(keys.read_row(label.value)) > 1
    return is_labelled or bool(vocabulary.KEY_HEAD.fullmatch(text))


def sections_apart(rows: list[Row]) -> list[Row]:
    """Return the rows with a key of several kinds in one row (单选：1.A 2.B；判断：1.√) cut before each kind."""
    found = []
    for row in rows:
        places = [one.start("kind") for one in KINDS_OF_KEY.finditer(row.text[:LONGEST_ROW])]
        pieces = [row.text[start:end] for start, end in zip([0, *places], [*places, None], strict=True)]
        pieces = [piece for piece in pieces if piece.strip()]
        head = vocabulary.KEY_HEAD.fullmatch(pieces[0]) if pieces else None
        is_key = len(pieces) > 1 and all(read_row(piece.strip(BETWEEN))[1] for piece in pieces[bool(head) :])
        found += [replace(row, text=piece.strip(BETWEEN)) for piece in pieces] if is_key else [row]
    return found


def begin_behind_label(walk: "Walk", row: Row, text: str) -> bool:
    """Open a key that is behind a label (答案：1.A 2.B 3.C) and answers most questions; return whether it did."""
    pairs, entries = keys.read_row(text[:LONGEST_ROW]), walk.entries[walk.group_start :]
    if not pairs and len(entries) >= FEWEST:
        pairs = _in_order(entries, text[:LONGEST_ROW])
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


def _is_followed(walk: "Walk", index: int, is_whole: bool = False, head: Section | None = None) -> bool:
    """Return whether a row of a key follows, headings and lone colons between; words begin no part of a whole key."""
    for place, row in enumerate(walk.rows[index + 1 : index + AS_FAR], index + 1):
        section, pairs = read_row(row.text)
        if pairs or not is_whole and (_in_words(row.text) or _by_order(walk, place, head)):
            return True
        head = section or head
        if not (section or row.text in ":：" or _is_head(row.text) or IN_BRACKETS.fullmatch(row.text)):
            return False
    return False


def _is_head(text: str) -> bool:
    """Return whether a row is a heading that names no kind: of a chapter, of a case, or of the key once more."""
    return headings.is_part(text) or bool(vocabulary.KEY_HEAD.fullmatch(text)) or _is_of_case(text)


def _is_of_case(text: str) -> bool:
    return bool(CASE.fullmatch(text) or ORDINAL.fullmatch(text))


def read_row(text: str) -> tuple[Section | None, list[tuple[int, str]]]:
    """Return (section, pairs) of a row of a key: answers, a heading, or answers behind one (一、单选题 1.A 2.B)."""
    if pairs := keys.read_row(text) or keys.read_words(text):
        return None, pairs
    for found in list(re.finditer(r"(?<!\d)\d", text[: headings.LONGEST_EXPLAINED]))[:MOST_FIGURES]:
        head = text[: found.start()].strip(" \t\u3000:：")
        section = headings.read_section(head)
        rest = text[found.start() :] if section or _is_of_case(head) else ""
        pairs = keys.read_row(rest) or keys.read_words(rest)
        if pairs and CASE.fullmatch(head):
            return None, pairs
        if pairs:
            return headings.section_of(section, head) if section else Section(), pairs
    section = headings.read_section(text)
    return headings.section_of(section, text) if section else None, []


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
    section, pairs = read_row(row.text)
    if not pairs and (found := _by_order(walk, index)):
        section, pairs, walk.key.until = found
    is_head = _is_head(row.text)
    if pairs and CASE.match(row.text):
        section = _section_of_cases(walk)
    if pairs or section and _is_followed(walk, index, _is_whole(walk), section):
        _note(walk, row, section, pairs)
    elif is_head and _is_followed(walk, index, is_whole=not _is_of_case(row.text)):
        walk.key.section = _section_of_cases(walk) if _is_of_case(row.text) else None
    elif not walk.key.found and IN_BRACKETS.fullmatch(row.text):
        pass
    elif not _is_nothing(row.text) and (section or is_head or not _take_words(walk, index, row)):
        end(walk)
        return False
    walk.account.ignore(row.number, "answer-key")
    return True


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
    if len(text) > LONGEST_ROW:
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


def _is_nothing(text: str) -> bool:
    return text in ":：" or bool(headings.RULER.fullmatch(text) or headings.PAGE.fullmatch(text))


def _take_words(walk: "Walk", index: int, row: Row, is_own_file: bool = False) -> bool:
    """Take a numbered answer in words, or a row that goes on with one; in a file of its own nothing is a question."""
    found = _in_words(row.text, walk.key.numbers)
    label = marks.read_label(found[2]) if found else None
    is_told = label is not None and label.sort == "answer"
    is_labelled = is_told or found and keys.EXPLAINED.match(found[2])
    is_question = not is_own_file and not is_labelled and numbering.looks_like_question(walk, index)
    if found and not is_labelled and _is_point(walk, index, found[1]):
        found = None
    is_next = bool(found and walk.key.found) and found[1] == walk.key.found[-1].number + 1
    if found and (found[1] in _known(walk) or is_next) and not is_question:
        _note(walk, row, None, _apart(*found[1:]))
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
        section, pairs = read_row(row.text)
        if section or pairs:
            _note(walk, row, section, pairs)
        elif not (
            _is_nothing(row.text) or _take_words(walk, index, row, is_own_file=True) or _is_title(walk, row.text)
        ):
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
