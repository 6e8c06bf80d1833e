"""Bringing the database's tables up to date; never inside an open exam window."""

from collections.abc import Callable
from datetime import datetime

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade as run_upgrade
from sqlalchemy import inspect, select, text

from quizapp.extensions import db
from quizapp.models import Attempt, Exam
from quizapp.rules.errors import Conflict
from quizapp.rules.words import N_
from quizapp.storage import MIGRATIONS


def is_current() -> bool:
    """Whether the database has every migration of this version."""
    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    script = ScriptDirectory(str(MIGRATIONS))
    return set(present) == set(script.get_heads())


def present_revision(engine) -> str | None:
    """Return the revision that a database is at; None for one without tables."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Whether this version of the program has the migration."""
    return revision in {one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def upgrade(engine, revision: str = "head") -> None:
    """Bring the tables of a database that no application has opened to a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = engine
    command.upgrade(config, revision)


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

    Raises Conflict where one is pending inside an open exam window, and whatever `back_up` raises.
    """
    if is_current():
        return
    if has_open_exam(now):
        raise Conflict(
            N_(
                "An exam is open: the database is not changed now. Start the version that ran before, "
                "or wait until the exam has closed."
            )
        )
    if back_up and has_people():
        back_up(now, f"-before-{ScriptDirectory(str(MIGRATIONS)).get_current_head()}")
    db.session.remove()
    run_upgrade(directory=str(MIGRATIONS))
