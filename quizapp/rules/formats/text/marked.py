"""Options that say of themselves that they are right, as questionnaires write them: B.伞(正确答案)."""

import re
from dataclasses import replace

from quizapp.rules.formats.drafts import read_truth
from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import marks

MARK = re.compile(r"\s*[(（\[【]\s*正确(?:答案|选项)\s*[)）\]】]\s*$")


def with_answers(rows: list[Row]) -> list[Row]:
    """Return the rows with an answer behind the options of which some bear the mark, which is taken off."""
    if not any(MARK.search(row.text) for row in rows):
        return rows
    found: list[Row] = []
    run: list[Row] = []
    for row in rows:
        bare = MARK.sub("", row.text)
        option = marks.read_option(bare)
        if run and (not (option or read_truth(bare) is not None) or option and option[0] == "A"):
            found, run = found + _answered(run), []
        if option or read_truth(bare) is not None:
            run.append(row)
        else:
            found.append(row)
    return found + _answered(run)


def _answered(run: list[Row]) -> list[Row]:
    right = [MARK.sub("", row.text) for row in run if MARK.search(row.text)]
    if not right:
        return run
    shown = [replace(row, text=MARK.sub("", row.text)) for row in run]
    letters = [option[0] for text in right if (option := marks.read_option(text))]
    if letters:
        return [*shown, replace(run[-1], text=f"答案：{''.join(letters)}")]
    return [replace(run[-1], text=f"答案：{right[0]}")]  # right and wrong, which are no options
