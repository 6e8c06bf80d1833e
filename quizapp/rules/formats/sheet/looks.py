"""Options whose cells are set off, where no answer is written: in red, on a coloured ground, in bold."""

from quizapp.rules.formats.records import Record, kind_named
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
        some = {one for one, (_, record) in zip(told, asked, strict=True) if 0 < len(one) < len(record.options)}
        if len(some) > 1 or (some and look == "red"):
            for (_, record), letters in zip(asked, told, strict=True):
                if len(letters) < len(record.options) or kind_named(record.kind) == "multiple_choice":
                    record.answer = record.answer or letters


def _set_off(record: Record, columns: list[int], found: table.Table) -> str:
    """Return the letters of the options in these columns."""
    fields = [found.columns.get(column, "") for column in columns]
    letters = sorted(field.partition(":")[2] for field in fields if field.startswith("option:"))
    return "" if record.blanks else "".join(letters)
