"""Bringing a bank's files in: drop them, choose them, or paste their text."""

import io
import zipfile
from pathlib import PurePath

from flask import redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, MultipleFileField
from wtforms import HiddenField, SelectField, TextAreaField

from quizapp.rules.divisions import KINDS as UNIT_KINDS
from quizapp.services import choices, uploads
from quizapp.services.banks import importing, previews
from quizapp.services.readers import Unreadable
from quizapp.web import edge, form_problems
from quizapp.web.access import access, actor
from quizapp.web.banks import blueprint

PASTED = lazy_gettext("Pasted text")


class BankForm(FlaskForm):
    """A bank's files or text, its answer key where that is another file, and the unit that keeps it."""

    file = MultipleFileField(lazy_gettext("File"))
    text = TextAreaField(lazy_gettext("Or paste the questions here"))
    answers = FileField(lazy_gettext("Answers in a file of their own"))
    unit = SelectField(lazy_gettext("Kept by"))
    bank = HiddenField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = choices.places(actor(), importing.DEED, UNIT_KINDS)
        self.unit.choices = [(one.code, f"{one.name}（{one.code}）") for one in offered]

    def source(self):
        """Return (stream, file name) of what was given, or None; several files come as one archive of them."""
        given = [one for one in self.file.data or () if one and one.filename]
        if len(given) == 1:
            return given[0].stream, given[0].filename
        if given:
            return _packed(given)
        if (self.text.data or "").strip():
            return io.BytesIO(self.text.data.encode()), f"{PASTED}.txt"
        return None


def _packed(files: list) -> tuple:
    """Return (stream, name) of an archive of files; it is called as the one of the shortest name, which has no 答案."""
    packed = io.BytesIO()
    names: list[str] = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, one in enumerate(files, 1):
            name = PurePath(one.filename).name
            names.append(f"{number} {name}" if name in names else name)
            archive.writestr(names[-1], one.stream.read())
    packed.seek(0)
    return packed, f"{PurePath(min(names, key=len)).stem}.zip"


@blueprint.route("/manage/banks/new", methods=["GET", "POST"])
@access("banks.manage")
def upload():
    form = BankForm(bank=request.args.get("bank", "")[:64])
    status = 200
    if form.validate_on_submit():
        source = form.source()
        if source is None:
            form.file.errors = [gettext("Please choose a file, or paste its text.")]
            status = 422
        else:
            try:
                token = _receive(form, *source)
                return redirect(url_for(".preview", token=token), 303)
            except Unreadable as refusal:
                status = form_problems.show(form, refusal, at="file")
    elif request.method == "POST":
        status = 422
    begun = uploads.list_kept(actor(), previews.KIND, edge.now())
    return render_template("banks/upload.html", form=form, begun=begun, most=uploads.MOST), status


def _receive(form: BankForm, stream, file_name: str) -> str:
    slug = form.bank.data or ""
    keepers = [code for code, _ in form.unit.choices if slug and any(one.slug == slug for one in _banks_of(code))]
    wishes = {"unit": (keepers or [form.unit.data])[0], "slug": slug if keepers else "", "title": ""}
    answers = form.answers.data.stream if form.answers.data and form.answers.data.filename else None
    return previews.receive(actor(), stream, file_name, wishes, edge.now(), answers)


def _banks_of(code: str):
    return choices.banks_of(actor(), importing.DEED, code)
