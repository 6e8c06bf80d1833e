"""Options that are a numbered list of Markdown within their question, made lettered ones where letters answer it."""

import re
from dataclasses import replace

from quizapp.rules.formats.lines import Row

OUTER = re.compile(r"\d{1,4}[.)]\s")
ITEM = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
ANSWERED = re.compile(
    r"[-*]?\s?[*【]{0,2}(?:正确|参考|标准)?答案[*】]{0,2}\s?[:：]?\s?[*]{0,2}\s?[A-H](?:[\s,，、]?[A-H]){0,7}[*]{0,2}"
)
MOST = 8


def lettered(rows: list[Row]) -> list[Row]:
    """Return the rows with letters for the numbers of indented lists between a question and an answer in letters."""
    found, start = list(rows), None
    for index, row in enumerate(rows):
        item = ITEM.match(row.text) if row.is_indented else None
        if item and start is not None and int(item[1]) == index - start + 1:
            continue
        if start is not None and 2 <= index - start <= MOST and ANSWERED.fullmatch(row.text):
            for place in range(start, index):
                words = ITEM.sub("", rows[place].text, count=1)
                found[place] = replace(rows[place], text=f"{chr(ord('A') + place - start)}. {words}")
        start = index + 1 if not row.is_indented and OUTER.match(row.text) else None
    return found
