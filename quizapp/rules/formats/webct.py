"""WebCT's text of questions: each begins at :TYPE:, its fields are :NAME:details with their words below."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from quizapp.rules.formats import checks, markup
from quizapp.rules.formats.blackboard import NO_EQUAL
from quizapp.rules.formats.drafts import LETTERS, Draft
from quizapp.rules.formats.lines import Account, visible
from quizapp.rules.formats.qti.elements import as_truth
from quizapp.rules.question_types import numerical
from quizapp.rules.words import N_

NAME = N_("WebCT, text")
TYPE = re.compile(r"^:TYPE:[A-Z]{1,4}\b", re.MULTILINE)
FIELD = re.compile(r":([A-Z]{1,12})(\d{0,2})(?::(.*))?")
RIGHT = 1  # per cent from which an answer earns something
PARTIAL = N_("Some answers earn a part of the points; here they earn nothing.")


@dataclass
class Field:
    """A field of a question: its details behind colons, and the words below it."""

    details: str
    lines: list[str] = field(default_factory=list)

    def words(self) -> str:
        return markup.shown("\n".join(self.lines))


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is such a file."""
    return 0.95 if TYPE.search(text) and ":QUESTION" in text else 0.0


def read(text: str, options: dict | None = None) -> dict:
    """Return the document of `bank check` for such a text; it never refuses, but lists problems."""
    account = Account()
    questions: list[Draft] = []
    fields: dict[tuple[str, str], Field] = {}
    held: Field | None = None
    for number, line in enumerate(visible(text, account), 1):
        found = FIELD.fullmatch(line.strip())
        if found and found[1] == "TYPE" and not found[2]:
            _finish(questions, fields)
            questions.append(Draft(first=number, last=number))
            fields = {}
        elif line.startswith("# ") and line[2:].lower().startswith(("start of", "end of")) or not line.strip():
            if line.strip():
                account.ignore(number, "heading")
            continue
        if questions and (found or held):
            questions[-1].last = number
        if found and questions:
            held = fields[found[1], found[2]] = Field(found[3] or "")
        elif held and questions:
            held.lines.append(line)
        else:
            account.problem("unread-line", checks.UNREAD, number)
    _finish(questions, fields)
    return checks.finished(questions, account, {"layout": "webct"})


def _finish(questions: list[Draft], fields: dict) -> None:
    """Make the question that was begun last of the fields that followed."""
    if not questions:
        return
    draft, kind = questions[-1], fields["TYPE", ""].details.split(":")[0]
    draft.stem = fields["QUESTION", ""].words() if ("QUESTION", "") in fields else ""
    draft.chapter = fields["CAT", ""].details[:120] if ("CAT", "") in fields else ""
    READERS.get(kind, _unknown)(draft, fields)


def _numbered(fields: dict, name: str) -> list[Field]:
    return [one for (each, number), one in fields.items() if each == name and number]


def _share(detail: str) -> float:
    return float(detail) if re.fullmatch(r"-?\d{1,3}(?:\.\d{1,9})?", detail) else 0.0


def _choice(draft: Draft, fields: dict) -> None:
    answers = _numbered(fields, "ANSWER")
    draft.options = [one.words() for one in answers]
    right = [_share(one.details.split(":")[0]) >= RIGHT for one in answers]
    draft.answer = "".join(letter for letter, one in zip(LETTERS, right, strict=False) if one) or None
    is_one = fields["TYPE", ""].details.split(":")[1:2] == ["1"]
    draft.kind = "single_choice" if is_one else "multiple_choice"
    told = {LETTERS[int(number) - 1]: one.words() for (name, number), one in fields.items()
            if name == "REASON" and number and 0 < int(number) <= len(LETTERS)}  # fmt: skip
    draft.explanation = "\n".join(f"{letter}: {words}" for letter, words in told.items() if words)
    as_truth(draft)


def _short(draft: Draft, fields: dict) -> None:
    told = [one.details.split(":") for one in _numbered(fields, "ANSWER")]
    whole = [one[0].strip() for one in told if len(one) > 1 and _share(one[1]) >= 100]
    draft.kind, draft.answer = "fill_blank", [whole] if whole else None
    if len(whole) < len(told):
        draft.problem("partial-credit", PARTIAL, severity="warning")


def _match(draft: Draft, fields: dict) -> None:
    pairs = zip(_numbered(fields, "L"), _numbered(fields, "R"), strict=False)
    draft.kind, draft.answer = "matching", [[left.words(), right.words()] for left, right in pairs] or None


def _number(draft: Draft, fields: dict) -> None:
    draft.kind, told = "numerical", fields.get(("ANSWER", ""))
    value = numerical.read_number(told.words()) if told else None
    if value is not None:
        draft.answer = {"value": numerical.figure(value), "tolerance": numerical.figure(Decimal(0))}


def _words(draft: Draft, fields: dict) -> None:
    draft.kind, told = "short_answer", fields.get(("ANSWER", ""))
    draft.answer = told.words() or None if told else None


def _unknown(draft: Draft, fields: dict) -> None:
    draft.problem("kind-no-equal", NO_EQUAL, kind=fields["TYPE", ""].details[:40])


READERS = {"MC": _choice, "S": _short, "M": _match, "C": _number, "P": _words}
