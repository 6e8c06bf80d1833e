"""Late answers on pages: what the leader sees and proposes, what the second person decides, what the trainee reads."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.services.attempts import finish, marking, save, start
from tests.stage import keys_in_paper, set_up


@pytest.fixture
def evening(app, cast) -> tuple[str, str]:
    """(exam, attempt): the trainee's first answer came four minutes late, hours ago."""
    with app.app_context():
        stage = set_up(datetime.now(UTC).replace(microsecond=0) - timedelta(hours=4), release_rule="by_hand")
        who = cast.actor("trainee")
        running = start.start(who, stage.exam, stage.now)
        late = running.deadline_at + timedelta(minutes=4)
        right = keys_in_paper(running.attempt_id)
        save.save_answers(running.attempt_id, who.person_id, 1, [save.Sent("1", 1, right["1"])], late)
        finish.close_expired(late)
        assert marking.mark_due(stage.now + timedelta(hours=3)) == 1
        return stage.exam, running.attempt_id


def test_r6_from_the_list_to_the_counted_answer(browse, evening):
    """R6: seen, proposed with a reason, decided by a second person, told to the trainee."""
    exam, attempt = evening
    trainee = browse("trainee")
    trainee.open(f"/attempts/{attempt}")
    assert "1 answer is recorded, not counted." in trainee.words
    leader = browse("township_leader")
    leader.open(f"/manage/exams/{exam}")
    assert "Late answers: 1" in leader.words
    leader.open(f"/manage/exams/{exam}/late")
    assert "周小满 · 柳塘村" in leader.words and "4 min 0 s late" in leader.words
    leader.open(f"/manage/exams/{exam}/late/{attempt}")
    assert "recorded, not counted" in leader.words and "4 min 0 s" in leader.words
    assert leader.send(f"/manage/exams/{exam}/late/{attempt}", reason="").status_code == 422
    leader.send(f"/manage/exams/{exam}/late/{attempt}", reason="村里断网")
    link = leader.last.request.path
    assert "A second person has to decide this." in leader.words and "Agree, and have it done" not in leader.words
    leader.open(f"/manage/exams/{exam}/late/{attempt}")
    assert "It has been proposed to count them." in leader.words
    admin = browse("admin")
    admin.open("/decisions")
    assert "Count late answers" in admin.words and "周小满" in admin.words
    admin.open(link)
    assert "村里断网" in admin.words
    admin.send(f"{link}/acceptance")
    assert "agreed and done" in admin.words
    trainee.open(f"/attempts/{attempt}")
    assert "1 answer was counted by decision." in trainee.words
    assert "By decision of 冯霜降 and 陈白露" in trainee.words and "村里断网" in trainee.words


def test_g7_the_old_and_new_figures_stay_out_of_the_audit_page(browse, evening):
    """G7: the auditor reads the deed, not the score, which is not released."""
    exam, attempt = evening
    leader, admin, auditor = browse("township_leader"), browse("admin"), browse("auditor")
    leader.open(f"/manage/exams/{exam}/late/{attempt}")
    leader.send(f"/manage/exams/{exam}/late/{attempt}", reason="村里断网")
    link = leader.last.request.path
    admin.open(link)
    admin.send(f"{link}/acceptance")
    auditor.open("/audit")
    assert "Late answers counted" in auditor.words and "村里断网" in auditor.words
    assert "points" not in auditor.words and "2000" not in auditor.words


def test_an_attempt_of_another_exam_is_not_shown_under_this_one(browse, evening, app):
    exam, attempt = evening
    leader = browse("township_leader")
    assert leader.open(f"/manage/exams/{'z' * 16}/late/{attempt}").status_code == 404
    assert leader.open(f"/manage/exams/{exam}/late/{'z' * 16}").status_code == 404


def test_the_administrator_sees_them_but_does_not_propose(browse, evening):
    exam, attempt = evening
    page = browse("admin")
    page.open(f"/manage/exams/{exam}/late/{attempt}")
    assert "Only a leader of the township from outside this village may propose" in page.words
    assert page.send(f"/manage/exams/{exam}/late/{attempt}", reason="因为").status_code == 403
