"""One-time codes on slips: shown once, to be printed or read out."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup

from quizapp.services.people import codes
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.people import blueprint


@blueprint.post("/people/<person_id>/code")
@access("people.reset")
def issue(person_id: str):
    slip = codes.issue(actor(), person_id, edge.now(), edge.trace())
    return show_slips([slip], gettext("A new code for %(name)s", name=slip.name), person_id)


@blueprint.post("/people/slips")
@access("people.reset")
def issue_waiting():
    unit = request.form.get("unit", "")[:32]
    slips = codes.issue_waiting(actor(), unit, edge.now(), edge.trace())
    if not slips:
        flash(gettext("Nobody there is waiting for a first password."), "message")
        return redirect(url_for(".index", unit=unit), 303)
    return show_slips(slips, gettext("Slips with one-time codes"))


def show_slips(slips: list[codes.Slip], title: str, person_id: str = "") -> str:
    """Return the page with these slips; nobody can open it a second time."""
    site = address()
    return render_template(
        "people/slips.html", slips=[(slip, qr(f"{site}?login={slip.login}")) for slip in slips], title=title, site=site,
        person_id=person_id,
    )  # fmt: skip


def address() -> str:
    """Return the sign-in page's address as people reach it."""
    public = current_app.extensions["settings"].public_url.rstrip("/")
    return f"{public}{url_for('sign_in.page')}" if public else url_for("sign_in.page", _external=True)


def qr(text: str) -> Markup:
    """Return a QR code as markup."""
    import segno  # drawn for few, and slow to load

    return Markup(segno.make_qr(text, error="m").svg_inline(border=2, omitsize=True))  # noqa: S704 (segno's own drawing)
