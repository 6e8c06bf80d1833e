"""Answers that came too late: whose they are, what was sent beside what stands, and the proposal to count them."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from quizapp.rules.errors import NotFound
from quizapp.services import exam_management
from quizapp.services.late_answers import counting, sight
from quizapp.services.scope import NOT_HERE
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.decisions import ReasonForm
from quizapp.web.exam_management import blueprint


@blueprint.get("/<exam_id>/late")
@access("late.decide")
def late(exam_id: str):
    lines = sight.list_lines(actor(), exam_id)
    exam = exam_management.get_managed(actor(), exam_id, edge.now())
    return render_template("exam_management/late.html", exam=exam, lines=lines)


@blueprint.route("/<exam_id>/late/<attempt_id>", methods=["GET", "POST"])
@access("late.decide")
def late_sheet(exam_id: str, attempt_id: str):
    found, form = sight.get_sheet(actor(), attempt_id), ReasonForm()
    if found.exam_id != exam_id:
        raise NotFound(NOT_HERE)
    if form.validate_on_submit():
        asked = counting.ask(actor(), attempt_id, form.reason.data, edge.now(), edge.trace())
        flash(gettext("Proposed. A second person from outside the village has to decide."), "done")
        return redirect(url_for("decisions.page", proposal_id=asked), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("exam_management/late_sheet.html", found=found, form=form), status
