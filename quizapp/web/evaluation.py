"""Village evaluation as pages: the board, why a rank is what it is, stating a value, publishing, the sealed sheet."""

from collections import Counter
from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import DecimalField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from quizapp.rules import evidence
from quizapp.rules.errors import Invalid, NotFound
from quizapp.rules.policy import Policy
from quizapp.services.campaigns import get_campaign
from quizapp.services.evaluation import board, entered, explain, publishing, sheets, sight
from quizapp.services.scope import NOT_HERE
from quizapp.web import edge, form_problems
from quizapp.web.access import access, actor

blueprint = Blueprint("evaluation", __name__, url_prefix="/evaluation")


class ValueForm(FlaskForm):
    """A value in percent, to one decimal, and what it rests on."""

    value = DecimalField(
        lazy_gettext("Value in percent"),
        [
            InputRequired(lazy_gettext("Please enter a value.")),
            NumberRange(0, 100, lazy_gettext("The value has to be between 0 and 100.")),
        ],
        places=1,
        render_kw={"inputmode": "decimal", "step": "0.1", "min": "0", "max": "100"},
    )
    evidence = TextAreaField(
        lazy_gettext("Evidence"),
        [InputRequired(lazy_gettext("Please say which record shows it.")), Length(max=evidence.LONGEST)],
        render_kw={"rows": 4},
    )


@blueprint.get("")
@access("evaluation.view")
def index():
    choices = board.list_campaigns(actor())
    if len(choices) == 1:
        return redirect(url_for(".page", campaign_id=choices[0].id))
    return render_template("evaluation/index.html", campaigns=choices)


@blueprint.get("/<campaign_id>")
@access("evaluation.view")
def page(campaign_id: str):
    found = board.get_board(actor(), campaign_id, edge.now())
    ranks = Counter(row.rank for row in found.rows)
    tied = {rank for rank, count in ranks.items() if count > 1}
    return render_template("evaluation/page.html", board=found, tied=tied, names=names(found.policy))


def names(policy: Policy) -> dict[str, str]:
    """Return the indicators' names in the reader's language; a township's own names stay as they are."""
    return {entry.code: gettext(entry.name) for entry in policy.indicators}


@blueprint.get("/<campaign_id>/units/<unit_code>")
@access("evaluation.view")
def unit(campaign_id: str, unit_code: str):
    why = explain.explain(actor(), campaign_id, unit_code, edge.now())
    policy = why.board.policy
    measures = {entry.code: entry.measure for entry in policy.indicators}
    shown = {"rule": explain.RULE, "names": names(policy), "measures": measures}
    return render_template("evaluation/unit.html", why=why, **shown)


@blueprint.route("/<campaign_id>/units/<unit_code>/<indicator>", methods=["GET", "POST"])
@access("evaluation.enter")
def enter(campaign_id: str, unit_code: str, indicator: str):
    place, entry = entered.get_place(actor(), get_campaign(campaign_id), unit_code, indicator)
    back = url_for(".unit", campaign_id=campaign_id, unit_code=unit_code)
    form, status = ValueForm(), 200
    if form.validate_on_submit():
        try:
            milli = to_milli(form.value.data)
            said = (campaign_id, unit_code, indicator, milli, form.evidence.data)
            entered.enter(actor(), *said, edge.now(), edge.trace())
            flash(gettext("The value is noted; points and places follow it from now on."), "done")
            return redirect(f"{back}#{indicator}", 303)
        except Invalid as refusal:
            status = form_problems.show(form, refusal)
    elif request.method == "POST":
        status = 422
    shown = {"place": place, "entry": entry, "name": gettext(entry.name), "back": back}
    return render_template("evaluation/enter.html", form=form, **shown), status


def to_milli(percent: Decimal) -> int:
    """Return a percentage as thousandths of 1, rounded to the nearest."""
    return int((percent * 10).to_integral_value())


@blueprint.route("/<campaign_id>/publish", methods=["GET", "POST"])
@access("evaluation.publish")
def publish(campaign_id: str):
    """What cannot be undone is asked about on a page of its own, which names what will happen."""
    if request.method == "POST":
        done = publishing.publish(actor(), campaign_id, edge.now(), edge.trace())
        flash(published_words(len(done.units)), "done")
        return redirect(url_for(".page", campaign_id=campaign_id), 303)
    found = board.get_board(actor(), campaign_id, edge.now())
    if not found.may_publish:
        raise NotFound(NOT_HERE)
    missing = {one["code"] for row in found.rows for one in row.indicators or [] if one["state"] == "not_yet"}
    unfinished = [name for code, name in names(found.policy).items() if code in missing]
    return render_template("evaluation/publish.html", board=found, unfinished=unfinished)


def published_words(count: int) -> str:
    """Return what publishing did."""
    if not count:
        return gettext("Nothing has changed since the last publication.")
    return ngettext(
        "%(num)s sheet is published and on its way.", "%(num)s sheets are published and on their way.", count
    )


@blueprint.get("/<campaign_id>/sheet")
@access("evaluation.view")
def sheet(campaign_id: str):
    """The published figures with their seal, to be printed and signed."""
    found = board.get_board(actor(), campaign_id, edge.now())
    open_codes = {row.place.code for row in found.rows if row.indicators is not None}
    published = sheets.newest(sight.get_visible(actor(), campaign_id).id).values()
    bodies = sorted((one.body for one in published), key=place_in_list)
    return render_template("evaluation/sheet.html", board=found, bodies=bodies, open_codes=open_codes)


def place_in_list(body: dict) -> tuple:
    """Return where a published sheet stands in a list: best first, without a rank last, then by code."""
    return body.get("rank", body["of"] + 1), body["unit"]["code"]
