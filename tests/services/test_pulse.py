"""The pulse: what requests noted in memory is written now and then, and a time without a server is seen afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import AttemptContact, AttemptSignal, AttemptSilence, ServingSpan
from quizapp.services.attempts import start
from quizapp.services.invigilation import pulse
from tests.scenes import scene

pytestmark = pytest.mark.usefixtures("app_context")


@scene
def begun(cast, stage):
    """The trainee's attempt, just begun."""
    return start.start(cast.actor("trainee"), stage.exam, stage.now).attempt_id


def heard() -> list:
    db.session.rollback()
    return list(db.session.scalars(select(AttemptContact.heard_at)))


def at(stage, seconds: float):
    return stage.now + timedelta(seconds=seconds)


def test_an_attempt_heard_all_the_time_is_written_once_a_minute(stage, begun):
    written, span = [], None
    for second in range(0, 121, 5):
        pulse.hear(begun, at(stage, second))
        if second % 15 == 0:
            span = pulse.beat(span, at(stage, second))
            written += heard()[:1]
    assert len(set(written)) == 3, "at the beginning, after one minute and after two"


def test_the_last_word_before_a_silence_is_written_without_waiting_for_the_minute(stage, begun):
    pulse.hear(begun, at(stage, 0))
    span = pulse.beat(None, at(stage, 1))
    pulse.hear(begun, at(stage, 20))
    span = pulse.beat(span, at(stage, 30))
    assert heard() == [at(stage, 0)]
    pulse.beat(span, at(stage, 55))
    assert heard() == [at(stage, 20)]


def test_a_silence_is_written_when_the_attempt_is_heard_again(stage, begun):
    pulse.hear(begun, at(stage, 0))
    span = pulse.beat(None, at(stage, 1))
    pulse.hear(begun, at(stage, 400))
    pulse.hear(begun, at(stage, 410))
    span = pulse.beat(span, at(stage, 412))
    pulse.hear(begun, at(stage, 500))
    pulse.beat(span, at(stage, 500))
    found = [(one.from_at, one.until_at) for one in db.session.scalars(select(AttemptSilence))]
    assert found == [(at(stage, 0), at(stage, 400))], "from the last word to the first, once"


def test_what_cannot_be_written_stays_noted(stage, begun, monkeypatch):
    pulse.hear(begun, at(stage, 0))
    with monkeypatch.context() as patch:
        patch.setattr(pulse, "CONTACT", pulse.dialects("INSERT INTO nowhere VALUES (:attempt, :last)"))
        with pytest.raises(Exception, match="nowhere"):
            pulse.beat(None, at(stage, 1))
    assert heard() == []
    pulse.beat(None, at(stage, 16))
    assert heard() == [at(stage, 0)]


def test_signals_are_appended_at_most_once_a_minute_and_only_when_they_change(stage, begun):
    span = None
    for second in range(0, 181, 15):
        pulse.tell(begun, "told", "phone", {"left": second // 30}, at(stage, second))
        span = pulse.beat(span, at(stage, second))
    for second in range(195, 300, 15):
        pulse.tell(begun, "told", "phone", {"left": 6}, at(stage, second))
        span = pulse.beat(span, at(stage, second))
    told = list(db.session.scalars(select(AttemptSignal).order_by(AttemptSignal.id)))
    assert [one.told["left"] for one in told] == [0, 2, 4, 6]
    assert {one.device for one in told} == {"phone"}


def test_devices_without_end_leave_no_rows_without_end(stage, begun):
    for number in range(100):
        pulse.tell(begun, "told", f"made-up-{number}", {"left": 1}, at(stage, 0))
    pulse.beat(None, at(stage, 0))
    assert len(list(db.session.scalars(select(AttemptSignal.id)))) == 8


def spans(stage) -> list:
    db.session.rollback()
    rows = db.session.scalars(select(ServingSpan).order_by(ServingSpan.id))
    return [((one.started_at - stage.now).total_seconds(), (one.last_at - stage.now).total_seconds()) for one in rows]


def test_a_pause_in_which_nothing_could_be_written_ends_a_span(stage, app_context):
    span = None
    for second in (0, 15, 30, 45, 200, 215):
        span = pulse.beat(span, at(stage, second))
    pulse.beat(None, at(stage, 400))
    assert spans(stage) == [(0, 45), (200, 215), (400, 400)]


def test_the_spans_stay_few(stage, app_context, monkeypatch):
    monkeypatch.setattr(pulse, "MOST_SPANS", 3)
    for number in range(9):
        pulse.beat(None, at(stage, 100 * number))
    assert [begun for begun, _ in spans(stage)] == [600, 700, 800]
