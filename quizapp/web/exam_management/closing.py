"""Closing an exam early: what it would do, doing it, and proposing it where people would lose time."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext

from quizapp.services import early_closing, exam_management, exams
from quizapp.services.proposals import asking
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.decisions import ReasonForm
from quizapp.web.exam_management import blueprint


@blueprint.get("/<exam_id>/close")
@access("exams.manage")
def close(exam_id: str):
    return _page(exam_id, ReasonForm())


def _page(exam_id: str, form: ReasonForm):
    shown = early_closing.rehearse(actor(), exam_id, edge.now())
    exam = exam_management.get_managed(actor(), exam_id, edge.now())
    asked = asking.find_open(early_closing.KIND, exam_id)
    return render_template("exam_management/close.html", exam=exam, shown=shown, form=form, asked=asked)


@blueprint.post("/<exam_id>/closing")
@access("exams.manage")
def close_now(exam_id: str):
    """Close where nobody loses time by it; else propose it, with the reason of the form."""
    if early_closing.rehearse(actor(), exam_id, edge.now()).cut.needs_second:
        return _propose(exam_id)
    done = exams.close(actor(), exam_id, edge.now(), edge.trace())
    told = gettext(
        "The exam is closed: %(taken)s taken in, %(marked)s marked.", taken=done.taken_in, marked=done.marked
    )
    flash(f"{told} {gettext('The results are released.') if done.is_released else ''}".strip(), "done")
    return redirect(url_for(".page", exam_id=exam_id), 303)


def _propose(exam_id: str):
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(exam_id, form), 422
    asked = early_closing.ask(actor(), exam_id, form.reason.data, edge.now(), edge.trace())
    flash(gettext("Proposed. Somebody else has to decide; the exam goes on until then."), "done")
    return redirect(url_for("decisions.page", proposal_id=asked), 303)
