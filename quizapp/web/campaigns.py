"""Campaigns: the list, one with its plan, setting one up, and its roster for leaders."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from quizapp.rules import policy
from quizapp.rules.errors import NotFound, Refusal
from quizapp.services import campaign_roster, campaign_sight, campaign_view, campaigns, choices
from quizapp.services.handbooks import reading
from quizapp.web import edge, form_problems
from quizapp.web.access import SIGNED_IN, access, actor

blueprint = Blueprint("campaigns", __name__, url_prefix="/campaigns")
KINDS = ("province", "city", "county", "township")  # whose people a campaign may be for
USUAL_LENGTH = timedelta(days=60)


class CampaignForm(FlaskForm):
    """What may be changed later as well."""

    title = StringField(
        lazy_gettext("Title"),
        [InputRequired(lazy_gettext("Please enter a title.")), Length(max=campaigns.TITLE_LONGEST)],
    )
    starts_on = DateField(lazy_gettext("First day"), [InputRequired(lazy_gettext("Please choose a day."))])
    ends_on = DateField(lazy_gettext("Last day"), [InputRequired(lazy_gettext("Please choose a day."))])
    handbooks = form_problems.Ticks(lazy_gettext("Required handbooks"))
    plan = TextAreaField(lazy_gettext("Plan"), [Optional(), Length(max=campaigns.PLAN_LONGEST)], render_kw={"rows": 14})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.handbooks.choices = [(book.slug, book.title) for book in reading.list_handbooks(actor())]


class NewCampaignForm(CampaignForm):
    """A campaign that is set up: for whom, and the day whose roster counts."""

    unit_code = SelectField(lazy_gettext("For the people of"))
    roster_on = DateField(lazy_gettext("Roster day"), [InputRequired(lazy_gettext("Please choose a day."))])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = choices.places(actor(), "campaigns.manage", KINDS)
        self.unit_code.choices = [(one.code, f"{one.name}（{one.code}）") for one in offered]

    def validate_roster_on(self, field):
        if field.data and field.data < today():
            raise ValidationError(
                gettext("The roster of a day that is over is not known; choose today or a later day.")
            )


class ExcuseForm(FlaskForm):
    """Why somebody does not count."""

    reason = StringField(
        lazy_gettext("Reason"), [InputRequired(lazy_gettext("Please enter the reason.")), Length(max=200)]
    )


def zone() -> ZoneInfo:
    """Return the clock on the wall that people read."""
    return ZoneInfo(current_app.extensions["settings"].timezone)


def today():
    """Return the day it is on that clock."""
    return edge.now().astimezone(zone()).date()


@blueprint.get("")
@access(SIGNED_IN)
def index():
    return render_template(
        "campaigns/index.html",
        campaigns=campaign_sight.list_visible(actor()),
        today=today(),
        may_manage=actor().may("campaigns.manage"),
    )


@blueprint.get("/<campaign_id>")
@access(SIGNED_IN)
def page(campaign_id: str):
    found = campaign_view.get_view(actor(), campaign_id, edge.now(), zone())
    return render_template("campaigns/page.html", campaign=found)


@blueprint.route("/new", methods=["GET", "POST"])
@access("campaigns.manage")
def new():
    day = today()
    form = NewCampaignForm(starts_on=day, ends_on=day + USUAL_LENGTH, roster_on=day)
    return _handled(form, gettext("New campaign"), url_for(".index"), _create)


def _create(form: NewCampaignForm) -> str:
    created = campaigns.create(actor(), draft(form, form.unit_code.data, form.roster_on.data), edge.now(), edge.trace())
    flash(gettext("The campaign is set up and its roster is taken."), "done")
    return created


@blueprint.route("/<campaign_id>/edit", methods=["GET", "POST"])
@access("campaigns.manage")
def edit(campaign_id: str):
    found = campaigns.get_draft(actor(), campaign_id)
    form = CampaignForm(obj=found)

    def change(form: CampaignForm) -> str:
        campaigns.change(actor(), campaign_id, draft(form, found.unit_code, found.roster_on), edge.now(), edge.trace())
        flash(gettext("Saved."), "done")
        return campaign_id

    return _handled(form, gettext("Change the campaign"), url_for(".page", campaign_id=campaign_id), change)


def draft(form: CampaignForm, unit_code: str, roster_on) -> campaigns.Draft:
    """Return what a form in order says; the evaluation policy is the one that everybody begins with."""
    return campaigns.Draft(
        form.title.data, unit_code, form.starts_on.data, form.ends_on.data, roster_on, form.handbooks.data,
        form.plan.data or "", campaigns.usual_policy(),
    )  # fmt: skip


def _handled(form: CampaignForm, title: str, back: str, deed):
    status = 200
    if form.validate_on_submit():
        try:
            return redirect(url_for(".page", campaign_id=deed(form)), 303)
        except NotFound:
            raise
        except Refusal as refusal:
            status = form_problems.show(form, refusal)
    elif request.method == "POST":
        status = 422
    shown = {"form": form, "title": title, "back": back, "policy": policy.DEFAULT}
    return render_template("campaigns/form.html", **shown), status


@blueprint.get("/<campaign_id>/roster")
@access("people.view")
def roster(campaign_id: str):
    words, unit, only = (request.args.get(name, "")[:64] for name in ("q", "unit", "only"))
    found = campaign_roster.find_page(actor(), campaign_id, words, unit, only, edge.page_number())
    return render_template("campaigns/roster.html", found=found, words=words, unit=unit, only=only)


@blueprint.route("/<campaign_id>/roster/<person_id>", methods=["GET", "POST"])
@access("evaluation.publish")
def excuse(campaign_id: str, person_id: str):
    line = campaign_roster.get_line(actor(), campaign_id, person_id)
    form = ExcuseForm(reason=line.excuse)
    is_taken_back = request.method == "POST" and "take_back" in request.form
    status = 200
    if is_taken_back or form.validate_on_submit():
        reason = "" if is_taken_back else form.reason.data
        campaigns.excuse(actor(), campaign_id, person_id, reason, edge.now(), edge.trace())
        told = gettext("%(name)s counts again.") if is_taken_back else gettext("%(name)s is excused.")
        flash(told % {"name": line.name}, "done")
        return redirect(url_for(".roster", campaign_id=campaign_id), 303)
    if request.method == "POST":
        status = 422
    return render_template("campaigns/excuse.html", line=line, form=form, campaign_id=campaign_id), status
