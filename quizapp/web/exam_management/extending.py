"""Giving more time: for whom and why, what it would do, and then the grant; what was granted stands below."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from quizapp.rules.errors import NotFound, Refusal
from quizapp.rules.extensions import MOST_MINUTES, REASON_LONGEST
from quizapp.services import exam_management
from quizapp.services.extensions import granting, listing
from quizapp.web import edge, form_problems
from quizapp.web.access import access, actor
from quizapp.web.exam_management import blueprint

SHOWN = 200  # attempts of a preview by name


class TimeForm(FlaskForm):
    """Minutes for a person, a unit or everybody."""

    person = HiddenField()
    unit = SelectField(lazy_gettext("For whom"))
    minutes = IntegerField(
        lazy_gettext("Minutes more"), [InputRequired(lazy_gettext("Please enter a number."))],
        render_kw={"inputmode": "numeric", "size": 6},
    )  # fmt: skip
    reason = StringField(
        lazy_gettext("Reason"), [InputRequired(lazy_gettext("Please enter the reason.")), Length(max=REASON_LONGEST)]
    )
    is_outage = BooleanField(lazy_gettext("The network, the power or our server had failed"))

    def __init__(self, exam_id: str):
        super().__init__(unit=request.args.get("unit", ""), person=request.args.get("person", ""))
        places = listing.list_units(actor(), exam_id)
        self.unit.choices = [("", gettext("everybody")), *((one.code, f"{one.name}（{one.code}）") for one in places)]

    def wish(self) -> granting.Wish:
        """Return what a form in order asks for."""
        unit = "" if self.person.data else self.unit.data
        return granting.Wish(self.minutes.data, self.reason.data, self.person.data, unit, self.is_outage.data)


@blueprint.route("/<exam_id>/time", methods=["GET", "POST"])
@access(granting.DEED)
def extend(exam_id: str):
    form, status = TimeForm(exam_id), 200
    if form.validate_on_submit():
        try:
            return _preview(exam_id, form) if "confirm" not in request.form else _grant(exam_id, form)
        except NotFound:
            raise
        except Refusal as refusal:
            status = form_problems.show(form, refusal)
    elif request.method == "POST":
        status = 422
    words = request.args.get("q", "")[:64].strip()
    return render_template(
        "exam_management/time.html", exam=_exam(exam_id), form=form, words=words, most=MOST_MINUTES,
        person=listing.find_person(actor(), exam_id, form.person.data) if form.person.data else None,
        found=listing.find_people(actor(), exam_id, words) if words else [],
        granted=listing.list_granted(actor(), exam_id),
    ), status  # fmt: skip


def _preview(exam_id: str, form: TimeForm):
    preview = granting.preview(actor(), exam_id, form.wish(), edge.now())
    fields = {"person": form.person.data, "unit": form.unit.data, "minutes": form.minutes.data,
              "reason": form.reason.data, "confirm": "1"}  # fmt: skip
    if form.is_outage.data:
        fields["is_outage"] = "1"
    return render_template(
        "exam_management/time_preview.html", exam=_exam(exam_id), preview=preview, form=form, fields=fields, shown=SHOWN
    )


def _grant(exam_id: str, form: TimeForm):
    done = granting.grant(actor(), exam_id, form.wish(), edge.now(), edge.trace())
    told = ngettext("%(num)s person at it has more time.", "%(num)s people at it have more time.", len(done.changes))
    again = gettext("Taken up again: %(count)s.", count=done.reopened) if done.reopened else ""
    flash(f"{gettext('The time is granted.')} {told} {again}".strip(), "done")
    return redirect(url_for(".extend", exam_id=exam_id), 303)


def _exam(exam_id: str) -> exam_management.Managed:
    return exam_management.get_managed(actor(), exam_id, edge.now())
