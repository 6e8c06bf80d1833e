"""Materials of cases: in a row of their own above the questions, or in the column beside those of the questions."""

import re
from dataclasses import replace
from itertools import zip_longest

from quizapp.rules.formats.drafts import read_truth
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.records import Record, kind_named
from quizapp.rules.formats.text.materials import CASE

PART = re.compile(r"[(（]\s?(\d{1,2})\s?[)）]\s*(?=\S)")


def with_parts(gathered: list[Record], account: Account) -> list[Record]:
    """Return the records in which a part (小题题干) is the question and the stem (大题题干) the material of several.

    Only the first row of a case need bear the material, and it may have a row of its own.
    """
    kept: list[Record] = []
    above: Record | None = None  # whose material holds for the rows below that have none
    for record, below in zip_longest(gathered, gathered[1:]):
        if record.part:
            goes_on = above is not None and not record.stem and record.kind in ("", above.kind)
            shared = above.material if goes_on else record.stem
            above = replace(record, material=shared, part="")
            record.material, record.stem = shared or record.material, record.part
            record.kind = record.part_kind or _own_kind(record)
            kept.append(record)
        elif below and below.part and below.stem in ("", record.stem) and not _says_more(record):
            above = replace(record, material=record.stem)
            account.ignore(record.first, "material")
        else:
            above = None
            kept.append(record)
    return kept


def _own_kind(record: Record) -> str:
    """Return the kind that a case names for its questions too, "" where it is that of the case alone."""
    is_other = record.options or read_truth(record.answer) is not None
    return "" if is_other and kind_named(record.kind) in (None, "short_answer") else record.kind


def _says_more(record: Record) -> bool:
    return bool(record.answer or record.options or record.blanks or record.explanation or record.has_picture)


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
    part = PART.match(below.stem) if below and not _says_more(record) and CASE.search(record.kind) else None
    return part is not None and part[1] == "1" and (bool(below.points) or not record.points)
