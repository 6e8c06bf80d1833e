"""The order of migrations is told by their files' names, without what runs them; a newer database is left alone."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from quizapp.extensions import db
from quizapp.rules.errors import Conflict
from quizapp.services import migration
from quizapp.services.transaction import writing
from quizapp.storage import MIGRATIONS
from tests.cast import MET


def test_the_names_of_the_files_tell_the_revisions_and_their_order():
    told = [one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert migration.revisions() == told[::-1]


def test_a_database_of_a_newer_version_is_left_alone(app_context):
    assert migration.is_current()
    with writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not migration.is_current() and not migration.is_known("9999")
    with pytest.raises(Conflict, match="newer version"):
        migration.migrate(MET, lambda *ignored: pytest.fail("nothing is backed up for it"))
    assert migration.present_revision(db.engine) == "9999"
