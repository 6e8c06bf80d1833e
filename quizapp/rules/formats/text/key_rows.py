"""What a row of an answer key says by itself, and keys brought where the walk expects them: behind their questions."""

import re
from dataclasses import replace

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import headings, keys, marks, numbering, vocabulary
from quizapp.rules.formats.text.entries import Section

LONGEST_ROW = 2000  # characters
ORDINAL = re.compile(rf"[(（]?{vocabulary.ORDINAL}[)）]?\s?[、.．:：]?")  # a heading of a number alone, before answers
BETWEEN = " \t\u3000;；,，。|"
OF_CASE = (
    rf"[【\[(（]?(?:案例|材料|资料|情景|情境)(?:分析)?题?\s?(?:{vocabulary.ORDINAL}|\d{{1,2}})\s?[】\])）]?"
    "(?:的?(?:参考)?答案)?"
)
CASE = re.compile(rf"{OF_CASE}\s?[:：.．、]?")  # a heading of one case
KINDS_OF_KEY = re.compile(  # where in a row a key of another kind, or of another case, begins: …；二、多选题：1.AB
    rf"(?P<kind>{OF_CASE}\s?[:：]|(?:[(（]?(?<![{vocabulary.DIGITS}]){vocabulary.ORDINAL}[)）]?\s?[、.．]?\s?)?(?:{vocabulary.KIND})题?\s?[:：]?|{vocabulary.ORDINAL}[、.．](?=\s?\d{{1,3}}\s?[.．、]))\s?(?=\d)",
    re.IGNORECASE,
)
HEAD_OF_POINTS = re.compile(r"(?:题\s?号|序\s?号)\s+(?:正确|参考|标准)?答\s?案\s+(?:分\s?[值数]|得\s?分|难\s?度)")
OF_POINTS = re.compile(rf"(\d{{1,4}})[.．、]?\s+({keys.SIGN})\s+\S{{1,5}}")
FIRST_ROWS = 12  # within which a key stands that precedes its questions
MOST_FIGURES = 12  # before the answers in a row that begins with a heading


def without_points(rows: list[Row]) -> list[Row]:
    """Return the rows with a key whose rows say what an answer earns (题号 答案 分值 above 1 D 2) without that."""
    head = next((place for place, row in enumerate(rows) if HEAD_OF_POINTS.fullmatch(row.text)), None)
    found = list(rows)
    for place in range(head + 1, len(rows)) if head is not None else ():
        if not (one := OF_POINTS.fullmatch(rows[place].text)):
            break
        found[head] = replace(rows[head], text="参考答案")
        found[place] = replace(rows[place], text=f"{one[1]}.{one[2]}")
    return found


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
        elif not (section or is_nothing(row.text)):
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


def read_row(text: str) -> tuple[Section | None, list[tuple[int, str]]]:
    """Return (section, pairs) of a row of a key: answers, a heading, or answers behind one (一、单选题 1.A 2.B)."""
    if pairs := keys.read_row(text) or keys.read_words(text):
        return None, pairs
    for found in list(re.finditer(r"(?<!\d)\d", text[: headings.LONGEST_EXPLAINED]))[:MOST_FIGURES]:
        head = text[: found.start()].strip(" \t\u3000:：")
        section = headings.read_section(head)
        rest = text[found.start() :] if section or is_of_case(head) else ""
        pairs = keys.read_row(rest) or keys.read_words(rest)
        if pairs and CASE.fullmatch(head):
            return None, pairs
        if pairs:
            return headings.section_of(section, head) if section else Section(), pairs
    section = headings.read_section(text)
    return headings.section_of(section, text) if section else None, []


def is_of_case(text: str) -> bool:
    return bool(CASE.fullmatch(text) or ORDINAL.fullmatch(text))


def is_nothing(text: str) -> bool:
    return text in ":：" or bool(headings.RULER.fullmatch(text) or headings.PAGE.fullmatch(text))
