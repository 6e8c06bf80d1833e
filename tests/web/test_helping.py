"""G11 and the deeds of whoever watches over an exam: looking, handing in as it stands, giving back what was lost together."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from tests.cast import VILLAGE
from tests.results import hire_more
from tests.stage import keys_in_paper, set_up

VILLAGERS = ("trainee", "second", "third")


@pytest.fixture
def hall(app, cast):
    """Three villagers began 20 minutes ago; the trainee saved two answers."""
    from quizapp.services.attempts import save, start

    with app.app_context():
        hire_more()
        stage = set_up(datetime.now(UTC).replace(microsecond=0))
        then = stage.now - timedelta(minutes=20)
        ids = {login: start.start(cast.actor(login), stage.exam, then).attempt_id for login in VILLAGERS}
        keys = keys_in_paper(ids["trainee"])
        sent = [save.Sent(slot, n, value) for n, (slot, value) in enumerate(list(keys.items())[:2], 1)]
        save.save_answers(ids["trainee"], cast.actor("trainee").person_id, 1, sent, then + timedelta(minutes=1))
    return stage, ids, keys


def rows(app, *models) -> list:
    from quizapp.extensions import db

    with app.app_context():
        return [list(map(dict, db.session.execute(model.__table__.select()).mappings())) for model in models]


def fall_silent(app, hall, minutes: float) -> None:
    """Let the server serve all the time and the village be heard last so many minutes ago."""
    from quizapp.services.invigilation import pulse

    with app.app_context():
        for attempt in hall[1].values():
            pulse.hear(attempt, hall[0].now - timedelta(minutes=minutes))
        span = None
        for quarter in range(int(minutes * 4), -1, -1):
            span = pulse.beat(span, hall[0].now - timedelta(seconds=15 * quarter))


def look_at(hall, login: str = "trainee") -> str:
    return f"/manage/exams/{hall[0].exam}/attempts/{hall[1][login]}"


def test_g11_looking_at_a_live_attempt_shows_no_answer_changes_nothing_and_is_logged(app, browse, hall):
    """G11: read-only, without values or key, one line in the trail a look; no form but that of signing out."""
    from quizapp.models import Answer, AnswerEvent, Attempt, AuditEvent, Receipt, Result

    before = rows(app, Attempt, Answer, AnswerEvent, Receipt, Result)
    page = browse("village_leader")
    for _ in range(2):
        page.open(look_at(hall))
    assert page.last.status_code == 200 and "To read only" in page.words and "2 of 8 answered" in page.words
    assert page.words.count("answered") >= 3 and "empty" in page.words
    main = page.last.text[page.last.text.index("<main") : page.last.text.index("</main>")]
    assert "<form" not in main and "第" not in main.replace("第1题", ""), "no deed and no question"
    for value in hall[2].values():
        for text in value if isinstance(value, list) else []:
            assert str(text) not in main
    assert rows(app, Attempt, Answer, AnswerEvent, Receipt, Result) == before
    (trail,) = rows(app, AuditEvent)
    assert sum(one["action"] == "attempt.looked" and one["subject"] == hall[1]["trainee"] for one in trail) == 2


def test_g11_the_trainees_own_addresses_do_not_know_staff(app, browse, hall):
    """G11, I-17: neither seeing, saving nor handing in through what the phone uses."""
    page, attempt = browse("township_leader"), hall[1]["trainee"]
    assert page.open(f"/attempts/{attempt}").status_code == 404
    token = page.client.get("/api/v1/csrf").json["csrf_token"]
    for method, way, body in (
        ("PUT", "answers", {"epoch": 1, "answers": [{"slot": "1", "seq": 9, "value": None}]}),
        ("POST", "submission", {"epoch": 1}),
        ("POST", "signals", {"device": "x"}),
    ):
        reply = page.client.open(f"/api/v1/attempts/{attempt}/{way}", method=method, json=body, headers={"X-CSRFToken": token})
        assert reply.status_code == 404


def test_g11_looking_after_the_end_expires_nothing(app, browse, hall):
    """G11: an attempt whose time is over is closed by the clock's sweeper, never by somebody who looks."""
    from quizapp.models import Attempt
    from quizapp.services.transaction import writing

    with app.app_context(), writing() as session:
        session.execute(update(Attempt).values(deadline_at=hall[0].now - timedelta(minutes=2)))
    browse("township_leader").open(look_at(hall))
    assert {one["state"] for one in rows(app, Attempt)[0]} == {"open"}


@pytest.mark.parametrize(("who", "status"), [("stranger_leader", 404), ("trainer", 403), ("trainee", 403), ("auditor", 403)])
def test_strangers_look_at_nobody(browse, hall, who, status):
    page = browse(who)
    for way in ("", "/closing"):
        reply = page.open(look_at(hall) + way)
        assert reply.status_code == status and "周小满" not in reply.text


def test_an_attempt_of_another_exam_is_not_there(browse, hall):
    assert browse("township_leader").open(f"/manage/exams/nowhere/attempts/{hall[1]['trainee']}").status_code == 404


