"""A roster through the browser: choose a file, see what it would do, do it."""

from dataclasses import asdict
from urllib.parse import quote

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from itsdangerous import BadData, URLSafeTimedSerializer

from quizapp.rules.errors import Conflict, Refusal
from quizapp.rules.roster import Draft, Reading
from quizapp.rules.roster_columns import in_words
from quizapp.rules.words import N_
from quizapp.services import unit_figures
from quizapp.services.people import plan, roster, template
from quizapp.services.readers import Unreadable
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.errors import sentence
from quizapp.web.people import blueprint
from quizapp.web.people.forms import RosterForm, show_refusal
from quizapp.web.people.slips import show_slips

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LASTS = 3600  # seconds that a preview may be carried out


@blueprint.route("/people/roster", methods=["GET", "POST"])
@access("people.manage")
def upload():
    form = RosterForm()
    status = 200
    if form.validate_on_submit():
        try:
            reading = roster.read_stream(form.file.data.stream)
            return _preview(reading, form.file.data.filename or "")
        except Unreadable as refusal:
            status = show_refusal(form, refusal)
    elif request.method == "POST":
        status = 422
    return render_template("people/upload.html", form=form), status


@blueprint.get("/people/roster/template.xlsx")
@access("people.manage")
def template_file():
    units = [(one.code, one.name) for one in unit_figures.list_targets(actor())]
    reply = Response(template.workbook(units), content_type=WORKBOOK)
    reply.headers["Content-Disposition"] = "attachment; filename=roster.xlsx; filename*=UTF-8''" + quote("花名册.xlsx")
    return reply


def _preview(reading: Reading, file_name: str):
    found = plan.make(actor(), reading)
    is_good = not found.problems
    sealed = ""
    if is_good:
        drafts = [asdict(draft) for draft in reading.drafts]
        sealed = _sealer().dumps([actor().public_id, found.digest, file_name[:120], drafts])
    html = render_template(
        "people/preview.html", plan=found, file_name=file_name, sealed=sealed,
        say=_say, where=in_words,
    )  # fmt: skip
    return html, 200 if is_good else 422


def _say(problem) -> str:
    params = problem.params
    return sentence(problem.message, {**params, "first": in_words(params["first"])} if "first" in params else params)


def _sealer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="roster")


@blueprint.post("/people/roster/taking")
@access("people.manage")
def take():
    try:
        person, digest, file_name, drafts = _sealer().loads(request.form.get("sealed", ""), max_age=LASTS)
    except BadData as error:
        raise Conflict(N_("This preview is too old. Please choose the file again.")) from error
    if person != actor().public_id:
        raise Conflict(N_("This preview is too old. Please choose the file again."))
    reading = Reading([_draft(one) for one in drafts], [], [])
    try:
        done = roster.take(actor(), reading, digest, edge.now(), edge.trace(), file_name)
    except Refusal as refusal:
        flash(sentence(refusal.message, refusal.params), "due")
        return _preview(reading, file_name)
    counts = done.plan.counts
    told = gettext(
        "Taken over: %(new)s new, %(moved)s moved, %(changed)s changed, %(unchanged)s as before.",
        new=counts["new"], moved=counts["moved"], changed=counts["changed"] + counts["returns"],
        unchanged=counts["unchanged"],
    )  # fmt: skip
    flash(told, "done")
    if done.slips:
        return show_slips(done.slips, gettext("Slips with one-time codes"))
    return redirect(url_for(".index"), 303)


def _draft(plain: dict) -> Draft:
    return Draft(**{**plain, "roles": None if plain["roles"] is None else tuple(plain["roles"])})
