"""Option letters that bear an unusual sign or none, in rows of several options, written as the rest of this knows them.

`A,灯 B,门`, `[A]灯[B]门` and `A灯B门C窗` become `A.灯 B.门`: only the sign behind a letter changes, no word.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from quizapp.rules.formats.drafts import LETTERS, letter_at
from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import keys, marks, vocabulary

SIGNED = {
    "comma": re.compile(r"([A-H])\s?[,，](?!\s?[A-H](?:[\s,，]|$))(?=\s?\S)"),
    "dash": re.compile(r"^([A-H])\s?[-—–]\s?(?=\S)"),
    "semicolon": re.compile(r"^([A-H])\s?[;；](?=\s?\S)"),
    "closed": re.compile(r"^([A-H])\s?[\]】>》](?=\s?\S)"),
    "pointed": re.compile(r"^[<《]\s?([A-H])\s?[>》](?=\s?\S)"),
    "boxed": re.compile(r"^[□☐⬜○◯]\s?([A-H])\s(?=\s?[^\s.．、:：)）])"),
    "bracket": re.compile(r"[\[【]\s?([A-H])\s?[\]】]\s?[.．、:：]?(?=\s?[^\s\[【])"),
}
OTHER = {  # letters of other kinds: how they begin an option
    "甲乙丙丁戊己庚": r"(?:^|(?<=\s))[(（]?\s?({})\s?[.．、:：)）](?=\s?\S)",
    "①②③④⑤⑥⑦": r"(?:^|(?<=\s))({})\s?[.．、:：]?(?=\s?\S)",
    "1234567": r"(?:^|(?<=\s))({})\s?[)）](?=\s?\S)",
}
OTHER_KEY = r"(?:\d{{1,4}}\s?[.．、:：]?\s?(?:[{0}]{{1,7}}|[√×对错]|正确|错误)[\s;；,，。]*)+"  # 1.乙 2.甲 3.√
OTHER_ANSWER = r"((?:答案|答)\s?[:：]\s?|[(（]\s?)([{0}](?:[\s、,，]?[{0}])*)(?=\s?$|\s?[)）])"
USUAL = re.compile(r"(?:^|\s)[(（]?\s?A\s?[.．、:：)）。]")
STEM_END = re.compile(r"(?:[)）?？。；;:：]|[)）]\.|(?<!_)_{2,})\s{0,9}(?=A)")
GAP = re.compile(r"(?:\t|(?<!\s)\s{2,})(?=\S)")
SIGN = re.compile(r"\s?[.．、:：)）。,，]|\s*$")
WIDE = re.compile(r"(?:\t|(?<!\s)\s{2,})$")  # what is left between two options of a line
SHORT_PAIR = re.compile(r"A\s?[^A-Z\s]{1,20}\s*B\s?[^A-Z\s]{1,20}")
ENDS = re.compile(r"\d|[(（【\[]?(?:第|答|正确答案|参考答案|标准答案|解析)")  # what follows two options that are all
ALONE = re.compile(r"[A-Z]\s?[.．、:：]?")
NO_WORDS = re.compile(r"[A-Z]\s?[.．、:：]?$|\d{1,4}\s?[.．、:：]$|" + vocabulary.LABEL)
BARE_FIGURE = re.compile(r"\d{1,4}")
NO_OPTION = r"[A-Za-z.．、:：)）。,，;；/／\-—~]"  # what behind a letter says that it is none
UNIT = r"(?<=\d[a-z])|(?<=\d[a-z][a-z])"  # 1m, 30kg: what a letter may be glued to
LONGEST_KEY = 2000  # characters of a row that may be one of an answer key
FEWEST = 3  # letters in one row before they are options without a sign


def with_words(rows: list[Row]) -> list[Row]:
    """Return the rows with letters alone, each above the words of its option, in one row with them: A above 3人."""
    found: list[Row] = []
    at = 0
    while at < len(rows):
        count = _alone_from(rows, at)
        found += [
            replace(rows[place + 1], text=f"{rows[place].text[0]}. {rows[place + 1].text}")
            for place in range(at, at + 2 * count, 2)
        ]
        found += [] if count else [rows[at]]
        at += 2 * count or 1
    return found


def _alone_from(rows: list[Row], start: int) -> int:
    """Return how many options with their letters in rows of their own begin at a row, A first; 0 for fewer than two.

    Figures that count on (A, 2, B, 3) are the numbers of questions that letters answer.
    """
    count, those = 0, rows[start : start + 2 * len(LETTERS)]
    for letter, head, words in zip(LETTERS, those[::2], those[1::2], strict=False):
        if not (ALONE.fullmatch(head.text) and head.text[0] == letter) or NO_WORDS.match(words.text):
            break
        count += 1
    figures = [int(words.text) for words in those[1 : 2 * count : 2] if BARE_FIGURE.fullmatch(words.text)]
    is_key = len(figures) == count and figures == list(range(figures[0], figures[0] + count)) if figures else False
    return count if count > 1 and not is_key else 0


def usual(rows: list[Row]) -> list[Row]:
    """Return the rows with the signs of their option letters as usual."""
    count = sum(bool(USUAL.search(row.text)) for row in rows)
    for pattern in SIGNED.values():
        if _evidence(rows, pattern) > count:
            return [replace(row, text=_pointed(row.text, pattern)) for row in rows]
    for letters, form in OTHER.items() if not count else ():
        begun = re.compile(form.format(f"[{letters}]"))
        asked = list(takewhile(_is_before_key, rows))
        pairs = _pairs(asked, begun, letters)
        answer, key = (re.compile(form.format(letters)) for form in (OTHER_ANSWER, OTHER_KEY))
        if pairs and (letters[0] != "1" or pairs > 1 and sum(bool(answer.match(row.text)) for row in asked) >= pairs):
            told = [_translated(row, key, letters) for row in rows[len(asked) :]]
            return [_lettered(row, begun, answer, letters) for row in [*asked, *told]]
    return list(_with_signs(rows))


def _pairs(rows: list[Row], begun: re.Pattern, letters: str) -> int:
    """Return how often the first of other letters begins a row and the second follows, in it or in the next."""
    found = [begun.findall(row.text) if begun.match(row.text) else [] for row in rows]
    pairs = zip(found, [*found[1:], []], strict=False)
    return sum(row[:1] == [letters[0]] and letters[1] in (row[1:] or following[:1]) for row, following in pairs)


def _is_before_key(row: Row) -> bool:
    """Return whether a row does not head a key or an answer below it, whose points may bear such letters."""
    return not vocabulary.KEY_HEAD.fullmatch(row.text[:LONGEST_KEY])


def _translated(row: Row, key: re.Pattern, letters: str) -> Row:
    """Return a row of a key with plain letters for others."""
    plain = str.maketrans(letters, LETTERS[: len(letters)])
    return replace(row, text=row.text.translate(plain)) if key.fullmatch(row.text[:LONGEST_KEY]) else row


def _lettered(row: Row, begun: re.Pattern, answer: re.Pattern, letters: str) -> Row:
    """Return a row of options, or of an answer, with plain letters for others."""
    plain = str.maketrans(letters, LETTERS[: len(letters)])
    if begun.match(row.text):
        return replace(row, text=begun.sub(lambda found: found[1].translate(plain) + ".", row.text))
    return replace(row, text=answer.sub(lambda found: found[1] + found[2].translate(plain), row.text))


def _evidence(rows: list[Row], pattern: re.Pattern) -> int:
    """Return how often A bears the sign and B after it, in the same row or in one of the next two."""
    found = [[] if keys.read_row(row.text[:LONGEST_KEY]) else pattern.findall(row.text) for row in rows]
    count = 0
    for index, letters in enumerate(found):
        following = [letter for each in found[index : index + 3] for letter in each]
        count += "A" in letters and "B" in following[following.index("A") :]
    return count


def _pointed(text: str, pattern: re.Pattern) -> str:
    """Return a text with a point behind the letters that follow each other in it."""
    wanted = ""

    def point(found: re.Match) -> str:
        nonlocal wanted
        before = text[found.start() - 1 : found.start()]
        is_in_word = before.isascii() and before.isalnum()
        if found[1] != wanted and (found[1] != "A" or is_in_word) and (wanted or is_in_word):
            return found[0]
        wanted = letter_at(LETTERS.index(found[1]) + 1)
        return f"{'  ' if found.start() else ''}{found[1]}."

    return pattern.sub(point, text)


def _with_signs(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows, those of several options without a sign with one behind each letter."""
    wanted, count = "", 0
    for index, row in enumerate(rows):
        following = rows[index + 1].text if index + 1 < len(rows) else ""
        places = _bare_letters(row.text, wanted, following) or (count >= FEWEST and _anywhere(row.text)) or []
        places = [] if marks.read_label(row.text) else places
        count += len(places) >= FEWEST
        wanted = letter_at(LETTERS.index(row.text[places[-1]]) + 1) if places else ""
        yield replace(row, text=_signed(row.text, places)) if places else row


