"""A pool of Blackboard: an element a question that names its kind, its answers, and below them which are right."""

from quizapp.rules import pictures
from quizapp.rules.formats import checks, markup
from quizapp.rules.formats.drafts import LETTERS, Draft
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.qti.elements import as_truth
from quizapp.rules.words import N_

NAME = "Blackboard"
ROOT = "POOL"
NO_EQUAL = N_("Questions of the kind “%(kind)s” have no equal here; the text was taken, the answer was not.")
PREFIX = "QUESTION_"


def read(content: dict, options: dict | None = None) -> dict:
    """Return the document of `bank check` for {"root": element with lines, "text": the file}; it never refuses."""
    account = Account()
    questions = [_question(one) for one in content["root"] if str(one.tag).startswith(PREFIX)]
    markup.account_for(content["text"], questions, account)
    return checks.finished(questions, account, {"layout": "blackboard"})


def _text(element, path: str = "TEXT") -> str:
    return markup.shown(element.findtext(path) or "")


def _question(element) -> Draft:
    first, last = markup.span(element)
    draft = Draft(first=first, last=last, stem=_text(element, "BODY/TEXT"))
    told = [_text(element, f"GRADABLE/FEEDBACK_WHEN_{one}") for one in ("CORRECT", "INCORRECT")]
    draft.explanation = "\n".join(dict.fromkeys(filter(None, told)))
    if markup.has_picture(element.findtext("BODY/TEXT") or "") or element.find("BODY/FILE") is not None:
        draft.problem("picture-left-out", pictures.OF_QUESTION, severity="warning")
    READERS.get(element.tag.removeprefix(PREFIX), _unknown)(element, draft)
    return draft


def _choice(element, draft: Draft) -> None:
    answers = element.findall("ANSWER")
    draft.options = [_text(one) for one in answers]
    right = {one.get("answer_id") for one in element.iter("CORRECTANSWER")}
    letters = [letter for letter, one in zip(LETTERS, answers, strict=False) if one.get("id") in right]
    draft.answer = "".join(letters) or None
    draft.kind = "multiple_choice" if element.tag.endswith("MULTIPLEANSWER") else "single_choice"
    as_truth(draft)


def _match(element, draft: Draft) -> None:
    left, right = ({one.get("id"): _text(one) for one in element.findall(name)} for name in ("ANSWER", "CHOICE"))
    pairs = [(one.get("answer_id"), one.get("choice_id")) for one in element.iter("CORRECTANSWER")]
    draft.kind = "matching"
    draft.answer = [[left[one], right[two]] for one, two in pairs if one in left and two in right] or None


def _order(element, draft: Draft) -> None:
    placed = [(one.get("position") or "", _text(one)) for one in element.findall("ANSWER")]
    placed = [(int(place), text) for place, text in placed if place.isdigit() and len(place) < 6]
    draft.kind, draft.answer = "ordering", [text for _, text in sorted(placed)] or None


def _blank(element, draft: Draft) -> None:
    accepted = [text for one in element.findall("ANSWER") if (text := _text(one))]
    draft.kind, draft.answer = "fill_blank", [accepted] if accepted else None


def _essay(element, draft: Draft) -> None:
    draft.kind, draft.answer = "short_answer", "\n".join(map(_text, element.findall("ANSWER"))) or None


def _unknown(element, draft: Draft) -> None:
    draft.problem("kind-no-equal", NO_EQUAL, kind=element.tag.removeprefix(PREFIX)[:40])


READERS = {
    "TRUEFALSE": _choice,
    "MULTIPLECHOICE": _choice,
    "MULTIPLEANSWER": _choice,
    "MATCH": _match,
    "ORDER": _order,
    "FILLINBLANK": _blank,
    "ESSAY": _essay,
}
