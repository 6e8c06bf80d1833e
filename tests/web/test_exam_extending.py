"""The page that gives more time: choosing, seeing what it would do, granting; and what the trainee then reads."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import VILLAGE

MINUTE = timedelta(minutes=1)


@pytest.fixture
def running(app, cast, stage):
    """The trainee has just started."""
    from quizapp.services.attempts import start

    with app.app_context():
        return start.start(cast.actor("trainee"), stage.exam, stage.now)


def deadline(app, running):
    from quizapp.services.attempts import start

    with app.app_context():
        return start.get_running(1).deadline_at


def test_a_leader_sees_what_it_would_do_and_then_grants_it(browse, stage, app, running):
    page = browse("township_leader")
    page.open(f"/manage/exams/{stage.exam}")
    here = f"/manage/exams/{stage.exam}/time"
    assert here in page.last.text
    page.open(here)
    given = {"unit": VILLAGE, "minutes": "15", "reason": "停电", "is_outage": "y"}
    page.send(here, **given)
    for told in ("Nothing was changed yet.", "1 attempt gets a later end.", "周小满", "may begin until", "do not count as time used"):
        assert told in page.words, told
    assert deadline(app, running) == running.deadline_at
    page.send(here, **given, confirm="1")
    assert "The time is granted. 1 person at it has more time." in page.words
    assert "柳塘村: 15 minutes · outage" in page.words and "停电" in page.words and "冯霜降" in page.words
    assert deadline(app, running) == running.deadline_at + 15 * MINUTE


def test_one_person_is_found_by_name_and_named(browse, stage, app, running, cast):
    page = browse("admin")
    here = f"/manage/exams/{stage.exam}/time"
    page.open(f"{here}?q=小满")
    assert "周小满" in page.words and f"person={cast.ids['trainee']}" in page.last.text
    page.open(f"{here}?person={cast.ids['trainee']}")
    assert "For 周小满, 柳塘村" in page.words and "at it until" in page.words
    page.send(here, person=cast.ids["trainee"], minutes="5", reason="手机坏了", confirm="1")
    assert "周小满: 5 minutes" in page.words
    page.open(f"{here}?q=nobody-at-all")
    assert "Nobody is called that here" in page.words


def test_what_is_wrong_stands_at_its_field_and_changes_nothing(browse, stage, app, running):
    page = browse("township_leader")
    here = f"/manage/exams/{stage.exam}/time"
    page.open(here)
    for bad, told in (
        ({"minutes": "soon", "reason": "x"}, "minutes"),
        ({"minutes": "900", "reason": "x"}, "minutes"),
        ({"minutes": "5", "reason": ""}, "reason"),
        ({"minutes": "5", "reason": "x", "unit": "nowhere"}, "unit"),
    ):
        assert page.send(here, **bad).status_code == 422
        assert f'id="{told}-error"' in page.last.text, bad
    assert deadline(app, running) == running.deadline_at


def test_minutes_without_effect_are_refused_with_the_reason(browse, stage, app, running, cast):
    from quizapp.services.attempts import finish

    with app.app_context():
        finish.submit(running.attempt_id, cast.actor("trainee").person_id, 1, [], stage.now)
    page = browse("township_leader")
    page.open(f"/manage/exams/{stage.exam}/time?person={cast.ids['trainee']}")
    assert "handed in" in page.words
    reply = page.send(f"/manage/exams/{stage.exam}/time", person=cast.ids["trainee"], minutes="5", reason="误交")
    assert reply.status_code == 200 and "1 of them was handed in and goes on." in page.words


def test_c7_the_trainee_reads_how_long_and_why(browse, stage, app, cast):
    """C7: before the start, with what was granted."""
    from quizapp.services import exam_setup
    from quizapp.services.extensions import granting
    from tests.stage import BLUEPRINT

    now = datetime.now(UTC).replace(microsecond=0)
    with app.app_context():
        draft = exam_setup.Draft("快结束的考试", stage.campaign, now - MINUTE, now + 5 * MINUTE, 3600, ["stage"],
                                 BLUEPRINT)  # fmt: skip
        exam = exam_setup.create(None, draft, now)
    page = browse("trainee")
    page.open(f"/exams/{exam}")
    assert "You will have 4 of 60 minutes." in page.words and "The exam closes" in page.words
    with app.app_context():
        granting.grant(None, exam, granting.Wish(20, "停电", unit=VILLAGE), now)
    page.open(f"/exams/{exam}")
    assert "You will have 24 of 60 minutes." in page.words and "with 20 minutes that were granted" in page.words
    listed = next(one for one in page.client.get("/api/v1/exams").json if one["id"] == exam)
    assert listed["state"] == "open"
    assert listed["closes_at"].startswith((now + 25 * MINUTE).strftime("%Y-%m-%dT%H:%M"))


def test_a_village_leader_is_not_offered_it(browse, stage):
    page = browse("village_leader")
    page.open(f"/manage/exams/{stage.exam}")
    assert "/time" not in page.last.text
