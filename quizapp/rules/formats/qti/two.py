"""An item of QTI 2.1, 2.2 or 3.0: interactions in its body, what is right declared before it."""

import re
from dataclasses import dataclass, field

from quizapp.rules.formats.drafts import LETTERS, Draft
from quizapp.rules.formats.qti.elements import all_of, as_truth, attribute, begun, name_of, words
from quizapp.rules.words import N_

BLANK = "____"
NO_EQUAL = N_("Questions of the kind “%(kind)s” have no equal here; the text was taken, the answer was not.")
NOT_STEM = ["simplechoice", "simplematchset", "simpleassociablechoice", "gaptext", "gapimg", "feedbackinline"]
NOT_STEM += ["feedbackblock", "rubricblock", "templateblock", "endattemptinteraction"]
CHOICES = {"simplechoice", "simpleassociablechoice", "gaptext", "inlinechoice", "hottext"}


@dataclass
class Declared:
    """What a response declaration says: its type, the right values in order, further values that earn points."""

    base: str = ""
    is_single: bool = True
    right: list[str] = field(default_factory=list)
    mapped: list[str] = field(default_factory=list)


def question(element) -> Draft:
    """Return the question that an item is; several interactions of different kinds are a case with parts."""
    draft = begun(element)
    declared = {attribute(one, "identifier"): _declared(one) for one in all_of(element, "responsedeclaration")}
    bodies = all_of(element, "itembody")
    body = bodies[0] if bodies else element
    found = [
        one for one in body.iter() if name_of(one).endswith("interaction") and name_of(one) != "endattemptinteraction"
    ]
    draft.stem, draft.points = _stem(body), _points(element)
    told = all_of(element, "modalfeedback", "rubricblock", "feedbackblock", "feedbackinline")
    draft.explanation = "\n".join(dict.fromkeys(text for one in told if (text := words(one))))
    if all_of(element, "templatedeclaration", "printedvariable"):
        draft.problem("computed", N_("Parts of this question are computed anew each time; they are missing here."))
    if not found:
        draft.problem("kind-no-equal", NO_EQUAL, kind="?")
    elif len(found) == 1 or len({name_of(one) for one in found}) == 1 and name_of(found[0]) in JOINED:
        _read(draft, name_of(found[0]), found, declared)
        if draft.kind == "numerical" and draft.answer:
            draft.answer["tolerance"] = _tolerance(element, draft.answer["value"])
    else:
        draft.kind = "case"
        draft.parts = [_part(one, declared, draft) for one in found]
    return draft


def _tolerance(element, value: float) -> float:
    """Return how far a number may be off: told absolutely, or in per cent of the value."""
    for one in all_of(element, "equal"):
        mode, told = attribute(one, "toleranceMode"), attribute(one, "tolerance").split()
        if mode in ("absolute", "relative") and told and re.fullmatch(r"\d+(?:\.\d+)?", told[0]):
            return float(told[0]) if mode == "absolute" else round(abs(value) * float(told[0]) / 100, 12)
    return 0


def _points(element) -> float | None:
    """Return the most points that an item earns, where it says so in an outcome of that name."""
    for one in all_of(element, "outcomedeclaration"):
        figures = [words(value) for value in all_of(one, "value")]
        if attribute(one, "identifier") == "MAXSCORE" and figures and _earns(figures[0]):
            return float(figures[0]) if "." in figures[0] else int(figures[0])
    return None


def _declared(element) -> Declared:
    correct = all_of(element, "correctresponse")
    right = [words(one) for each in correct for one in all_of(each, "value")]
    mapped = [attribute(one, "mapKey") for one in all_of(element, "mapentry") if _earns(attribute(one, "mappedValue"))]
    return Declared(attribute(element, "baseType"), attribute(element, "cardinality") == "single", right, mapped)


def _earns(text: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", text)) and float(text) > 0


def _stem(body) -> str:
    """Return the words of a body without options and feedback; where text is to be entered stands a blank."""
    silent = dict.fromkeys(NOT_STEM, "")
    blanks = dict.fromkeys(("textentryinteraction", "inlinechoiceinteraction", "gap"), BLANK)
    return words(body, {**silent, **blanks})


def _part(element, declared: dict, whole: Draft) -> dict:
    part = Draft(first=whole.first, last=whole.last, stem=_stem(element))
    _read(part, name_of(element), [element], declared)
    part.stem = part.stem.strip(" _") or "\n".join(words(one) for one in all_of(element, "prompt"))
    return part.as_document()


def _read(draft: Draft, name: str, found: list, declared: dict) -> None:
    answers = [declared.get(attribute(one, "responseIdentifier"), Declared()) for one in found]
    READERS.get(name, _unknown)(draft, found, answers)


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
    accepted = [list(dict.fromkeys([*one.right, *one.mapped])) for one in answers]
    if len(found) == 1 and answers[0].base in ("float", "integer"):
        draft.kind = "numerical"
        figures = [text for text in accepted[0] if re.fullmatch(r"-?\d+(?:\.\d+)?", text)]
        draft.stem = draft.stem.removesuffix("\n" + BLANK)  # a field below the text is no blank of it
        draft.answer = {"value": float(figures[0]), "tolerance": 0} if figures else None
        return
    draft.kind, draft.answer = "fill_blank", accepted if all(accepted) else None


def _inline(draft: Draft, found: list, answers: list[Declared]) -> None:
    """Read choices within the text as blanks, filled by the words of what is right."""
    filled = [[choices[one] for one in answer.right if one in choices]
              for answer, choices in zip(answers, map(_choices, found), strict=True)]  # fmt: skip
    draft.kind, draft.answer = "fill_blank", filled if all(filled) else None
    message = N_("Choices or figures within the text became blanks to fill in; please look at them.")
    draft.problem("cloze", message, severity="warning")


def _text(draft: Draft, found: list, answers: list[Declared]) -> None:
    draft.kind, draft.answer = "short_answer", "\n".join(answers[0].right) or None


def _order(draft: Draft, found: list, answers: list[Declared]) -> None:
    choices = _choices(found[0])
    draft.kind, draft.answer = "ordering", [choices[one] for one in answers[0].right if one in choices] or None


def _match(draft: Draft, found: list, answers: list[Declared]) -> None:
    choices = _choices(found[0])
    gaps = [attribute(one, "identifier") for one in all_of(found[0], "gap")]
    named = {**choices, **{identity: f"({place})" for place, identity in enumerate(gaps, 1)}}
    pairs = [one.split() for one in answers[0].right or answers[0].mapped]
    draft.kind = "matching"
    draft.answer = [[named[left], named[right]] for left, right in (pair for pair in pairs if len(pair) == 2)
                    if left in named and right in named]  # fmt: skip
    sets = all_of(found[0], "simplematchset")
    rights = _choices(sets[1]).values() if len(sets) == 2 else ()
    matched = {right for _, right in draft.answer}
    draft.answer = (draft.answer and [*draft.answer, *(["", one] for one in rights if one not in matched)]) or None


def _unknown(draft: Draft, found: list, answers: list[Declared]) -> None:
    draft.problem("kind-no-equal", NO_EQUAL, kind=name_of(found[0]).removesuffix("interaction"))


READERS = {
    "choiceinteraction": _choice,
    "textentryinteraction": _entry,
    "inlinechoiceinteraction": _inline,
    "extendedtextinteraction": _text,
    "orderinteraction": _order,
    "matchinteraction": _match,
    "associateinteraction": _match,
    "gapmatchinteraction": _match,
}
JOINED = {"textentryinteraction", "inlinechoiceinteraction"}
