"""More time for one person, a village or all, on both databases: what moves, what goes on, what counts again."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Attempt, AuditEvent, ExtendedAttempt, LateAnswer, Receipt, Result
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services import exam_management, exams, jobs, migration
from quizapp.services.attempts import finish, receipts, review, save, start
from quizapp.services.extensions import granting, listing
from quizapp.services.extensions.granting import Wish
from tests.cast import VILLAGE
from tests.scenes import scene

MINUTE, MS = timedelta(minutes=1), timedelta(milliseconds=1)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("app_context")


@scene
def sitting(cast, stage):
    """The trainee and the neighbour from the next village have just started; an hour each."""
    actors = {name: cast.actor(name) for name in ("trainee", "neighbour", "township_leader", "village_leader", "trainer")}
    actors |= {"stranger_leader": cast.actor("stranger_leader")}
    return actors, {name: start.start(actors[name], stage.exam, stage.now) for name in ("trainee", "neighbour")}


def attempt(public_id: str) -> Attempt:
    return db.session.scalar(
        select(Attempt).where(Attempt.public_id == public_id).execution_options(populate_existing=True)
    )


def give(sitting, stage, minutes, at, **whom):
    return granting.grant(sitting[0]["township_leader"], stage.exam, Wish(minutes, "停电", **whom), at)


def put(running, actor, seq, at, value=None):
    return save.save_answers(running.attempt_id, actor.person_id, 1, [save.Sent("1", seq, value)], at)


@pytest.mark.parametrize(("whom", "moved"), [("person", {"trainee"}), ("village", {"trainee"}), ("all", {"trainee", "neighbour"})])  # fmt: skip
def test_c5_a_person_a_village_or_all_get_the_minutes_and_what_the_clock_took_in_goes_on(sitting, stage, cast, whom, moved):
    """C5: the deadline moves, the attempt is open again, and saves count until the new end."""
    actors, running = sitting
    target = {"person": {"person": cast.ids["trainee"]}, "village": {"unit": VILLAGE}, "all": {}}[whom]
    end = running["trainee"].deadline_at
    finish.close_expired(end + MINUTE)
    seen = granting.preview(actors["township_leader"], stage.exam, Wish(15, "停电", **target), end + 2 * MINUTE)
    done = give(sitting, stage, 15, end + 2 * MINUTE, **target)
    assert done.changes == seen.changes and done.reopened == len(moved)
    assert {one.login for one in done.changes} == moved
    for name, one in running.items():
        found = attempt(one.attempt_id)
        expected = ("open", None, end + 15 * MINUTE) if name in moved else ("auto_submitted", end, end)
        assert (found.state, found.finished_at, found.deadline_at) == expected
    assert put(running["trainee"], actors["trainee"], 1, end + 15 * MINUTE).saved == {"1": 1}
    assert finish.close_expired(end + 15 * MINUTE + 30_000 * MS) == 0
    assert finish.close_expired(end + 15 * MINUTE + 30_001 * MS) == len(moved)
    assert attempt(running["trainee"].attempt_id).finished_at == end + 15 * MINUTE


def test_c5_an_attempt_found_overdue_and_given_time_in_between_is_not_closed(sitting, stage):
    """C5: the closer asks once more as it closes."""
    end = sitting[1]["trainee"].deadline_at
    ids = list(db.session.scalars(select(Attempt.id)))
    give(sitting, stage, 15, end + MINUTE)
    assert finish.take_in(ids, Attempt.deadline_at < end + MINUTE) == 0


def test_two_grants_add_up_and_the_audit_has_both(sitting, stage):
    end = sitting[1]["trainee"].deadline_at
    give(sitting, stage, 10, stage.now + MINUTE)
    give(sitting, stage, 5, stage.now + 2 * MINUTE, unit=VILLAGE)
    assert attempt(sitting[1]["trainee"].attempt_id).deadline_at == end + 15 * MINUTE
    assert attempt(sitting[1]["neighbour"].attempt_id).deadline_at == end + 10 * MINUTE
    lines = db.session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "exam.extended").order_by(AuditEvent.id))
    assert [(one["minutes"], one["reason"], one["attempts"], one["whom"]) for one in lines] == [
        (10, "停电", 2, ""), (5, "停电", 1, "柳塘村")
    ]  # fmt: skip
    assert [(one.whom, one.minutes, one.attempts, one.granted_by) for one in listing.list_granted(None, stage.exam)] == [
        ("柳塘村", 5, 1, "冯霜降"), ("", 10, 2, "冯霜降")
    ]  # fmt: skip


def test_c5_late_answers_within_the_new_deadline_count_although_the_phone_is_gone(sitting, stage):
    """C5, R6: they go into what stands and into the history with the arrival they had; later ones stay recorded."""
    actors, running = sitting
    end = running["trainee"].deadline_at
    trainee, ids = actors["trainee"], [identity for identity, _ in running["trainee"].items[0].options]
    put(running["trainee"], trainee, 1, end - MINUTE, [ids[0]])
    assert put(running["trainee"], trainee, 2, end + 5 * MINUTE, [ids[1]]).recorded == {"1": 2}
    finish.close_expired(end + 6 * MINUTE)
    assert put(running["trainee"], trainee, 3, end + 16 * MINUTE, [ids[2]]).recorded == {"1": 3}
    done = give(sitting, stage, 15, end + 40 * MINUTE, unit=VILLAGE)
    assert [(one.counted_again, one.is_reopened) for one in done.changes] == [(1, False)]
    found = attempt(running["trainee"].attempt_id)
    assert (found.state, found.deadline_at, found.finished_at) == ("auto_submitted", *[end + 15 * MINUTE] * 2)
    assert start.standing_answers(found.id)["1"].value == [ids[1]]
    assert list(db.session.scalars(select(LateAnswer.seq))) == [3]
    assert db.session.scalar(select(ExtendedAttempt.counted_again)) == 1


def test_an_extension_reaches_those_who_have_not_begun_and_only_there(sitting, stage, cast):
    """C7: their window ends later, their limit does not grow, and the page says until when."""
    from tests.results import hire_more

    hire_more()
    closes = stage.now + 2 * HOUR
    give(sitting, stage, 20, stage.now + MINUTE, unit=VILLAGE)
    second, fourth = cast.actor("second"), cast.actor("fourth")
    near_end = closes - 10 * MINUTE
    assert [(one.closes_at, one.seconds_available, one.extra_minutes) for one in exams.list_mine(second, near_end)] == [
        (closes + 20 * MINUTE, 1800, 20)
    ]
    assert exams.get_mine(fourth, stage.exam, near_end).seconds_available == 600
    assert exams.get_mine(second, stage.exam, closes + MINUTE).state == "open"
    with pytest.raises(start.NotOpen):
        start.start(fourth, stage.exam, closes)
    running = start.start(second, stage.exam, closes + 5 * MINUTE)
    assert running.deadline_at == closes + 20 * MINUTE
    with pytest.raises(start.NotOpen):
        start.start(cast.actor("third"), stage.exam, closes + 20 * MINUTE)


def test_a_named_person_who_has_not_begun_may_begin_later_and_nobody_else(sitting, stage, cast):
    from tests.results import hire_more

    hire_more()
    closes = stage.now + 2 * HOUR
    done = give(sitting, stage, 30, closes + MINUTE, person=cast.ids.get("second") or person_id("second"))
    assert (done.changes, done.closes_at) == ([], closes + 30 * MINUTE)
    assert start.start(cast.actor("second"), stage.exam, closes + 2 * MINUTE).deadline_at == closes + 30 * MINUTE
    with pytest.raises(start.NotOpen):
        start.start(cast.actor("third"), stage.exam, closes + 2 * MINUTE)
    assert exam_management.get_managed(sitting[0]["township_leader"], stage.exam, closes + 2 * MINUTE).state == "open"


def person_id(login: str) -> str:
    from quizapp.services.extensions.targets import person_of_login

    return person_of_login(login)


def test_nothing_is_marked_released_or_migrated_before_the_last_extended_end(sitting, stage):
    """R5: nobody sees a key or a score while any attempt, extensions and grace included, can still be open."""
    closes = stage.now + 2 * HOUR
    give(sitting, stage, 90, stage.now + MINUTE, unit=VILLAGE)  # the window there ends at 3.5 h, the trainee's at 2.5 h
    for after in (HOUR, 2 * HOUR + MINUTE, 3 * HOUR):
        jobs.run_due(None, stage.now + after)
        assert exams.get_exam(stage.exam).released_at is None
        assert db.session.scalar(select(func.count()).select_from(Result)) == 0
        assert migration.has_open_exam(stage.now + after)
        with pytest.raises(Conflict):
            exams.release(None, stage.exam, stage.now + after)
    end = closes + 90 * MINUTE
    assert jobs.run_due(None, end + MINUTE)["release"] == 1
    assert not migration.has_open_exam(end + MINUTE)


def test_somebody_still_at_it_beyond_the_window_keeps_the_results_closed(sitting, stage, cast):
    closes = stage.now + 2 * HOUR
    give(sitting, stage, 120, stage.now + MINUTE, person=cast.ids["trainee"])
    jobs.run_due(None, closes + 2 * MINUTE)
    assert exams.get_exam(stage.exam).released_at is None and migration.has_open_exam(closes + 2 * MINUTE)
    jobs.run_due(None, sitting[1]["trainee"].deadline_at + 122 * MINUTE)
    assert exams.get_exam(stage.exam).released_at is not None


def test_handed_in_stays_handed_in_unless_the_person_is_named_and_a_new_receipt_supersedes(sitting, stage, cast):
    """R4, R8: one handed in by mistake goes on; its receipt is superseded when it is handed in again, unchanged or not."""
    actors, running = sitting
    trainee, one = actors["trainee"], running["trainee"]
    first = finish.submit(one.attempt_id, trainee.person_id, 1, [save.Sent("1", 1, None)], stage.now + MINUTE)
    assert [change.login for change in give(sitting, stage, 5, stage.now + 2 * MINUTE).changes] == ["neighbour"]
    assert attempt(one.attempt_id).state == "submitted"
    done = give(sitting, stage, 0, stage.now + 3 * MINUTE, person=cast.ids["trainee"])
    assert (done.reopened, done.closes_at) == (1, None)
    assert finish.find_handed_in(one.attempt_id, trainee.person_id) is None
    assert put(one, trainee, 2, stage.now + 4 * MINUTE).saved == {"1": 2}
    again = finish.submit(one.attempt_id, trainee.person_id, 1, [], stage.now + 5 * MINUTE)
    assert again.code != first.code and again.submitted_at == stage.now + 5 * MINUTE
    assert receipts.check(first.code, "10.0.0.1", stage.now).superseded_by == again.code
    assert finish.submit(one.attempt_id, trainee.person_id, 1, [], stage.now + 6 * MINUTE) == again
    closed = exams.close(None, stage.exam, stage.now + 10 * MINUTE)
    assert closed.is_released
    assert review.get(one.attempt_id, trainee.person_id).score.seconds_used == 300
    assert db.session.scalar(select(func.count()).where(Receipt.superseded_by.is_(None))) == 2


@pytest.mark.parametrize(("is_outage", "seconds"), [(True, 600), (False, 1200)])
def test_a_granted_outage_is_taken_off_the_time_used_and_other_minutes_are_not(sitting, stage, is_outage, seconds):
    actors, running = sitting
    give(sitting, stage, 10, stage.now + MINUTE, is_outage=is_outage)
    finish.submit(running["trainee"].attempt_id, actors["trainee"].person_id, 1, [], stage.now + 20 * MINUTE)
    exams.close(None, stage.exam, stage.now + 30 * MINUTE)
    assert review.get(running["trainee"].attempt_id, actors["trainee"].person_id).score.seconds_used == seconds


def test_what_the_clock_took_in_gets_a_receipt_that_going_on_takes_away_again(sitting, stage):
    actors, running = sitting
    end = running["trainee"].deadline_at
    mine = running["trainee"].attempt_id, actors["trainee"].person_id
    assert jobs.run_due(None, end + 39_000 * MS)["receipts"] == 0, "an answer may still wait in our queues"
    assert jobs.run_due(None, end + 41_000 * MS)["receipts"] == 2
    first = finish.find_handed_in(*mine)
    assert (first.state, first.submitted_at) == ("auto_submitted", end)
    give(sitting, stage, 10, end + 2 * MINUTE)
    assert finish.find_handed_in(*mine) is None
    jobs.run_due(None, end + 11 * MINUTE)
    assert finish.find_handed_in(*mine).code != first.code
    assert jobs.run_due(None, end + 12 * MINUTE)["receipts"] == 0


def test_closing_early_ends_the_granted_windows_too(sitting, stage, cast):
    from tests.results import hire_more

    hire_more()
    give(sitting, stage, 60, stage.now + MINUTE)
    exams.close(None, stage.exam, stage.now + 2 * MINUTE)
    with pytest.raises(start.NotOpen):
        start.start(cast.actor("second"), stage.exam, stage.now + 3 * MINUTE)


def test_who_may_not_grant_finds_nothing_and_nobody_helps_themselves(sitting, stage, cast):
    """A village's leader cannot extend the own village: the deed is held over the exam's unit."""
    actors, _ = sitting
    for name in ("village_leader", "stranger_leader", "trainer", "trainee"):
        for verb in (granting.preview, granting.grant):
            with pytest.raises(NotFound):
                verb(actors[name], stage.exam, Wish(10, "停电", unit=VILLAGE), stage.now)
    with pytest.raises(Conflict, match="yourself"):
        give(sitting, stage, 10, stage.now, person=cast.ids["township_leader"])
    for whom in ({"unit": "999901102"}, {"person": cast.ids["stranger"]}, {"unit": "nowhere"}):
        with pytest.raises(NotFound):
            give(sitting, stage, 10, stage.now, **whom)


@pytest.mark.parametrize(("minutes", "reason"), [(0, "停电"), (361, "停电"), (-5, "停电"), (10, "  "), (10, "x" * 201)])
def test_nonsense_is_refused_and_changes_nothing(sitting, stage, minutes, reason):
    for verb in (granting.preview, granting.grant):
        with pytest.raises(Invalid):
            verb(None, stage.exam, Wish(minutes, reason), stage.now)
    assert db.session.scalar(select(func.count()).select_from(ExtendedAttempt)) == 0


def test_what_is_marked_or_released_is_not_taken_up_again(sitting, stage):
    end = stage.now + 2 * HOUR + MINUTE
    jobs.run_due(None, end)
    with pytest.raises(Conflict, match="results are out"):
        give(sitting, stage, 60, end)


def test_minutes_that_are_over_already_are_refused_with_a_sentence(sitting, stage, cast):
    end = sitting[1]["trainee"].deadline_at
    finish.close_expired(end + MINUTE)
    with pytest.raises(Conflict, match="change nothing"):
        give(sitting, stage, 10, end + 20 * MINUTE, person=cast.ids["trainee"])
    assert give(sitting, stage, 30, end + 20 * MINUTE, person=cast.ids["trainee"]).reopened == 1
