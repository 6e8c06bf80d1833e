"""The rows of a table -> its records: one row a question, or one row an option."""

import re

from quizapp.rules.formats import parted, records
from quizapp.rules.formats.drafts import LETTERS, letter_at, read_truth
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.records import Record
from quizapp.rules.formats.sheet import house, looks, option_rows, stems, table
from quizapp.rules.formats.sheet.materials import with_materials, with_parts
from quizapp.rules.formats.text import headings, marks
from quizapp.rules.words import N_

INSTRUCTION = re.compile(
    r"必填|选填|填写说明|请勿删除|请删除|导入说明|填写要求|多个.{0,12}隔开|^说明[:：]|^注[:：]|示例[:：]"
    r"|可(?:以)?(?:为空|不填)|不(?:得)?超过\s?\d+\s?(?:个?字|字符)|\((?:required|optional)"
)
EXAMPLE = re.compile(r"[(（【\[]?(?:示例|样例|填写示例)(?:[)）】\]:：\d]|$)")
REMARK = re.compile(r"[合总共小]\s*计(?:[:：\d]|$)|(?:注|备注|说明|制表人?|审核人?|填表人)[:：]")
PLAIN = ("number", "code", "kind", "stem", "answer", "points", "difficulty", "citations", "order", "material")


def gather(sheet: dict, found: table.Table, account: Account) -> list[Record]:
    """Return the records of a sheet; rows that are no question are noted with their reason."""
    rows = _merged_filled(sheet, found)
    gathered: list[Record] = []
    by_options = option_rows.are(rows[found.head + 1 :], found.columns)
    _note_unknown(sheet, found, account)
    asked: list[tuple[int, Record]] = []
    kind, is_below_head, codes = "", False, _codes(found)
    for index, row in enumerate(rows):
        if not any(text.strip() for text in row):
            continue
        first, last = table.place_of(sheet, index), table.place_of(sheet, index, is_end=True)
        was_below_head, is_below_head = is_below_head, index == found.head or _is_head(row, found)
        if index <= found.head:
            kind = _titled(row) or kind
            account.ignore(first, "heading" if index == found.head else "title")
        elif (was_below_head or not gathered) and table.is_ruler(row):
            account.ignore(first, "ruler")
        elif not gathered and _is_example(row, found):
            account.ignore(first, "example")
        elif _is_head(row, found):
            account.ignore(first, "heading")
        elif _is_instruction(row, found, gathered):
            account.ignore(first, "instruction")
        elif by_options and gathered and _goes_on(row, found, gathered[-1]):
            _add_option(gathered[-1], row, found, last, is_bare=True)
        elif heading := _section(row):
            kind = heading
            account.ignore(first, "heading")
        elif gathered and (label := _label_below(row)):
            _add_label(gathered[-1], label, last)
        elif gathered and (options := _options_below(row, gathered[-1])):
            gathered[-1].options += options
            gathered[-1].last = last
            continue
        elif gathered and _is_remark(row, found):
            account.ignore(first, "instruction")
        elif gathered and _is_option(row, found):
            _add_option(gathered[-1], row, found, last)
        elif record := _record(row, found, first, last, by_options):
            record.kind = codes.get(record.kind, record.kind) or kind
            asked += [] if record.answer else [(index, record)]
            gathered.append(record)
        else:
            message = N_("This row has no question in the column of stems, so it was not read.")
            account.problem("row-without-stem", message, first, "warning")
        _note_beside(row, index, found, first, account)
    looks.take(asked, sheet, found)
    if not by_options:
        _part_by_commas(gathered)
    gathered = with_parts(gathered, account)
    if not house.is_ours(found.names):
        gathered = with_materials(gathered, account)
    for record in gathered if by_options else ():
        record.options = parted.without_letters(record.options)
    return gathered


def _codes(found: table.Table) -> dict[str, str]:
    """Return the kinds by the figures that the name of their column gives them."""
    name = next((found.names.get(place, "") for place, field in found.columns.items() if field == "kind"), "")
    return records.kinds_by_codes(name)


def _is_head(row: list[str], found: table.Table) -> bool:
    """Return whether a row names the columns, again where it is below their first names."""
    names = {place: text.strip() for place, text in enumerate(row) if text.strip()}
    return bool(table.read_head(row)) or found.taken is not None and names == found.names


def _part_by_commas(gathered: list[Record]) -> None:
    """Part options that stand in one cell at commas, where no other sign parts those of a table."""
    joined = [record for record in gathered if len(record.options) == 1]
    parted_ones = [[part.strip() for part in re.split("[,，]", one.options[0]) if part.strip()] for one in joined]
    several = sum(len(one.options) > 1 for one in gathered)
    if len(joined) > several and all(len(parts) > 1 for parts in parted_ones):
        for record, parts in zip(joined, parted_ones, strict=True):
            record.options = parted.without_letters(parts)


