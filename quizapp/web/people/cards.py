"""The list of people within reach, one person, adding and changing them."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from quizapp.rules.errors import NotFound, Refusal
from quizapp.services import unit_figures
from quizapp.services.people import changes, listing
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.people import blueprint
from quizapp.web.people.forms import NewPersonForm, PersonForm, show_refusal
from quizapp.web.people.slips import show_slips


@blueprint.get("/people")
@access("people.view")
def index():
    words, unit = request.args.get("q", "")[:64], request.args.get("unit", "")[:32]
    state = request.args.get("state", "active")
    found = listing.find_page(actor(), words, unit, state, edge.page_number())
    place = unit_figures.get_branch(actor(), unit) if unit else None
    roots = [root.place for root in unit_figures.list_roots(actor())]
    return render_template("people/index.html", found=found, words=words, unit=place, state=state, roots=roots)


@blueprint.route("/people/new", methods=["GET", "POST"])
@access("people.manage")
def add():
    form = NewPersonForm(unit=request.args.get("unit"), roles=["trainee"])
    status = 200
    if form.validate_on_submit():
        new = changes.NewPerson(
            form.login.data, form.name.data, form.unit.data, form.post.data or "", tuple(form.roles.data)
        )
        try:
            added = changes.add(actor(), new, edge.now(), edge.trace())
            return show_slips([added.slip], gettext("%(name)s is added", name=added.slip.name), added.id)
        except NotFound:
            raise
        except Refusal as refusal:
            status = show_refusal(form, refusal)
    elif request.method == "POST":
        status = 422
    return render_template("people/add.html", form=form), status


@blueprint.get("/people/<person_id>")
@access("people.view")
def card(person_id: str):
    return render_template("people/card.html", person=listing.get_card(actor(), person_id))


@blueprint.route("/people/<person_id>/change", methods=["GET", "POST"])
@access("people.manage")
def change(person_id: str):
    person = listing.get_card(actor(), person_id)
    form = PersonForm(name=person.name, unit=person.unit_code, post=person.post, roles=list(person.roles))
    status = 200
    if form.validate_on_submit():
        new = changes.Particulars(form.name.data, form.unit.data, form.post.data or "", tuple(form.roles.data))
        try:
            changes.change(actor(), person_id, new, edge.now(), edge.trace())
            flash(gettext("Saved. Roles hold from the next page on that this person opens."), "done")
            return redirect(url_for(".card", person_id=person_id), 303)
        except NotFound:
            raise
        except Refusal as refusal:
            status = show_refusal(form, refusal)
    elif request.method == "POST":
        status = 422
    return render_template("people/change.html", form=form, person=person), status


@blueprint.post("/people/<person_id>/closing")
@access("people.manage")
def close(person_id: str):
    changes.deactivate(actor(), person_id, edge.now(), edge.trace())
    flash(gettext("The account is closed; this person is signed out everywhere."), "done")
    return redirect(url_for(".card", person_id=person_id), 303)


@blueprint.post("/people/<person_id>/reopening")
@access("people.manage")
def reopen(person_id: str):
    changes.reactivate(actor(), person_id, edge.now(), edge.trace())
    flash(gettext("The account is open again."), "done")
    return redirect(url_for(".card", person_id=person_id), 303)
