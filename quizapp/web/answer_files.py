"""Taking in an answer file, as a file or as text, and what came in by it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import FileField, TextAreaField

from quizapp.rules import answer_files
from quizapp.rules.errors import Invalid
from quizapp.services.late_answers import files
from quizapp.web import edge, form_problems
from quizapp.web.access import SIGNED_IN, access, actor

blueprint = Blueprint("answer_files", __name__, url_prefix="/answer-files")


class AnswerFileForm(FlaskForm):
    """One answer file, either way."""

    file = FileField(lazy_gettext("The file from the phone"))
    text = TextAreaField(lazy_gettext("Or its text"), render_kw={"rows": 4, "spellcheck": "false"})

    def given(self) -> str:
        """Return the text of the file, else what was pasted."""
        upload = request.files.get("file")
        told = upload.read(answer_files.LONGEST * 4).decode("utf-8-sig", "replace") if upload else ""
        return told.strip() or self.text.data or ""


@blueprint.get("")
@access(SIGNED_IN)
def page():
    """Show the form; a QR code read by another phone brings the text along."""
    form = AnswerFileForm(text=request.args.get("text", ""))
    return render_template("answer_files/form.html", form=form)


@blueprint.post("")
@access(SIGNED_IN)
def take_in():
    form = AnswerFileForm()
    try:
        done = files.take_in(actor(), form.given(), edge.now(), edge.trace())
    except Invalid as refusal:
        status = form_problems.show(form, refusal)
        return render_template("answer_files/form.html", form=form), status
    again = gettext("This file had been taken in before; nothing was changed.")
    flash(again if done.is_again else gettext("Taken in."), "done")
    return redirect(url_for(".taken_in", file_id=done.id), 303)


@blueprint.get("/<file_id>")
@access(SIGNED_IN)
def taken_in(file_id: str):
    found, may_decide = files.get(actor(), file_id), actor().may("late.decide")
    return render_template("answer_files/taken_in.html", found=found, may_decide=may_decide)
