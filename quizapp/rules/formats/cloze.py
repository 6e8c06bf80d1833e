"""Moodle's text with answers embedded in it, {1:SHORTANSWER:=灯~伞}: one question, each answer a blank of it."""

import re

from quizapp.rules.formats import checks, markup
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account, visible
from quizapp.rules.words import N_

NAME = N_("Moodle, text with answers in it")
CLOZE = re.compile(r"\{\d*:(?P<kind>[A-Z_]+):(?P<answers>(?:\\.|[^}\\])*)\}")
KINDS = ("MULTICHOICE", "MULTIRESPONSE", "SHORTANSWER", "NUMERICAL", "MC", "MR", "SA", "NM", "MW")
TYPED = ("SHORTANSWER", "SA", "MW")
LIKE = re.compile(rf"\{{\d*:(?:{'|'.join(KINDS)})[A-Z_]*:[=~%\w]")
ANSWER = re.compile(r"(?P<sign>=?)(?:%(?P<share>-?\d+(?:\.\d+)?)%)?(?P<text>.*)", re.DOTALL)
WILDCARD = N_(
    "“*” in an answer stands for any text there; here it is only that sign. Please write out what is accepted."
)
PARTIAL = N_("Some answers earn a part of the points; here they earn nothing.")
TICKED = N_(
    "Several choices had to be ticked in one place (%(answer)s); a blank takes one text. "
    "Please make a question of several choices of it."
)
CASES = N_("Capital and small letters counted there; here they are the same.")
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
    blanks = [_of_blank(draft, one["answers"], one["kind"]) for one in found]
    draft.stem = shown(CLOZE.sub("____", text))
    draft.kind, draft.answer = "fill_blank", blanks if blanks and all(blanks) else None
    if any(not one["kind"].startswith(TYPED) for one in found):
        draft.problem("cloze", IN_TEXT, severity="warning")
    if any(one["kind"].endswith("_C") or one["kind"] in ("SAC", "MWC") for one in found):
        note_case(draft)


def note_case(draft: Draft) -> None:
    """Name that letters counted as they are written, where an answer holds any that could be written otherwise."""
    if any(text.lower() != text.upper() for blank in draft.answer or [] for text in blank):
        draft.problem("case-folded", CASES, severity="warning")


def _of_blank(draft: Draft, answers: str, kind: str) -> list[str]:
    """Return what fills a blank; what a blank here cannot say as it was is named."""
    parted = [ANSWER.fullmatch(one) for one in re.split(r"(?<!\\)~", answers)]
    choices = [(100 if one["sign"] else float(one["share"] or 0), _bare(one["text"], kind)) for one in parted]
    choices = [(share, text) for share, text in choices if share > 0 and text]
    right = [text for share, text in choices if share >= 100]
    if kind.startswith(("MULTIRESPONSE", "MR")):
        right = ["、".join(text for _, text in choices)] if choices else []
        if len(choices) > 1:
            draft.problem("several-in-blank", TICKED, answer=right[0][:40])
    elif len(right) < len(choices) and not any(one["code"] == "partial-credit" for one in draft.problems):
        draft.problem("partial-credit", PARTIAL, severity="warning")
    if kind.startswith(TYPED) and any("*" in text.replace("\\*", "") for text in right):
        draft.problem("wildcard", WILDCARD, severity="warning")
    return [re.sub(r"\\([~=#{}\"\\*])", r"\1", text) for text in right]


def _bare(text: str, kind: str) -> str:
    text = re.split(r"(?<!\\)#", text)[0].strip()
    return text.partition(":")[0] if kind.startswith(("NUMERICAL", "NM")) else text
