"""Questions on a saved web page: its visible lines as text, or as a table where it shows one."""

import re
from dataclasses import replace
from itertools import groupby
from string import ascii_lowercase, ascii_uppercase

from quizapp.rules.formats import checks, markup, records, webpage
from quizapp.rules.formats.lines import BREAK, Account, Row, clean
from quizapp.rules.formats.sheet import apart, cards, cells, table
from quizapp.rules.formats.sheet.rows import gather
from quizapp.rules.formats.text import bare, marked, understood
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.formats.text.marks import read_label
from quizapp.rules.formats.text.vocabulary import KIND
from quizapp.rules.pictures import LEFT
from quizapp.rules.words import N_

NAME = N_("Web page (HTML)")
FEWEST_BUTTONS = 5
SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
HEAD_ROWS, MOST_CELLS = 5, 60
CELL = re.compile(r"<td\b[^<>]*>(.*?)</td>", re.DOTALL | re.IGNORECASE)
NO_HEAD = re.compile(r"(</?)td\b", re.IGNORECASE)
HEAD = re.compile(rf"(?P<number>\d{{1,3}})\s?[.．、]\s?(?P<kind>(?:{KIND})题?)\s?(?:[(（]\d[^()（）]{{0,12}}分[)）])?")
FRAMED = re.compile(  # a kind that a page frames, right before the stem
    rf"(?P<number>\d{{1,3}}\s?[.．、:：]|第\s?\d{{1,3}}\s?题\s?[:：]?|\d{{1,3}}\s)\s?(?P<kind>(?:{KIND})题)"
    r"(?P<rest>[^\s:：()（）\[\]【】].{3}.*)"
)
LETTER = re.compile(rf"[{webpage.SIGNS}]*[A-H]")
BY_LOOKS = N_(
    "No answer is written on this page. What it hides, ticks or sets off by its colour was taken for the answers; "
    "please look whether that is right: a tick may be what somebody chose."
)
STRUCK = N_("“%(text)s” is struck out here; it was not taken.")
BEGINNING = re.compile(
    r"\s*<(?:!doctype\s+html|html|head|body|div|table|ul|ol|p|h[1-6]|span|section|article)\b", re.IGNORECASE
)


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is a web page: by how it begins."""
    return 1.0 if BEGINNING.match(text[:1000].lstrip("\ufeff")) else 0.0


def read(text: str, options: dict | None = None) -> dict:
    """Return the document of `bank check` for a page; it never refuses. Places are lines of its source.

    Where no question on it has an answer, those count that the page hides or shows by its looks.
    """
    document = _read(text, options, is_opened=False)
    if not document["questions"] or any(one["answer"] is not None for one in document["questions"]):
        return document
    opened = _read(text, options, is_opened=True)
    told = sum(one["answer"] is not None for one in opened["questions"])
    return opened if told * 2 >= max(len(opened["questions"]), len(document["questions"])) else document


def _read(text: str, options: dict | None, is_opened: bool) -> dict:
    account, habit = Account(), Habit()
    habit.take_wishes(options or {})
    if is_opened:
        account.problem("answers-by-looks", BY_LOOKS, "", "warning")
    struck: list[tuple[int, str, bool]] = []
    seen = webpage.seen(_with_heads(text), is_opened, struck)
    sheet = {"name": "", "rows": [words.split("\t") for _, words, _ in seen], "merged": [],
             "lines": [(line, line) for line, _, _ in seen]}  # fmt: skip
    found = table.find(sheet["rows"])
    if found and found.head >= 0:
        asked, keys = apart.tables_of(sheet)
        gathered = [gather(*part, account) for one in asked for part in table.each(*one)]
        apart.give(keys, [("", each) for each in gathered], account)
        questions = [one for each in gathered for one in records.understood(each, habit)]
        layout = {"layout": "html table", "answers": dict(habit.answers)}
    else:
        left, sheets = _without_cards(seen)
        rows = [Row(line, shown, False, False) for line, words, _ in left for one in words.split("\n")
                if (shown := clean(one).strip())]  # fmt: skip
        rows = _joined(_without_buttons(rows, account), account)
        if is_opened:
            rows = [replace(row, text=webpage.without_signs(row.text)) for row in marked.with_answers(rows)]
        questions, found_habit = understood(bare(rows, account), account, options)
        for each, of_cards in sheets:
            questions += records.understood(gather(each, of_cards, account), habit)
        found_habit.answers += habit.answers
        questions.sort(key=lambda question: question.first)
        layout = {"layout": "html", **found_habit.as_document()}
    noted = [(line, *LEFT["picture"], {}) for line in dict.fromkeys(line for line, _, pictures in seen if pictures)]
    noted += [(line, "struck-out", cells.STRUCK if is_kept else STRUCK, {"text": words[:60]})
              for line, words, is_kept in struck]  # fmt: skip
    for line, code, message, told in noted:
        of = next((one for one in questions if one.first <= line <= one.last), None)
        if of:
            of.problem(code, message, line, severity="warning", **told)
        elif told:
            account.problem(code, message, line, "warning", **told)
    shown = {line for line, words, _ in seen if clean(words).strip()}
    for number, line in enumerate(BREAK.split(text), 1):
        if line.strip() and number not in shown:
            account.ignored.setdefault(number, "markup")
    return checks.finished(questions, account, layout)


def _without_cards(seen: list[tuple]) -> tuple[list[tuple], list[tuple[dict, table.Table]]]:
    """Return (the lines that are no such table, the sheets of tables that hold one question each, by names)."""
    left, sheets = [], []
    for in_cells, group in groupby(seen, lambda one: "\t" in one[1]):
        found = list(group)
        rows = [{"number": line, "cells": webpage.without_signs(words).split("\t")} for line, words, _ in found]
        if in_cells and (card := cards.sheet_of(rows)):
            sheets.append(card)
        else:
            left += found
    return left, sheets


def _with_heads(text: str) -> str:
    """Return a page in which the names of the columns of tables of questions are marked as such."""
    small, place, pieces, done = text.translate(SMALL), 0, [], 0
    while (place := small.find("<table", place) + 1) > 0:
        start = max(place, done)
        for _ in range(HEAD_ROWS):
            start = small.find("<tr", start)
            end = small.find("</tr", max(start, 0))
            if not 0 <= start < end:
                break
            row = text[start:end]
            if table.read_head([markup.shown(cell) for cell in CELL.findall(row)[:MOST_CELLS]]):
                pieces += [text[done:start], NO_HEAD.sub(r"\1th", row)]
                done = end
                break
            start = end
    return "".join([*pieces, text[done:]])


def _joined(rows: list[Row], account: Account) -> list[Row]:
    """Return the rows with what a page shows apart put together: a head and its question, a letter and its option.

    Heads of one question each are 1.单选题 (2分), 2.单选题 (2分).
    """
    heads = [found for row in rows if (found := HEAD.fullmatch(row.text))]
    has_heads = len(heads) > 2 and [found["number"] for found in heads[:3]] == ["1", "2", "3"]
    rows = _with_frames(rows)
    joined: list[Row] = []
    for row in rows:
        before = joined[-1].text if joined else ""
        if has_heads and (found := HEAD.fullmatch(before)):
            account.ignore(joined[-1].number, "heading")
            joined[-1] = replace(row, text=f"{found['number']}. ({found['kind']}) {row.text}")
        elif LETTER.fullmatch(before) and not LETTER.fullmatch(row.text) and not read_label(row.text):
            joined[-1] = replace(row, text=f"{before}. {row.text}")
        else:
            joined.append(row)
    return joined


def _with_frames(rows: list[Row]) -> list[Row]:
    """Return the rows with brackets around kinds that stand before stems in a frame: 1．单选题灯要多（ ）。"""
    found = [FRAMED.fullmatch(row.text) for row in rows]
    if sum(map(bool, found)) < 2:
        return rows
    return [
        replace(row, text=f"{one['number']}[{one['kind']}] {one['rest']}") if one else row
        for row, one in zip(rows, found, strict=True)
    ]


def _without_buttons(rows: list[Row], account: Account) -> list[Row]:
    """Return the rows without those of a card that leads to each question: numbers alone, many in a row."""
    kept: list[Row] = []
    for is_number, group in groupby(rows, lambda row: row.text.isdigit()):
        found = list(group)
        if is_number and len(found) >= FEWEST_BUTTONS:
            for row in found:
                account.ignore(row.number, "page-button")
        else:
            kept += found
    return kept
