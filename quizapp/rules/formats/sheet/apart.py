"""Answers that stand apart from the questions of a workbook, beside them or in a sheet of their own."""

import re
from collections import defaultdict
from dataclasses import dataclass

from quizapp.rules.formats import records
from quizapp.rules.formats.drafts import CHOICES, read_letters, read_truth
from quizapp.rules.formats.lines import Account, Row
from quizapp.rules.formats.records import Record
from quizapp.rules.formats.sheet import beside, table
from quizapp.rules.formats.text import cards, headings, key_rows, keying, keys, vocabulary
from quizapp.rules.texts import even_out
from quizapp.rules.words import N_

NUMBER = re.compile(r"\D{0,3}(\d{1,4})\D{0,3}")
MOSTLY = 0.8
AMBIGUOUS = N_(
    "This answer to question %(number)s was not taken: several questions, or several answers, bear that number."
)
CONTRADICTS = N_("The answer to question %(number)s that stands here is not the one that stands beside the question.")


@dataclass
class Answer:
    """One answer that stands apart: whose number it bears, where it stands, and which kind its question is of."""

    number: int
    place: int | str
    kind: str | None
    answer: str
    explanation: str = ""
    points: str = ""

    def fits(self, kind: str | None) -> bool:
        """Return whether a question of this kind may be the one that is answered."""
        return None in (self.kind, kind) or self.kind == kind or self.kind == "choice" and kind in CHOICES


@dataclass
class Key:
    """The answers that a sheet holds, and the places of its rows that are none."""

    sheet: dict
    answers: list[Answer]
    unread: list[int | str]


def key_of(sheet: dict) -> Key | None:
    """Return the answers of a sheet that holds little else, below names (题号, 答案) or as 1-5 ABCDA; else None."""
    held = [index for index, row in enumerate(sheet["rows"]) if any(text.strip() for text in row)]
    key = Key(sheet, [], [])
    _below_names(key, held) if any(map(beside.read_key_head, sheet["rows"][: table.AS_FAR])) else _in_rows(key, held)
    for one in key.answers:
        one.kind = one.kind or records.kind_of_all(sheet["name"])
    return key if len(key.answers) >= MOSTLY * (len(key.answers) + len(key.unread)) > 0 else None


def parted(sheet: dict) -> list[dict]:
    """Return a sheet cut into the tables that stand beside each other, and the answers that stand below each."""
    found = []
    for one in beside.cut(sheet):
        starts = (index for index, row in enumerate(one["rows"]) if index and _begins_key(row))
        start = next((index for index in starts if any(map(table.read_head, one["rows"][:index]))), None)
        below = {**one, "rows": [[]] * start + one["rows"][start:], "drawings": []} if start else None
        found += [{**one, "rows": one["rows"][:start]}, below] if below and key_of(below) else [one]
    return found


def tables_of(sheet: dict) -> tuple[list[tuple[dict, table.Table]], list[Key]]:
    """Return ([(sheet, its table)], the answers) of the tables that stand in one, beside or below each other."""
    pieces = [(one, key_of(one)) for one in parted(sheet)]
    keys = [key for _, key in pieces if key]
    return [(one, found) for one, key in pieces if not key and (found := table.find(one["rows"]))], keys


def _begins_key(row: list[str]) -> bool:
    texts = [text.strip() for text in row if text.strip()]
    is_head = len(texts) == 1 and bool(vocabulary.KEY_HEAD.fullmatch(texts[0]))
    return is_head or beside.read_key_head(row) is not None


def _below_names(key: Key, held: list[int]) -> None:
    columns, kind = None, None
    for index in held:
        row, place = key.sheet["rows"][index], table.place_of(key.sheet, index)
        texts = {text.strip() for text in row if text.strip()}
        section = headings.read_section(" ".join(texts)) if len(texts) == 1 else None
        kind = vocabulary.KINDS[section["kind"].lower()] if section else kind
        if head := beside.read_key_head(row):
            columns = head
        elif columns and not section:
            told = {field: table.cell(row, at) for at, field in columns.items()}
            number, own_kind = told.pop("number"), records.kind_named(told.pop("kind", ""))
            kind = own_kind or kind
            one, several = NUMBER.fullmatch(number), keys.read_row(f"{number} {told['answer']}")
            pairs = [(int(one[1]), told["answer"])] if one else several
            is_all = texts <= {table.cell(row, at) for at in columns}
            key.answers += [Answer(at, place, kind, **{**told, "answer": answer}) for at, answer in pairs if is_all]
            key.unread += [] if pairs and is_all else [place]


