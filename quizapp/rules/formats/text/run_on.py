"""Questions run on in one row, one behind the other, cut into a row each."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import marks

KIND_HEAD = re.compile(  # 填空题：1.
    r"(?:[一二三四五六七八九十]{1,2}[、.．]\s?)?(?:单选|多选|判断|填空|简答|问答|[单多]项选择)题\s?[:：]\s?(?=1\s?[.．、])"
)
ANSWERED = re.compile(r"(?:[A-Z对错√×]|正确|错误)[\s。.；;，,)）]{0,3}$")
AS_FAR = 16  # characters before a number in which an answer ends


def unfolded(rows: list[Row]) -> list[Row]:
    """Return rows of one question each, cut where the next number begins; those of one line share its number."""
    found, number = [], 1
    for row in _headed(rows):
        number = 1 if marks.starts_anew(row.text, number) else number
        places, is_answered = [], row.text.count("答案") > 1
        place = _next(" " + row.text, 0, number, is_answered)
        while place >= 0:
            places.append(place)
            number += 1
            place = _next(" " + row.text, place + 1, number, is_answered)
        starts = [0, *[place - 1 for place in places if place > 1]]
        ends = [*starts[1:], len(row.text)]
        found += [replace(row, text=row.text[start:end].strip()) for start, end in zip(starts, ends, strict=True)]
    return [row for row in found if row.text]


def _headed(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows, a heading apart from the question that it stands before: 填空题：1.…"""
    for row in rows:
        head = KIND_HEAD.match(row.text)
        if head:
            yield replace(row, text=head[0].strip())
        yield replace(row, text=row.text[head.end() :]) if head else row


def _next(text: str, start: int, number: int, is_answered: bool) -> int:
    """Return where the question of that number begins; where questions are answered in line, behind an answer.

    A number that stands before a figure (6.20世纪初) begins one where the next number follows first.
    """
    first = place = marks.number_inside(text, number, start)
    following = marks.number_inside(text, number + 1, start)
    glued = marks.number_inside(text, number, start, may_be_decimal=True) if 0 <= following < first or first < 0 else -1
    if 0 <= glued < following:
        return glued
    while is_answered and number > 1 and place >= 0:
        if ANSWERED.search(text[max(start, place - AS_FAR) : place]):
            return place
        place = marks.number_inside(text, number, place + 1)
    return first
