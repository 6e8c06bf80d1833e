"""Questions in sheets of a workbook or in a CSV file: the table is found, its columns are known by their names."""

from quizapp.rules.formats import checks, keyed, records
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.sheet import apart, cells, drawings, house, paper, stems, table
from quizapp.rules.formats.sheet.house import unheld, write
from quizapp.rules.formats.sheet.rows import gather
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.words import N_

__all__ = ["NAME", "read", "unheld", "write"]

NAME = N_("Sheet of questions")
COMMENTS = N_(
    "There are comments on cells in this workbook; they were not taken. Please look whether they correct anything."
)
PICTURES = N_(
    "Pictures in this file that stand in no cell that was read: %(count)s. "
    "They were not taken; please look which question needs one."
)


def read(book: dict, options: dict | None = None) -> dict:
    """Return the document of `bank check` for the sheets of services/readers/sheets; it never refuses.

    Every row that holds anything is in a question's source, in `ignored` with a reason, or the place of a problem.
    """
    account, habit = Account(), Habit()
    habit.take_wishes(options or {})
    in_order: list[list[Draft]] = []  # the questions of each table, and of each sheet without one
    columns, layout, tables = None, [], []
    sheets = [one for whole in book["sheets"] for one in apart.parted(whole)]
    keys = list(filter(None, map(apart.key_of, sheets)))
    keys = keys if len(keys) < len(sheets) else []
    for sheet in sheets:
        if any(sheet is key.sheet for key in keys):
            continue
        found = table.find(sheet["rows"], columns, by_texts=True) or keys and table.unanswered(sheet["rows"]) or None
        if found is None:
            head = table.without_stem(sheet["rows"])
            written = paper.read(sheet, account, options) if head is None else []
            in_order.append(written)
            if not written:
                _leave_out(sheet, account, head)
            drawings.unplaced(sheet, account)
        for part, of_part in table.each(sheet, found, columns, by_texts=True) if found else ():
            columns = of_part.columns
            layout.append(of_part.as_document(sheet["name"]))
            pictured, notes = drawings.place(part, of_part)
            in_order.append([])
            tables.append((part, of_part, gather(pictured, of_part, account), notes, in_order[-1]))
    apart.give(keys, [(part["name"], gathered) for part, _, gathered, *_ in tables], account)
    counting = keyed.counting([(one.answer, one.options) for _, _, gathered, *_ in tables for one in gathered])
    for part, of_part, gathered, notes, questions in tables:
        questions += _understood(part, of_part, gathered, habit, account, counting)
        drawings.note(part, notes, questions, account)
        cells.note(part, of_part, questions, account)
    if book.get("hidden"):
        message = N_("Hidden sheets in this workbook: %(count)s. They were not read; show them in Excel or WPS first.")
        account.problem("hidden-sheets", message, "", "warning", count=book["hidden"])
    if book.get("comments", 0) > sum(bool(one.get("comments")) for one in book["sheets"]):
        account.problem("comments-left-out", COMMENTS, "", "warning")
    if book.get("left"):
        account.problem("pictures-left-out", PICTURES, "", "warning", count=book["left"])
    answers = dict(habit.answers.most_common())
    questions = [one for each in in_order for one in each]
    cells.note_hidden(sheets, questions)
    cells.note_places(book["sheets"], questions, account)
    return checks.finished(questions, account, {"layout": "sheet", "tables": layout, "answers": answers})


def _understood(
    sheet: dict,
    found: table.Table,
    gathered: list[records.Record],
    habit: Habit,
    account: Account,
    counting: keyed.Counting | None,
) -> list[Draft]:
    """Return the questions of one table; `counting` says how figures count in all of them, where that is sure."""
    if house.is_ours(found.names):
        return house.understood(gathered, habit, account)
    sure = counting if counting and counting.is_sure else None
    return records.understood(gathered, habit, records.kind_of_all(sheet["name"]), sure)


def _leave_out(sheet: dict, account: Account, head: int | None) -> None:
    """Say that a sheet holds no table of questions, at each of its rows; `head` names all columns but the stems'."""
    held = [index for index, row in enumerate(sheet["rows"]) if any(cell.strip() for cell in row)]
    if head is not None:
        account.problem("no-stem-column", stems.MISSING, table.place_of(sheet, head))
        held = [head, *(index for index in held if index != head)]
    for index in held[: head is None]:
        message = N_("No table of questions was found here: a row of headings like 题干, 选项A, 答案 is needed.")
        account.problem("no-table", message, table.place_of(sheet, index))
    for index in held[1:]:
        account.ignore(table.place_of(sheet, index), "no-table")
