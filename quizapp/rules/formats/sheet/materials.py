"""A row that only tells of a case: the material of the questions in the rows below it."""

import re
from itertools import zip_longest

from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.records import Record
from quizapp.rules.formats.text.materials import CASE

PART = re.compile(r"[(（]\s?(\d{1,2})\s?[)）]\s*(?=\S)")


def with_materials(gathered: list[Record], account: Account) -> list[Record]:
    """Return the records without those of cases, each the material of the questions （1）, （2） … that follow it."""
    kept: list[Record] = []
    material, wanted = "", 1
    for record, below in zip_longest(gathered, gathered[1:]):
        part = PART.match(record.stem)
        if material and part and int(part[1]) == wanted:
            record.material = record.material or material
            record.number, record.stem = record.number or part[1], record.stem[part.end() :]
            wanted += 1
            kept.append(record)
        elif _is_case(record, below):
            material, wanted = record.stem, 1
            account.ignore(record.first, "material")
        else:
            material = ""
            kept.append(record)
    return kept


def _is_case(record: Record, below: Record | None) -> bool:
    """Return whether a record is of a kind that asks about texts, asks nothing, and the next is its question 1."""
    says_more = record.answer or record.options or record.blanks or record.explanation or record.has_picture
    part = PART.match(below.stem) if below and not says_more and CASE.search(record.kind) else None
    return part is not None and part[1] == "1" and (bool(below.points) or not record.points)