def _bare_letters(text: str, wanted: str, following: str) -> list[int]:
    """Return where the letters of options without a sign stand in a row."""
    if wanted and text.startswith(wanted):
        return _run(text, 0)
    if len(cells := _cells(text)) >= FEWEST:
        return cells
    starts = [0] if text.startswith("A") else [found.end() for found in STEM_END.finditer(text)][-1:]
    for start in starts:
        places = _run(text, start)
        last = letter_at(len(places))
        is_pair = len(places) == 2 and (
            re.match(rf"{last}(?!{NO_OPTION})", following)
            or start == 0
            and (WIDE.search(text[: places[1]]) or SHORT_PAIR.fullmatch(text) and ENDS.match(following))
        )
        if len(places) >= FEWEST or is_pair:
            return places
    return []


def _cells(text: str) -> list[int]:
    """Return where the letters stand of options set far apart in a row that begins with A: "Aa型血  BB超  C心电图"."""
    starts = [0, *(found.end() for found in GAP.finditer(text))]
    letters = "".join(text[start : start + 1] for start in starts)
    is_run = letters == LETTERS[: len(starts)] and not any(SIGN.match(text, start + 1) for start in starts)
    return starts if is_run else []


def _anywhere(text: str) -> list[int]:
    """Return where such letters stand behind a stem that ends with no sign, in a file where others do."""
    runs = (_run(text, found.start()) for found in re.finditer(r"(?<![A-Za-z])A", text) if found.start())
    return max((run for run in runs if len(run) >= FEWEST), key=len, default=[])


def _run(text: str, start: int) -> list[int]:
    """Return where a letter and those after it stand, from `start` on, each without a sign and no part of a word."""
    places: list[int] = []
    first = LETTERS.index(text[start])
    for letter, after in zip(LETTERS[first:10], LETTERS[first + 1 :], strict=False):
        behind = rf"{NO_OPTION}|\s[.．、:：)）]\s?\S|\s*$|\s+{after}(?:[\s)）]|$)"  # of a letter that is no option's
        alone = re.compile(rf"(?:(?<![A-Za-z])|{UNIT}){letter}(?!{behind})")
        found = alone.search(text, places[-1] + 2 if places else start)
        if not found or not places and found.start() != start:
            break
        places.append(found.start())
    return places


def _signed(text: str, places: list[int]) -> str:
    pieces = [text[first:last] for first, last in zip([0, *places], [*places, len(text)], strict=True)]
    signed = [f"{piece[0]}.{piece[1:].lstrip()}" for piece in pieces[1:]]
    return "  ".join(filter(None, [pieces[0], *signed]))
