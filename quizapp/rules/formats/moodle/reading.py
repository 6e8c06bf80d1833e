"""Reads Moodle XML: one element a question, its kind in an attribute, its answers with their share of the points."""

import re

from quizapp.rules import pictures
from quizapp.rules.formats import cases, checks, cloze, markup, tags
from quizapp.rules.formats.drafts import LETTERS, Draft, read_points
from quizapp.rules.formats.lines import Account
from quizapp.rules.question_types import numerical
from quizapp.rules.words import N_

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
BARE = ("markdown", "plain_text")
NO_EQUAL = N_("Questions of the kind “%(kind)s” have no equal here; the text was taken, the answer was not.")
GAP = re.compile(r"\[\[(\d{1,3})\]\]")
SEVERAL = N_("The question has several numerical answers; only the first that earns all points was taken.")
UNITS = N_("An answer there could bear a unit (%(units)s); here it is a number alone. Does the text say in which unit?")


def read(content: dict, options: dict | None = None) -> dict:
    """Return the document of `bank check` for {"root": element with lines, "text": the file}; it never refuses."""
    account = Account()
    found, chapter = [], ""
    for element in content["root"].iter("question"):
        kind, (first, last) = element.get("type", ""), markup.span(element)
        case = cases.mark(_tags(element))
        if kind == "category":
            chapter = last_of(_text(element, "category"))
            for number in range(first, last + 1):
                account.ignore(number, "heading")
        elif kind == "description" and not case:
            message = N_("“%(text)s” is no question but a text between questions; it was not taken.")
            account.problem("no-question", message, first, "warning", text=_text(element, "questiontext")[:40])
        else:
            found.append((_question(element, kind, Draft(first=first, last=last, chapter=chapter)), case))
    questions = cases.gathered(found)
    markup.account_for(content["text"], questions, account)
    return checks.finished(questions, account, {"layout": "moodle-xml"})


def last_of(path: str) -> str:
    """Return the last name of a category's path; a doubled stroke belongs to a name."""
    return re.split(r"(?<!/)/(?!/)", path.strip())[-1].replace("//", "/").strip()[:120]


def _raw(element, path: str) -> str:
    found = element.find(path)
    text = found.findtext("text") if found is not None and found.find("text") is not None else None
    return (text if text is not None else (found.text if found is not None else "")) or ""


def _text(element, path: str) -> str:
    """Return the words at a path; they are no HTML where the element says so."""
    found = element.find(path)
    is_bare = found is not None and found.get("format") in BARE
    return _raw(element, path).strip() if is_bare else markup.shown(_raw(element, path))


def _tags(element) -> list[str]:
    return [_text(one, ".") for one in element.iterfind("tags/tag")]


def _question(element, kind: str, draft: Draft) -> Draft:
    draft.stem = _text(element, "questiontext")
    draft.code = code if CODE.fullmatch(code := (element.findtext("idnumber") or "").strip()) else ""
    draft.points = read_points(element.findtext("defaultgrade") or "")
    READERS.get(kind, _unknown)(element, draft)
    told = [_text(element, "generalfeedback"), _feedback(element, draft), draft.explanation]
    draft.explanation = "\n".join(filter(None, told))
    tags.take(draft, _tags(element))
    whole = "".join(
        _raw(one, ".") for one in (element.find("questiontext"), *element.iter("answer")) if one is not None
    )
    if element.find(".//file") is not None or element.find("image") is not None or markup.has_picture(whole):
        draft.problem("picture-left-out", pictures.OF_QUESTION, severity="warning")
    return draft


