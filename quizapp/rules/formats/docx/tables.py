"""The tables of a Word document: of questions, of answers, of a printed paper's head, or mere layout."""

import re
from itertools import groupby

from quizapp.rules.formats import fields, records
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.sheet import apart, cards, table
from quizapp.rules.formats.sheet.rows import gather
from quizapp.rules.formats.text import headings, keying, keys, vocabulary

__all__ = ["gather", "sorted_out"]

SIGN = re.compile(r"[A-ZＡ-Ｚ]{1,8}|[√×✓✗对错]|正确|错误")
HEAD = re.compile(
    r"题\s*号|题\s*序|序\s*号|得\s*分|评卷人|评分人|阅卷人|总\s*分|合分人|复核人|答\s*案|选\s*项|[一二三四五六七八九十]{1,3}"
)
KEY = "参考答案"
SPAN = re.compile(r"\d{1,3}\s?[-—–~～至]\s?\d{1,3}题?")
NUMBER = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}")


def sorted_out(
    blocks: list[dict], account: Account
) -> tuple[list[dict], list[tuple[dict, table.Table]], list[apart.Key]]:
    """Return (blocks to be read as text, [(sheet, its table)], the answers that stand beside or below such tables).

    Heads of printed papers are noted as ignored.
    """
    texts, sheets, answers = [], [], []
    for name, group in groupby(blocks, lambda block: block.get("table")):
        rows = list(group)
        if name is None:
            texts += rows
            continue
        sheet = as_sheet(rows)
        found, (asked, keyed) = table.find(sheet["rows"]), apart.tables_of(sheet)
        if found and len(asked + keyed) > 1:
            sheets, answers = sheets + asked, answers + keyed
        elif any(not _is_answered(of) for _, of in sheets) and (key := apart.key_of(sheet)):
            answers.append(key)
            if texts and vocabulary.KEY_HEAD.fullmatch(texts[-1]["text"].strip()):
                account.ignore(texts.pop()["number"], "answer-key")
        elif card := cards.sheet_of(rows):
            sheets.append(card)
        elif found and found.head >= 0:
            sheets.append((sheet, found))
        else:
            key = _answers_in_columns(rows) or _answers_below_head(rows) or _answers(rows, account)
            if key and _is_below_head(texts, key[0]):
                key[0]["text"] = key[0]["text"].removeprefix(KEY).strip()
                account.ignore(key[0]["number"], "answer-key")
            texts += key or _without_head(rows, account)
    if sheets and not _is_answered(sheets[-1][1]):
        last = sheets[-1][0]["lines"][-1][1]
        below = [block for block in texts if block["number"] > last]
        if key := apart.key_of(as_sheet([{**block, "cells": [block["text"]]} for block in below])):
            texts, answers = [block for block in texts if block["number"] <= last], [*answers, key]
    return texts, sheets, answers


def _is_answered(found: table.Table) -> bool:
    return any(field.startswith(("answer", "right", "blank")) for field in found.columns.values())


def _is_below_head(texts: list[dict], first: dict) -> bool:
    """Return whether the head of a key stands above its table already, so that a second one would begin another."""
    above = next((block["text"].strip() for block in reversed(texts) if block["text"].strip()), "")
    return first["text"].startswith(KEY) and bool(vocabulary.KEY_HEAD.fullmatch(above))


def as_sheet(rows: list[dict]) -> dict:
    """Return the rows of a table as the sheet that they would be."""
    lines = [(row["number"], row["number"]) for row in rows]
    return {"name": "", "rows": [row["cells"] for row in rows], "merged": [], "lines": lines}


