"""An item of QTI 2.1, 2.2 or 3.0: interactions in its body, what is right declared before it."""

import re

from quizapp.rules.formats import cases
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.qti import interactions
from quizapp.rules.formats.qti.elements import MATERIAL, NOTHING_ASKED, PART, all_of, attribute, begun, name_of, words
from quizapp.rules.formats.qti.interactions import BLANK
from quizapp.rules.words import N_

NOT_STEM = ["simplechoice", "simplematchset", "simpleassociablechoice", "gaptext", "gapimg", "feedbackinline"]
NOT_STEM += ["feedbackblock", "rubricblock", "templateblock", "endattemptinteraction"]


def question(element) -> Draft:
    """Return the question that an item is; several interactions of different kinds are a case with parts."""
    draft = begun(element)
    near = _tolerances(element)
    declared = {(own := attribute(one, "identifier")): _declared(one, near.get(own, ("", False)))
                for one in all_of(element, "responsedeclaration")}  # fmt: skip
    bodies = all_of(element, "itembody")
    body = bodies[0] if bodies else element
    found, parts = _interactions(body), _of_class(body, PART)
    draft.stem, draft.points = _stem(body), _points(element)
    draft.explanation = _explanation(element, {one for part in parts for one in part.iter()})
    if all_of(element, "templatedeclaration", "printedvariable"):
        draft.problem("computed", N_("Parts of this question are computed anew each time; they are missing here."))
    if not found:
        draft.problem("kind-no-equal", NOTHING_ASKED)
    elif parts:
        draft.kind, draft.stem = "case", "\n".join(map(words, _of_class(body, MATERIAL)))
        for part in parts:
            cases.add_part(draft, _written_part(part, declared, draft))
    elif _are_one(found):
        interactions.read(draft, found, declared)
    else:
        draft.kind = "case"
        _add_parts(draft, found, body, declared)
        asked = {line for part in draft.parts for line in part["stem"].split("\n")}
        draft.stem = "\n".join(line for line in draft.stem.split("\n") if line not in asked) or draft.stem
    return draft


def _interactions(element) -> list:
    named = [(name_of(one), one) for one in element.iter()]
    return [one for name, one in named if name.endswith("interaction") and name != "endattemptinteraction"]


def _of_class(body, name: str) -> list:
    return [one for one in all_of(body, "div") if one.get("class") == name]


def _explanation(element, but=()) -> str:
    """Return what is told of a question behind it, without elements that tell it of a part."""
    told = all_of(element, "modalfeedback", "rubricblock", "feedbackblock", "feedbackinline")
    return "\n".join(dict.fromkeys(text for one in told if one not in but and (text := words(one))))


def _tolerances(element) -> dict[str, tuple[str, bool]]:
    """Return for each response how far from the right number another may be, and whether that is in per cent of it."""
    return {
        attribute(variable, "identifier"): (attribute(one, "tolerance"), attribute(one, "toleranceMode") == "relative")
        for one in all_of(element, "equal")
        if attribute(one, "toleranceMode") in ("absolute", "relative")
        for variable in all_of(one, "variable")
    }


def _points(element) -> float | None:
    """Return the most points that an item earns, where it says so in an outcome of that name."""
    for one in all_of(element, "outcomedeclaration"):
        figures = [words(value) for value in all_of(one, "value")]
        if attribute(one, "identifier") == "MAXSCORE" and figures and _earns(figures[0]):
            return float(figures[0]) if "." in figures[0] else int(figures[0])
    return None


def _declared(element, tolerance: tuple[str, bool]) -> interactions.Declared:
    correct = all_of(element, "correctresponse")
    right = [words(one) for each in correct for one in all_of(each, "value")]
    worth = {attribute(one, "mapKey"): float(earned) for one in all_of(element, "mapentry")
             if _earns(earned := attribute(one, "mappedValue"))}  # fmt: skip
    is_single = attribute(element, "cardinality") == "single"
    most = max(worth.values(), default=0) if is_single else 0
    mapped = [one for one, earned in worth.items() if earned >= most]
    is_partial = any(one not in (*right, *mapped) for one in worth)
    return interactions.Declared(attribute(element, "baseType"), is_single, tolerance, right, mapped, is_partial)


def _earns(text: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", text)) and float(text) > 0


def _stem(body) -> str:
    """Return the words of a body without options and feedback; where text is to be entered stands a blank."""
    silent = dict.fromkeys(NOT_STEM, "")
    blanks = dict.fromkeys(("textentryinteraction", "inlinechoiceinteraction", "gap"), BLANK)
    return words(body, {**silent, **blanks})


def _are_one(found: list) -> bool:
    """Return whether interactions are one question: a single one, or fields within a text."""
    return len(found) == 1 or {name_of(one) for one in found} <= interactions.JOINED


def _add_parts(whole: Draft, found: list, body, declared: dict) -> None:
    """Add the questions of a case: what stands in an interaction, else in the text around it and those beside it."""
    taken: set = set()
    for element in found:
        if element in taken:
            continue
        part, fields = Draft(first=whole.first, last=whole.last, stem=_stem(element)), [element]
        if not part.stem.strip(" _"):
            around = [one for one in body.iter() if one is not body and any(each is element for each in one.iter())]
            place = next((one for one in around if _are_one(_interactions(one))), element)
            fields, part.stem = _interactions(place), _stem(place)
        part.stem = part.stem if part.stem.strip(" _") else ""
        interactions.read(part, fields, declared)
        taken |= set(fields)
        cases.add_part(whole, part)


def _written_part(element, declared: dict, whole: Draft) -> Draft:
    """Return a question of a case that was written here: all that stands in its element."""
    part, found = Draft(first=whole.first, last=whole.last, stem=_stem(element)), _interactions(element)
    part.explanation = _explanation(element)
    if found:
        interactions.read(part, found, declared)
    return part
