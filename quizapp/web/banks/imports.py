"""What was brought into a bank: its imports and their undoing, and the questions that are left to finish."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from quizapp.rules import pictures
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.formats import mending, places
from quizapp.rules.question_types import HELD
from quizapp.services.banks import diagnosis, planning, shelf, undoing
from quizapp.services.banks import unfinished as service
from quizapp.services.banks.understood import understood
from quizapp.services.handbooks import reading
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.banks import blueprint, questions
from quizapp.web.errors import sentence


@blueprint.get("/banks/<slug>/imports")
@access("banks.view")
def imports(slug: str):
    return _imports(slug)


def _imports(slug: str, refused: list[str] | None = None):
    bank, listed = shelf.get_bank(actor(), slug), undoing.list_imports(actor(), slug)
    html = render_template("banks/imports.html", bank=bank, imports=listed, refused=refused or [])
    return html, 422 if refused else 200


@blueprint.post("/banks/<slug>/imports/<import_id>/undoing")
@access("banks.manage")
def undo(slug: str, import_id: str):
    try:
        done = undoing.undo(actor(), slug, import_id, edge.now(), edge.trace())
    except Invalid as refusal:
        return _imports(slug, [sentence(one.message, one.params) for one in refusal.problems])
    told = [ngettext("%(num)s question is gone.", "%(num)s questions are gone.", done.gone)]
    if done.restored:
        told.append(ngettext("%(num)s is as it was before.", "%(num)s are as they were before.", done.restored))
    if done.retired:
        told.append(ngettext("%(num)s cannot go and is out of use.",
                             "%(num)s cannot go and are out of use.", done.retired))  # fmt: skip
    if done.left:
        told.append(ngettext("%(num)s was changed since and stays.", "%(num)s were changed since and stay.", done.left))
    flash(gettext("The import is undone.") + " " + " ".join(told), "done")
    return redirect(url_for(".imports", slug=slug), 303)


@blueprint.get("/banks/<slug>/unfinished", endpoint="unfinished")
@access("banks.manage")
def show_unfinished(slug: str):
    return _unfinished(slug)


def _unfinished(slug: str, wrong: dict | None = None):
    """Show what is left to finish; `wrong` is {"id", "given", "body", "problems"} of one that could not be finished."""
    at = service.page_of(actor(), slug, wrong["id"]) if wrong else edge.page_number()
    found = service.find_page(actor(), slug, at)
    told, is_asked = [], False
    for one in found.questions:
        is_wrong = wrong is not None and wrong["id"] == one.id
        body = wrong["body"] if is_wrong else one.body
        problems = wrong["problems"] if is_wrong else [Problem(**each) for each in body["problems"]]
        is_asked |= any(problem.message == planning.NO_HANDBOOK for problem in problems)
        verdict = diagnosis.Verdict(body, problems=problems)
        shown = questions.entry(body, understood([body])[0], verdict, None, partial(_other, slug))
        shown = questions.as_given(shown, wrong["given"]) if is_wrong else shown
        lines = [{"place": places.number(place) or place, "text": pictures.named(text)} for place, text in one.lines]
        heads = dict.fromkeys(filter(None, (places.head(place) for place, _ in one.lines)))
        told.append(
            {"id": one.id, "file": " › ".join([one.file_name, *heads]), "taken_at": one.taken_at, "entry": shown,
             "lines": lines, "is_wrong": is_wrong}  # fmt: skip
        )
    bank = shelf.get_bank(actor(), slug)
    handbooks = reading.list_handbooks(actor()) if is_asked and not bank.handbook else []
    html = render_template(
        "banks/unfinished.html", bank=bank, found=found, questions=told, own_kinds=HELD, handbooks=handbooks
    )
    return html, 422 if wrong else 200


def _other(slug: str, problem: Problem) -> dict:
    """Return answer and address of the question that a problem speaks of: one of the bank, or one that is left too."""
    params = problem.params
    if "left" not in params:
        return questions.of_bank(slug, problem)
    href = url_for(".unfinished", slug=slug, page=params["page"], _anchor="u" + params["left"])
    return {"answer": params["answer"], "href": href}


@blueprint.post("/banks/<slug>/handbook")
@access("banks.manage")
def name_handbook(slug: str):
    service.name_handbook(actor(), slug, request.form.get("handbook", ""), edge.now(), edge.trace())
    flash(gettext("The handbook is chosen."), "done")
    return redirect(url_for(".unfinished", slug=slug), 303)


@blueprint.post("/banks/<slug>/unfinished")
@access("banks.manage")
def drop_many(slug: str):
    which = request.form.get("which", "")
    chosen = which if which in ("all", "unmarkable") else [one[:16] for one in request.form.getlist("id")]
    dropped = service.drop_many(actor(), slug, chosen, edge.now(), edge.trace())
    if not dropped:
        flash(gettext("Choose the questions first."), "waiting")
    else:
        flash(ngettext("%(num)s question is dropped.", "%(num)s questions are dropped.", dropped), "done")
    return redirect(url_for(".unfinished", slug=slug, page=edge.page_number()), 303)


@blueprint.post("/banks/<slug>/unfinished/<question_id>")
@access("banks.manage")
def finish(slug: str, question_id: str):
    at = service.page_of(actor(), slug, question_id)
    if request.form.get("deed") == "drop":
        service.drop(actor(), slug, question_id, edge.now(), edge.trace())
        flash(gettext("Dropped."), "done")
    else:
        one, given = service.get(actor(), slug, question_id), questions.given()
        body = mending.mended(one.body, given)
        if request.form.get("deed") == "confirm":
            body["confirmed"] = [diagnosis.CONTRADICTION]
        try:
            service.finish(actor(), slug, question_id, body, edge.now(), edge.trace())
        except Invalid as refusal:
            wrong = {"id": question_id, "given": given, "body": body, "problems": refusal.problems}
            return _unfinished(slug, wrong)
        flash(gettext("Finished: the question is in the bank."), "done")
    return redirect(url_for(".unfinished", slug=slug, page=at), 303)
