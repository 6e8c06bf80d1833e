"""The organisation tree: one unit with what lies below, renaming, moving and adding units."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from quizapp.rules.divisions import CODE_LONGEST, KIND_NAMES, LEVELS, NAME_LONGEST
from quizapp.rules.errors import NotFound, Refusal
from quizapp.services import unit_figures, units
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.people.forms import show_refusal

blueprint = Blueprint("units", __name__, url_prefix="/units")


class NameForm(FlaskForm):
    """A unit's name."""

    name = StringField(
        lazy_gettext("Name"), [InputRequired(lazy_gettext("Please enter a name.")), Length(max=NAME_LONGEST)]
    )


class UnitForm(NameForm):
    """A unit that is added."""

    code = StringField(
        lazy_gettext("Code"), [InputRequired(lazy_gettext("Please enter a code.")), Length(max=CODE_LONGEST)],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )  # fmt: skip
    kind = SelectField(lazy_gettext("Kind"))


class MoveForm(FlaskForm):
    """The unit that another one is to lie below."""

    parent = SelectField(lazy_gettext("New unit above"))


@blueprint.get("")
@access("units.view")
def index():
    roots = unit_figures.list_roots(actor())
    if len(roots) == 1:
        return _page(roots[0].place.code)
    return render_template("units/index.html", roots=roots, kinds=KIND_NAMES)


@blueprint.get("/<code>")
@access("units.view")
def page(code: str):
    return _page(code)


def _page(code: str):
    return render_template("units/page.html", unit=unit_figures.get_branch(actor(), code), kinds=KIND_NAMES)


@blueprint.route("/<code>/name", methods=["GET", "POST"])
@access("units.manage")
def rename(code: str):
    unit = unit_figures.get_branch(actor(), code)
    form = NameForm(name=unit.own.place.name)
    return _handled(
        form, "units/rename.html", unit, code, gettext("The name is changed."),
        lambda: units.rename(actor(), code, form.name.data, edge.now(), edge.trace()),
    )  # fmt: skip


@blueprint.route("/<code>/units", methods=["GET", "POST"])
@access("units.manage")
def add(code: str):
    unit = unit_figures.get_branch(actor(), code)
    form = UnitForm(kind="village")
    level = LEVELS[unit.own.place.kind]
    form.kind.choices = [(kind, gettext(name)) for kind, name in KIND_NAMES.items() if LEVELS[kind] > level]
    return _handled(
        form, "units/add.html", unit, code, gettext("The unit is added."),
        lambda: units.add(
            actor(), form.code.data, form.name.data, form.kind.data, code, edge.now(), edge.trace()
        ),
    )  # fmt: skip


@blueprint.route("/<code>/place", methods=["GET", "POST"])
@access("units.manage")
def move(code: str):
    unit = unit_figures.get_branch(actor(), code)
    form = MoveForm(parent=unit.above[-1].code if unit.above else None)
    kinds = tuple(kind for kind, level in LEVELS.items() if level < LEVELS[unit.own.place.kind])
    form.parent.choices = [(one.code, f"{one.name}（{one.code}）") for one in unit_figures.list_targets(actor(), kinds)]
    return _handled(
        form, "units/move.html", unit, code, gettext("The unit is moved."),
        lambda: units.move(actor(), code, form.parent.data, edge.now(), edge.trace()),
    )  # fmt: skip


def _handled(form: FlaskForm, template: str, unit: unit_figures.Branch, code: str, told: str, deed):
    """Do the deed of a form that is in order and go back to the unit; else show the form with what is wrong."""
    status = 200
    if form.validate_on_submit():
        try:
            deed()
            flash(told, "done")
            return redirect(url_for(".page", code=code), 303)
        except NotFound:
            raise
        except Refusal as refusal:
            status = show_refusal(form, refusal)
    elif request.method == "POST":
        status = 422
    return render_template(template, form=form, unit=unit, kinds=KIND_NAMES), status
