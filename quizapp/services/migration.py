"""Bringing the database's tables up to date; never inside an open exam window."""

from datetime import datetime

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade as run_upgrade
from sqlalchemy import inspect, select

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


def migrate(now: datetime) -> None:
    """Run every pending migration. Raises Conflict where one is pending inside an open exam window."""
    if is_current():
        return
    if has_open_exam(now):
        raise Conflict(
            N_(
                "An exam is open: the database is not changed now. Start the version that ran before, "
                "or wait until the exam has closed."
            )
        )
    db.session.remove()
    run_upgrade(directory=str(MIGRATIONS))
