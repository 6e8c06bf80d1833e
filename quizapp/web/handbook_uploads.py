"""An edition of a handbook through the browser: choose a file, see what was understood, take it in."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from quizapp.rules.errors import NotFound, Refusal
from quizapp.services import uploads
from quizapp.services.handbooks import foreseeing, importing, reading
from quizapp.services.readers import Unreadable
from quizapp.web import edge, form_problems, understanding
from quizapp.web.access import access, actor

blueprint = Blueprint("handbooks_manage", __name__, url_prefix="/manage/handbooks")
SIZE = 30  # articles a page


class HandbookForm(FlaskForm):
    """A handbook's file, and what it is an edition of where the file does not say."""

    file = FileField(lazy_gettext("File"), [FileRequired(lazy_gettext("Please choose a file."))])
    edition_of = SelectField(lazy_gettext("An edition of"))
    effective = DateField(lazy_gettext("In force from"), [Optional()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shelf = [(one.slug, one.title) for one in reading.list_handbooks(actor())]
        self.edition_of.choices = [("", gettext("what the file says, or a new handbook")), *shelf]


@blueprint.route("/new", methods=["GET", "POST"])
@access("handbooks.manage")
def upload():
    form = HandbookForm()
    status = 200
    if form.validate_on_submit():
        try:
            name = form.file.data.filename or ""
            document = uploads.read("handbook", form.file.data.stream, name)
            day = form.effective.data
            wishes = {"edition_of": form.edition_of.data or None, "effective": day and day.isoformat()}
            token = uploads.keep(actor(), "handbook", uploads.Kept(name[:120], document, wishes), edge.now())
            return redirect(url_for(".preview", token=token), 303)
        except Unreadable as refusal:
            status = form_problems.show(form, refusal, at="file")
    elif request.method == "POST":
        status = 422
    return render_template("handbooks/upload.html", form=form), status


@blueprint.get("/new/<token>")
@access("handbooks.manage")
def preview(token: str):
    return _preview(token)


def _preview(token: str, refusal: Refusal | None = None):
    kept = uploads.find(actor(), "handbook", token, edge.now())
    planned = foreseen = None
    articles = kept.document["articles"]
    try:
        if refusal is None:
            planned = importing.rehearse(actor(), kept.document, edge.now(), **_wishes(kept))
            foreseen = foreseeing.foresee(actor(), planned, articles, edge.now())
    except NotFound:
        raise
    except Refusal as error:
        refusal = error
    view = "all" if foreseen is None or request.args.get("view") == "all" else "changes"
    listed = articles if view == "all" else foreseen.changes
    pages = max(1, -(-len(listed) // SIZE))
    page = min(edge.page_number(), pages)
    html = render_template(
        "handbooks/preview.html",
        token=token,
        kept=kept,
        planned=planned,
        words=foreseeing.WORDS,
        errors=understanding.told(understanding.refused(refusal)) if refusal else [],
        warnings=understanding.told(understanding.noted(kept.document, "warning")),
        left_out=understanding.left_out(kept.document),
        foreseen=foreseen,
        view=view,
        listed=listed[(page - 1) * SIZE : page * SIZE],
        page=page,
        pages=pages,
    )
    return html, 422 if refusal and request.method == "POST" else 200


def _wishes(kept: uploads.Kept) -> dict:
    day = kept.wishes["effective"]
    return {"edition_of": kept.wishes["edition_of"], "effective": day and date.fromisoformat(day)}


@blueprint.post("/new/<token>")
@access("handbooks.manage")
def take(token: str):
    kept = uploads.find(actor(), "handbook", token, edge.now())
    try:
        done = importing.import_edition(actor(), kept.document, edge.now(), **_wishes(kept), trace=edge.trace())
    except NotFound:
        raise
    except Refusal as refusal:
        return _preview(token, refusal)
    uploads.forget(actor(), token)
    told = gettext("%(title)s, edition %(edition)s: %(count)s articles taken in.", title=done.title,
                   edition=done.edition, count=done.articles)  # fmt: skip
    flash(told if done.is_new else gettext("This edition is here already; nothing was changed."), "done")
    if done.flagged:
        flash(gettext(importing.OUT_OF_PAPERS, count=done.flagged), "waiting")
    for message, exams in ((importing.REDRAWN, done.redrawn), (importing.KEPT, done.kept)):
        if exams:
            flash(gettext(message, exams=gettext(", ").join(exams)), "waiting")
    return redirect(url_for("handbooks.contents", slug=done.slug), 303)