def test_handing_in_as_it_stands_takes_a_reason_gives_a_receipt_and_can_be_taken_back(app, browse, cast, hall):
    from quizapp.models import Attempt, AuditEvent, Receipt
    from quizapp.services.attempts import save

    page = browse("township_leader")
    page.open(look_at(hall))
    assert look_at(hall) + "/closing" in page.last.text
    page.open(look_at(hall) + "/closing")
    assert "2 of 8 answered" in page.words and "taken up again" in page.words
    assert page.send(look_at(hall) + "/closing", reason=" ").status_code == 422
    assert page.send(look_at(hall) + "/closing", reason="x" * 201).status_code == 422
    page.send(look_at(hall) + "/closing", reason="手机坏了，本人同意")
    assert "handed in as it stood" in page.last.text
    (attempts,), (receipts,) = rows(app, Attempt), rows(app, Receipt)
    closed = next(one for one in attempts if one["public_id"] == hall[1]["trainee"])
    assert closed["state"] == "submitted" and closed["finished_at"] < closed["deadline_at"]
    assert [one["answered"] for one in receipts] == [2]
    line = next(one for one in rows(app, AuditEvent)[0] if one["action"] == "attempt.closed")
    assert line["detail"]["reason"] == "手机坏了，本人同意"
    assert page.open(look_at(hall) + "/closing").status_code == 409, "once"
    with app.app_context():
        late = save.save_answers(hall[1]["trainee"], cast.actor("trainee").person_id, 1, [save.Sent("3", 9, None)], datetime.now(UTC))
    assert late.recorded == {"3": 9}
    page.open(look_at(hall))
    link = re.search(r'href="(/manage/exams/[^"]*/time\?person=[^"]*)"', page.last.text)[1]
    page.open(link)
    assert "周小满" in page.words


def test_nobody_hands_the_own_attempt_in_for_himself_this_way_and_no_village_for_its_own(app, browse, hall):
    page = browse("village_leader")
    page.open(look_at(hall))
    assert "/closing" not in page.last.text
    assert page.send(look_at(hall) + "/closing", reason="x").status_code == 404


def test_what_a_village_lost_is_granted_with_one_look_and_one_press(app, browse, hall):
    """Pitfalls 7 and 8: the server's evidence, the preview, and the same attempts with a later end."""
    from quizapp.models import Attempt, Extension

    fall_silent(app, hall, 6.5)
    before = {one["public_id"]: one["deadline_at"] for one in rows(app, Attempt)[0]}
    page = browse("township_leader")
    page.open(f"/manage/exams/{hall[0].exam}/live")
    assert "Suggested: 7 minutes more for 柳塘村" in page.words and "3 of 3 fell silent together" in page.words
    page.open(re.search(r'href="(/manage/exams/[^"]*/outages/[^"]*)"', page.last.text)[1])
    assert "Nothing was changed yet" in page.words and "3 attempts get a later end" in page.words
    assert "周小满" in page.words and rows(app, Extension) == [[]]
    fields = dict(re.findall(r'name="(unit|minutes|reason|is_outage|confirm)" value="([^"]*)"', page.last.text))
    page.send(f"/manage/exams/{hall[0].exam}/time", **fields)
    assert "The time is granted" in page.last.text
    (granted,) = rows(app, Extension)[0]
    assert (granted["minutes"], granted["is_outage"]) == (7, True) and "柳塘村" in granted["reason"]
    for one in rows(app, Attempt)[0]:
        assert one["deadline_at"] - before[one["public_id"]] == timedelta(minutes=7)
    page.open(f"/manage/exams/{hall[0].exam}/live")
    assert "Suggested" not in page.words


def test_a_suggestion_is_dismissed_with_a_reason_and_nothing_is_granted(app, browse, hall):
    from quizapp.models import Extension, OutageDismissal

    fall_silent(app, hall, 6.5)
    page = browse("township_leader")
    page.open(f"/manage/exams/{hall[0].exam}/live")
    link = re.search(r'href="(/manage/exams/[^"]*/outages/[^"]*)"', page.last.text)[1]
    page.open(link)
    assert page.send(f"{link}/dismissal", reason="").status_code == 422
    assert "Please enter the reason" in page.last.text
    page.send(f"{link}/dismissal", reason="全村在开会")
    assert "your reason is kept" in page.last.text and "Suggested" not in page.words
    assert [one["reason"] for one in rows(app, OutageDismissal)[0]] == ["全村在开会"] and rows(app, Extension) == [[]]
    assert page.open(link).status_code == 404


def test_a_village_leader_sees_the_suggestion_without_the_button(app, browse, hall):
    fall_silent(app, hall, 6.5)
    page = browse("village_leader")
    page.open(f"/manage/exams/{hall[0].exam}/live")
    assert "Suggested: 7 minutes more" in page.words and "/outages/" not in page.last.text
    stranger = browse("stranger_leader")
    assert stranger.open(f"/manage/exams/{hall[0].exam}/outages/{VILLAGE}/1").status_code == 404