def _answers(rows: list[dict], account: Account) -> list[dict]:
    """Return an answer card (a row of numbers above a row of answers) as lines of a key; nothing if it is none.

    Below one row of numbers there may be several rows of answers, each with the kind of its questions before it.
    """
    pairs, numbers = [], []
    for row in rows:
        cells = [cell.strip() for cell in row["cells"]]
        is_named = fields.field_of(cells[0]) == "number" and any(map(str.isdigit, cells))
        if is_named or len([cell for cell in cells if cell.isdigit()]) >= max(2, len(cells) // 2):
            numbers = cells
        elif numbers and any(SIGN.fullmatch(cell) for cell in cells):
            found = [f"{number}.{cell}" for number, cell in zip(numbers, cells, strict=False)
                     if number.isdigit() and SIGN.fullmatch(cell)]  # fmt: skip
            kind = cells[0] if records.kind_named(cells[0]) else ""
            pairs.append({**row, "text": f"{kind}：{' '.join(found)}".lstrip("："), "marks": []})
            numbers = numbers if kind else []
    if not pairs:
        return []
    kept = {row["number"]: row for row in pairs}
    others = [{**row, "text": _section(row), "marks": []} for row in rows if row["number"] not in kept]
    if others:
        others[0]["text"] = f"{KEY}\n{others[0]['text']}".strip()
    for row in [row for row in others if not row["text"]]:
        if all(HEAD.fullmatch(cell) or NUMBER.fullmatch(cell) for cell in map(str.strip, row["cells"]) if cell):
            account.ignore(row["number"], "answer-key")
        else:
            account.problem("key-unread", keying.UNREAD, row["number"], "warning")
    return sorted([*(row for row in others if row["text"]), *pairs], key=lambda row: row["number"])


def _section(row: dict) -> str:
    """Return the heading of a kind that is all of a row, "" where it is another."""
    held = {cell.strip() for cell in row["cells"] if cell.strip()}
    return next(iter(held)) if len(held) == 1 and headings.read_section(*held) else ""


def _answers_below_head(rows: list[dict]) -> list[dict]:
    """Return a key with a row a question (题号 | 答案 | 解析, 依据) as lines of a key in words; nothing if none.

    One with a row a kind (题型 | 答案) has the answers in rows of a key already.
    """
    places = {fields.field_of(cell): place for place, cell in enumerate(rows[0]["cells"]) if cell.strip()}
    if set(places) == {"kind", "answer"}:
        told = [[table.cell(row["cells"], places[one]) for one in ("kind", "answer")] for row in rows[1:]]
        lines = [KEY, *map("：".join, told)] if all(keys.read_row(answer) for _, answer in told) else []
        return [{**row, "text": text, "marks": []} for row, text in zip(rows, lines, strict=False)]
    if not {"number", "answer"} <= set(places) <= {"number", "answer", "explanation", "note", "kind"}:
        return []
    found, kind = [{**rows[0], "text": KEY, "marks": []}], ""
    for row in rows[1:]:
        told = {field: table.cell(row["cells"], place) for field, place in places.items()}
        is_span = bool(SPAN.fullmatch(told["number"]))
        if not is_span and (not NUMBER.fullmatch(told["number"]) or not told["number"].isdigit()):
            return []
        reasons = " ".join(filter(None, [told.get("explanation"), told.get("note")]))
        behind = f"【解析】{reasons}" if reasons else ""
        head = f"{told['kind']}\n" if told.get("kind", kind) != kind else ""
        kind = told.get("kind", kind)
        text = (
            " ".join([told["number"], told["answer"]])
            if is_span
            else f"{told['number']}.【答案】{told['answer']}{behind}"
        )
        found.append({**row, "text": head + text, "marks": []})
    return found if len(found) > 1 else []


def _answers_in_columns(rows: list[dict]) -> list[dict]:
    """Return a card that has numbers beside their answers (1 | B | 2 | A) as lines of a key; nothing if it is none."""
    found, held = [], 0
    for row in rows:
        cells = [cell.strip() for cell in row["cells"] if cell.strip()]
        pairs = list(zip(cells[::2], cells[1::2], strict=False))
        if cells and all(number.isdigit() and SIGN.fullmatch(sign) for number, sign in pairs) and len(cells) % 2 == 0:
            text, held = " ".join(map(".".join, pairs)), held + 1
        elif all(HEAD.fullmatch(cell) for cell in cells):
            text = KEY if cells else ""
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
