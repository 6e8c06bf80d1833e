"""Options whose cells are set off, where no answer is written: in red, on a coloured ground, in bold."""

from quizapp.rules.formats.records import Record
from quizapp.rules.formats.sheet import table

LOOKS = ("red", "ground", "bold")  # of cells that tell which options are right, the surest first


def take(asked: list[tuple[int, Record]], sheet: dict, found: table.Table) -> None:
    """Give the questions that have no answer the options that are set off: in red, on a coloured ground, in bold.

    A ground or bold letters that stand in the same columns in all rows only adorn the table.
    """
    for look in LOOKS:
        columns: dict[int, list[int]] = {}
        for at, column in sheet.get(look, ()):
            columns.setdefault(at, []).append(column)
        told = [_set_off(record, columns.get(index, ()), found) for index, record in asked]
        if look == "red" or len(set(filter(None, told))) > 1:
            for (_, record), letters in zip(asked, told, strict=True):
                record.answer = record.answer or letters


def _set_off(record: Record, columns: list[int], found: table.Table) -> str:
    """Return the letters of the options in these columns, where there are others in the row."""
    fields = [found.columns.get(column, "") for column in columns]
    letters = sorted(field.partition(":")[2] for field in fields if field.startswith("option:"))
    return "".join(letters) if 0 < len(letters) < len(record.options) and not record.blanks else ""
