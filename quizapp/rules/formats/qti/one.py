"""An item of QTI 1.2: what is shown, and conditions that say which responses earn points."""

import re

from quizapp.rules.formats import markup
from quizapp.rules.formats.drafts import LETTERS, Draft
from quizapp.rules.formats.qti.elements import all_of, as_truth, begun, name_of, words
from quizapp.rules.words import N_

NO_EQUAL = N_("Questions of the kind “%(kind)s” have no equal here; the text was taken, the answer was not.")


def question(element) -> Draft:
    """Return the question that an item is."""
    draft = begun(element)
    shown = element.find("presentation")
    responses = all_of(shown, "responselid", "responsestr", "responsenum", "responsegrp", "responsexy") or [
        one
        for one in shown.iter()
        if one.tag in ("response_lid", "response_str", "response_num", "response_grp", "response_xy")
    ]
    draft.stem = _stem(shown)
    told = [_material(one) for one in element.iter("itemfeedback")]
    draft.explanation = "\n".join(dict.fromkeys(filter(None, told)))
    right = _right(element)
    if not responses:
        draft.problem("kind-no-equal", NO_EQUAL, kind="?")
    elif responses[0].tag == "response_lid":
        _choice(draft, responses, right)
    elif responses[0].tag in ("response_str", "response_num"):
        _entry(draft, responses, right)
    else:
        draft.problem("kind-no-equal", NO_EQUAL, kind=responses[0].tag.removeprefix("response_"))
    return draft


def _material(element) -> str:
    """Return the words of all material within an element; HTML within it is read as a page."""
    texts = [markup.shown("".join(one.itertext())) for one in element.iter() if one.tag in ("mattext", "matemtext")]
    return "\n".join(" ".join(text.split()) for text in texts if text.strip())


def _stem(shown) -> str:
    """Return the material that stands beside the choices; where text is to be entered stands a blank."""
    pieces: list[str] = []

    def take(element) -> None:
        for one in element:
            if one.tag in ("mattext", "matemtext"):
                pieces.append(markup.shown("".join(one.itertext())))
            elif one.tag == "render_fib":
                pieces.extend("____" for _ in one.iter("response_label"))
                take(one)
            elif one.tag not in ("response_label", "render_choice", "render_hotspot", "render_slider"):
                take(one)

    take(shown)
    return "\n".join(" ".join(piece.split()) for piece in pieces if piece.strip())


def _right(element) -> dict[str, list[str]]:
    """Return for each response the values that earn points; conditions that are denied do not count."""
    found: dict[str, list[str]] = {}
    for condition in element.iter("respcondition"):
        if not _earns(condition):
            continue
        denied = {id(one) for each in condition.iter("not") for one in each.iter("varequal")}
        for one in condition.iter("varequal"):
            value = words(one)
            values = found.setdefault(one.get("respident", ""), [])
            if id(one) not in denied and value and value not in values:
                values.append(value)
    return found


def _earns(condition) -> bool:
    scores = list(condition.iter("setvar"))
    if scores:
        return any(_figure(one.text) > 0 for one in scores if one.get("action", "Set") in ("Set", "Add"))
    title = condition.get("title", "").lower()
    linked = [one.get("linkrefid", "").lower() for one in condition.iter("displayfeedback")]
    return "incorrect" not in title and any("correct" in one and "incorrect" not in one for one in [title, *linked])


def _figure(text: str | None) -> float:
    return float(text) if re.fullmatch(r"\s*-?\d+(?:\.\d+)?\s*", text or "") else 0.0


def _choice(draft: Draft, responses: list, right: dict[str, list[str]]) -> None:
    if len(responses) > 1:
        _matching(draft, responses, right)
        return
    labels = list(responses[0].iter("response_label"))
    draft.options = [_material(one) or words(one) for one in labels]
    letters = {one.get("ident", ""): letter for one, letter in zip(labels, LETTERS, strict=False)}
    chosen = right.get(responses[0].get("ident", ""), [])
    draft.answer = "".join(sorted(letters[one] for one in chosen if one in letters)) or None
    cardinality = responses[0].get("rcardinality", "Single").lower()
    draft.kind = {"multiple": "multiple_choice", "ordered": "ordering"}.get(cardinality, "single_choice")
    if draft.kind == "ordering":
        texts = dict(zip(letters, draft.options, strict=False))
        draft.options, draft.answer = [], [texts[one] for one in chosen if one in texts] or None
    as_truth(draft)


def _matching(draft: Draft, responses: list, right: dict[str, list[str]]) -> None:
    """Read several lists of the same choices as pairs: what each asks for, and what is right for it."""
    draft.kind, pairs = "matching", []
    for one in responses:
        texts = {each.get("ident", ""): _material(each) for each in one.iter("response_label")}
        asked = "\n".join(_material(each) for each in one if each.tag == "material") or one.get("ident", "")
        pairs += [[asked, texts[each]] for each in right.get(one.get("ident", ""), []) if each in texts]
    draft.answer = pairs or None


def _entry(draft: Draft, responses: list, right: dict[str, list[str]]) -> None:
    accepted = [right.get(one.get("ident", ""), []) for one in responses]
    rows = [one for each in responses for one in each.iter("render_fib")]
    is_essay = any(int(one.get("rows", "1") or 1) > 1 for one in rows if one.get("rows", "1").isdigit())
    if not any(accepted) and is_essay:
        draft.kind = "short_answer"
    elif (
        name_of(responses[0]) == "response_num" or rows and rows[0].get("fibtype", "").lower() in ("integer", "decimal")
    ):
        draft.kind = "numerical"
        figure = next((one for one in accepted[0] if re.fullmatch(r"-?\d+(?:\.\d+)?", one)), None)
        draft.answer = {"value": float(figure), "tolerance": 0} if figure else None
    else:
        draft.kind, draft.answer = "fill_blank", accepted if all(accepted) else None
