"""What a service refused, hung at the fields it is about."""

import re

from flask_wtf import FlaskForm
from wtforms import FieldList, FormField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.rules.errors import Invalid, Refusal
from quizapp.web.errors import sentence

STEP = re.compile(r"[^.\[\]]+")


class Ticks(SelectMultipleField):
    """Several choices as a list of ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def show(form: FlaskForm, refusal: Refusal, names: dict[str, str] | None = None, at: str = "") -> int:
    """Put every sentence of a refusal at its field, or above the form; return the reply's status.

    A problem's place such as `sections[0].count` is the way to its field; `names` tells where a field of another
    name stands for one of the draft. A place that is a whole row stands at the row's first field. A refusal without
    problems stands at the field `at`.
    """
    problems = refusal.problems if isinstance(refusal, Invalid) else []
    for problem in problems:
        steps = STEP.findall(problem.place)
        steps[:1] = [(names or {}).get(step, step) for step in steps[:1]]
        _add(_field(form, steps), form, sentence(problem.message, problem.params))
    if not problems:
        _add(_field(form, [at]) if at else None, form, sentence(refusal.message, refusal.params))
    return refusal.status


def _field(form, steps: list[str]):
    """Return the field that the steps lead to, or None."""
    at = form
    for step in steps:
        at = at.form if isinstance(at, FormField) else at
        try:
            at = at.entries[int(step)] if isinstance(at, FieldList) else at[step]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    if isinstance(at, FormField):
        return next(field for field in at.form if field.type != "HiddenField")
    return None if at is form else at


def _add(field, form, text: str) -> None:
    if field is None or isinstance(field, FieldList):
        form.form_errors = [*form.form_errors, text]
    else:
        field.errors = [*field.errors, text]
