"""The tables of a Word document: of questions, of answers, of a printed paper's head, or mere layout."""

import re
from itertools import groupby

from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.sheet import table
from quizapp.rules.formats.sheet.rows import gather

__all__ = ["gather", "sorted_out"]

SIGN = re.compile(r"[A-ZＡ-Ｚ]{1,8}|[√×✓✗对错]|正确|错误")
HEAD = re.compile(
    r"题\s*号|题\s*序|序\s*号|得\s*分|评卷人|评分人|阅卷人|总\s*分|合分人|复核人|答\s*案|选\s*项|[一二三四五六七八九十]{1,3}"
)
NUMBER = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}")


def sorted_out(blocks: list[dict], account: Account) -> tuple[list[dict], list[tuple[dict, table.Table]]]:
    """Return (blocks to be read as text, [(sheet, its table)]); heads of printed papers are noted as ignored."""
    texts, sheets = [], []
    for name, group in groupby(blocks, lambda block: block.get("table")):
        rows = list(group)
        if name is None:
            texts += rows
            continue
        sheet = as_sheet(rows)
        found = table.find(sheet["rows"])
        if found and found.head >= 0:
            sheets.append((sheet, found))
        else:
            texts += _answers_in_columns(rows) or _answers(rows) or _without_head(rows, account)
    return texts, sheets


def as_sheet(rows: list[dict]) -> dict:
    """Return the rows of a table as the sheet that they would be."""
    lines = [(row["number"], row["number"]) for row in rows]
    return {"name": "", "rows": [row["cells"] for row in rows], "merged": [], "lines": lines}


def _answers(rows: list[dict]) -> list[dict]:
    """Return an answer card (a row of numbers above a row of answers) as lines of a key; nothing if it is none."""
    pairs, numbers = [], []
    for row in rows:
        cells = [cell.strip() for cell in row["cells"]]
        if len([cell for cell in cells if cell.isdigit()]) >= max(2, len(cells) // 2):
            numbers = cells
        elif numbers and any(SIGN.fullmatch(cell) for cell in cells):
            found = [f"{number}.{cell}" for number, cell in zip(numbers, cells, strict=False)
                     if number.isdigit() and SIGN.fullmatch(cell)]  # fmt: skip
            pairs.append({**row, "text": " ".join(found), "marks": []})
            numbers = []
    if not pairs:
        return []
    kept = {row["number"]: row for row in pairs}
    heads = [{**row, "text": "参考答案", "marks": []} for row in rows if row["number"] not in kept][:1]
    rest = [row for row in rows if row["number"] not in kept][1:]
    return sorted([*heads, *pairs, *({**row, "text": ""} for row in rest)], key=lambda row: row["number"])


def _answers_in_columns(rows: list[dict]) -> list[dict]:
    """Return a card that has numbers beside their answers (1 | B | 2 | A) as lines of a key; nothing if it is none."""
    found, held = [], 0
    for row in rows:
        cells = [cell.strip() for cell in row["cells"] if cell.strip()]
        pairs = list(zip(cells[::2], cells[1::2], strict=False))
        if cells and all(number.isdigit() and SIGN.fullmatch(sign) for number, sign in pairs) and len(cells) % 2 == 0:
            text, held = " ".join(map(".".join, pairs)), held + 1
        elif all(HEAD.fullmatch(cell) for cell in cells):
            text = "参考答案" if cells else ""
        else:
            return []
        found.append({**row, "text": text, "marks": []})
    return found if held > 1 else []


def _without_head(rows: list[dict], account: Account) -> list[dict]:
    """Return the rows of a table that hold words; the one in which a paper's marks are entered is ignored."""
    cells = [re.sub(r"\s", "", cell) for row in rows for cell in row["cells"]]
    held = [cell for cell in cells if cell]
    if held and all(HEAD.fullmatch(cell) or NUMBER.fullmatch(cell) for cell in held):
        for row in rows:
            account.ignore(row["number"], "answer-sheet")
        return []
    return rows