def _merged_filled(sheet: dict, found: table.Table) -> list[list[str]]:
    """Return the rows with chapters, kinds and materials of merged cells written into every row that they span."""
    rows = [list(row) for row in sheet["rows"]]
    shared = [place for place, field in found.columns.items() if field in ("chapter", "kind", "material")]
    for top, left, bottom, right in sheet["merged"]:
        for place in shared:
            if not left <= place <= right or top >= len(rows):
                continue
            value = table.cell(rows[top], left)
            for row in rows[top + 1 : bottom + 1]:
                if place < len(row) and not row[place] and any(row):
                    row[place] = value
    return rows


def _note_unknown(sheet: dict, found: table.Table, account: Account) -> None:
    if found.taken is not None:
        name = stems.name_of(found.taken, found.names)[:40]
        account.problem("stem-column-taken", stems.TAKEN, table.place_of(sheet, found.head), "warning", name=name)
    unnamed = _unnamed(sheet["rows"], found) if found.head < 0 else {}
    for place, name in (found.unknown | unnamed).items():
        held = sum(bool(table.cell(row, place)) for row in sheet["rows"][found.head + 1 :])
        if held:
            message = N_("The column “%(name)s” was not read; %(count)s of its cells hold something.")
            where = table.place_of(sheet, max(found.head, 0))
            account.problem("column-unread", message, where, "warning", name=name[:40], count=held)


def _note_beside(row: list[str], index: int, found: table.Table, place, account: Account) -> None:
    """Name what stands in a row of a table with names, but below none of them."""
    if 0 <= found.head < index and not _section(row):
        beside = [text.strip() for at, text in enumerate(row) if at not in found.columns and at not in found.unknown]
        if told := " ".join(filter(None, beside)):
            message = N_("Beside the columns of the table stands “%(text)s”; it was not read.")
            account.problem("cell-unread", message, place, "warning", text=told[:40])


def _unnamed(rows: list[list[str]], found: table.Table) -> dict[int, str]:
    """Return the columns that are not read in a table without names, each with its letter as its name."""
    width = min(max(map(len, rows)), len(LETTERS))
    return {place: LETTERS[place] for place in range(width) if place not in found.columns}


def _is_instruction(row: list[str], found: table.Table, gathered: list[Record]) -> bool:
    """Return whether a row before the first question says how to fill in the table."""
    if gathered or not INSTRUCTION.search(" ".join(row)) or _is_house_row(row, found):
        return False
    return not any(records.read_letters(table.cell(row, place)) or read_truth(table.cell(row, place)) is not None
                   for place, field in found.columns.items() if field == "answer")  # fmt: skip


def _is_house_row(row: list[str], found: table.Table) -> bool:
    """Return whether a row of the house table bears a kind: whatever words it holds, it is a question."""
    return house.is_ours(found.names) and any(kind in house.KINDS for kind in _values(row, found, "kind"))


def _values(row: list[str], found: table.Table, field: str) -> list[str]:
    return [text for place, one in found.columns.items() if one == field and (text := table.cell(row, place))]


def _record(row: list[str], found: table.Table, first, last, by_options: bool) -> Record | None:
    plain = {field: (_values(row, found, field) or [""])[0] for field in PLAIN}
    options = _options(row, found)
    part = (_values(row, found, "part") or [""])[0]
    if not plain["stem"] and not part and not house.is_case(plain["kind"], found.names):
        return None
    record = Record(first, last, **plain, part=part, part_kind=(_values(row, found, "part-kind") or [""])[0])
    record.chapter = " ".join(dict.fromkeys(_values(row, found, "chapter")))
    record.explanation = [*_values(row, found, "explanation"), *_notes(row, found)]
    record.tags = _tags(row, found)
    record.has_picture = bool(_values(row, found, "picture"))
    record.blanks = [text for number in range(1, 21) for text in _values(row, found, f"blank:{number}")]
    if by_options:
        _add_option(record, row, found, last, is_bare=True)
        if not record.options:  # a statement among them
            record.answer = record.answer or option_rows.statement("".join(_values(row, found, "right")[:1]))
        return record
    joined = _values(row, found, "options")
    record.options = options or (parted.split_options(joined[0]) if joined else [])
    flagged = [letter for letter in LETTERS if any(map(option_rows.is_flag, _values(row, found, f"right:{letter}")))]
    record.answer = record.answer or "".join(flagged)
    if wrong := _wrong(row, found):
        is_multiple = records.kind_named(record.kind) == "multiple_choice"
        right = parted.split_options(record.answer) if is_multiple else [record.answer]
        record.options, record.answer = [*right, *wrong], LETTERS[: len(right)]
    return record


