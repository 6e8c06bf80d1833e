"""One's own page: who I am here, how pages look, where I am signed in, what I have handed in."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import ngettext

from quizapp.services import exams
from quizapp.services.people import devices, listing
from quizapp.web import edge
from quizapp.web.access import PUBLIC, SIGNED_IN, access, actor
from quizapp.web.people import blueprint
from quizapp.web.people.agents import in_words
from quizapp.web.sign_in import safe_target

CHOICES = {
    "text": ("standard", "large", "elder"),
    "theme": ("auto", "light", "dark", "contrast"),
    "language": ("zh_CN", "en"),
}
YEAR = 365 * 86400


@blueprint.get("/me")
@access(SIGNED_IN)
def me():
    idle = timedelta(minutes=current_app.extensions["settings"].session_idle_minutes)
    here = devices.list_mine(actor(), session["_user_id"], idle, edge.now())
    sat = [one for one in exams.list_mine(actor(), edge.now()) if one.attempt_id and one.attempt_state != "open"]
    return render_template(
        "people/me.html", person=listing.get_own(actor()), devices=[(one, in_words(one.agent)) for one in here], sat=sat
    )


@blueprint.post("/me/preferences")
@access(PUBLIC)
def prefer():
    """Keep how this browser shows pages; a word that is no choice is left out."""
    reply = redirect(safe_target(request.form.get("back") or "/"), 303)
    for name, choices in CHOICES.items():
        chosen = request.form.get(name, "")
        if chosen in choices:
            reply.set_cookie(
                name, chosen, max_age=YEAR, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
            )
    return reply


@blueprint.post("/me/devices")
@access(SIGNED_IN)
def end_device():
    ended = devices.end(actor(), request.form.get("device", ""), session["_user_id"])
    flash(ngettext("Signed out on %(num)s other device.", "Signed out on %(num)s other devices.", ended), "done")
    return redirect(url_for(".me"), 303)
