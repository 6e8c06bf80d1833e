"""Choosing a password of one's own, instead of a one-time code or another password."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_login import current_user

from quizapp.rules import passwords
from quizapp.rules.errors import Invalid, Problem, Refusal
from quizapp.rules.words import N_
from quizapp.services import sign_in
from quizapp.services.people import codes, listing
from quizapp.web import edge, signed_in
from quizapp.web.access import SIGNED_IN, access, actor
from quizapp.web.people import blueprint
from quizapp.web.people.forms import PasswordForm, show_refusal
from quizapp.web.sign_in import safe_target


@blueprint.route("/me/password", methods=["GET", "POST"])
@access(SIGNED_IN)
def password():
    form = PasswordForm()
    has_code = current_user.has_code
    if has_code:
        del form.old  # whoever has just signed in with a code need not type it again
    status = 200
    if form.validate_on_submit():
        try:
            _set(form)
            flash(gettext("Your new password holds from now on; other devices are signed out."), "done")
            return redirect(safe_target(request.args.get("next") or url_for(".me")), 303)
        except Refusal as refusal:
            status = show_refusal(form, refusal)
    elif request.method == "POST":
        status = 422
    return render_template("people/password.html", form=form, has_code=has_code), status


def _set(form: PasswordForm) -> None:
    person, old = listing.get_own(actor()), form.old.data if form.old else None
    problems = [
        Problem(one.code, one.message, "new", one.params) for one in passwords.check(form.new.data, person.login)
    ]
    if form.new.data != form.again.data:
        problems.append(Problem("password-again", N_("The two new passwords are not the same."), "again"))
    if form.new.data == old:
        problems.append(Problem("password-same", N_("The new password is the present one."), "new"))
    if problems:
        raise Invalid(problems)
    hashed, token = sign_in.hash_password(form.new.data), session["_user_id"]
    if old is None:
        signed_in.carry_on(codes.redeem(actor(), hashed, token, edge.now(), edge.trace()))
        return
    try:
        signed_in.carry_on(sign_in.change_password(actor(), old, hashed, token, edge.now(), edge.trace()))
    except sign_in.WrongLogin as error:
        raise Invalid([Problem("password-wrong", N_("The present password is not right."), "old")]) from error
