"""Watching over a running exam on its page: villages, people for whoever may see names, the hall's screen."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.web.exam_management.watching import ACROSS, DOT, dot_runs
from tests.cast import NEXT_VILLAGE, VILLAGE


@pytest.fixture
def begun(app, cast, stage) -> str:
    """The trainee's attempt, begun ten minutes ago and not heard since."""
    from quizapp.services.attempts import start

    with app.app_context():
        return start.start(cast.actor("trainee"), stage.exam, datetime.now(UTC) - timedelta(minutes=10)).attempt_id


def test_a_leader_sees_the_villages_those_first_that_need_attention(browse, stage, begun):
    page = browse("township_leader")
    page.open(f"/manage/exams/{stage.exam}")
    assert f"/manage/exams/{stage.exam}/live" in page.last.text
    page.open(f"/manage/exams/{stage.exam}/live")
    assert page.words.index("柳塘村") < page.words.index("石桥社区")
    assert "1 silent" in page.words and "1 not begun" in page.words and "周小满" not in page.words
    page.open(f"/manage/exams/{stage.exam}/live?unit={VILLAGE}")
    assert "周小满" in page.words and "0 of 8 answered" in page.words and "last heard 10 minutes ago" in page.words
    assert "proves nothing" in page.words


def test_the_part_that_renews_itself_is_the_page_without_its_frame(browse, stage, begun):
    page = browse("township_leader")
    whole = page.open(f"/manage/exams/{stage.exam}/live").text
    part = page.client.get(f"/manage/exams/{stage.exam}/live", headers={"X-Part": "live"}).text
    assert "<html" not in part and "柳塘村" in part and len(part) < len(whole) / 2
    for key in ('data-part="villages"', f'data-key="{VILLAGE}"'):
        assert key in part and key in whole


def test_a_trainer_sees_how_many_but_no_name(browse, stage, begun):
    page = browse("trainer")
    page.open(f"/manage/exams/{stage.exam}/live?unit={VILLAGE}")
    assert page.last.status_code == 200 and "1 silent" in page.words and "周小满" not in page.last.text


def test_a_village_leader_sees_the_own_village_alone(browse, stage, begun):
    page = browse("village_leader")
    for unit in ("", f"?unit={NEXT_VILLAGE}", "?unit=nowhere&by=anything"):
        page.open(f"/manage/exams/{stage.exam}/live{unit}")
        assert page.last.status_code == 200 and "周小满" in page.words
        assert "石桥社区" not in page.last.text and "吴立秋" not in page.last.text


@pytest.mark.parametrize(("who", "status"), [("trainee", 403), ("auditor", 403), ("stranger_leader", 404)])
def test_strangers_see_nothing(browse, stage, begun, who, status):
    page = browse(who)
    for way in ("live", f"live?unit={VILLAGE}", "live/screen"):
        reply = page.open(f"/manage/exams/{stage.exam}/{way}")
        assert reply.status_code == status and "柳塘村" not in reply.text


def test_the_halls_screen_shows_no_name_of_a_person(browse, stage, begun):
    page = browse("village_leader")
    page.open(f"/manage/exams/{stage.exam}/live/screen")
    assert page.last.status_code == 200 and "周小满" not in page.last.text and "1 silent" in page.words


@pytest.mark.parametrize("counts", [(1, 0, 0), (3, 24, 1), (0, 25, 25), (60, 3, 12), (0, 0, 0), (7, 70, 7)])
def test_there_is_a_dot_a_person_and_none_lies_on_another(counts):
    from quizapp.services.invigilation.live import Tally

    tally = Tally("1", "柳塘村", silent=counts[0], answering=counts[1], excused=counts[2])
    places = [
        (name, x + across * DOT, y + down * DOT)
        for name, x, y, width, height in dot_runs(tally)
        for across in range(width // DOT)
        for down in range(height // DOT)
    ]
    assert len(places) == sum(counts) == len({place[1:] for place in places})
    assert all(x < ACROSS * DOT for _, x, _ in places)
