"""B6: a trainer changes and retires questions while many sit the exam; each paper stays as it was drawn, and is marked so."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Attempt, Question, QuestionRevision, Result
from quizapp.services import exams, scope
from quizapp.services.attempts import finish, save, start
from quizapp.services.banks import importing, retiring
from quizapp.services.people import changes
from tests.cast import MET, PASSWORD, TOWNSHIP, VILLAGE
from tests.stage import FULL, bank, keys_in_paper

MINUTE = timedelta(minutes=1)
OTHER_KEYS = {"single_choice": "C", "multiple_choice": "BD", "true_false": False, "fill_blank": [["全错"], ["全错"]]}


def sit(cast, stage, number: int) -> list[tuple[object, start.Running]]:
    """Let so many people begin the exam."""
    people = [f"sitter{n}" for n in range(number)]
    for login in people:
        changes.add(None, changes.NewPerson(login, "甲", VILLAGE, "村专干", ("trainee",), PASSWORD), MET)
    actors = [cast.actor(login) for login in people]
    return [(actor, start.start(actor, stage.exam, stage.now)) for actor in actors]


def change_everything(cast, stage, now) -> None:
    """Give every question another stem and another key, and retire one of each kind."""
    document = bank()
    for one in document["questions"]:
        one.update(stem=one["stem"].replace("号题", "号新题"), answer=OTHER_KEYS[one["kind"]])
    importing.import_bank(cast.actor("trainer"), scope.get_unit(TOWNSHIP).id, document, now)
    for code in ("q1", "q4", "q7", "q10"):
        public_id = db.session.scalar(select(Question.public_id).where(Question.code == code))
        retiring.set_retired(cast.actor("trainer"), "stage", public_id, True, now)


def pinned_while_changed(cast, stage, number: int) -> None:
    """Begin, change everything in the middle, answer by the old key, and look at papers and marks."""
    sitting = sit(cast, stage, number)
    papers = dict(db.session.execute(select(Attempt.id, Attempt.paper)).all())
    right = {running.attempt_id: keys_in_paper(running.attempt_id) for _, running in sitting}
    change_everything(cast, stage, stage.now + MINUTE)
    assert db.session.scalar(select(func.count()).select_from(QuestionRevision)) == 2 * len(bank()["questions"])
    for actor, before in sitting:
        again = start.start(actor, stage.exam, stage.now + 2 * MINUTE)
        assert (again.attempt_id, again.items) == (before.attempt_id, before.items)
        sent = [save.Sent(slot, seq, value) for seq, (slot, value) in enumerate(right[again.attempt_id].items(), 1)]
        saved = save.save_answers(again.attempt_id, actor.person_id, again.epoch, sent, stage.now + 3 * MINUTE)
        assert len(saved.saved) == len(sent)
        finish.submit(again.attempt_id, actor.person_id, again.epoch, [], stage.now + 4 * MINUTE)
    exams.close(None, stage.exam, stage.now + 9 * MINUTE)
    assert dict(db.session.execute(select(Attempt.id, Attempt.paper)).all()) == papers
    assert db.session.scalars(select(Result.points_milli)).all() == [FULL] * number


def test_b6_open_attempts_keep_their_questions_and_keys(cast, stage, app_context):
    """B6, one short seed: 12 attempts are open."""
    pinned_while_changed(cast, stage, 12)


@pytest.mark.soak("B6")
def test_b6_in_full(cast, stage, app_context):
    """B6: 100 attempts are open."""
    pinned_while_changed(cast, stage, 100)
