"""The forms of the pages about people, with their choices in the reader's language."""

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.rules.errors import Invalid, Refusal
from quizapp.rules.people import LONGEST, ROLE_NAMES
from quizapp.services.unit_figures import list_targets
from quizapp.web.access import actor
from quizapp.web.errors import sentence


class Ticks(SelectMultipleField):
    """Several choices as a list of ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PersonForm(FlaskForm):
    """Name, unit, post and roles of one person."""

    name = StringField(lazy_gettext("Name"), [InputRequired(lazy_gettext("Please enter a name.")), Length(max=LONGEST)])
    unit = SelectField(lazy_gettext("Unit"))
    post = StringField(lazy_gettext("Post"), [Optional(), Length(max=LONGEST)])
    roles = Ticks(lazy_gettext("Roles"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit.choices = [(one.code, f"{one.name}（{one.code}）") for one in list_targets(actor())]
        self.roles.choices = [(role, gettext(name)) for role, name in ROLE_NAMES.items()]


class NewPersonForm(PersonForm):
    """A person who is added: the login name as well."""

    login = StringField(
        lazy_gettext("Login name"),
        [InputRequired(lazy_gettext("Please enter a login name.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class RosterForm(FlaskForm):
    """A roster's file."""

    file = FileField(
        lazy_gettext("Roster"),
        [FileRequired(lazy_gettext("Please choose a file."))],
        render_kw={"accept": ".xlsx,.xls,.ods,.csv,.txt"},
    )


class PasswordForm(FlaskForm):
    """The present password and, twice, the new one."""

    old = PasswordField(
        lazy_gettext("Present password"),
        [InputRequired(lazy_gettext("Please enter your present password.")), Length(max=1024)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        lazy_gettext("New password"),
        [InputRequired(lazy_gettext("Please enter a new password.")), Length(max=1024)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy_gettext("New password again"),
        [InputRequired(lazy_gettext("Please enter the new password again.")), Length(max=1024)],
        render_kw={"autocomplete": "new-password"},
    )


def show_refusal(form: FlaskForm, refusal: Refusal) -> int:
    """Put what was refused beside its fields, or above the form, and return the reply's status."""
    if isinstance(refusal, Invalid):
        for problem in refusal.problems:
            text = sentence(problem.message, problem.params)
            if problem.place in form:
                form[problem.place].errors = [*form[problem.place].errors, text]
            else:
                form.form_errors = [*form.form_errors, text]
    else:
        form.form_errors = [*form.form_errors, sentence(refusal.message, refusal.params)]
    return refusal.status
