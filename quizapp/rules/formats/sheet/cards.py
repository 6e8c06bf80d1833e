"""Questions that stand in a table of their own, one name a cell and what it names beside it: 题目 | …, 答案 | A."""

import re

from quizapp.rules.formats import fields
from quizapp.rules.formats.sheet import table

ABOUT_WORK = re.compile(r"(?:命题|出题|审题|审核|审定|录入|编写|更新|修改)(?:人员?|者|单位|部门|时间|日期)")
LONGEST_NAME = 12  # characters
NAMES_OF_HEADS = {"number", "kind", "stem", "options", "answer", "explanation"}  # beside each other only in a head
TELLING = ("answer", "options", "option:", "right")  # one of which a question has beside its stem


def sheet_of(rows: list[dict]) -> tuple[dict, table.Table] | None:
    """Return the rows of such a table as a sheet, a question a row, and its columns; None where it is none."""
    cards: list[list] = []  # [first block, last block, {name: text}]
    begins, last = "", ""
    for row in rows:
        cells = [cell.strip() for cell in row["cells"]]
        cells += [""] * (len(cells) % 2)
        for name, text in zip(cells[::2], cells[1::2], strict=True):
            field = _field(name)
            if cards and ABOUT_WORK.fullmatch(name):
                cards[-1][1] = row["number"]
                continue
            if not field and (name or not cards) or _field(text) in NAMES_OF_HEADS:
                return None
            begins = begins or field
            if field == begins:
                cards.append([row["number"], row["number"], {}])
            last = name or last
            held = cards[-1][2]
            if name in held:
                return None
            held[last] = f"{held.get(last, '')}\n{text}".strip()
            cards[-1][1] = row["number"]
    names = list(dict.fromkeys(name for _, _, held in cards for name in held))
    columns = {place: _field(name) for place, name in enumerate(names)}
    if not all(map(_is_question, (held for _, _, held in cards))) or len(set(columns.values())) < len(names):
        return None
    sheet = {"name": "", "merged": [], "rows": [[held.get(name, "") for name in names] for _, _, held in cards],
             "lines": [(first, last) for first, last, _ in cards]}  # fmt: skip
    return sheet, table.Table(-1, columns, dict(enumerate(names)), {})


def _field(name: str) -> str:
    """Return what a cell of names holds as fields.field_of says it, "" where it names nothing."""
    return fields.field_of(name) or "" if len(name) <= LONGEST_NAME else ""


def _is_question(held: dict[str, str]) -> bool:
    found = {_field(name) for name, text in held.items() if text}
    return "stem" in found and any(field.startswith(TELLING) for field in found)
