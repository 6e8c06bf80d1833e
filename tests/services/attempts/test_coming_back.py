"""A device that names the attempt it holds comes back to that one, whatever happened elsewhere."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Attempt
from quizapp.rules.errors import NotFound
from quizapp.services.attempts import finish, start
from tests.scenes import scene
from tests.stage import set_up

pytestmark = pytest.mark.usefixtures("app_context")


@scene
def twice(cast):
    """An exam that may be sat twice, and its trainee in the first attempt."""
    stage = set_up(attempts_allowed=2)
    actor = cast.actor("trainee")
    return stage, actor, start.start(actor, stage.exam, stage.now)


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Attempt))


def test_the_named_attempt_goes_on_under_a_new_epoch(twice):
    """R3"""
    stage, actor, first = twice
    again = start.resume(actor.person_id, stage.exam, first.attempt_id)
    assert (again.attempt_id, again.epoch, again.items, again.state) == (first.attempt_id, 2, first.items, "open")


def test_c8_after_a_hand_in_elsewhere_coming_back_begins_no_second_attempt(twice):
    """C8, I-22: a start would; the named attempt is answered with its own state, its epoch as it was."""
    stage, actor, first = twice
    finish.submit(first.attempt_id, actor.person_id, 1, [], stage.now)
    again = start.resume(actor.person_id, stage.exam, first.attempt_id)
    assert (again.attempt_id, again.state, again.epoch, count()) == (first.attempt_id, "submitted", 1, 1)
    second = start.start(actor, stage.exam, stage.now)
    assert (second.attempt_id != first.attempt_id, count()) == (True, 2)
    assert start.resume(actor.person_id, stage.exam, first.attempt_id).state == "submitted"


def test_after_the_time_the_named_attempt_says_what_the_server_did(twice):
    """C3: taken in by the clock."""
    stage, actor, first = twice
    finish.close_expired(first.deadline_at + timedelta(minutes=1))
    assert start.resume(actor.person_id, stage.exam, first.attempt_id).state == "auto_submitted"


def test_g3_an_attempt_of_another_person_or_exam_is_not_there(twice, cast):
    """G3: and nothing changes."""
    stage, actor, first = twice
    cases = [
        (cast.actor("neighbour").person_id, stage.exam, first.attempt_id),
        (actor.person_id, "another-exam", first.attempt_id),
        (actor.person_id, stage.exam, "no-such-attempt"),
    ]
    for case in cases:
        with pytest.raises(NotFound):
            start.resume(*case)
    assert (count(), db.session.scalar(select(Attempt.epoch))) == (1, 1)
