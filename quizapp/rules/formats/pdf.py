"""Questions in the text of a PDF: letters that were set apart come together, wrapped lines are joined."""

import re
from functools import reduce

from quizapp.rules.formats import checks
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account, Row, clean, join_wrapped
from quizapp.rules.formats.text import bare, understood
from quizapp.rules.words import N_

NAME = "PDF"
WIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’…—]"
LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})
APART = re.compile(rf"(?<={WIDE}) (?={WIDE})")


def read(content: dict, options: dict | None = None) -> dict:
    """Return the document of `bank check` for the pages of services/readers/pdf; it never refuses.

    Lines count through all pages; every one that is not blank is in a question's source, in `ignored` with a reason,
    or the place of a problem.
    """
    account, rows, number = Account(), [], 0
    for page in content["pages"]:
        lines = [_spelled(line).strip() for line in page.split("\n")]
        held = [place for place, line in enumerate(lines) if line]
        for place, line in enumerate(lines):
            number += 1
            if place in held[:1] + held[-1:] and line.isdigit() and len(line) <= 4:
                account.ignore(number, "page-number")
            elif line:
                rows.append(Row(number, line, False, False))
    questions, habit = understood(bare(rows, account), account, options)
    for one in questions:
        _join(one)
    if content["pictures"]:
        message = N_(
            "Pages with pictures: %(count)s. Pictures were not taken; questions that need one have to be mended."
        )
        account.problem("pictures-left-out", message, "", "warning", count=content["pictures"])
    return checks.finished(questions, account, {"layout": "pdf", **habit.as_document()})


def as_text(content: dict) -> str:
    """Return the words of all pages: for an answer key in a file of its own."""
    return "\n".join(_spelled(line) for page in content["pages"] for line in page.split("\n"))


def _spelled(line: str) -> str:
    """Return a line with its letters together, also those that a font draws as one sign."""
    return APART.sub("", clean(line)).translate(LIGATURES)


def _join(one: Draft) -> None:
    """Join the lines of a stem and of options: in a PDF they break where the page ends, not where a thought does."""
    one.stem = reduce(join_wrapped, one.stem.split("\n"))
    one.options = [reduce(join_wrapped, option.split("\n")) for option in one.options]
