"""The order of migrations is told by their files' names, without what runs them; a newer database is left alone."""

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import select, text, update

from quizapp.extensions import db
from quizapp.models import QuestionKey, QuestionRevision
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


def test_questions_of_an_older_version_show_their_lines(app_context, stage):
    revision, other = db.session.scalars(select(QuestionRevision).order_by(QuestionRevision.id).limit(2)).all()
    as_it_was = other.html
    with writing() as session:
        change = update(QuestionRevision).where(QuestionRevision.id == revision.id)
        session.execute(change.values(content={**revision.content, "stem": "甲\n乙"}, html={**revision.html, "stem": "甲\n乙"}))
        change = update(QuestionKey).where(QuestionKey.revision_id == revision.id)
        session.execute(change.values(explanation="一\n1. 二", explanation_html="<p>一\n1. 二</p>"))
        step = ScriptDirectory(str(MIGRATIONS)).get_revision("0027").module
        with Operations.context(MigrationContext.configure(session.connection())):
            step.upgrade()
    db.session.expire_all()
    assert db.session.get(QuestionRevision, revision.id).html["stem"] == "甲<br>\n乙"
    assert db.session.get(QuestionKey, revision.id).explanation_html == "<p>一<br>\n1. 二</p>"
    assert db.session.get(QuestionRevision, other.id).html == as_it_was
