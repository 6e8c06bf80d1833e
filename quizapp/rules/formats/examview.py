"""ExamView: a test in XML, each question with its kind in two letters; those of a group of matching are one here."""

import re

from quizapp.rules.formats import checks, markup
from quizapp.rules.formats.drafts import LETTERS, Draft, read_letters
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.qti.elements import words
from quizapp.rules.words import N_

NAME = "ExamView"
ROOT = "examview"
NO_EQUAL = N_("Questions of the kind “%(kind)s” have no equal here; the text was taken, the answer was not.")
TRUTHS = {"T": True, "TRUE": True, "Y": True, "YES": True, "F": False, "FALSE": False, "N": False, "NO": False}


def read(content: dict, options: dict | None = None) -> dict:
    """Return the document of `bank check` for {"root": element with lines, "text": the file}; it never refuses."""
    account, questions, groups = Account(), [], {}
    for element in content["root"]:
        if element.tag not in ("matching-group", "question"):
            continue
        if element.tag == "matching-group":
            questions.append(_group(element))
            groups[element.get("name", "")] = (questions[-1], _choices(element))
        elif element.get("type") == "ma" and element.get("group", "") in groups:
            _add_pair(*groups[element.get("group", "")], element)
        else:
            questions.append(_question(element))
    markup.account_for(content["text"], questions, account)
    return checks.finished(questions, account, {"layout": "examview"})


def _text(element, path: str) -> str:
    found = element.find(path)
    return words(found) if found is not None else ""


def _begun(element) -> Draft:
    first, last = markup.span(element)
    return Draft(first=first, last=last, stem=_text(element, "text"), explanation=_text(element, "rationale"))


def _choices(element) -> dict[str, str]:
    """Return the choices of a question or a group by their letter."""
    choices = element.find("choices")
    found = choices if choices is not None else []
    return {one.tag.removeprefix("choice-").upper(): words(one) for one in found if one.tag.startswith("choice-")}


def _group(element) -> Draft:
    draft = _begun(element)
    draft.kind = "matching"
    return draft


def _add_pair(draft: Draft, choices: dict[str, str], element) -> None:
    """Add a line of a group of matching to the question that the group is."""
    right = choices.get(_text(element, "answer").strip().upper())
    draft.last = markup.span(element)[1]
    if right is not None:
        draft.answer = [*(draft.answer or []), [_text(element, "text"), right]]


def _question(element) -> Draft:
    draft, kind, answer = _begun(element), element.get("type", ""), _text(element, "answer").strip()
    if kind == "mc":
        draft.options = list(_choices(element).values())[: len(LETTERS)]
        draft.answer = read_letters(answer) if answer else None
        draft.kind = "multiple_choice" if len(draft.answer or "") > 1 else "single_choice"
    elif kind in ("tf", "yn"):
        draft.kind, draft.answer = "true_false", TRUTHS.get(answer.upper())
    elif kind in ("co", "sa"):
        draft.kind, draft.answer = "fill_blank", [[answer]] if answer else None
    elif kind == "nr":
        draft.kind = "numerical"
        figure = re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", answer)
        draft.answer = {"value": float(answer), "tolerance": 0} if figure else None
    elif kind in ("es", "pr", "ot"):
        draft.kind, draft.answer = "short_answer", answer or None
    else:
        draft.problem("kind-no-equal", NO_EQUAL, kind=kind[:40] or "?")
    return draft
