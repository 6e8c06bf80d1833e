"""What a command was given: a JSON file, and options that win over it."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.words import N_


def plain(file: str | None, **options) -> dict:
    """Return the fields of a JSON file with the options that were given (not None, not empty) in their place.

    Raises Invalid where the file holds no JSON object.
    """
    told = _read(file) if file else {}
    return {**told, **{name: value for name, value in options.items() if value not in (None, (), [])}}


def _read(file: str) -> dict:
    try:
        told = json.loads(Path(file).read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Invalid(
            [Problem("json", N_("This is not JSON: %(reason)s"), file, {"reason": str(error)[:200]})]
        ) from None
    if not isinstance(told, dict):
        raise Invalid([Problem("json", N_("This has to be a set of named fields."), file)])
    return told


def zone() -> ZoneInfo:
    """Return the wall clock of the instance; inside `instance()`."""
    from flask import current_app

    return ZoneInfo(current_app.extensions["settings"].timezone)
