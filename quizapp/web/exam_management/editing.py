"""Setting an exam up and changing it before it opens; rows come and go without JavaScript."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from quizapp.rules.errors import Conflict, NotFound, Refusal
from quizapp.rules.words import N_
from quizapp.services import choices, exam_management, exam_setup
from quizapp.web import edge, form_problems
from quizapp.web.access import access, actor
from quizapp.web.campaigns import today
from quizapp.web.exam_management import blueprint
from quizapp.web.exam_management.forms import NAMES, ExamForm, NewExamForm, filled

USUAL_DAYS = 7
USUAL_SECTIONS = [
    {"kind": "single_choice", "count": 15, "points_milli": 3000},
    {"kind": "multiple_choice", "count": 5, "points_milli": 5000},
    {"kind": "true_false", "count": 10, "points_milli": 3000},
]


@blueprint.route("/new", methods=["GET", "POST"])
@access("exams.manage")
def new():
    day = today()
    form = NewExamForm(
        opens_on=day + timedelta(days=1), opens_time="08:00", closes_on=day + timedelta(days=USUAL_DAYS),
        closes_time="24:00", minutes=40, sections=USUAL_SECTIONS, campaign=request.args.get("campaign"),
    )  # fmt: skip

    def save(draft: exam_setup.Draft) -> str:
        created = exam_setup.create(actor(), draft, edge.now(), edge.trace())
        flash(gettext("The exam is set up; trainees see it from now on as coming."), "done")
        return created

    return _handled(form, gettext("New exam"), url_for(".index"), lambda: form.campaign.data, save)


@blueprint.route("/<exam_id>/edit", methods=["GET", "POST"])
@access("exams.manage")
def edit(exam_id: str):
    found = exam_management.get_draft(actor(), exam_id)
    if found.opens_at <= edge.now():
        raise Conflict(N_("This exam has opened; it is not changed any more."))
    form = ExamForm(**filled(found))

    def save(draft: exam_setup.Draft) -> str:
        exam_setup.change(actor(), exam_id, draft, edge.now(), edge.trace())
        flash(gettext("Saved."), "done")
        return exam_id

    return _handled(form, found.title, url_for(".page", exam_id=exam_id), lambda: found.campaign, save)


def _handled(form: ExamForm, title: str, back: str, campaign, save):
    """Add or remove a row, try the draft out, or save it; every problem stands at its field."""
    status, is_fine = 200, False
    if "add" in request.form:
        form.add_row()
    elif "remove" in request.form:
        form.remove_row(request.form.get("remove", -1, type=int))
    elif form.validate_on_submit():
        try:
            draft = form.draft(campaign())
            if "check" not in request.form:
                return redirect(url_for(".page", exam_id=save(draft)), 303)
            exam_setup.rehearse(actor(), draft)
            is_fine = True
        except NotFound:
            raise
        except Refusal as refusal:
            status = form_problems.show(form, refusal, NAMES)
    elif request.method == "POST":
        status = 422
    articles = choices.articles([bank.slug for bank in form.offered])
    shown = {"articles": articles, "form": form, "title": title, "back": back, "is_fine": is_fine}
    return render_template("exam_management/form.html", **shown), status
