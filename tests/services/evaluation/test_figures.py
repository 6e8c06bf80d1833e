"""What every village's figures are, measured over the dated roster from primary rows."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Article, Exam, Person, Reading
from quizapp.rules.errors import NotFound
from quizapp.services import campaigns, exam_setup, exams
from quizapp.services.evaluation import board, entered, explain
from tests.cast import NEXT_VILLAGE, OTHER_VILLAGE, TOWNSHIP, VILLAGE
from tests.results import sit
from tests.stage import BLUEPRINT, FULL, POINTS

pytestmark = pytest.mark.usefixtures("app_context")


def indicators(cast, sat, unit=VILLAGE, login="township_leader"):
    rows = board.get_board(cast.actor(login), sat.campaign, sat.over).rows
    return {entry["code"]: entry for row in rows if row.place.code == unit for entry in row.indicators}


def test_the_figures_are_those_of_the_dated_roster(cast, released):
    told = indicators(cast, released)
    assert told["participation"]["evidence"] == {"roster": 3, "excused": 0, "counted": 3, "sat": 2}
    assert told["participation"]["value"] == 667
    assert told["mean"]["value"] == 500  # 8 and 4 of 8 right, one absent: 12/24
    assert told["mean"]["evidence"]["points_milli"] == 12 * POINTS
    assert told["mean"]["evidence"]["full_milli"] == FULL
    assert told["passed"]["value"] == 333


def test_an_excused_person_counts_nowhere(cast, released):
    campaigns.excuse(cast.actor("township_leader"), released.campaign, person("third"), "产假", released.over)
    told = indicators(cast, released)
    assert told["participation"]["value"] == 1000
    assert told["mean"]["value"] == 750
    assert told["mean"]["evidence"]["excused"] == 1


def person(login: str) -> str:
    return db.session.scalar(select(Person.public_id).where(Person.login == login))


def test_before_the_release_only_participation_is_known_and_no_score_shows_anywhere(cast, sat_exam):
    told = indicators(cast, sat_exam)
    assert told["participation"]["value"] == 667
    assert {code for code, entry in told.items() if entry["state"] != "not_yet"} == {"participation", "study"}
    assert told["mean"]["effective_weight"] == told["passed"]["effective_weight"] == 0
    assert sum(entry["effective_weight"] for entry in told.values()) == 100_000
    why = explain.explain(cast.actor("township_leader"), sat_exam.campaign, VILLAGE, sat_exam.over)
    assert [one.sittings for one in why.people] == [[], [], []]
    assert {one.code for one in why.changes if one.message == explain.LATER} == {"mean", "passed"}


def test_an_exam_that_does_not_count_changes_nothing(cast, released):
    before = indicators(cast, released)
    db.session.scalar(select(Exam)).counts = False
    db.session.commit()
    after = indicators(cast, released)
    assert before["mean"]["state"] != "not_yet"
    assert {after[code]["state"] for code in ("mean", "passed", "participation")} == {"not_yet"}


def test_several_exams_that_count_are_added_up(cast, released):
    now = released.over
    draft = exam_setup.Draft("第二场", released.campaign, now, now + timedelta(hours=1), 600, ["stage"], BLUEPRINT)
    second = exam_setup.create(None, draft, now)
    assert indicators(cast, released)["mean"]["state"] == "not_yet", "the second has opened and is not released"
    assert indicators(cast, released)["participation"]["value"] == 333  # 2 of 6 sittings
    sit(cast.actor("third"), second, 8, now)
    exams.close(None, second, now + timedelta(minutes=20))
    told = indicators(cast, released)
    assert (told["mean"]["value"], told["participation"]["value"]) == (417, 500)  # 20 of 48 answers, 3 of 6 sittings
    assert told["mean"]["evidence"]["exams"] == 2


def test_study_is_complete_when_every_article_of_the_current_edition_was_read(cast, released):
    assert indicators(cast, released)["study"]["value"] == 0
    articles = db.session.scalars(select(Article.id)).all()
    read(cast, "trainee", articles, released.over)
    read(cast, "second", articles[:-1], released.over)
    told = indicators(cast, released)["study"]
    assert (told["value"], told["evidence"]["finished"]) == (333, 1)


def read(cast, login, articles, now):
    for article in articles:
        db.session.add(
            Reading(person_id=cast.actor(login).person_id, article_id=article, first_read_at=now, last_read_at=now)
        )
    db.session.commit()


def test_the_newest_stated_value_stands_and_the_older_ones_stay_to_be_read(cast, released):
    leader = cast.actor("township_leader")
    for value, evidence in ((500, "第一次登记"), (900, "培训签到表")):
        entered.enter(leader, released.campaign, VILLAGE, "training", value, evidence, released.over)
    told = indicators(cast, released)["training"]
    assert (told["value"], told["state"], told["evidence"]["note"]) == (900, "ok", "培训签到表")
    why = explain.explain(leader, released.campaign, VILLAGE, released.over)
    assert [one.value_milli for one in why.stated["training"]] == [900, 500]
    assert indicators(cast, released, NEXT_VILLAGE)["training"]["state"] == "not_yet"


@pytest.mark.parametrize(
    ("login", "unit", "indicator"),
    [
        ("village_leader", VILLAGE, "training"),  # nobody states the figures of the own village
        ("stranger_leader", VILLAGE, "training"),
        ("township_leader", OTHER_VILLAGE, "training"),
        ("township_leader", TOWNSHIP, "training"),
        ("township_leader", VILLAGE, "mean"),
        ("township_leader", VILLAGE, "nothing"),
    ],
)
def test_a_value_is_stated_by_a_leader_above_the_village_for_an_entered_indicator_only(
    cast, released, login, unit, indicator
):
    with pytest.raises(NotFound):
        entered.enter(cast.actor(login), released.campaign, unit, indicator, 900, "记录", released.over)


def test_a_village_leader_sees_every_total_but_only_the_own_indicators(cast, released):
    rows = board.get_board(cast.actor("village_leader"), released.campaign, released.over).rows
    assert [row.total > 0 for row in rows] == [True, True]
    assert {row.place.code: row.indicators is None for row in rows} == {VILLAGE: False, NEXT_VILLAGE: True}


def test_the_explanation_leads_down_to_everybody_on_the_roster(cast, released):
    campaigns.excuse(cast.actor("township_leader"), released.campaign, person("third"), "产假", released.over)
    why = explain.explain(cast.actor("village_leader"), released.campaign, VILLAGE, released.over)
    assert {one.name: (one.state, one.excuse, one.excused_by) for one in why.people} == {
        "周小满": ("sat", "", None),
        "赵立春": ("sat", "", None),
        "钱雨水": ("excused", "产假", "冯霜降"),
    }
    scores = {one.name: [sitting.points_milli for sitting in one.sittings] for one in why.people}
    assert scores == {"周小满": [FULL], "赵立春": [FULL // 2], "钱雨水": []}


def test_names_and_scores_are_for_those_who_may_see_them(cast, released):
    def seen_by(login):
        return explain.explain(cast.actor(login), released.campaign, VILLAGE, released.over)

    assert seen_by("auditor").people is None
    admin = seen_by("admin")
    assert [one.name for one in admin.people] and not any(one.sittings for one in admin.people)
    assert any(one.sittings for one in seen_by("township_leader").people)


@pytest.mark.parametrize(
    ("login", "unit"),
    [
        ("stranger_leader", VILLAGE),
        ("village_leader", NEXT_VILLAGE),
        ("township_leader", OTHER_VILLAGE),
        ("township_leader", TOWNSHIP),
    ],
)
def test_an_explanation_out_of_reach_does_not_exist(cast, released, login, unit):
    with pytest.raises(NotFound):
        explain.explain(cast.actor(login), released.campaign, unit, released.over)


def test_what_would_change_names_the_largest_gain_first_and_the_step_to_the_next_village(cast, released):
    why = explain.explain(cast.actor("township_leader"), released.campaign, NEXT_VILLAGE, released.over)
    gains = [one.gain for one in why.changes if one.gain is not None]
    assert gains == sorted(gains, reverse=True)
    rows = board.get_board(None, released.campaign, released.over).rows
    assert why.ahead_milli == rows[0].total - rows[1].total > 0
    assert why.spread_milli == 45_000  # four entered indicators without a value: 5 + 5 + 5 + 30
