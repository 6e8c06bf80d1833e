"""A table of contents at the head of a law: its lines look like headings but head nothing."""

from quizapp.rules.formats.handbook.marks import is_sentence, read_heading, read_start
from quizapp.rules.formats.lines import Account, Row

TITLES = {"目录", "目次"}
LONGEST_ENTRY = 60


def leave_out(rows: list[Row], account: Account) -> list[Row]:
    """Return the rows without a table of contents, whose lines are noted as ignored."""
    table = _titled(rows) or _untitled(rows)
    for row in table:
        account.ignore(row.number, "table-of-contents")
    numbers = {row.number for row in table}
    return [row for row in rows if row.number not in numbers]


def _titled(rows: list[Row]) -> list[Row]:
    """Find the table under a line 目录: its entries come again below, the first line of the body does not."""
    first = next((index for index, row in enumerate(rows) if "".join(row.text.strip("#* ").split()) in TITLES), None)
    if first is None or not any(_label(row) for row in rows[first + 1 :]):
        return []
    last_seen = {_label(row): index for index, row in enumerate(rows)}
    seen: set[str] = set()
    for index in range(first + 1, len(rows)):
        row, label = rows[index], _label(rows[index])
        if label and last_seen[label] == index:
            return rows[first:index]
        if not label and (is_sentence(row.text) or len(row.text) > LONGEST_ENTRY or row.text in seen):
            return rows[first:index]
        seen.add(row.text)
    return rows[first : first + 1]


def _untitled(rows: list[Row]) -> list[Row]:
    """Find a run of headings, each of which comes again below with the same words."""
    words = [heading.words if (heading := read_heading(row.text)) else "" for row in rows]
    last_seen = {word: index for index, word in enumerate(words)}
    run = 0
    while run < len(rows) and not words[run]:
        run += 1
    end = run
    while end < len(rows) and words[end] and last_seen[words[end]] > end:
        end += 1
    return rows[run:end] if end - run >= 3 else []


def _label(row: Row) -> str:
    """Return what a line numbers: 第二章, or 第五条."""
    heading = read_heading(row.text)
    if heading:
        return heading.label
    start = read_start(row.text)
    return str(start.number) if start and not start.is_cited else ""
