"""Undoing a whole import: what goes, what only leaves use, what is as before, and what stays since it changed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Citation, Import, Question, QuestionKey, QuestionRevision
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services import scope
from quizapp.services.attempts import start
from quizapp.services.banks import undoing
from quizapp.services.banks.importing import import_bank
from tests.cast import TOWNSHIP
from tests.stage import bank, question

pytestmark = pytest.mark.usefixtures("app_context")
LATER = timedelta(days=3)  # when the stage's exam is over


def take(cast, document, now, **more):
    import_bank(cast.actor("trainer"), scope.get_unit(TOWNSHIP).id, document, now, **more)
    return db.session.scalar(select(Import.public_id).order_by(Import.id.desc()).limit(1))


def counts() -> tuple:
    tables = (Question, QuestionRevision, QuestionKey, Citation)
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in tables)


def with_more(*numbers: int) -> dict:
    document = bank()
    document["questions"] += [question(number, "true_false", True) for number in numbers]
    return document


def test_new_questions_go_and_changed_ones_say_again_what_they_said(cast, stage):
    before, after = counts(), stage.now + LATER
    document = with_more(13, 14)
    document["questions"][0]["stem"] = "改了题干（ ）"
    one = take(cast, document, after, file_name="一.docx")
    take(cast, with_more(15) | {"front_matter": {"slug": "other", "handbook": "stage"}}, after)  # holds the newest revision of all
    done = undoing.undo(cast.actor("trainer"), "stage", one, after)
    assert (done.gone, done.retired, done.restored, done.left) == (2, 0, 1, 0)
    mine = select(func.count()).select_from(Question).join(QuestionRevision).where(Question.code.in_(["q13", "q14"]))
    assert db.session.scalar(mine.where(Question.bank_id == 1)) == 0
    first = db.session.execute(select(Question.id, Question.current_number).where(Question.code == "q1", Question.bank_id == 1)).one()
    stem = select(QuestionRevision.content).where(QuestionRevision.question_id == first.id)
    assert db.session.scalar(stem.where(QuestionRevision.number == first.current_number))["stem"] == "第1号题（ ）"
    assert counts()[0] - 13 == before[0]
    last = db.session.scalar(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1))
    assert (last.action, last.detail["gone"], last.detail["restored"]) == ("bank.import_undone", 2, 1)
    with pytest.raises(Conflict):
        undoing.undo(cast.actor("trainer"), "stage", one, after)


def test_what_a_paper_holds_leaves_use_and_the_paper_keeps_it(cast, stage):
    document = with_more(13)
    for one in document["questions"][:3]:
        one["stem"] = "新" + one["stem"]
    import_id = take(cast, document, stage.now)
    running = start.start(cast.actor("trainee"), stage.exam, stage.now)
    drawn = [item.stem_html for item in running.items]
    after = stage.now + LATER
    done = undoing.undo(cast.actor("trainer"), "stage", import_id, after)
    assert done.restored == 3 and done.gone + done.retired == 1
    query = select(QuestionRevision.content).join(
        Question, (Question.id == QuestionRevision.question_id) & (Question.current_number == QuestionRevision.number)
    )
    assert not any(content["stem"].startswith("新") for content in db.session.scalars(query))
    pinned = {item.revision_id for item in running.items}
    assert set(db.session.scalars(select(QuestionRevision.id).where(QuestionRevision.id.in_(pinned)))) == pinned
    again = start.start(cast.actor("trainee"), stage.exam, stage.now + timedelta(minutes=1))
    assert [item.stem_html for item in again.items] == drawn


def test_while_an_exam_draws_from_the_bank_nothing_is_deleted(cast, stage):
    import_id = take(cast, with_more(13, 14), stage.now)
    done = undoing.undo(cast.actor("trainer"), "stage", import_id, stage.now)
    assert (done.gone, done.retired) == (0, 2)
    retired = db.session.scalars(select(Question.code).where(Question.is_retired).order_by(Question.code)).all()
    assert retired == ["q13", "q14"]


def test_what_was_changed_since_stays_and_an_exam_that_needs_the_questions_refuses(cast, stage):
    first = db.session.scalar(select(Import.public_id).order_by(Import.id).limit(1))
    with pytest.raises(Invalid) as refused:
        undoing.undo(cast.actor("trainer"), "stage", first, stage.now)
    assert refused.value.problems[0].code == "exam-broken"
    assert db.session.scalar(select(Import.undone_at).where(Import.public_id == first)) is None
    after = stage.now + LATER
    document = bank()
    document["questions"][0]["stem"] = "改了题干（ ）"
    take(cast, document, after)
    done = undoing.undo(cast.actor("trainer"), "stage", first, after)
    assert done.left == 1 and done.gone + done.retired == 11


def test_only_trainers_of_the_unit_undo(cast, stage):
    first = db.session.scalar(select(Import.public_id))
    for login in ("trainee", "admin", "township_leader", "stranger_leader"):
        with pytest.raises(NotFound):
            undoing.undo(cast.actor(login), "stage", first, stage.now + LATER)
    with pytest.raises(NotFound):
        undoing.undo(cast.actor("trainer"), "stage", "nothing", stage.now + LATER)
