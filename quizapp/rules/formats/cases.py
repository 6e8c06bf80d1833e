"""A case where a format has no such thing: its material as a text, then each of its questions, all under one mark.

The mark is a tag. Other systems show the text and the questions one after the other; read here they are a case again.
"""

import re
from collections.abc import Callable, Iterable

from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.holding import LEFT_OUT

TAG = re.compile(r"案例[：:](\d{1,6})")
OF_WHOLE = {"chapter", "code", "points", "citations", "difficulty", "tags"}  # no part says these


def tag(number: int) -> str:
    """Return the tag that a material and its questions bear; `number` sets cases of a file apart."""
    return f"案例：{number}"


def mark(tags: Iterable[str]) -> str:
    """Return which case of a file tags belong to; empty for none."""
    return next((found[1] for one in tags if (found := TAG.fullmatch(one.strip()))), "")


def losses_of_parts(case: dict, unheld: Callable[[dict], list[str]]) -> list[str]:
    """Return what is not held of the questions of a case; one that is not held at all takes the case with it."""
    lost = dict.fromkeys(loss for part in case["parts"] for loss in unheld(part) if loss not in OF_WHOLE)
    return ["part"] if set(lost) & set(LEFT_OUT) else list(lost)


def add_part(case: Draft, part: Draft) -> None:
    """Make a question the next one of a case; what is wrong with it is told of the case, at its own line."""
    part.number = str(len(case.parts) + 1)
    case.parts.append(part.as_part())
    case.problems += part.problems
    case.keyed += part.keyed
    case.last = part.last


def gathered(found: Iterable[tuple[Draft, str]], note: Callable[[Draft, Draft], None] | None = None) -> list[Draft]:
    """Return the questions of (draft, mark) in their order, those that bear the mark of the case before as its parts.

    A marked question whose material is not there stands for itself; `note` looks at a case and each of its parts.
    """
    questions: list[Draft] = []
    standing = ""  # the mark of the case that the last question is
    for draft, own in found:
        if draft.kind == "case":
            standing = own
        elif own and own == standing:
            if note:
                note(questions[-1], draft)
            add_part(questions[-1], draft)
            continue
        else:
            standing = ""
        questions.append(draft)
    return questions
