"""Moodle's text with answers embedded in it, {1:SHORTANSWER:=灯~伞}: one question, each answer a blank of it."""

import re

from quizapp.rules.formats import checks, markup
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account, visible
from quizapp.rules.words import N_

NAME = N_("Moodle, text with answers in it")
CLOZE = re.compile(r"\{\d*:(?P<kind>[A-Z_]+):(?P<answers>(?:\\.|[^}\\])*)\}")
KINDS = ("MULTICHOICE", "MULTIRESPONSE", "SHORTANSWER", "NUMERICAL", "MC", "MR", "SA", "NM", "MW")
LIKE = re.compile(rf"\{{\d*:(?:{'|'.join(KINDS)})[A-Z_]*:[=~%\w]")
IN_TEXT = N_("Choices or figures within the text became blanks to fill in; please look at them.")


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is such a question."""
    return 0.92 if LIKE.search(text) and "::" not in text else 0.0


def read(text: str, options: dict | None = None) -> dict:
    """Return the document of `bank check` for such a text; it never refuses, but lists problems."""
    account = Account()
    held = [number for number, line in enumerate(visible(text, account), 1) if line.strip()]
    questions = [Draft(first=held[0], last=held[-1])] if held else []
    for draft in questions:
        fill(draft, text, markup.shown)
    return checks.finished(questions, account, {"layout": "cloze"})


def fill(draft: Draft, text: str, shown) -> None:
    """Read answers that stand within a text: each a blank, its right answers the texts that fill it.

    `shown` makes the words of it that a person sees.
    """
    found = list(CLOZE.finditer(text))
    blanks = [_of_blank(one["answers"], one["kind"]) for one in found]
    draft.stem = shown(CLOZE.sub("____", text))
    draft.kind, draft.answer = "fill_blank", blanks if blanks and all(blanks) else None
    if any(not one["kind"].startswith(("SHORTANSWER", "SA", "MW")) for one in found):
        draft.problem("cloze", IN_TEXT, severity="warning")


def _of_blank(answers: str, kind: str = "") -> list[str]:
    right = [one for one in re.split(r"(?<!\\)~", answers) if one.startswith(("=", "%100%"))]
    bare = [re.split(r"(?<!\\)#", re.sub(r"^(?:=|%100%)", "", one))[0].strip() for one in right]
    bare = [text.partition(":")[0] for text in bare] if kind.startswith(("NUMERICAL", "NM")) else bare
    return [re.sub(r"\\([~=#{}\"\\*])", r"\1", text) for text in bare if text]
