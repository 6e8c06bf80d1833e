"""Signing in and out by form."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from quizapp.rules.errors import Refusal
from quizapp.services.people import listing
from quizapp.web import signed_in
from quizapp.web.access import PUBLIC, SIGNED_IN, access
from quizapp.web.errors import sentence

blueprint = Blueprint("sign_in", __name__)


class SignInForm(FlaskForm):
    login = StringField(
        lazy_gettext("Login name"),
        [InputRequired(lazy_gettext("Please enter your login name.")), Length(max=64)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired(lazy_gettext("Please enter your password.")), Length(max=1024)],
        render_kw={"autocomplete": "current-password"},
    )


def safe_target(target: str) -> str:
    """Return a path of this site to go on to; anything else becomes the first page."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    fine = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if fine and "\n" not in target and "\r" not in target else "/"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access(PUBLIC)
def page():
    target = safe_target(request.args.get("next", "/"))
    is_sent = request.method == "POST"
    if current_user.is_authenticated and not is_sent:
        return redirect(target)
    if not is_sent and not listing.is_anybody():
        return render_template("sign_in/first_run.html")
    form = SignInForm(login=request.args.get("login", "")[:64])
    status, retry_after = 200, None
    if form.validate_on_submit():
        try:
            signed_in.begin(form.login.data, form.password.data)
            return redirect(target)
        except Refusal as refusal:
            form.password.errors = [*form.password.errors, sentence(refusal.message, refusal.params)]
            status, retry_after = refusal.status, getattr(refusal, "retry_after", None)
    elif is_sent:
        status = 422
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return render_template("sign_in/page.html", form=form, target=target), status, headers


@blueprint.post("/sign-out")
@access(SIGNED_IN)
def leave():
    signed_in.end()
    flash(gettext("You are signed out."))
    return redirect(url_for("sign_in.page"))
