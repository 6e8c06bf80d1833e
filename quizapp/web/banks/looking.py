"""The shelf of banks, one bank with its keys, one question with its revisions."""

from collections import defaultdict

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from quizapp.rules.errors import Invalid
from quizapp.rules.question_types import HELD
from quizapp.rules.words import N_
from quizapp.services.banks import browsing, comparing, flagging, retiring, reviewing, shelf
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.attempts import links
from quizapp.web.banks import blueprint
from quizapp.web.errors import sentence
from quizapp.web.questions import key_words, shown_face

LONGEST = {"kind": 24, "chapter": 120, "difficulty": 16, "state": 8, "q": 100, "tag": 40, "problem": 16, "article": 64}
PROBLEMS = {
    "explanation": N_("without explanation"),
    "citation": N_("without an article"),
    "flagged": N_("its article was changed"),
    "undrawn": N_("never drawn"),
    "easy": N_("nearly everybody solves it"),
    "hard": N_("hardly anybody solves it"),
}
STATES = {"draft": N_("not reviewed"), "asked": N_("waits for review"), "reviewed": N_("reviewed")}
RELATIONS = {
    "contradiction": N_("the same question with another key"),
    "same": N_("the same"),
    "near": N_("nearly the same"),
}

PART_NAMES = {
    "stem": N_("Question text"),
    "options": N_("Options"),
    "answer": N_("Answer"),
    "explanation": N_("Explanation"),
    "chapter": N_("Chapter"),
    "difficulty": N_("Difficulty"),
    "points": N_("Points a question"),
    "tags": N_("Tags"),
    "articles": N_("Rests on article"),
}


@blueprint.get("/banks", endpoint="shelf")
@access("banks.view")
def show_shelf():
    banks = shelf.list_banks(actor())
    waiting = sum(reviewing.count_for(actor()).values())
    may_manage = actor().may("banks.manage")
    return render_template("banks/shelf.html", banks=banks, kinds=HELD, may_manage=may_manage, waiting=waiting)


@blueprint.get("/banks/<slug>")
@access("banks.view")
def bank(slug: str):
    asked = asked_for()
    place = {name: max(0, min(request.args.get(name, 0, type=int), edge.LAST_PAGE)) for name in ("after", "before")}
    found = browsing.find_page(actor(), slug, wanted(asked), **place)
    return render_template(
        "banks/bank.html",
        bank=shelf.get_bank(actor(), slug),
        found=found,
        questions=[entry(one) for one in found.questions],
        asked={name: value for name, value in asked.items() if value},
        kinds=HELD,
        problems=PROBLEMS,
        states=STATES,
    )


def asked_for() -> dict[str, str]:
    """Return the filters that stand in the address, each cut to what it may be."""
    return {name: request.args.get(name, "")[:longest] for name, longest in LONGEST.items()}


def wanted(asked: dict[str, str], ids: tuple[str, ...] = ()) -> browsing.Wanted:
    """Return the filters as services take them."""
    others = {name: value for name, value in asked.items() if name != "q"}
    return browsing.Wanted(**others, words=asked["q"], ids=ids)


@blueprint.get("/banks/<slug>/<question_id>")
@access("banks.view")
def question(slug: str, question_id: str):
    return _question(slug, question_id)


def _question(slug: str, question_id: str, refused: list[str] | None = None):
    """Show a question with its revisions, all that was said of them, and what waits."""
    revisions = [entry(one) for one in browsing.get_history(actor(), slug, question_id)]
    bank = shelf.get_bank(actor(), slug)
    html = render_template(
        "banks/question.html",
        bank=bank,
        revisions=revisions,
        changes=defaultdict(list, comparing.list_changes(actor(), slug, question_id)),
        part_names=PART_NAMES,
        flags=flagging.find_flags([question_id]).get(question_id),
        agreed=next((one["shown"].number for one in revisions if one["shown"].review == "reviewed"), None),
        said=reviewing.list_said(question_id),
        is_own=reviewing.is_own(actor(), question_id),
        refused=refused or [],
    )
    return html, 422 if refused else 200


@blueprint.post("/banks/<slug>/<question_id>/retirement")
@access("banks.manage")
def retire(slug: str, question_id: str):
    return _set_retired(slug, question_id, True, gettext("Out of use: no new paper holds this question."))


@blueprint.post("/banks/<slug>/<question_id>/return")
@access("banks.manage")
def bring_back(slug: str, question_id: str):
    return _set_retired(slug, question_id, False, gettext("In use again."))


def _set_retired(slug: str, question_id: str, is_retired: bool, told: str):
    try:
        retiring.set_retired(actor(), slug, question_id, is_retired, edge.now(), edge.trace())
    except Invalid as refusal:
        return _question(slug, question_id, [sentence(one.message, one.params) for one in refusal.problems])
    flash(told, "done")
    return redirect(url_for(".question", slug=slug, question_id=question_id), 303)


def entry(one: browsing.Shown) -> dict:
    """Return a revision as the question templates and the lines around them take it."""
    item = shown_face(one.face, f"{one.id}-{one.number}", one.points_milli)
    return {"shown": one, "item": item, "key": key_words(one.face.key), "links": links(one)}
