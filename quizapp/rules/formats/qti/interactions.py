"""What an interaction of QTI 2 or 3 asks, and which of its declared values are right."""

from dataclasses import dataclass, field
from decimal import Decimal

from quizapp.rules.formats.drafts import LETTERS, Draft
from quizapp.rules.formats.qti.elements import all_of, as_truth, attribute, name_of, words
from quizapp.rules.question_types import numerical
from quizapp.rules.words import N_

BLANK = "____"
NO_EQUAL = N_("Questions of the kind “%(kind)s” have no equal here; the text was taken, the answer was not.")
PARTIAL = N_("Some answers earn a part of the points; here they earn nothing.")
SEVERAL = N_("The question has several numerical answers; only the first that earns all points was taken.")
CHOSEN = "inlinechoiceinteraction"
LEFT_ALONE = N_("“%(text)s” has nothing that belongs to it, so it was left out of the pairs.")
CHOICES = {"simplechoice", "simpleassociablechoice", "gaptext", "inlinechoice", "hottext"}


@dataclass
class Declared:
    """What a response declaration says: its type, the right values in order, further values that earn points."""

    base: str = ""
    is_single: bool = True
    tolerance: tuple[str, bool] = ("", False)  # one or two numbers as they stand; whether they are per cent
    right: list[str] = field(default_factory=list)
    mapped: list[str] = field(default_factory=list)
    is_partial: bool = False  # whether others earn a part of the points


def read(draft: Draft, found: list, declared: dict) -> None:
    """Take the kind, the options and the answer of a question from interactions of one kind."""
    answers = [declared.get(attribute(one, "responseIdentifier"), Declared()) for one in found]
    READERS.get(name_of(found[0]), _unknown)(draft, found, answers)
    if draft.answer is not None and any(one.is_single and one.is_partial for one in answers):
        draft.problem("partial-credit", PARTIAL, severity="warning")


def _choices(element) -> dict[str, str]:
    """Return the words of the choices within an element by their identifier."""
    silent = dict.fromkeys(("feedbackinline", "feedbackblock"), "")
    return {attribute(one, "identifier"): words(one, silent) for one in all_of(element, *CHOICES)}


def _choice(draft: Draft, found: list, answers: list[Declared]) -> None:
    choices, answer = _choices(found[0]), answers[0]
    draft.options = list(choices.values())
    right = answer.right or answer.mapped
    letters = dict(zip(choices, LETTERS, strict=False))
    draft.answer = "".join(sorted(letters[one] for one in right if one in letters)) or None
    draft.kind = "single_choice" if answer.is_single else "multiple_choice"
    as_truth(draft)


def _entry(draft: Draft, found: list, answers: list[Declared]) -> None:
    """Read fields within the text as blanks; a choice there is filled by the words of what is right."""
    accepted = list(map(_accepted, found, answers))
    if len(found) == 1 and answers[0].base in ("float", "integer"):
        draft.kind = "numerical"
        draft.stem = draft.stem.removesuffix(f"\n{BLANK}")  # where the number goes is no text
        draft.answer = _interval(accepted[0], answers[0].tolerance)
        if len({number for one in accepted[0] if (number := numerical.read_number(one)) is not None}) > 1:
            draft.problem("partial-credit", SEVERAL, severity="warning")
        return
    draft.kind, draft.answer = "fill_blank", accepted if all(accepted) else None
    if any(name_of(one) == CHOSEN for one in found):
        message = N_("Choices or figures within the text became blanks to fill in; please look at them.")
        draft.problem("cloze", message, severity="warning")


def _accepted(element, answer: Declared) -> list[str]:
    if name_of(element) == CHOSEN:
        choices = _choices(element)
        return [choices[one] for one in answer.right if one in choices]
    return list(dict.fromkeys([*answer.right, *answer.mapped]))


def _interval(accepted: list[str], tolerance: tuple[str, bool]) -> dict | None:
    """Return the first number that is accepted, in the middle of what the tolerance lets pass."""
    value = next((number for text in accepted if (number := numerical.read_number(text)) is not None), None)
    if value is None:
        return None
    told, is_relative = tolerance
    ends = [numerical.read_number(text) for text in told.split()] or [Decimal(0)]
    below, above = (ends[0], ends[-1]) if None not in ends and min(ends) >= 0 else (Decimal(0), Decimal(0))
    if is_relative:
        below, above = (end * abs(value) / 100 for end in (below, above))
    return {
        "value": numerical.figure(value + (above - below) / 2),
        "tolerance": numerical.figure((above + below) / 2),
    }


def _text(draft: Draft, found: list, answers: list[Declared]) -> None:
    draft.kind, draft.answer = "short_answer", "\n".join(answers[0].right) or None


def _order(draft: Draft, found: list, answers: list[Declared]) -> None:
    choices = _choices(found[0])
    draft.kind, draft.answer = "ordering", [choices[one] for one in answers[0].right if one in choices] or None


def _match(draft: Draft, found: list, answers: list[Declared]) -> None:
    """Read pairs; what is put into a gap of the text stands on the right, the number of its gap on the left."""
    choices = _choices(found[0])
    gaps = [attribute(one, "identifier") for one in all_of(found[0], "gap")]
    named = {**choices, **{identity: f"({place})" for place, identity in enumerate(gaps, 1)}}
    pairs = [one.split() for one in answers[0].right or answers[0].mapped]
    pairs = [pair for pair in pairs if len(pair) == 2 and set(pair) <= set(named)]
    sides = [list(_choices(one)) for one in all_of(found[0], "simplematchset")]
    if gaps:
        pairs, sides = sorted((pair[::-1] for pair in pairs), key=lambda pair: named[pair[0]]), [gaps, list(choices)]
    elif len(sides) != 2:  # of one heap: what is left over is one on the right more
        sides = [[], [one for one in choices if one not in {left for left, _ in pairs}]]
    unused = [[one for one in side if one not in {pair[place] for pair in pairs}] for place, side in enumerate(sides)]
    draft.kind = "matching"
    draft.answer = [[named[left], named[right]] for left, right in pairs] or None
    if draft.answer:
        draft.answer += [["", named[one]] for one in unused[1]]
        for one in unused[0]:
            draft.problem("left-alone", LEFT_ALONE, severity="warning", text=named[one][:40])


def _unknown(draft: Draft, found: list, answers: list[Declared]) -> None:
    draft.problem("kind-no-equal", NO_EQUAL, kind=name_of(found[0]).removesuffix("interaction"))


READERS = {
    "choiceinteraction": _choice,
    "textentryinteraction": _entry,
    CHOSEN: _entry,
    "extendedtextinteraction": _text,
    "orderinteraction": _order,
    "matchinteraction": _match,
    "associateinteraction": _match,
    "gapmatchinteraction": _match,
}
JOINED = {"textentryinteraction", CHOSEN}
