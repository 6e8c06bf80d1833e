"""Questions as they were understood, and the form that corrects one in its place."""

import re
from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from quizapp.rules.errors import Problem
from quizapp.rules.formats import mending
from quizapp.rules.formats.drafts import CHOICES
from quizapp.services.banks import diagnosis, previews
from quizapp.services.banks.understood import understood
from quizapp.web import edge, understanding
from quizapp.web.access import access, actor
from quizapp.web.banks import blueprint
from quizapp.web.errors import sentence
from quizapp.web.questions import key_words, shown_face

LONGEST = {"kind": 24, "stem": 8_000, "options": 20_000, "answer": 4_000, "explanation": 20_000, "parts": 100_000,
           "citations": 500}  # fmt: skip
DEEDS = ("mend", "leave", "back", "confirm")
ABOUT = re.compile(r"(?:no-)?(kind|stem|option|answer|key|part|citation)\b")  # what the code of a problem begins with
FIELD_OF = {"option": "options", "key": "answer", "part": "parts", "citation": "citations"}


def entries(document: dict, indices: list[int], planned, address_of: Callable[[int], str]) -> list[dict]:
    """Return the questions of these indices as the page shows them, each with its verdict.

    `address_of` says where the page shows a question of the file, so that a twin is one click away.
    """

    def other(problem: Problem) -> dict:
        if problem.code in diagnosis.OF_BANK:
            return of_bank(planned.slug, problem)
        place = mending.twin_of(document["questions"], problem)
        if place is None:
            return {}
        return {"answer": mending.answer_words(document["questions"][place]), "href": address_of(place)}

    chosen = [document["questions"][index] for index in indices]
    found = []
    for index, question, shown in zip(indices, chosen, understood(chosen), strict=True):
        own = [Problem(**one) for one in question["problems"]]
        verdict = planned.verdicts[index] if planned else diagnosis.Verdict(question, problems=own)
        found.append({"index": index, **entry(question, shown, verdict, document["format"], other)})
    return found


def of_bank(slug: str, problem: Problem) -> dict:
    """Return the answer and the address of the bank's question that a problem speaks of; {} where of none."""
    params = problem.params
    if problem.code not in diagnosis.OF_BANK or "question" not in params:
        return {}
    return {"answer": params["answer"], "href": url_for(".question", slug=slug, question_id=params["question"])}


def entry(
    question: dict, shown, verdict: diagnosis.Verdict, name: str | None, other: Callable[[Problem], dict]
) -> dict:
    """Return one question as the page shows it, with its problems in words and what a form needs to correct it.

    `other` tells answer and address of the question that a problem compares it with.
    """
    item = shown_face(shown.face, f"l{shown.first}") if shown.face else None
    key = key_words(shown.face.key) if shown.face else None
    fields = mending.fields_of(question)
    return {
        "question": shown,
        "item": item,
        "key": key,
        "number": question["number"],
        "what": verdict.what,
        "is_mended": question.get("is_mended", False),
        "problems": [
            {"text": sentence(one.message, one.params), "severity": one.severity, "other": other(one),
             "field": _field_of(one, fields["kind"])}  # fmt: skip
            for one in verdict.problems
        ],
        "errors": {},
        "is_contradiction": verdict.is_contradiction,
        "fields": fields,
        "where": understanding.place_words(shown.first, shown.last, name),
    }


def _field_of(problem: Problem, kind: str) -> str:
    """Return the field of the form of a question of this kind that a problem is about; "" where no shown one is."""
    about = ABOUT.match(problem.code)
    name = FIELD_OF.get(about[1], about[1]) if about else ""
    if kind == "case" and name == "answer":
        return "parts"
    return "" if name == "options" and kind not in ("", *CHOICES) else name


def as_given(entry: dict, fields: dict[str, str]) -> dict:
    """Return what `entry` tells with what was typed in its form, and each problem at the field that it is about."""
    errors: dict[str, list[str]] = {}
    for one in entry["problems"]:
        errors.setdefault(one["field"], []).append(one["text"])
    left = [one for one in entry["problems"] if not one["field"]]
    return {**entry, "fields": {**entry["fields"], **fields}, "errors": errors, "problems": left}


def given() -> dict[str, str]:
    """Return what the form of one question says."""
    names = [*mending.FIELDS, *(["citations"] if "citations" in request.form else [])]
    return {name: request.form.get(name, "")[: LONGEST[name]].replace("\r\n", "\n") for name in names}


def keep_destination(token: str) -> None:
    """Remember into which bank the file is to go, where the page says it; every form of the page does (doctor.js)."""
    if "slug" in request.form:
        wishes = {"slug": request.form["slug"][:64], "title": request.form.get("title", "").strip()[:200]}
        wishes["handbook"] = request.form.get("handbook", "")[:64]
        previews.place(actor(), token, wishes, edge.now())


@blueprint.post("/manage/banks/new/<token>/questions/<int:index>")
@access("banks.manage")
def correct(token: str, index: int):
    """Correct a question, leave it out, take it back, or say that its answer is right."""
    keep_destination(token)
    deed = request.form.get("deed", "mend")
    if deed == "mend":
        previews.mend(actor(), token, index, given(), edge.now())
        flash(gettext("Corrected."), "done")
    elif deed == "confirm":
        previews.confirm(actor(), token, index, edge.now())
    elif deed in DEEDS:
        previews.leave_out(actor(), token, index, deed == "leave", edge.now())
    asked = {name: request.form[name][:12] for name in ("only", "page") if request.form.get(name)}
    return redirect(url_for(".preview", token=token, at=index, _anchor="here", **asked), 303)
