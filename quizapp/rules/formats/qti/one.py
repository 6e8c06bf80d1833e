"""An item of QTI 1.2: what is shown, and conditions that say which responses earn points."""

import math
import re

from quizapp.rules.formats import markup
from quizapp.rules.formats.drafts import LETTERS, Draft, read_points
from quizapp.rules.formats.qti.elements import NOTHING_ASKED, all_of, as_truth, begun, fill_named, name_of, words
from quizapp.rules.question_types import numerical
from quizapp.rules.words import N_

TEXTS = ("mattext", "matemtext", "mat_formattedtext")
RIGHTS = "RIGHT_MATCH_BLOCK"
BLANKED = ("fill_in_multiple_blanks_question", "multiple_dropdowns_question")  # as Canvas names them
WRITTEN = ("essay_question", "essay", "short response", "file response", "file_upload_question")
CLOZE = N_("Choices or figures within the text became blanks to fill in; please look at them.")
EQUAL = ("varequal", "varsubset", "varsubstring")
PARTIAL = N_("Some answers earn a part of the points; here they earn nothing.")
SEVERAL = N_("The question has several numerical answers; only the first that earns all points was taken.")
ANYWHERE = N_(
    "“%(answer)s” was right anywhere within an answer; here only the whole text is. Please write out what is accepted."
)
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
    beside = _beside(element)
    named = (beside.get("question_type") or element.findtext(".//bbmd_questiontype") or "").strip().lower()
    draft.points = read_points(beside.get("points_possible") or element.findtext(".//qmd_absolutescore_max") or "")
    is_matching = _block(shown) is not None or len(responses) > 1 and responses[0].tag == "response_lid"
    draft.stem = _stem(shown, is_matching)
    told = [_material(one) for one in element.iter("itemfeedback")]
    draft.explanation = "\n".join(dict.fromkeys(filter(None, told)))
    lists = [one for one in responses if one.get("rcardinality", "").lower() in ("multiple", "ordered")]
    right = _right(element, {one.get("ident", "") for one in lists}, draft)
    if not responses and named in ("", "text_only_question"):
        draft.problem("kind-no-equal", NOTHING_ASKED)
    elif not responses:
        draft.problem("kind-no-equal", NO_EQUAL, kind=named[:40])
    elif named in BLANKED:
        _blanked(draft, responses, right, named)
    elif named in WRITTEN and not any(right.values()):
        draft.kind = "short_answer"
    elif responses[0].tag == "response_lid" and (matched := _block(shown)) is not None:
        _matched(draft, shown, responses, right, matched)
    elif responses[0].tag == "response_lid":
        _choice(draft, responses, right)
    elif responses[0].tag in ("response_str", "response_num"):
        _entry(draft, responses, right)
        if draft.kind == "numerical":
            _take_limits(draft, element)
    else:
        draft.problem("kind-no-equal", NO_EQUAL, kind=named[:40] or responses[0].tag.removeprefix("response_"))
    return draft


def _material(element) -> str:
    """Return the words of all material within an element; HTML within it is read as a page."""
    return "\n".join(filter(None, (_words(one) for one in element.iter() if one.tag in TEXTS)))


def _words(element) -> str:
    """Return the words of one piece of material; only a table in it keeps its lines."""
    text = markup.shown("".join(element.itertext()))
    return text if "\n| ---" in text else " ".join(text.split())


def _beside(element) -> dict[str, str]:
    """Return what a system writes beside the question by its names: question_type, points_possible."""
    found = element.iter("qtimetadatafield")
    return {one.findtext("fieldlabel", ""): one.findtext("fieldentry", "") for one in found}


def _stem(shown, is_matching: bool = False) -> str:
    """Return the material that stands beside the choices; where text is to be entered stands a blank.

    What each of several lists asks for is no part of it.
    """
    pieces: list[str] = []
    silent = {"response_label", "render_choice", "render_hotspot", "render_slider"}
    silent |= {"response_lid"} if is_matching else set()

    def take(element) -> None:
        for one in element:
            if one.tag in TEXTS:
                pieces.append(_words(one))
            elif one.tag == "render_fib":
                pieces.extend("____" for _ in one.iter("response_label"))
                take(one)
            elif one.tag not in silent and one.get("class") != RIGHTS and not (is_matching and _asks(one)):
                take(one)

    take(shown)
    return "\n".join(filter(None, pieces))


def _asks(element) -> bool:
    """Return whether an element holds nothing but one list and the words beside it."""
    return element.tag == "flow" and sum(one.tag == "response_lid" for one in element) == 1


def _block(shown):
    """Return the block of the entries on the right of a matching question, as Blackboard writes it."""
    return next((one for one in shown.iter("flow") if one.get("class") == RIGHTS), None)


def _matched(draft: Draft, shown, responses: list, right: dict[str, list[str]], block) -> None:
    """Read the pairs of a matching question whose entries on the right stand in a block of their own."""
    rights = [_material(one) for one in block]
    beside = {id(one): flow for flow in shown.iter("flow") for one in flow if one.tag == "response_lid"}
    draft.kind, pairs, used = "matching", [], set()
    for one in responses:
        labels = [each.get("ident", "") for each in one.iter("response_label")]
        asked = "\n".join(filter(None, (_material(each) for each in beside.get(id(one), ()) if each is not one)))
        places = [labels.index(each) for each in right.get(one.get("ident", ""), []) if each in labels]
        pairs += [[asked, rights[place]] for place in places if place < len(rights)]
        used |= set(places)
    more = [["", text] for place, text in enumerate(rights) if place not in used]
    draft.answer = [*pairs, *more] if pairs else None


