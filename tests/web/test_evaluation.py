"""Evaluation as pages: the board, why a village stands where it stands, stating a value, publishing, the sheet."""

import pytest
from sqlalchemy import event, text

from quizapp.extensions import db
from quizapp.models import Campaign, ChainHead
from tests.cast import NEXT_VILLAGE, VILLAGE


@pytest.fixture
def leader(browse, released):
    """The township's leader in front of the board."""
    page = browse("township_leader")
    page.open("/evaluation", follow=True)
    return page


def at(sat, *rest: str) -> str:
    return "/".join(["/evaluation", sat.campaign, *rest])


def test_the_board_tells_places_totals_and_that_nothing_is_published_yet(leader):
    assert "柳塘村" in leader.words and "石桥社区" in leader.words
    assert "Not published yet" in leader.words
    assert "no figure yet" in leader.words


def test_every_figure_on_the_board_opens_the_village_at_its_indicator(leader, released):
    for code in ("participation", "mean", "contest"):
        assert f'href="{at(released, "units", VILLAGE)}#{code}"' in leader.last.text
    leader.open(at(released, "units", VILLAGE))
    for code in ("participation", "mean", "contest"):
        assert f'id="{code}"' in leader.last.text


def test_why_a_village_stands_there_is_told_down_to_its_people(leader, released):
    leader.open(at(released, "units", VILLAGE))
    assert "2 of 3 handed the exam in" in leader.words
    assert "钱雨水" in leader.words and "Not handed in" in leader.words
    assert "24 points in all, of 48 that 3 people could get" in leader.words
    assert "1 more to sit the test." in leader.words
    assert "Indicators of 45 points have no figure yet" in leader.words


def test_before_the_results_are_out_no_score_stands_anywhere(browse, sat_exam, app):
    with app.app_context():
        db.session.execute(text("UPDATE exams SET closes_at = closes_at + 90000000, ends_at = ends_at + 90000000"))
        db.session.commit()
    page = browse("township_leader")
    for path in (at(sat_exam), at(sat_exam, "units", VILLAGE)):
        page.open(path)
        assert "has not closed yet" in page.words and "points in all" not in page.words
    assert "Known once the results are out" in page.words
    assert "16" not in page.words.split("The people behind it")[1], "the whole paper is worth 16 points"
    assert "Publish" not in page.words
    page.open(at(sat_exam, "publish"))
    assert page.send(at(sat_exam, "publish"), follow=False).status_code == 409


def test_a_value_is_stated_with_its_evidence_and_counts_at_once(leader, released):
    path = at(released, "units", VILLAGE, "training")
    leader.open(path)
    leader.send(path, value="92.5", evidence="签到表存党群服务中心")
    assert "Target reached" in leader.words and "签到表存党群服务中心" in leader.words
    assert "by 冯霜降" in leader.words
    leader.open(path)
    leader.send(path, value="70", evidence="更正：重复计算两人")
    assert "Earlier values" in leader.words and "92.5 %" in leader.words


@pytest.mark.parametrize(
    ("value", "evidence", "told"),
    [
        ("", "有记录", "Please enter a value."),
        ("101", "有记录", "between 0 and 100"),
        ("NaN", "有记录", "between 0 and 100"),
        ("90", "", "Please say which record shows it."),
        ("90", "联系人 13912345678", "leave phone and identity numbers out"),
        ("90", "长" * 501, "500 characters"),
    ],
)
def test_a_value_that_cannot_stand_is_refused_with_what_is_wrong(leader, released, value, evidence, told):
    path = at(released, "units", VILLAGE, "training")
    leader.open(path)
    assert leader.send(path, value=value, evidence=evidence).status_code == 422
    assert told in leader.words
    leader.open(at(released, "units", VILLAGE))
    assert "Enter the value" in leader.words


def test_publishing_is_asked_about_first_and_then_told(leader, released):
    leader.open(at(released, "publish"))
    assert "2 villages get a sheet" in leader.words and "cannot be taken back" in leader.words
    assert "Some indicators have no figure yet" in leader.words
    leader.send(at(released, "publish"))
    assert "2 sheets are published and on their way." in leader.words
    assert "Published and sealed" in leader.words
    leader.open(at(released, "publish"))
    assert "Nothing to publish" in leader.words
    leader.send(at(released, "publish"))
    assert "Nothing has changed since the last publication." in leader.words


def test_the_sheet_shows_what_was_published_with_its_seal_and_room_to_sign(leader, released, app):
    leader.open(at(released, "sheet"))
    assert "Nothing is published yet" in leader.words
    leader.open(at(released, "publish"))
    leader.send(at(released, "publish"))
    path = at(released, "units", VILLAGE, "training")
    leader.open(path)
    leader.send(path, value="100", evidence="签到表")
    leader.open(at(released, "sheet"))
    assert "Changed since the publication" in leader.words
    with app.app_context():
        head = db.session.query(ChainHead).one().head
    assert head in leader.words.replace(" ", "")
    assert all(place in leader.words for place in ("Drawn up by", "Checked by", "Leader in charge"))
    table = leader.words.split("All villages as published")[1]
    first = table.split("柳塘村")[1].split("石桥社区")[0]
    assert first.count("no figure yet") == 4, "training too, as it was published"


def test_a_village_leader_reads_every_total_and_only_the_own_village(browse, released):
    page = browse("village_leader")
    page.open(at(released))
    assert "石桥社区" in page.words and f'units/{NEXT_VILLAGE}"' not in page.last.text
    page.open(at(released, "units", VILLAGE))
    assert "周小满" in page.words and "Enter the value" not in page.words


def test_a_name_of_an_indicator_is_shown_as_the_township_wrote_it(leader, released, app):
    with app.app_context():
        campaign = db.session.query(Campaign).one()
        entries = [dict(one) for one in campaign.policy["indicators"]]
        entries[0]["name"] = "培训 ≥90%(s) <b>"
        campaign.policy = {**campaign.policy, "indicators": entries}
        db.session.commit()
    for path in (at(released), at(released, "units", VILLAGE), at(released, "publish")):
        assert leader.open(path).status_code == 200
        assert "培训 ≥90%(s) &lt;b&gt;" in leader.last.text


def test_the_board_and_a_village_take_few_queries_however_many_villages_there_are(leader, released, app):
    asked = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    leader.open(at(released))
    assert len(asked) <= 24
    asked.clear()
    leader.open(at(released, "units", VILLAGE))
    assert len(asked) <= 36
