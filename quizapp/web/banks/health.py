"""A bank's health, its pairs that are nearly the same, and how its questions are spread over the articles."""

from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from quizapp.rules.errors import Invalid
from quizapp.rules.question_types import HELD
from quizapp.services.banks import checking, pairs, shelf
from quizapp.services.banks import health as services
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.banks import blueprint
from quizapp.web.banks.looking import PART_NAMES, PROBLEMS, RELATIONS, STATES, entry
from quizapp.web.errors import sentence


@blueprint.get("/banks/<slug>/health")
@access("banks.view")
def health(slug: str):
    return render_template(
        "banks/health.html",
        bank=shelf.get_bank(actor(), slug),
        health=services.get_health(actor(), slug),
        problems=PROBLEMS,
        states=STATES,
        relations=RELATIONS,
    )


@blueprint.post("/banks/<slug>/health")
@access("banks.manage")
def ask_check(slug: str):
    checking.ask(actor(), slug, edge.now(), edge.trace())
    flash(gettext("The bank will be looked through in a moment; this page tells how far it is."), "done")
    return redirect(url_for(".health", slug=slug), 303)


@blueprint.get("/banks/<slug>/pairs")
@access("banks.view")
def list_pairs(slug: str):
    return _pairs(slug)


def _pairs(slug: str, refused: list[str] | None = None):
    page = edge.page_number()
    found, count = pairs.list_open(actor(), slug, page)
    html = render_template(
        "banks/pairs.html",
        bank=shelf.get_bank(actor(), slug),
        pairs=[{"pair": one, "first": entry(one.first), "second": entry(one.second)} for one in found],
        count=count,
        page=page,
        pages=max(1, -(-count // pairs.SIZE)),
        relations=RELATIONS,
        part_names=PART_NAMES,
        refused=refused or [],
    )
    return html, 422 if refused else 200


@blueprint.post("/banks/<slug>/pairs/<first>/<second>")
@access("banks.manage")
def decide_pair(slug: str, first: str, second: str):
    try:
        decision = request.form.get("decision", "")
        pairs.decide(actor(), slug, first, second, decision, edge.now(), edge.trace())
    except Invalid as refusal:
        return _pairs(slug, [sentence(one.message, one.params) for one in refusal.problems])
    flash(gettext("The decision is remembered."), "done")
    return redirect(url_for(".list_pairs", slug=slug), 303)


@blueprint.get("/banks/<slug>/articles")
@access("banks.view")
def coverage(slug: str):
    every = services.list_coverage(actor(), slug)
    only = request.args.get("only") == "none"
    shown = [one for one in every if not (only and one.total)]
    groups = [
        (" · ".join(part for part in key if part), list(some))
        for key, some in groupby(shown, key=lambda one: (one.handbook, one.chapter))
    ]
    return render_template(
        "banks/coverage.html",
        bank=shelf.get_bank(actor(), slug),
        groups=groups,
        every=len(every),
        bare=sum(not one.total for one in every),
        only=only,
        kinds=HELD,
    )