def _blanked(draft: Draft, responses: list, right: dict[str, list[str]], named: str) -> None:
    """Read lists that each belong to a blank in the text, [a], as its accepted texts or the one that is chosen."""
    filled = {}
    for one in responses:
        texts = {each.get("ident", ""): _material(each) for each in one.iter("response_label")}
        chosen = [texts[each] for each in right.get(one.get("ident", ""), []) if each in texts]
        name = "".join(_material(each) for each in one if each.tag == "material")
        filled[name] = list(texts.values()) if named == BLANKED[0] and chosen else chosen
        draft.stem = re.sub(rf"\n{re.escape(name)}$", "", draft.stem)
    fill_named(draft, filled)
    if named == BLANKED[1]:
        draft.problem("cloze", CLOZE, severity="warning")


def _take_limits(draft: Draft, element) -> None:
    """Take what a number may be, or lie between, where conditions that earn points say it; the widest counts."""
    found = []
    for condition in (one for one in element.iter("respcondition") if _earned(one) > 0):
        ends = [_number(condition, *names) for names in (("vargte", "vargt"), ("varlte", "varlt"))]
        ends = ends if None not in ends and ends[0] <= ends[1] else [_number(condition, "varequal")] * 2
        found += [ends] if ends[0] is not None else []
    widest = [one for one in found if all(one[0] <= low and high <= one[1] for low, high in found)] or found[:1]
    for low, high in widest[:1]:
        draft.answer = {"value": numerical.figure((low + high) / 2), "tolerance": numerical.figure((high - low) / 2)}
        if any(low > one[0] or one[1] > high for one in found) or len(set(_equals(element))) > 1 and low == high:
            draft.problem("partial-credit", SEVERAL, severity="warning")


def _number(condition, *names: str):
    """Return the first number that an element of one of these names holds."""
    found = (numerical.read_number(words(one)) for one in condition.iter() if one.tag in names)
    return next((number for number in found if number is not None), None)


def _equals(element) -> list[str]:
    return [words(one) for each in element.iter("respcondition") if _earned(each) > 0 for one in each.iter("varequal")]


def _right(element, lists: set[str], draft: Draft) -> dict[str, list[str]]:
    """Return for each response the values that earn points; conditions that are denied do not count.

    Of a response that takes one value, those count that earn the most; `lists` names those that take several.
    """
    found: dict[str, dict[str, float]] = {}
    for condition in element.iter("respcondition"):
        if (earned := _earned(condition)) <= 0:
            continue
        denied = {id(one) for each in condition.iter("not") for one in each.iter()}
        for one in (each for each in condition.iter() if each.tag in EQUAL):
            name, value = one.get("respident", ""), "" if id(one) in denied else words(one)
            values = found.setdefault(name, {})
            values |= {value: max(earned, values.get(value, 0))} if value else {}
            if one.tag != "varequal" and value and name not in lists:
                draft.problem("wildcard", ANYWHERE, severity="warning", answer=value[:40])
    most = {name: 0 if name in lists else max(values.values(), default=0) for name, values in found.items()}
    if any(earned < most[name] for name, values in found.items() for earned in values.values()):
        draft.problem("partial-credit", PARTIAL, severity="warning")
    return {name: [value for value, earned in values.items() if earned >= most[name]] for name, values in found.items()}


def _earned(condition) -> float:
    """Return the points that a condition earns; without end where they are all, or not said."""
    scores = list(condition.iter("setvar"))
    if scores:
        return max([0.0, *(_figure(one.text) for one in scores if one.get("action", "Set") in ("Set", "Add"))])
    title = condition.get("title", "").lower()
    if condition.find("displayfeedback") is None and title and "incorrect" not in title:
        return math.inf  # an answer more, under an identifier
    linked = [one.get("linkrefid", "").lower() for one in condition.iter("displayfeedback")]
    is_right = any("correct" in one and "incorrect" not in one for one in [title, *linked])
    return math.inf if "incorrect" not in title and is_right else 0.0


def _figure(text: str | None) -> float:
    if (text or "").strip().lower().endswith(".max"):
        return math.inf
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
    draft.kind, pairs, shared = "matching", [], []
    for one in responses:
        texts = {each.get("ident", ""): _material(each) for each in one.iter("response_label")}
        asked = "\n".join(_material(each) for each in one if each.tag == "material") or one.get("ident", "")
        shared.append(list(texts.values()))
        pairs += [[asked, texts[each]] for each in right.get(one.get("ident", ""), []) if each in texts]
    if pairs and all(texts == shared[0] for texts in shared):
        pairs += [["", text] for text in shared[0] if text not in {right for _, right in pairs}]
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
    elif len(names := [markup.shown(one.get("ident", "")) for one in responses]) == len(set(names)) and all(
        name and f"[{name}]" in draft.stem for name in names
    ):
        fill_named(draft, dict(zip(names, accepted, strict=True)))
    else:
        draft.kind, draft.answer = "fill_blank", accepted if all(accepted) else None
