"""Questions in the text of a PDF: letters that were set apart come together, wrapped lines are joined."""

import re
from collections import Counter
from functools import reduce

from quizapp.rules.formats import checks
from quizapp.rules.formats.drafts import Draft, read_letters, read_truth
from quizapp.rules.formats.lines import Account, Row, clean, join_wrapped
from quizapp.rules.formats.text import bare, marks, understood
from quizapp.rules.words import N_

NAME = "PDF"
WIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’…—]"
LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})
APART = re.compile(rf"(?<={WIDE}) (?={WIDE})")

AROUND = 2  # lines at the head and at the foot of a page
BROKEN = [  # how a line ends, and the next begins, where what belongs together was broken
    (re.compile(r"[(（]$"), re.compile(r"\s?(?:[√×✓✗对错]|[A-H]{1,8})\s?[)）]")),
    (re.compile(r"(?:^|(?<=\s))[A-H]$"), re.compile(r"[、.．:：]")),
]


def read(content: dict, options: dict | None = None) -> dict:
    """Return the document of `bank check` for the pages of services/readers/pdf; it never refuses.

    Lines count through all pages; every one that is not blank is in a question's source, in `ignored` with a reason,
    or the place of a problem.
    """
    account, rows, number = Account(), [], 0
    pages = [_unbroken([_spelled(line).strip() for line in page.split("\n")]) for page in content["pages"]]
    around = _around(pages)
    for lines in pages:
        held = [place for place, line in enumerate(lines) if line]
        for place, line in enumerate(lines):
            number += 1
            if place in held[:1] + held[-1:] and line.isdigit() and len(line) <= 4:
                account.ignore(number, "page-number")
            elif place in held[:AROUND] + held[-AROUND:] and line in around:
                account.ignore(number, "repeated-line")
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


def _unbroken(lines: list[str]) -> list[str]:
    """Return the lines of a page with a bracket or a letter that ends one (D|、三天) where the rest of it stands."""
    found = list(lines)
    for place, below in enumerate(lines[1:], 1):
        ends = ((mark.search(found[place - 1]), rest.match(below)) for mark, rest in BROKEN)
        if broken := next((end for end, goes_on in ends if end and goes_on), None):
            found[place - 1], found[place] = found[place - 1][: broken.start()].rstrip(), broken[0].strip() + below
    return found


def _around(pages: list[list[str]]) -> set[str]:
    """Return what stands at the head or the foot of more than half of three pages or more."""
    ends = [[line for line in lines if line] for lines in pages]
    times = Counter(line for held in ends for line in {*held[:AROUND], *held[-AROUND:]})
    return {line for line, count in times.items() if count > max(2, len(pages) / 2) and not _is_mark(line)}


def _is_mark(line: str) -> bool:
    """Return whether a line is one that may come again in several questions: 答案：B, D.以上都是, √."""
    is_answer = read_letters(line) or read_truth(line) is not None
    return bool(is_answer or marks.read_option(line) or marks.read_label(line) or marks.read_number(line, "1."))


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
