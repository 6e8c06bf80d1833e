"""Publishing: sealed once, sent to every receiver, refused too early, and nobody's answers inside."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, text

from quizapp.extensions import db
from quizapp.models import Attempt, AuditEvent, ChainHead, Delivery, Exam, Receiver, SealedRow, Sheet
from quizapp.rules import seal, village_result
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services import exams, signing
from quizapp.services.evaluation import entered, publishing
from tests.cast import NEXT_VILLAGE, TOWNSHIP, VILLAGE
from tests.results import MORE

MINUTE = timedelta(minutes=1)


@pytest.fixture
def leader(app_context, cast):
    actor = cast.actor("township_leader")
    db.session.rollback()  # what is set up after this is seen
    return actor


def publish(leader, sat, later=timedelta()):
    return publishing.publish(leader, sat.campaign, sat.over + later)


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def bodies() -> list[dict]:
    return [json.loads(body) for body in db.session.scalars(select(Sheet.body).order_by(Sheet.id))]


def test_every_village_gets_a_sheet_that_says_what_the_board_says(leader, released):
    done = publish(leader, released)
    assert (done.units, done.revision, done.results_sealed) == ([VILLAGE, NEXT_VILLAGE], 1, 4)
    first, second = bodies()
    assert (first["type"], first["version"]) == ("village_result.published", 1)
    assert (first["campaign"], first["township"]) == (released.campaign, TOWNSHIP)
    assert first["unit"] == {"code": VILLAGE, "name": "柳塘村", "kind": "village"}
    assert (first["rank"], second["rank"], first["of"], first["revision"], first["supersedes"]) == (1, 2, 2, 1, None)
    assert first["roster"] | {"date": ""} == {"date": "", "size": 3, "excused": 0, "counted": 3}
    mean = next(one for one in first["indicators"] if one["code"] == "mean")
    assert (mean["name"], mean["value"], mean["target"], mean["weight"]) == ("全员平均得分率", 0.5, 1, 20)
    assert sum(round(one["points"] * 1000) for one in first["indicators"]) == round(first["total"] * 1000)
    assert sum(round(one["effective_weight"] * 1000) for one in first["indicators"]) == 100_000
    assert "value" not in next(one for one in first["indicators"] if one["code"] == "contest")


def test_the_seal_on_a_sheet_is_the_signed_head_and_can_be_checked_from_the_sheet_alone(leader, released):
    done = publish(leader, released)
    key = signing.signing_key()[1].public_key()
    for body in bodies():
        assert body["seal"] == done.seal
        head = {name: body["seal"][name] for name in ("count", "head", "key_id", "time")}
        assert seal.verify_head({**head, "campaign": body["campaign"]}, body["seal"]["signature"], key)
    rows = [json.loads(row) for row in db.session.scalars(select(SealedRow.row).order_by(SealedRow.position))]
    assert [row["kind"] for row in rows] == ["result"] * 4 + ["sheet"] * 2
    assert [row["digest"] for row in rows[4:]] == [village_result.digest(body) for body in bodies()]
    assert count(ChainHead) == 1
    assert set(db.session.scalars(select(Attempt.state))) == {"sealed"}


def test_j6_nothing_of_a_person_is_sent_or_sealed(leader, released, cast):
    """J6: neither the sheets nor the rows bear a name, a public id, an answer or its value."""
    publish(leader, released)
    sent = "".join(db.session.scalars(select(Sheet.body))) + "".join(db.session.scalars(select(SealedRow.row)))
    names = [name for name, _ in MORE.values()] + ["周小满", "吴立秋", "冯霜降", "王清明"]
    attempts = db.session.scalars(select(Attempt.public_id)).all()
    for canary in [*names, *cast.ids.values(), *attempts, "居住地", "免费", "甲项"]:
        assert canary not in sent


def test_one_delivery_for_every_unit_and_active_receiver_and_the_embedded_one_is_there_by_itself(leader, released):
    publish(leader, released)
    assert db.session.scalars(select(Receiver.kind)).all() == ["embedded"]
    assert count(Delivery) == 2
    township = db.session.scalar(select(Receiver.unit_id))
    for slug, is_active in (("county", True), ("former", False)):
        db.session.add(Receiver(slug=slug, unit_id=township, name=slug, kind="http", url="", is_active=is_active))
    db.session.commit()
    entered.enter(leader, released.campaign, VILLAGE, "training", 900, "签到表", released.over + MINUTE)
    publish(leader, released, 2 * MINUTE)
    assert count(Delivery) == 2 + 2, "one new sheet for each of the two that are active"


def test_publishing_again_without_a_change_changes_nothing(leader, released):
    first = publish(leader, released)
    before = {table: count(table) for table in (Sheet, SealedRow, ChainHead, Delivery, AuditEvent)}
    again = publish(leader, released, MINUTE)
    assert {table: count(table) for table in before} == before
    assert (again.units, again.revision, again.seal) == ([], 1, first.seal)


def test_only_villages_whose_result_changed_get_a_new_revision_that_names_the_one_it_replaces(leader, released):
    publish(leader, released)
    entered.enter(leader, released.campaign, VILLAGE, "training", 900, "签到表", released.over + MINUTE)
    done = publish(leader, released, 2 * MINUTE)
    assert (done.units, done.revision, done.results_sealed) == ([VILLAGE], 2, 0)
    old, _, new = bodies()
    assert (new["revision"], new["supersedes"], new["total"] > old["total"]) == (2, old["event_id"], True)
    assert done.seal["count"] == 7


@pytest.mark.parametrize("actor", ["leader", None])
def test_publishing_is_written_down_with_who_did_it(leader, released, actor):
    publishing.publish(leader if actor else None, released.campaign, released.over)
    event = db.session.scalar(select(AuditEvent).where(AuditEvent.action == "evaluation.published"))
    assert event.person_id == (leader.person_id if actor else None)
    assert event.detail["units"] == [VILLAGE, NEXT_VILLAGE]


def test_it_is_refused_while_an_exam_that_counts_is_open_or_not_released(leader, sat_exam):
    with pytest.raises(Conflict, match="has not closed"):
        publishing.publish(leader, sat_exam.campaign, sat_exam.stage.now)
    db.session.execute(text("UPDATE exams SET release_rule = 'by_hand'"))
    db.session.commit()
    exams.close(None, sat_exam.stage.exam, sat_exam.stage.now + MINUTE)
    with pytest.raises(Conflict, match="not released"):
        publish(leader, sat_exam)
    assert (count(Sheet), count(SealedRow), count(ChainHead)) == (0, 0, 0)
    assert "sealed" not in set(db.session.scalars(select(Attempt.state)))
    db.session.rollback()
    exams.release(leader, sat_exam.stage.exam, sat_exam.over)
    assert publish(leader, sat_exam).revision == 1


def test_a_mock_exam_may_be_open_all_the_same(leader, released):
    exam = db.session.scalar(select(Exam))
    values = {column.name: getattr(exam, column.name) for column in Exam.__table__.columns if column.name != "id"}
    mock = {"public_id": "mock", "counts": False, "released_at": None, "closes_at": released.over + 99 * MINUTE}
    db.session.add(Exam(**(values | mock)))
    db.session.commit()
    assert publish(leader, released).revision == 1


@pytest.mark.parametrize("login", ["village_leader", "stranger_leader", "trainee", "admin", "auditor"])
def test_only_a_leader_of_the_township_publishes(app_context, cast, released, login):
    with pytest.raises(NotFound):
        publishing.publish(cast.actor(login), released.campaign, released.over)
    assert count(Sheet) == 0


def press_four_times_at_once(app, cast, sat):
    barrier = Barrier(4)

    def press():
        with app.app_context():
            actor = cast.actor("township_leader")
            barrier.wait()
            return publishing.publish(actor, sat.campaign, sat.over + MINUTE)

    with ThreadPoolExecutor(4) as pool:
        return [future.result() for future in [pool.submit(press) for _ in range(4)]]


def test_pressed_at_once_by_several_there_is_one_revision(app, cast, released):
    outcomes = press_four_times_at_once(app, cast, released)
    assert sorted(len(outcome.units) for outcome in outcomes) == [0, 0, 0, 2]
    assert len({outcome.seal["head"] for outcome in outcomes}) == 1
    with app.app_context():
        assert (count(Sheet), count(ChainHead), count(SealedRow), count(Delivery)) == (2, 1, 6, 2)


def test_a_correction_pressed_at_once_by_several_is_one_revision_too(app, cast, released):
    with app.app_context():
        publishing.publish(None, released.campaign, released.over)
        entered.enter(None, released.campaign, VILLAGE, "training", 900, "签到表", released.over)
    outcomes = press_four_times_at_once(app, cast, released)
    assert sorted(len(outcome.units) for outcome in outcomes) == [0, 0, 0, 1]
    with app.app_context():
        assert (count(Sheet), count(ChainHead), count(SealedRow), count(Delivery)) == (3, 2, 7, 3)


def test_nothing_is_signed_over_a_chain_that_does_not_fit_its_head(leader, released):
    publish(leader, released)
    db.session.execute(text("DELETE FROM sealed_rows WHERE position = 5"))
    db.session.commit()
    entered.enter(leader, released.campaign, VILLAGE, "training", 900, "签到表", released.over + MINUTE)
    with pytest.raises(Conflict, match="quizapp verify"):
        publish(leader, released, 2 * MINUTE)
    assert count(Sheet) == 2


def test_a_failure_half_way_leaves_nothing_behind(leader, released, monkeypatch):
    monkeypatch.setattr(publishing, "active_receivers", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(leader, released)
    assert (count(Sheet), count(SealedRow), count(ChainHead)) == (0, 0, 0)
    assert set(db.session.scalars(select(Attempt.state))) == {"marked"}


def test_personal_numbers_are_kept_out_of_evidence(leader, released):
    for evidence in ("联系人 139-1234-5678", "身份证 34242519900101123X", " "):
        with pytest.raises(Invalid):
            entered.enter(leader, released.campaign, VILLAGE, "training", 900, evidence, released.over)