def _in_rows(key: Key, held: list[int]) -> None:
    texts = ["  ".join(text.strip() for text in key.sheet["rows"][index] if text.strip()) for index in held]
    kind = None
    for row in cards.with_cards([Row(*one, False, False) for one in zip(held, texts, strict=True)]):
        (section, pairs), place = key_rows.read_row(row.text), table.place_of(key.sheet, row.number)
        kind = section.kind if section else kind
        key.answers += [Answer(number, place, kind, answer) for number, answer in pairs]
        key.unread += [] if section or pairs or vocabulary.KEY_HEAD.fullmatch(row.text) else [place]


def give(found: list[Key], tables: list[tuple[str, list[Record]]], account: Account) -> None:
    """Give the answers of the sheets that hold them to the questions of the tables (name of the sheet, its records).

    Those of a sheet named after another one, or beside its questions, are its; an answer that may be that of several
    questions is given to none.
    """
    _give_by_stems([gathered for _, gathered in tables], account)
    questions = {record.first for _, gathered in tables for record in gathered}
    for key in found:
        near = [one for one in tables if _is_named_after(key.sheet["name"], one[0])] or tables
        groups = defaultdict(list)
        for one in key.answers:
            groups[one.number, one.kind].append(one)
        for (number, _), group in groups.items():
            fitting = [record for name, gathered in near for at, record in _numbered(gathered)
                       if at == number and group[0].fits(_kind(record, name))]  # fmt: skip
            _give(group, fitting, account)
        for place in key.unread:
            account.problem("key-unread", keying.UNREAD, place, "warning")
        for index, row in enumerate(key.sheet["rows"]):
            place = table.place_of(key.sheet, index)
            if any(text.strip() for text in row) and place not in questions:
                account.ignored.setdefault(place, "answer-key")


def _give(group: list[Answer], fitting: list[Record], account: Account) -> None:
    """Give the answers that bear one number to the questions that do."""
    bare = [record for record in fitting if not (record.answer.strip() or record.blanks)]
    if len(bare) == len(group):
        for one, record in zip(group, bare, strict=True):
            record.answer, record.points = one.answer, record.points or one.points
            record.explanation += [one.explanation] if one.explanation else []
        return
    code, message = ("key-ambiguous", AMBIGUOUS) if fitting else ("key-without-question", keying.NO_QUESTION)
    for one in group:
        if len(fitting) == 1 and not bare:
            if _meaning(one.answer) == _meaning(fitting[0].answer):
                continue
            code, message = "key-contradicts", CONTRADICTS
        account.problem(code, message, one.place, "warning", number=one.number)


def _give_by_stems(tables: list[list[Record]], account: Account) -> None:
    """Give the answers of a table that repeats the questions of others, without options, to these."""
    for answered in tables:
        bare = defaultdict(list)
        for record in (one for gathered in tables if gathered is not answered for one in gathered):
            if not (record.answer.strip() or record.blanks):
                bare[even_out(record.stem)].append(record)
        found = [(one, bare[even_out(one.stem)]) for one in answered if one.answer.strip() and not one.options]
        found = [(one, same) for one, same in found if len(same) == 1]
        if found and len(found) >= MOSTLY * len(answered):
            for one, (record,) in found:
                record.answer, record.explanation = one.answer, record.explanation + one.explanation
                account.ignore(one.first, "answer-key")
                answered.remove(one)


def _meaning(answer: str):
    truth = read_truth(answer)
    return read_letters(answer) or even_out(answer) if truth is None else truth


def _is_named_after(name: str, other: str) -> bool:
    return bool(other) and name.startswith(other) and not name[len(other) :][:1].isdigit()


def _kind(record: Record, name: str) -> str | None:
    return records.kind_named(record.kind) or records.kind_of_all(name)


def _numbered(gathered: list[Record]) -> list[tuple[int, Record]]:
    """Return the questions with the numbers in their column or before them; where none has any, their places."""
    told = [NUMBER.fullmatch(one.number.strip()) or records.NUMBERED.fullmatch(one.stem) for one in gathered]
    if not any(told):
        return list(enumerate(gathered, 1))
    return [(int(number[1]), one) for number, one in zip(told, gathered, strict=True) if number]
