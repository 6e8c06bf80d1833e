"""What waits for a second person: the list, one proposal with what it would do, agreeing, refusing, taking back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from quizapp.services.proposals import asking, deciding
from quizapp.web import edge
from quizapp.web.access import access, actor

blueprint = Blueprint("decisions", __name__, url_prefix="/decisions")


class ReasonForm(FlaskForm):
    """Why something is proposed or refused."""

    reason = TextAreaField(
        lazy_gettext("Reason"),
        [InputRequired(lazy_gettext("Please enter the reason.")), Length(max=asking.REASON_LONGEST)],
        render_kw={"rows": 3},
    )


@blueprint.get("")
@access("proposals.view")
def index():
    waiting, mine, over = deciding.list_seen(actor(), edge.now())
    return render_template("decisions/index.html", waiting=waiting, mine=mine, over=over)


@blueprint.get("/<proposal_id>")
@access("proposals.view")
def page(proposal_id: str):
    return _page(proposal_id, ReasonForm())


def _page(proposal_id: str, form: ReasonForm):
    found = deciding.get_seen(actor(), proposal_id, edge.now())
    return render_template("decisions/page.html", found=found, form=form)


@blueprint.post("/<proposal_id>/acceptance")
@access("proposals.view")
def accept(proposal_id: str):
    deciding.accept(actor(), proposal_id, edge.now(), edge.trace())
    flash(gettext("Agreed and done."), "done")
    return redirect(url_for(".page", proposal_id=proposal_id), 303)


@blueprint.post("/<proposal_id>/refusal")
@access("proposals.view")
def decline(proposal_id: str):
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(proposal_id, form), 422
    deciding.decline(actor(), proposal_id, form.reason.data, edge.now(), edge.trace())
    flash(gettext("Refused; nothing was changed."), "done")
    return redirect(url_for(".page", proposal_id=proposal_id), 303)


@blueprint.post("/<proposal_id>/withdrawal")
@access("proposals.view")
def withdraw(proposal_id: str):
    deciding.withdraw(actor(), proposal_id, edge.now(), edge.trace())
    flash(gettext("Taken back; nothing was changed."), "done")
    return redirect(url_for(".page", proposal_id=proposal_id), 303)
