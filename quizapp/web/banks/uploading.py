"""A bank through the browser: choose a file, see what was understood and what it would do, take it in."""

from collections import Counter

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional, Regexp

from quizapp.rules.divisions import KINDS as UNIT_KINDS
from quizapp.rules.errors import NotFound, Refusal
from quizapp.rules.formats.checks import NOT_HELD
from quizapp.rules.question_types import KINDS
from quizapp.services import choices, scope, uploads
from quizapp.services.banks import documents, importing
from quizapp.services.banks.planning import WHAT
from quizapp.services.banks.understood import understood
from quizapp.services.readers import Unreadable
from quizapp.web import edge, form_problems, understanding
from quizapp.web.access import access, actor
from quizapp.web.banks import blueprint

SIZE = 20  # questions a page


class BankForm(FlaskForm):
    """A bank's file, who keeps it, and its names where the file says none."""

    file = FileField(lazy_gettext("File"), [FileRequired(lazy_gettext("Please choose a file."))])
    unit = SelectField(lazy_gettext("Kept by"))
    slug = StringField(
        lazy_gettext("Short name"),
        [Optional(), Regexp(documents.SLUG, message=lazy_gettext("Small letters, digits and dashes only."))],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    title = StringField(lazy_gettext("Title"), [Optional(), Length(max=documents.TITLE_LONGEST)])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = choices.places(actor(), importing.DEED, UNIT_KINDS)
        self.unit.choices = [(one.code, f"{one.name}（{one.code}）") for one in offered]


@blueprint.route("/manage/banks/new", methods=["GET", "POST"])
@access("banks.manage")
def upload():
    form = BankForm()
    status = 200
    if form.validate_on_submit():
        try:
            name = form.file.data.filename or ""
            document = uploads.read("bank", form.file.data.stream, name)
            wishes = {"unit": form.unit.data, "slug": form.slug.data or None, "title": form.title.data or None}
            token = uploads.keep(actor(), "bank", uploads.Kept(name[:120], document, wishes), edge.now())
            return redirect(url_for(".preview", token=token), 303)
        except Unreadable as refusal:
            status = form_problems.show(form, refusal, at="file")
    elif request.method == "POST":
        status = 422
    return render_template("banks/upload.html", form=form), status


@blueprint.get("/manage/banks/new/<token>")
@access("banks.manage")
def preview(token: str):
    return _preview(token)


def _preview(token: str, refusal: Refusal | None = None):
    kept = uploads.find(actor(), "bank", token, edge.now())
    planned = None
    try:
        if refusal is None:
            planned = importing.rehearse(actor(), **_wishes(kept))
    except NotFound:
        raise
    except Refusal as error:
        refusal = error
    what, only = planned.what if planned else {}, request.args.get("only", "")
    every, name = kept.document["questions"], kept.document["format"]
    questions = [one for one in every if only not in WHAT or what.get(str(one["source"]["from"])) == only]
    pages = max(1, -(-len(questions) // SIZE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    html = render_template(
        "banks/preview.html",
        token=token,
        kept=kept,
        planned=planned,
        counts=Counter(one["kind"] for one in every),
        kinds={**{name: kind.NAME for name, kind in KINDS.items()}, **NOT_HELD},
        errors=understanding.told(understanding.refused(refusal), name) if refusal else [],
        warnings=understanding.told(understanding.noted(kept.document, "warning"), name),
        left_out=understanding.left_out(kept.document),
        questions=[_shown(one, name) for one in understood(questions[(page - 1) * SIZE : page * SIZE])],
        what=what,
        only=only if only in WHAT else "",
        page=page,
        pages=pages,
    )
    return html, 422 if refusal and request.method == "POST" else 200


def _wishes(kept: uploads.Kept) -> dict:
    """Return what the import is to be told beside who asks."""
    names = {"slug": kept.wishes["slug"], "title": kept.wishes["title"]}
    return {"unit_id": scope.get_unit(kept.wishes["unit"]).id, "document": kept.document, **names}


@blueprint.post("/manage/banks/new/<token>")
@access("banks.manage")
def take(token: str):
    kept = uploads.find(actor(), "bank", token, edge.now())
    try:
        done = importing.import_bank(actor(), **_wishes(kept), now=edge.now(), trace=edge.trace())
    except NotFound:
        raise
    except Refusal as refusal:
        return _preview(token, refusal)
    uploads.forget(actor(), token)
    flash(_told(done), "done")
    return redirect(url_for(".bank", slug=done.slug), 303)


def _told(done: importing.Imported) -> str:
    return gettext(
        "Taken in: %(new)s new, %(changed)s changed, %(unchanged)s as before.",
        new=done.new, changed=done.changed, unchanged=done.unchanged,
    )  # fmt: skip


def _shown(one, name: str) -> dict:
    """Return an understood question as the question templates take it; without a key only its words."""
    options = [{"id": identity, "html": html} for identity, html in one.options]
    item = {"slot": f"l{one.first}", "kind": one.kind, "stem_html": one.stem_html, "options": options,
            "blanks": one.blanks, "points": None}  # fmt: skip
    key = None if one.key is None else one.key["blanks"] if "blanks" in one.key else one.key["right"]
    return {"question": one, "item": item, "key": key, "where": understanding.place_words(one.first, one.last, name)}
