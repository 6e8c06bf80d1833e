"""Answer cards: a row of numbers above a row of answers, and the answers of one question's blanks in rows below it."""

import re
from dataclasses import replace

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import headings, keys

ALONE = re.compile(r"[【\[]?(?:正确|参考|标准|我的|学生)?答案[】\]]?\s?[:：]?")  # with its answers below it
OF_BLANK = re.compile(r"[(（]\s?(\d{1,2})\s?[)）]\s*(\S.*)")
DRAWN = re.compile(r"_{2,}|[(（]\s*[)）]")
CARD_NUMBERS = re.compile(r"(?:题\s?号[\s|:：]{1,9})?(\d{1,4}(?:[\s|]{1,9}\d{1,4}){0,200})[\s|]*")
CARD_ANSWERS = re.compile(r"(?:(?:参考|标准|正确)?答\s?案[\s|:：]{1,9})?(\S.*)", re.DOTALL)
FEWEST = 3  # numbers of a card that has no heads


def with_cards(rows: list[Row]) -> list[Row]:
    """Return the rows with answer cards (a row of numbers above a row of answers) as keys: 1.A 2.B."""
    found = list(rows)
    for index, (first, second) in enumerate(zip(rows, rows[1:], strict=False)):
        numbers, answers = CARD_NUMBERS.fullmatch(first.text[:2000]), CARD_ANSWERS.fullmatch(second.text[:2000])
        pairs = ([], [])
        if numbers and answers:
            pairs = re.findall(r"\d+", numbers[1]), re.split(r"[\s|]+", answers[1].strip("| \t"))
        above = rows[index - 1].text if index else ""
        is_below = index > 1 and found[index - 2] is not rows[index - 2] or bool(headings.read_section(above))
        is_told = first.text.startswith("题") or _is_counted(*pairs, fewest=1 if is_below else FEWEST)
        if pairs[0] and len(pairs[0]) == len(pairs[1]) and is_told:
            found[index] = replace(first, text="参考答案")
            found[index + 1] = replace(second, text=" ".join(map(".".join, zip(*pairs, strict=True))))
    return found


def _is_counted(numbers: list[str], answers: list[str], fewest: int) -> bool:
    """Return whether numbers follow each other and all answers are letters or signs, as in a card without heads."""
    first = int(numbers[0]) if numbers else 0
    is_row = len(numbers) >= fewest and list(map(int, numbers)) == list(range(first, first + len(numbers)))
    return is_row and all(keys.SIGNS.fullmatch(answer) for answer in answers)


def with_own_answers(rows: list[Row]) -> list[Row]:
    """Return the rows with the answers of several blanks, numbered below their label (1), (2), as one: 甲|乙."""
    found, index, drawn = [], 0, 0
    while index < len(rows):
        row, values, end = rows[index], [], index + 1
        while ALONE.fullmatch(row.text) and end < len(rows) and (one := OF_BLANK.fullmatch(rows[end].text)):
            if int(one[1]) != len(values) + 1 or OF_BLANK.search(one[2]) or keys.SIGNS.fullmatch(one[2]):
                break
            values.append(one[2])
            end += 1
        if values and len(values) == drawn:
            row = replace(row, number=rows[end - 1].number, text=f"{row.text.rstrip(':：')}：{'|'.join(values)}")
        else:
            end = index + 1
        drawn = len(DRAWN.findall(row.text)) or drawn
        found.append(row)
        index = end
    return found
