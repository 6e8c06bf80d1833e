"""Blackboard's file for uploading questions: a line a question, its kind first, then its fields between tabs."""

import re
from decimal import Decimal
from itertools import groupby

from quizapp.rules.formats import checks, markup
from quizapp.rules.formats.blackboard import NO_EQUAL
from quizapp.rules.formats.drafts import LETTERS, Draft, read_truth
from quizapp.rules.formats.lines import BREAK, Account, visible
from quizapp.rules.formats.qti.elements import as_truth, fill_named
from quizapp.rules.question_types import numerical
from quizapp.rules.words import N_

NAME = N_("Blackboard, text to upload")
KINDS = "MC|MA|TF|ESS|SR|ORD|MAT|FIB_PLUS|FIB|FIL|NUM|OP|JUMBLED_SENTENCE|QUIZ_BOWL"
LINE = re.compile(rf"(?:{KINDS})\t[^\t\n]*(?:\t|$)", re.IGNORECASE)
MOST = 0.8  # of the lines


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is such a file: by how its lines begin."""
    lines = [line for line in BREAK.split(text.lstrip("\ufeff")) if line.strip()]
    return 0.95 if lines and sum(bool(LINE.match(line)) for line in lines) >= MOST * len(lines) else 0.0


def read(text: str, options: dict | None = None) -> dict:
    """Return the document of `bank check` for the text of such a file; it never refuses, but lists problems."""
    account = Account()
    questions = []
    shown = visible(text, account)
    for number, (line, words) in enumerate(zip(BREAK.split(text), shown, strict=True), 1):
        line = line.lstrip("\ufeff")
        if LINE.match(line):
            questions.append(_question(line, number))
        elif words.strip():
            account.problem("unread-line", checks.UNREAD, number)
    return checks.finished(questions, account, {"layout": "blackboard-text"})


def _question(line: str, number: int) -> Draft:
    kind, stem, *fields = [field.strip() for field in line.split("\t")]
    while fields and not fields[-1]:
        fields.pop()
    draft = Draft(first=number, last=number, stem=markup.shown(stem))
    READERS.get(kind.upper(), _unknown(kind))(draft, [markup.shown(field) for field in fields])
    return draft


def _choice(draft: Draft, fields: list[str]) -> None:
    draft.options = fields[::2]
    right = [word.lower() == "correct" for word in fields[1::2]]
    draft.answer = "".join(letter for letter, is_right in zip(LETTERS, right, strict=False) if is_right) or None
    draft.kind = "single_choice"
    as_truth(draft)


def _choices(draft: Draft, fields: list[str]) -> None:
    _choice(draft, fields)
    draft.kind = "multiple_choice"


def _truth(draft: Draft, fields: list[str]) -> None:
    draft.kind, draft.answer = "true_false", read_truth(fields[0]) if fields else None


def _match(draft: Draft, fields: list[str]) -> None:
    pairs = zip(fields[::2], fields[1::2], strict=False)
    draft.kind, draft.answer = "matching", [list(pair) for pair in pairs] or None


def _order(draft: Draft, fields: list[str]) -> None:
    draft.kind, draft.answer = "ordering", fields or None


def _blank(draft: Draft, fields: list[str]) -> None:
    draft.kind, draft.answer = "fill_blank", [fields] if fields else None


def _blanks(draft: Draft, fields: list[str]) -> None:
    """Read groups of (name of the blank, its answers), an empty field between them, in the order of the text."""
    groups = [list(group) for is_held, group in groupby(fields, bool) if is_held]
    fill_named(draft, {name: accepted for name, *accepted in groups})


def _number(draft: Draft, fields: list[str]) -> None:
    value, tolerance = (numerical.read_number(field) for field in (*fields, "0", "0")[:2])
    draft.kind = "numerical"
    if fields and value is not None:
        draft.answer = {"value": numerical.figure(value), "tolerance": numerical.figure(tolerance or Decimal(0))}


def _words(draft: Draft, fields: list[str]) -> None:
    draft.kind, draft.answer = "short_answer", "\n".join(fields) or None


def _unknown(kind: str):
    return lambda draft, fields: draft.problem("kind-no-equal", NO_EQUAL, kind=kind)


READERS = {
    "MC": _choice,
    "MA": _choices,
    "TF": _truth,
    "MAT": _match,
    "ORD": _order,
    "FIB": _blank,
    "FIB_PLUS": _blanks,
    "NUM": _number,
    "ESS": _words,
    "SR": _words,
}
