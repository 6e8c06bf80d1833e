"""Deeds from the page that watches over an exam: looking at an attempt, handing it in, and what is lost together."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext

from quizapp.rules.errors import Conflict, NotFound, Refusal
from quizapp.services.extensions import granting
from quizapp.services.invigilation import attempts, outages
from quizapp.web import edge, form_problems
from quizapp.web.access import access, actor
from quizapp.web.decisions import ReasonForm
from quizapp.web.exam_management import blueprint
from quizapp.web.exam_management.watch_words import ago, lasting, outage_words, signal_words

SHOWN = 200  # attempts of a preview by name


@blueprint.get("/<exam_id>/attempts/<attempt_id>")
@access(attempts.LOOK)
def look(exam_id: str, attempt_id: str):
    """G11: to read only; nothing of the trainee's own pages is used."""
    seen = attempts.look(actor(), exam_id, attempt_id, edge.now(), edge.trace())
    silences = [(start, lasting((until - start).total_seconds())) for start, until in seen.silences]
    return render_template(
        "exam_management/attempt.html", seen=seen, signals=signal_words(seen.signals), silences=silences,
        heard=ago((edge.now() - seen.heard_at).total_seconds()),
    )  # fmt: skip


@blueprint.route("/<exam_id>/attempts/<attempt_id>/closing", methods=["GET", "POST"])
@access(attempts.CLOSE)
def close_one(exam_id: str, attempt_id: str):
    """First what it would do, then with a reason the deed."""
    form, status = ReasonForm(), 200
    seen = attempts.get_to_close(actor(), exam_id, attempt_id, edge.now())
    if form.validate_on_submit():
        try:
            attempts.close(actor(), exam_id, attempt_id, form.reason.data, edge.now(), edge.trace())
            flash(gettext("The attempt of %(name)s is handed in as it stood.", name=seen.name), "done")
            return redirect(url_for(".look", exam_id=exam_id, attempt_id=attempt_id), 303)
        except NotFound:
            raise
        except Refusal as refusal:
            status = form_problems.show(form, refusal)
    elif form.is_submitted():
        status = 422
    return render_template("exam_management/attempt_close.html", seen=seen, form=form), status


@blueprint.get("/<exam_id>/outages/<unit>/<key>")
@access(granting.DEED)
def outage(exam_id: str, unit: str, key: str):
    return _outage_page(exam_id, unit, key, ReasonForm())


def _outage_page(exam_id: str, unit: str, key: str, form: ReasonForm):
    found = outages.get_suggestion(actor(), exam_id, _code(unit), key, edge.now())
    wish = granting.Wish(found.minutes, outage_words(found), unit=found.unit, is_outage=True)
    try:
        preview, refusal = granting.preview(actor(), exam_id, wish, edge.now()), ""
    except Conflict as conflict:
        preview, refusal = None, gettext(conflict.message)
    fields = {"unit": found.unit, "minutes": found.minutes, "reason": wish.reason, "is_outage": "1", "confirm": "1"}
    return render_template(
        "exam_management/outage.html", exam_id=exam_id, unit=unit, found=found, why=wish.reason, preview=preview,
        refusal=refusal, fields=fields, form=form, shown=SHOWN,
    )  # fmt: skip


@blueprint.post("/<exam_id>/outages/<unit>/<key>/dismissal")
@access(granting.DEED)
def dismiss_outage(exam_id: str, unit: str, key: str):
    form = ReasonForm()
    if not form.validate_on_submit():
        return _outage_page(exam_id, unit, key, form), 422
    outages.dismiss(actor(), exam_id, _code(unit), key, form.reason.data, edge.now(), edge.trace())
    flash(gettext("Nothing is granted for it; your reason is kept."), "done")
    return redirect(url_for(".watch", exam_id=exam_id), 303)


def _code(unit: str) -> str:
    return "" if unit == "all" else unit
