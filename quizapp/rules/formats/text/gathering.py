"""Questions whose number, kind and words stand on rows of their own, as platforms show them: one row again."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quizapp.rules.formats.lines import Account, Row
from quizapp.rules.formats.text import vocabulary

KIND = rf"[【\[(（]?(?P<kind>{vocabulary.KIND})题?[】\])）]?"
POINTS = r"(?:[(（]?\s?(?:本题|共)?\s?(?P<points>\d{1,3}(?:\.\d+)?)\s?分\s?[)）]?)?"
HEAD = re.compile(  # 1.单选题 (2分), 第1题 / 共30题, 题目1
    rf"(?:第\s?(?P<n1>\d{{1,4}})\s?题|(?:题目?|试题)\s?(?P<n2>\d{{1,4}})|(?P<n3>\d{{1,4}})\s?[.．、]?)\s?(?:[/／]\s?共?\s?\d{{1,4}}\s?题?)?\s?"
    rf"(?:{KIND})?\s?{POINTS}",
    re.IGNORECASE,
)
POSITION = re.compile(r"(\d{1,4})\s?[/／]\s?(\d{1,4})(?:\s{1,4}|[.．、])(?=\S)")
KIND_ROW = re.compile(rf"{KIND}\s?{POINTS}", re.IGNORECASE)
NUMBERED = re.compile(r"[(（第]?\d{1,4}\s?[.．、)）题]|[A-Ha-h]\s?[.．、:：)）]")
FEWEST = 2  # questions that stand so before it is the habit of a file
PAGE_WORDS = re.compile(  # of a page of Moodle
    r"未回答|未作答|已回答|正确|不正确|部分正确|完成|满分\s?\d+(?:\.\d+)?|获得\s?\d.{0,12}分.{0,12}|(?:未?标记的?(?:试题|题目)?){1,2}"
    r"|试题正文|题干|(?:[单多]选题|判断题)\s?[:：]|(?:单选题|多选题)?选择一项(?:或多项)?\s?[:：]?|反馈|你的(?:回答|答案)(?:不|部分)?正确[。.]?|清空我的选择"
)
CHAT = re.compile(  # who wrote in a group, and when: 张三 2026-03-01 10:02:11
    r"(?:\S{1,20}\s{1,3})?\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?\s{1,3}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s\S{1,20})?"
)
MOODLE = re.compile(r"试题正文|(?:未标记)?标记(?:试题|题目)|获得\s?\d[\d.]*分中的.*")
FIELD = r"[【\[]?{0}[】\]]?\s?[:：]?\s?"
STEM_NAME = r"(?:题目|题干|试题|问题)(?:内容)?"
STEM_FIELD = re.compile(rf"(?:[【\[]{STEM_NAME}[】\]]\s?[:：]?|{STEM_NAME}\s?[:：])\s?(?P<stem>\S.*)", re.DOTALL)
NUMBER_FIELD = re.compile(FIELD.format("(?:题号|序号)") + r"(?P<n>\d{1,4})")
KIND_FIELD = re.compile(FIELD.format("(?:题型|类型|题目类型)") + rf"(?P<kind>{vocabulary.KIND})题?", re.IGNORECASE)
OPTIONS_FIELD = re.compile(r"[【\[]?选项[】\]]?\s?[:：]?")


def gathered(rows: list[Row], account: Account) -> list[Row]:
    """Return the rows with the beginning of each question in one row; words of the page alone are noted as such."""
    for telling, words in ((MOODLE, PAGE_WORDS), (CHAT, CHAT)):
        if sum(bool(telling.fullmatch(row.text)) for row in rows) >= FEWEST:
            rows = _without(words, rows, account)
    rows = _counted(rows)
    if sum(bool(STEM_FIELD.match(row.text)) for row in rows) >= FEWEST:
        rows = list(_from_fields(rows))
    heads = [_head(rows, index) for index in range(len(rows))]
    return list(_joined(rows, heads)) if sum(map(bool, heads)) >= FEWEST else rows


def _counted(rows: list[Row]) -> list[Row]:
    """Return the rows with the place of each question among all (3/20 灯要多) as its number; a page's has the title."""
    found = [POSITION.match(row.text) for row in rows]
    numbers = [(int(one[1]), one[2]) for one in found if one]
    words = {row.text[one.end() :] for row, one in zip(rows, found, strict=True) if one}
    is_counted = numbers == [(place, numbers[0][1]) for place in range(1, len(numbers) + 1)]
    if len(words) < FEWEST or not is_counted:
        return rows
    return [replace(row, text=f"{one[1]}. {row.text[one.end() :]}") if one else row
            for row, one in zip(rows, found, strict=True)]  # fmt: skip


def _without(words: re.Pattern, rows: list[Row], account: Account) -> list[Row]:
    for row in rows:
        if words.fullmatch(row.text):
            account.ignore(row.number, "instruction")
    return [row for row in rows if not words.fullmatch(row.text)]


def _from_fields(rows: list[Row]) -> Iterator[Row]:
    """Yield rows in which the fields of a question before its options are its first row: 3.【单选题】words."""
    number, kind, first, last = 0, "", None, 0
    for row in rows:
        if found := NUMBER_FIELD.fullmatch(row.text):
            number, first = int(found["n"]) - 1, first or row
        elif found := KIND_FIELD.fullmatch(row.text):
            kind, first = found["kind"], first or row
        elif found := STEM_FIELD.match(row.text):
            number += 1
            tag = f"【{kind}题】" if kind else ""
            yield replace(first or row, text=f"{number}.{tag}{found['stem']}")
            kind, first, last = "", None, row.number
        elif not (last and OPTIONS_FIELD.fullmatch(row.text)):
            yield row


def _head(rows: list[Row], index: int) -> tuple[str, str, int] | None:
    """Return (the beginning of a question, its points, the index of its words) of a row that holds no words."""
    found = HEAD.fullmatch(rows[index].text) if len(rows[index].text) < 40 else None
    alone = KIND_ROW.fullmatch(rows[index + 1].text) if found and index + 1 < len(rows) else None
    if not found or found["n3"] and not (found["kind"] or alone):
        return None
    kind, points, below = found["kind"], found["points"], index + 1
    if not kind and alone:
        kind, points, below = alone["kind"], points or alone["points"], below + 1
    if below >= len(rows) or NUMBERED.match(rows[below].text):
        return None
    tag = f"【{kind}题】" if kind else ""
    scored = f"（{points}分）" if points else ""
    return f"{found['n1'] or found['n2'] or found['n3']}.{tag}", scored, below


def _joined(rows: list[Row], heads: list[tuple[str, str, int] | None]) -> Iterator[Row]:
    taken = -1
    for index, row in enumerate(rows):
        if index <= taken:
            continue
        if head := heads[index]:
            beginning, points, taken = head
            yield replace(row, text=beginning + rows[taken].text + points)
        else:
            yield row