def _answers(element) -> list[tuple[float, str, str]]:
    """Return (share of the points in per cent, words, feedback) of every answer."""
    found = []
    for one in element.findall("answer"):
        share = one.get("fraction", "0")
        share = float(share) if re.fullmatch(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", share) else 0.0
        found.append((share, _text(one, "."), _text(one, "feedback")))
    return found


def _feedback(element, draft: Draft) -> str:
    answers = _answers(element)
    if draft.options:
        return "\n".join(f"{letter}: {told}" for letter, (_, _, told) in zip(LETTERS, answers, strict=False) if told)
    return "\n".join(f"{words}: {told}" for _, words, told in answers if told)


def _choice(element, draft: Draft) -> None:
    answers = _answers(element)
    draft.options = [words for _, words, _ in answers]
    is_single = (element.findtext("single") or "true").strip() in ("true", "1")
    right = [place for place, (share, _, _) in enumerate(answers) if (share >= 100 if is_single else share > 0)]
    draft.answer = "".join(LETTERS[place] for place in right if place < len(LETTERS)) or None
    draft.kind = "single_choice" if is_single else "multiple_choice"
    if is_single and any(0 < share < 100 for share, _, _ in answers):
        draft.problem("partial-credit", cloze.PARTIAL, severity="warning")


def _all_or_nothing(element, draft: Draft) -> None:
    _choice(element, draft)
    right = [letter for letter, (share, _, _) in zip(LETTERS, _answers(element), strict=False) if share > 0]
    draft.kind, draft.answer = "multiple_choice", "".join(right) or None


def _truth(element, draft: Draft) -> None:
    draft.kind = "true_false"
    right = [words.strip().lower() for share, words, _ in _answers(element) if share > 0]
    draft.answer = right[0] == "true" if len(right) == 1 and right[0] in ("true", "false") else None
    if len(right) > 1:
        draft.problem("answer-unreadable", checks.NO_SUCH_ANSWER, answer="、".join(right)[:40])


def _short(element, draft: Draft) -> None:
    draft.kind = "fill_blank"
    right = [words for share, words, _ in _answers(element) if share >= 100 and words]
    draft.answer = [[words.replace("\\*", "*") for words in right]] if right else None
    if (element.findtext("usecase") or "").strip() == "1":
        cloze.note_case(draft)
    if any(re.search(r"(?<!\\)\*", words) for words in right):
        draft.problem("wildcard", cloze.WILDCARD, severity="warning")
    if any(0 < share < 100 for share, _, _ in _answers(element)):
        draft.problem("partial-credit", cloze.PARTIAL, severity="warning")


def _numerical(element, draft: Draft) -> None:
    draft.kind, found = "numerical", []
    for one, (share, words, _) in zip(element.findall("answer"), _answers(element), strict=True):
        value, tolerance = numerical.read_number(words), numerical.read_number(one.findtext("tolerance") or "0")
        if share >= 100 and value is not None:
            near = numerical.figure(tolerance) if tolerance is not None and tolerance >= 0 else 0
            found.append({"value": numerical.figure(value), "tolerance": near})
    draft.answer = found[0] if found else None
    units = [(one.findtext("unit_name") or "").strip() for one in element.iterfind("units/unit")]
    if any(units):
        draft.problem("units", UNITS, severity="warning", units="、".join(filter(None, units))[:40])
    if any(one != draft.answer for one in found):
        draft.problem("partial-credit", SEVERAL, severity="warning")
    if any(0 < share < 100 for share, _, _ in _answers(element)):
        draft.problem("partial-credit", cloze.PARTIAL, severity="warning")


def _matching(element, draft: Draft) -> None:
    draft.kind = "matching"
    pairs = []
    for one in element.findall("subquestion"):
        is_bare = one.get("format") in BARE  # of the answer too, which is plain text there
        right = _raw(one, "answer").strip() if is_bare else _text(one, "answer")
        pairs.append([_text(one, "."), right])
    draft.answer = [pair for pair in pairs if pair[1]] or None  # one without a left is one on the right more


def _ordering(element, draft: Draft) -> None:
    draft.kind = "ordering"
    draft.answer = [words for _, words, _ in sorted(_answers(element), key=lambda one: one[0])] or None


def _material(element, draft: Draft) -> None:
    draft.kind = "case"


def _essay(element, draft: Draft) -> None:
    draft.kind, draft.answer = "short_answer", _text(element, "graderinfo") or None


def _cloze(element, draft: Draft) -> None:
    is_bare = element.find("questiontext").get("format") in BARE
    cloze.fill(draft, _raw(element, "questiontext"), str.strip if is_bare else markup.shown)


def _gaps(element, draft: Draft) -> None:
    """Read [[2]] within the stem, into which the second word is put, as a blank that this word fills."""
    words = [_text(one, ".") for one in (*element.findall("dragbox"), *element.findall("selectoption"))]
    places = [int(place) for place in GAP.findall(draft.stem)]
    draft.kind, draft.stem = "fill_blank", GAP.sub("____", draft.stem)
    is_whole = bool(places) and all(0 < one <= len(words) for one in places)
    draft.answer = [[words[one - 1]] for one in places] if is_whole else None
    draft.problem("cloze", cloze.IN_TEXT, severity="warning")


def _unknown(element, draft: Draft) -> None:
    draft.problem("kind-no-equal", NO_EQUAL, kind=element.get("type", "?")[:40])


READERS = {
    "multichoice": _choice,
    "truefalse": _truth,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "description": _material,  # only where it bears the mark of a case
    "essay": _essay,
    "cloze": _cloze,
    "ddwtos": _gaps,
    "gapselect": _gaps,
    "multichoiceset": _all_or_nothing,
    "multianswer": _cloze,
}
