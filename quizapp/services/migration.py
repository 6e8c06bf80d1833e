"""Bringing the database's tables up to date; never inside an open exam window.

What changes tables is loaded when there is something to change: a server that is started again does without it.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import inspect, select, text

from quizapp.extensions import db
from quizapp.models import Attempt, Exam
from quizapp.rules.errors import Conflict
from quizapp.rules.words import N_
from quizapp.storage import MIGRATIONS


def revisions() -> list[str]:
    """Return the revisions of this version, oldest first: a migration's file is named after its revision."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def is_current() -> bool:
    """Whether the database has every migration of this version."""
    return present_revision(db.engine) == revisions()[-1]


def present_revision(engine) -> str | None:
    """Return the revision that a database is at; None for one without tables."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_known(revision: str) -> bool:
    """Whether this version of the program has the migration."""
    return revision in revisions()


def upgrade(engine, revision: str = "head") -> None:
    """Bring the tables of a database to a revision."""
    from alembic import command

    command.upgrade(configuration(engine), revision)


def configuration(engine):
    """Return what Alembic needs to know to work on a database."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config


def has_open_exam(now: datetime) -> bool:
    """Whether an exam's window is open or somebody is at one, as far as this database already knows them."""
    known = inspect(db.engine)
    if not known.has_table("exams"):
        return False
    knows_extensions = any(column["name"] == "ends_at" for column in known.get_columns("exams"))
    end = Exam.ends_at if knows_extensions else Exam.closes_at
    queries = [select(Exam.id).where(Exam.opens_at <= now, end > now)]
    if known.has_table("attempts"):
        queries.append(select(Attempt.id).where(Attempt.state == "open", Attempt.deadline_at > now))
    return any(db.session.execute(query.limit(1)).first() is not None for query in queries)


def has_people() -> bool:
    """Whether anything was entered here that a failed migration could harm."""
    if not inspect(db.engine).has_table("people"):
        return False
    return db.session.execute(text("SELECT 1 FROM people LIMIT 1")).first() is not None


def migrate(now: datetime, back_up: Callable[[datetime, str], object] | None = None) -> None:
    """Run every pending migration; where there are people already, `back_up(now, note)` is called before.

    Raises Conflict where one is pending inside an open exam window or the database is of a newer version, and
    whatever `back_up` raises.
    """
    present = present_revision(db.engine)
    if present == revisions()[-1]:
        return
    if present is not None and not is_known(present):
        raise Conflict(
            N_(
                "The database was changed by a newer version of quizapp, which this one does not know. "
                "Nothing was touched: start the newer version."
            )
        )
    if has_open_exam(now):
        raise Conflict(
            N_(
                "An exam is open: the database is not changed now. Start the version that ran before, "
                "or wait until the exam has closed."
            )
        )
    if back_up and has_people():
        back_up(now, f"-before-{revisions()[-1]}")
    db.session.remove()
    upgrade(db.engine)
