"""How commands speak: sentences on standard error, one JSON document on standard output, fixed exit codes."""

import contextlib
import gettext
import os
import sys
from functools import lru_cache
from pathlib import Path

import click
import msgspec

from quizapp.rules.errors import Conflict, Problem, Refusal
from quizapp.rules.roster_columns import in_words
from quizapp.rules.words import N_

NOT_WRITTEN = N_("The file %(path)s was not written: %(reason)s. Name another with --output.")
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"


def language() -> str:
    """Return the operator's language: QUIZAPP_LANGUAGE, Chinese by default."""
    return os.environ.get("QUIZAPP_LANGUAGE") or "zh_CN"


@lru_cache(maxsize=1)
def catalogue() -> gettext.NullTranslations:
    """Return the message catalogue of the operator's language; it needs no application."""
    return gettext.translation("messages", CATALOGUES, [language()], fallback=True)


def words(message: str, **params) -> str:
    """Return a marked sentence in the operator's language."""
    text = catalogue().gettext(message) if message else ""
    return text % params if params else text


def plural(one: str, many: str, count: int) -> str:
    """Return the sentence for a count, which fills %(count)s."""
    return catalogue().ngettext(one, many, count) % {"count": count}


def say(message: str, **params) -> None:
    """Tell the operator something; standard output stays free for the document."""
    click.echo(words(message, **params), err=True)


def print_json(document) -> None:
    """Print the one document of a command called with --json."""
    click.echo(msgspec.json.format(msgspec.json.encode(document), indent=1))


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet. Raises Conflict with the reason why it cannot be."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise Conflict(NOT_WRITTEN, path=str(path), reason=error.strerror) from error


def problem_line(code: str, message: str, place: str = "", params: dict | None = None, severity: str = "error") -> str:
    """Return one problem as a line that says where and what."""
    sign = {"error": "✗", "warning": "!"}.get(severity, "·")
    where = f"{in_words(place)}: " if place else ""
    return f"  {sign} {where}{words(message, **(params or {}))}"


def _told(problem: Problem) -> dict:
    message = words(problem.message, **problem.params)
    return {"code": problem.code, "message": message, "place": problem.place, "severity": problem.severity}


class Said(contextlib.AbstractContextManager):
    """Turns what stops a command into a sentence and an exit code: 1 for refused input, 2 for a bad setting."""

    def __exit__(self, kind, error, trace) -> bool:
        if isinstance(error, Refusal):
            problems = getattr(error, "problems", [])
            click.echo(words(error.message, **error.params), err=True)
            for one in problems:
                click.echo(problem_line(one.code, one.message, one.place, one.params, one.severity), err=True)
            if "--json" in sys.argv:
                print_json(
                    {"refused": words(error.message, **error.params), "problems": [_told(one) for one in problems]}
                )
            sys.exit(1)
        if kind and kind.__name__ in ("BadSetting", "UnsafeStorage"):  # by name: their modules load the database
            click.echo(str(error), err=True)
            sys.exit(1)
        if kind and kind.__name__ in ("OperationalError", "InterfaceError"):
            why = str(error.orig or error).strip().partition("\n")[0]
            click.echo(words(N_("The database cannot be reached, read or written: %(reason)s"), reason=why), err=True)
            sys.exit(1)
        return False


json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


@contextlib.contextmanager
def instance():
    """Open the door and go in, the database brought up to date; commands that need an instance work inside."""
    from quizapp import create_app
    from quizapp.cli import timekeeping
    from quizapp.services import migration, signing
    from quizapp.services.backup import keeping
    from quizapp.serving import clock

    app = create_app()
    with app.app_context():
        migration.migrate(clock.now(), keeping.before_migration)
        now = timekeeping.now(app)
        signing.publish_key(now)
        yield now
