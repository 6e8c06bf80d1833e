"""Bringing the database's tables up to date; never inside an open exam window."""

from datetime import datetime

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade as run_upgrade
from sqlalchemy import inspect, select

from quizapp.extensions import db
from quizapp.models import Exam
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
    """Whether an exam window is open, as far as this database already knows exams."""
    if not inspect(db.engine).has_table("exams"):
        return False
    return (
        db.session.execute(select(Exam.id).where(Exam.opens_at <= now, Exam.closes_at > now).limit(1)).first()
        is not None
    )


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