def _wrong(row: list[str], found: table.Table) -> list[str]:
    """Return the options that are told to be wrong, where the answer is the words of the right one."""
    texts = [text for place, field in found.columns.items()
             if field.startswith("wrong") and (text := table.cell(row, place))]  # fmt: skip
    return texts if len(texts) != 1 else parted.split_options(texts[0])


def _options(row: list[str], found: table.Table) -> list[str]:
    """Return the options of their own columns, without empty ones at the end; an empty one between keeps its letter."""
    held = [(_values(row, found, f"option:{letter}") or [""])[0] for letter in LETTERS]
    while held and not held[-1]:
        held.pop()
    return held if house.is_ours(found.names) else parted.without_letters(held)


def _tags(row: list[str], found: table.Table) -> str:
    """Return the tags in the column that the house table has for them; in other tables it is one of remarks."""
    places = [place for place, name in found.names.items() if house.is_tags(name, found.names)]
    return table.cell(row, places[0]) if places else ""


def _notes(row: list[str], found: table.Table) -> list[str]:
    """Return source, page and remark as lines of the explanation, each after the name of its column."""
    return [
        f"{found.names[place]}：{text}"
        for place, field in found.columns.items()
        if field == "note" and place in found.names and (text := table.cell(row, place))
        if not house.is_tags(found.names[place], found.names)
    ]


def _goes_on(row: list[str], found: table.Table, before: Record) -> bool:
    """Return whether a row holds one more option of the question before."""
    numbers, stems = _values(row, found, "number"), _values(row, found, "stem")
    if numbers and before.number:
        return numbers[0] == before.number
    return not stems or stems[0] == before.stem


def _is_option(row: list[str], found: table.Table) -> bool:
    """Return whether a row holds nothing but one more option of the question above it."""
    others = [field for field in ("stem", "answer", "kind") if _values(row, found, field)]
    return not others and bool(_values(row, found, "options"))


def _options_below(row: list[str], record: Record) -> list[str]:
    """Return the next options of a question where they are all of a row below it, with their letters: A.… | B.…"""
    texts = [text.strip() for text in row if text.strip()]
    letter, first = letter_at(len(record.options)), texts[0]
    places = marks.options_inside(first, letter) if len(texts) == 1 and letter else []
    if places[:1] == [0]:
        texts = [first[start:end].strip() for start, end in zip(places, [*places[1:], None], strict=True)]
    bare = [parted.without_letter(text, place) for place, text in enumerate(texts, len(record.options))]
    return bare if all(one != text for one, text in zip(bare, texts, strict=True)) else []


def _titled(row: list[str]) -> str:
    """Return the kind that a title above the table names for all its questions; else ""."""
    held = {text.strip() for text in row if text.strip()}
    return records.kind_of_all(held.pop()) or "" if len(held) == 1 else ""


def _is_example(row: list[str], found: table.Table) -> bool:
    """Return whether a row says of itself that it only shows how one is filled in."""
    told = [text for field in ("number", "code", "kind", "stem") for text in _values(row, found, field)]
    return any(EXAMPLE.match(text) for text in told) and not house.is_ours(found.names)


def _label_below(row: list[str]) -> marks.Label | None:
    """Return the label that is all of a row below a question: 解析：…"""
    held = [text.strip() for text in row if text.strip()]
    label = marks.read_label(held[0]) if len(held) == 1 else None
    return label if label and label.sort in ("answer", "explanation") else None


def _add_label(record: Record, label: marks.Label, last) -> None:
    if label.sort == "explanation":
        record.explanation.append(label.value)
    else:
        record.answer = record.answer or label.value
    record.last = last


def _is_remark(row: list[str], found: table.Table) -> bool:
    """Return whether a row is a sum or a note below the questions, with neither options nor an answer."""
    held = [(found.columns.get(place, ""), text.strip()) for place, text in enumerate(row) if text.strip()]
    is_bare = not any(field in ("answer", "options") or ":" in field for field, _ in held)
    return is_bare and any(REMARK.match(text) for _, text in held) and not house.is_ours(found.names)


def _section(row: list[str]) -> str:
    """Return the words of a row that is a heading of a kind, with nothing beside it; else ""."""
    held = [text.strip() for text in row if text.strip()]
    found = headings.read_section(held[0]) if len(set(held)) == 1 else None
    return found["kind"] if found else ""


def _add_option(record: Record, row: list[str], found: table.Table, last, is_bare: bool = False) -> None:
    for text in _values(row, found, "options")[:1]:
        if len(record.options) < len(LETTERS) and any(map(option_rows.is_flag, _values(row, found, "right"))):
            record.answer += LETTERS[len(record.options)]
        record.options.append(text if is_bare else parted.without_letter(text, len(record.options)))
    record.last = last
