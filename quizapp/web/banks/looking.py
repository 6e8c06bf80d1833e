"""The shelf of banks, one bank with its keys, one question with its revisions."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from quizapp.rules.errors import Invalid
from quizapp.rules.question_types import KINDS
from quizapp.services.banks import browsing, retiring, shelf
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.attempts import key_of, links
from quizapp.web.banks import blueprint
from quizapp.web.errors import sentence
from quizapp.web.frame import points_words

LONGEST = {"kind": 24, "chapter": 120, "difficulty": 16, "state": 8, "q": 100}


@blueprint.get("/banks", endpoint="shelf")
@access("banks.view")
def show_shelf():
    banks = shelf.list_banks(actor())
    return render_template("banks/shelf.html", banks=banks, kinds=KINDS, may_manage=actor().may("banks.manage"))


@blueprint.get("/banks/<slug>")
@access("banks.view")
def bank(slug: str):
    asked = {name: request.args.get(name, "")[:longest] for name, longest in LONGEST.items()}
    wanted = browsing.Wanted(asked["kind"], asked["chapter"], asked["difficulty"], asked["state"], asked["q"])
    found = browsing.find_page(actor(), slug, wanted, edge.page_number())
    return render_template(
        "banks/bank.html",
        bank=shelf.get_bank(actor(), slug),
        found=found,
        questions=[entry(one) for one in found.questions],
        asked={name: value for name, value in asked.items() if value},
        kinds=KINDS,
    )


@blueprint.get("/banks/<slug>/<question_id>")
@access("banks.view")
def question(slug: str, question_id: str):
    return _question(slug, question_id)


def _question(slug: str, question_id: str, refused: list[str] | None = None):
    revisions = [entry(one) for one in browsing.get_history(actor(), slug, question_id)]
    bank = shelf.get_bank(actor(), slug)
    html = render_template("banks/question.html", bank=bank, revisions=revisions, refused=refused or [])
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
    item = {
        "slot": f"{one.id}-{one.number}",
        "kind": one.kind,
        "stem_html": one.stem_html,
        "options": [{"id": identity, "html": html} for identity, html in one.options],
        "blanks": one.blanks,
        "points": points_words(one.points_milli),
    }
    return {"shown": one, "item": item, "key": key_of(one), "links": links(one)}
