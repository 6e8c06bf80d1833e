"""Setting exams up, changing them, looking at a paper, and who looks after which exam."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Attempt, Exam, ExamBank
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services import exam_files, exam_management, exam_preview, exam_setup, exams, participation, scope
from quizapp.services.attempts import finish, start
from quizapp.services.banks.importing import import_bank
from tests.cast import COUNTY, NEXT_VILLAGE, OTHER_TOWNSHIP, VILLAGE
from tests.stage import BLUEPRINT, bank

pytestmark = pytest.mark.usefixtures("app_context")
HOUR = timedelta(hours=1)


def draft(stage, **changes) -> exam_setup.Draft:
    whole = exam_setup.Draft(
        "期末考试", stage.campaign, stage.now + HOUR, stage.now + 5 * HOUR, 2400, ["stage"], BLUEPRINT
    )
    return replace(whole, **changes)


def test_trainers_and_administrators_set_exams_up_and_nobody_else(cast, stage):
    for login in ("trainer", "admin"):
        assert exam_setup.create(cast.actor(login), draft(stage), stage.now)
    before = db.session.scalar(select(func.count()).select_from(Exam))
    for login in ("trainee", "village_leader", "township_leader", "auditor", "stranger_leader"):
        for deed in (lambda actor: exam_setup.create(actor, draft(stage), stage.now),
                     lambda actor: exam_setup.rehearse(actor, draft(stage))):  # fmt: skip
            with pytest.raises(NotFound):
                deed(cast.actor(login))
    assert db.session.scalar(select(func.count()).select_from(Exam)) == before


def test_everything_wrong_is_told_at_once_with_its_place(cast, stage):
    sections = [{"title": "", "kind": "riddle", "count": 0, "points_milli": -1}]
    wrong = draft(
        stage, title="\0", closes_at=stage.now, limit_seconds=5, banks=[], attempts_allowed=0, pass_share_milli=2000,
        blueprint={"sections": sections}, release_rule="never", board="hidden", posts=["\ud800"],
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        exam_setup.create(cast.actor("trainer"), wrong, stage.now)
    assert {one.place for one in refused.value.problems} == {
        "title", "closes_at", "limit_seconds", "banks", "attempts_allowed", "pass_share_milli", "release_rule", "board",
        "posts", "sections[0].title", "sections[0].kind", "sections[0].count", "sections[0].points_milli",
    }  # fmt: skip


def test_a_paper_that_cannot_be_drawn_is_refused_with_how_many_are_missing(cast, stage):
    sections = [{**BLUEPRINT["sections"][0], "count": 5}, {**BLUEPRINT["sections"][1], "chapter": "无此章"}]
    with pytest.raises(Invalid) as refused:
        exam_setup.rehearse(cast.actor("trainer"), draft(stage, blueprint={"sections": sections}))
    assert [(one.place, one.params["found"], one.params["missing"]) for one in refused.value.problems] == [
        ("sections[0].count", 3, 2), ("sections[1].count", 0, 2),
    ]  # fmt: skip


def test_only_banks_of_the_campaigns_unit_and_above_are_drawn_from(cast, stage):
    for unit, slug in ((COUNTY, "above"), (VILLAGE, "below"), (OTHER_TOWNSHIP, "beside")):
        document = bank()
        document["front_matter"]["slug"] = slug
        import_bank(None, scope.get_unit(unit).id, document, stage.now)
    assert exam_setup.create(cast.actor("trainer"), draft(stage, banks=["above"]), stage.now)
    for slug in ("below", "beside"):
        with pytest.raises(Invalid) as refused:
            exam_setup.create(cast.actor("trainer"), draft(stage, banks=[slug]), stage.now)
        assert [one.code for one in refused.value.problems] == ["no-bank"]


def test_an_exam_is_changed_until_it_opens(cast, stage):
    trainer = cast.actor("trainer")
    made = exam_setup.create(trainer, draft(stage), stage.now)
    exam_setup.change(trainer, made, draft(stage, title="改了", posts=["村专干"], counts=False), stage.now)
    after = exam_management.get_draft(trainer, made)
    assert (after.title, after.posts, after.counts, after.banks) == ("改了", ["村专干"], False, ["stage"])
    assert db.session.scalar(select(func.count()).select_from(ExamBank)) == 2, "one bank for each exam"
    with pytest.raises(Conflict):
        exam_setup.change(trainer, made, draft(stage), stage.now + HOUR)
    with pytest.raises(NotFound):
        exam_setup.change(cast.actor("township_leader"), made, draft(stage), stage.now)
    with pytest.raises(NotFound):
        exam_management.get_draft(cast.actor("township_leader"), made)


def test_what_is_written_as_plain_data_is_read_as_the_same_exam(cast, stage):
    zone = ZoneInfo("Asia/Shanghai")
    midnight = stage.now.astimezone(zone).replace(hour=0, minute=0, second=0) + timedelta(days=3)
    whole = draft(stage, opens_at=stage.now.replace(second=0), closes_at=midnight, posts=["村专干"], pass_share_milli=750)
    plain = exam_files.written(whole, zone)
    assert plain["closes_at"].endswith(" 24:00") and plain["sections"][0]["points"] == 2
    assert exam_files.read(plain, zone) == whole


def test_plain_data_in_wrong_shapes_are_refused_by_name():
    with pytest.raises(Invalid) as refused:
        exam_files.read(
            {"title": 5, "opens_at": "tomorrow", "minutes": True, "sections": {}, "score": 100, "campaign": "x",
             "banks": ["a", 5]}, ZoneInfo("UTC"),
        )  # fmt: skip
    assert {one.place for one in refused.value.problems} == {
        "title", "opens_at", "minutes", "sections", "score", "banks", "closes_at",
    }  # fmt: skip
    with pytest.raises(Invalid):
        exam_files.read([], ZoneInfo("UTC"))


def test_a_preview_has_keys_for_trainers_only_and_stores_nothing(cast, stage):
    shown = exam_preview.draw(cast.actor("trainer"), stage.exam)
    assert shown.has_keys and len(shown.items) == 8
    assert all(one.key and "解释" in one.explanation_html and one.articles for one in shown.items)
    plain = exam_preview.draw(cast.actor("admin"), stage.exam)
    assert not plain.has_keys and not any(one.key or one.explanation_html or one.articles for one in plain.items)
    for login in ("trainee", "village_leader", "township_leader", "auditor", "stranger_leader"):
        with pytest.raises(NotFound):
            exam_preview.draw(cast.actor(login), stage.exam)
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_the_list_counts_attempts_of_the_readers_own_people(cast, stage):
    start.start(cast.actor("trainee"), stage.exam, stage.now)
    running = start.start(cast.actor("neighbour"), stage.exam, stage.now)
    finish.submit(running.attempt_id, cast.actor("neighbour").person_id, 1, [], stage.now)

    def told(login):
        return [(one.open, one.handed_in, one.marked) for one in exam_management.list_managed(cast.actor(login), stage.now)]

    assert told("trainer") == told("township_leader") == [(1, 1, 0)]
    assert told("village_leader") == [(1, 0, 0)]
    assert told("stranger_leader") == told("trainee") == told("auditor") == []
    with pytest.raises(NotFound):
        exam_management.get_managed(cast.actor("stranger_leader"), stage.exam, stage.now)


def test_what_may_be_done_follows_state_and_role(cast, stage):
    def deeds(login, now, exam=stage.exam):
        one = exam_management.get_managed(cast.actor(login), exam, now)
        return {name for name in ("change", "close", "release", "preview") if getattr(one, f"may_{name}")}

    coming = exam_setup.create(None, draft(stage, release_rule="by_hand"), stage.now)
    assert deeds("trainer", stage.now, coming) == {"change", "preview"}
    assert deeds("township_leader", stage.now, coming) == set()
    assert deeds("trainer", stage.now) == {"close", "preview"}
    start.start(cast.actor("trainee"), coming, stage.now + HOUR)
    over = stage.now + 6 * HOUR
    assert deeds("township_leader", over, coming) == set(), "an attempt is not marked yet"
    exams.close(None, coming, over)
    assert deeds("township_leader", over, coming) == {"release"}
    assert deeds("trainer", over, coming) == {"preview"}
    exams.release(cast.actor("township_leader"), coming, over)
    assert deeds("township_leader", over + HOUR, coming) == set()


def test_participation_is_counted_without_a_score_and_within_reach(cast, stage):
    start.start(cast.actor("trainee"), stage.exam, stage.now)
    whole = participation.get_turnout(cast.actor("trainer"), stage.exam, exam_management.VIEW)
    assert [(one.code, one.done, one.going, one.missing) for one in whole.villages] == [
        (VILLAGE, 0, 1, 0), (NEXT_VILLAGE, 0, 0, 1),
    ]  # fmt: skip
    assert not [name for name in vars(whole.villages[0]) if "point" in name or "score" in name]
    own = participation.get_turnout(cast.actor("village_leader"), stage.exam, exam_management.VIEW)
    assert [one.code for one in own.villages] == [VILLAGE]
    for login in ("stranger_leader", "trainee", "auditor"):
        with pytest.raises(NotFound):
            participation.get_turnout(cast.actor(login), stage.exam, exam_management.VIEW)
