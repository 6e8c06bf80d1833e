"""Is it safe to go? Told to leaders and administrators, in words."""

from datetime import UTC, datetime, timedelta

from tests.stage import set_up


def test_the_page_says_what_to_put_right_and_the_first_page_of_an_administrator_says_so_too(browse, app):
    admin = browse("admin")
    admin.open("/readiness")
    assert "It is not safe to go yet." in admin.words
    assert "No worker is running" in admin.words and "There is no backup yet." in admin.words
    assert "No worker is running" in (admin.open("/"), admin.words)[1]
    assert "No worker is running" not in (browse("trainee").open("/"), admin.words)[0].text
    with app.app_context():
        from quizapp.services import jobs

        jobs.run_due("here", datetime.now(UTC))
    admin.open("/")
    assert "No worker is running" not in admin.words
    admin.open("/readiness")
    assert "It is safe to go, but something deserves a look." in admin.words


def test_a_coming_exam_stands_there_with_its_people_and_its_rehearsal(browse, app):
    with app.app_context():
        from quizapp.services import upkeep

        now = datetime.now(UTC)
        set_up(now)
        leader = browse("township_leader")
        leader.open("/readiness")
        assert "it was not rehearsed" in leader.words
        told = {"people": 300, "carries": 900, "is_safe": True}
        upkeep.record("rehearsal", True, now - timedelta(hours=1), now, told)
        leader.open("/readiness")
        assert "with 300 people: safe, up to 900 at once" in leader.words
        upkeep.record("rehearsal", False, now, now, {**told, "is_safe": False})
        leader.open("/readiness")
        assert "did not go well" in leader.words
    stranger = browse("stranger_leader")
    stranger.open("/readiness")
    assert "did not go well" not in stranger.words, "exams of another township are not told"
