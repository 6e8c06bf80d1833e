"""An attempt from its start to its marks, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from quizapp.extensions import db
from quizapp.models import AnswerEvent, Attempt, LateAnswer, Receipt, Result
from quizapp.rules.errors import NotFound
from quizapp.services import exams, jobs
from quizapp.services.attempts import finish, receipts, review, save, start
from quizapp.services.transaction import writing
from tests.scenes import scene
from tests.stage import FULL, keys_in_paper

MS = timedelta(milliseconds=1)
pytestmark = pytest.mark.usefixtures("app_context")


@scene
def sitting(cast, stage):
    """The trainee has just started."""
    actor = cast.actor("trainee")
    return actor, start.start(actor, stage.exam, stage.now)


def put(sitting, slot, seq, value, at, epoch=1):
    actor, running = sitting
    return save.save_answers(running.attempt_id, actor.person_id, epoch, [save.Sent(slot, seq, value)], at)


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def test_starting_again_comes_back_to_the_same_paper_with_a_new_epoch(sitting, stage):
    actor, first = sitting
    again = start.start(actor, stage.exam, stage.now + timedelta(minutes=5))
    assert (again.attempt_id, again.deadline_at, again.items) == (first.attempt_id, first.deadline_at, first.items)
    assert (first.epoch, again.epoch, again.is_new) == (1, 2, False)


def test_an_answer_saved_comes_back_exactly_as_sent(sitting, stage):
    slot = next(item.slot for item in sitting[1].items if item.blanks == 2)
    value = ["  居住地\u3000𠮷", "免费 "]
    assert put(sitting, slot, 1, value, stage.now).saved == {slot: 1}
    assert start.standing_answers(own_id(sitting))[slot].value == value


def own_id(sitting) -> int:
    return start.own_attempt_id(sitting[1].attempt_id, sitting[0].person_id)


def test_b2_an_older_answer_does_not_replace_a_newer_one(sitting, stage):
    """B2: a stale save is told what stands."""
    slot, ids = "1", [identity for identity, _ in sitting[1].items[0].options]
    put(sitting, slot, 5, [ids[0]], stage.now)
    late = put(sitting, slot, 4, [ids[1]], stage.now)
    assert (late.saved, late.superseded) == ({}, {slot: (1, 5, [ids[0]])})
    assert put(sitting, slot, 5, [ids[0]], stage.now).saved == {slot: 5}, "sent again, the same answer is saved"
    assert put(sitting, slot, 5, [ids[1]], stage.now).superseded == {slot: (1, 5, [ids[0]])}


def test_a_newer_epoch_wins_over_any_number_of_an_older_one(sitting, stage):
    slot, ids = "1", [identity for identity, _ in sitting[1].items[0].options]
    put(sitting, slot, 900, [ids[0]], stage.now)
    start.start(sitting[0], stage.exam, stage.now)
    assert put(sitting, slot, 1, [ids[1]], stage.now, epoch=2).saved == {slot: 1}
    assert put(sitting, slot, 901, [ids[0]], stage.now).superseded == {slot: (2, 1, [ids[1]])}


def test_every_value_received_in_time_stays_in_the_history(sitting, stage):
    ids = [identity for identity, _ in sitting[1].items[0].options]
    for seq, identity in ((1, ids[0]), (3, ids[1]), (2, ids[2]), (3, ids[1])):
        put(sitting, "1", seq, [identity], stage.now)
    assert count(AnswerEvent) == 3  # the last was sent twice


def test_an_answer_that_does_not_fit_is_refused_alone(sitting, stage):
    actor, running = sitting
    good = [running.items[0].options[0][0]]
    sent = [save.Sent("1", 1, good), save.Sent("99", 2, good), save.Sent("2", 3, ["nope"]), save.Sent("3", 4, "\ud800"),
            save.Sent("7", 5, ["a\x00b", ""])]  # fmt: skip
    outcome = save.save_answers(running.attempt_id, actor.person_id, 1, sent, stage.now)
    assert outcome.saved == {"1": 1}
    assert set(outcome.refused) == {"99", "2", "3", "7"}
    assert all(problem.message for problem in outcome.refused.values())


def test_a_number_far_ahead_and_an_epoch_never_given_are_refused(sitting, stage):
    assert put(sitting, "1", 10_001, None, stage.now).refused["1"].code == "seq-too-far"
    assert put(sitting, "1", 10_000, None, stage.now).saved == {"1": 10_000}
    assert put(sitting, "1", 1, None, stage.now, epoch=2).refused["1"].code == "unknown-epoch"


@pytest.mark.parametrize(("after", "is_kept"), [(-MS, True), (timedelta(), True), (timedelta(seconds=30), True),
                                                 (timedelta(seconds=30) + MS, False)])  # fmt: skip
def test_c2_arrival_alone_decides(sitting, stage, after, is_kept):
    """C2: to the millisecond, and a late answer is recorded, not lost."""
    outcome = put(sitting, "1", 1, None, sitting[1].deadline_at + after)
    assert (bool(outcome.saved), bool(outcome.recorded)) == (is_kept, not is_kept)
    assert count(LateAnswer) == (not is_kept)


def test_c2_an_answer_that_waited_in_our_queue_counts_though_the_attempt_was_taken_in(sitting, stage):
    """C2: closed meanwhile, not yet marked."""
    deadline = sitting[1].deadline_at
    assert finish.close_expired(deadline + timedelta(seconds=31)) == 1
    assert put(sitting, "1", 1, None, deadline).saved == {"1": 1}


def test_handing_in_twice_gives_the_same_receipt_and_later_answers_are_only_recorded(sitting, stage):
    actor, running = sitting
    value = [running.items[0].options[0][0]]
    first = finish.submit(running.attempt_id, actor.person_id, 1, [save.Sent("1", 1, value)], stage.now)
    again = finish.submit(running.attempt_id, actor.person_id, 1, [save.Sent("2", 2, None)], stage.now + MS)
    assert first == again
    assert (first.state, first.answered) == ("submitted", 1)
    assert put(sitting, "1", 9, None, stage.now).recorded == {"1": 9}
    assert receipts.check(first.code.lower(), "10.0.0.1", stage.now).valid


def test_r8_a_receipt_whose_record_a_restored_backup_lacks_is_still_known_as_genuine(sitting, stage):
    """R8: by what its signature covers; with anything changed in it, or for another code, it is unknown."""
    actor, running = sitting
    done = finish.submit(running.attempt_id, actor.person_id, 1, [save.Sent("1", 1, None)], stage.now)
    brought = receipts.brought_by(done)
    assert not receipts.check(done.code, "10.0.0.1", stage.now, brought).is_missing
    with writing() as session:
        session.execute(delete(Receipt))
    lost = receipts.check(done.code, "10.0.0.1", stage.now, brought)
    assert (lost.valid, lost.is_missing, lost.submitted_at, lost.answered) == (True, True, done.submitted_at, 0)
    other = "7" + done.code[1:] if done.code[0] != "7" else "8" + done.code[1:]
    changed = [{**brought, name: brought[name][:-1] + ("1" if brought[name][-1] != "1" else "2")} for name in brought]
    for code, told in [(other, brought), (done.code, {}), *((done.code, one) for one in changed)]:
        with pytest.raises(NotFound):
            receipts.check(code, "10.0.0.1", stage.now, told)


def test_handing_in_after_the_bell_closes_at_the_deadline(sitting, stage):
    actor, running = sitting
    late = running.deadline_at + timedelta(minutes=3)
    done = finish.submit(running.attempt_id, actor.person_id, 1, [save.Sent("1", 1, None)], late)
    assert (done.state, done.submitted_at) == ("auto_submitted", running.deadline_at)
    assert count(LateAnswer) == 1


def test_c3_whoever_never_comes_back_is_taken_in_at_the_deadline(sitting, stage):
    """C3: the server closes by itself, only after the grace, and the end is the deadline."""
    running = sitting[1]
    assert finish.close_expired(running.deadline_at + timedelta(seconds=30)) == 0
    assert finish.close_expired(running.deadline_at + timedelta(seconds=31)) == 1
    assert finish.close_expired(running.deadline_at + timedelta(seconds=31)) == 0
    attempt = db.session.scalar(select(Attempt))
    assert (attempt.state, attempt.finished_at) == ("auto_submitted", running.deadline_at)


def test_c7_starting_late_gives_what_is_left_of_the_window(app_context, cast, stage):
    """C7: the deadline is the end of the window."""
    closes = stage.now + timedelta(hours=2)
    running = start.start(cast.actor("trainee"), stage.exam, closes - timedelta(minutes=3))
    assert running.deadline_at == closes
    with pytest.raises(start.NotOpen):
        start.start(cast.actor("neighbour"), stage.exam, closes)


def test_all_right_earns_all_points_and_nothing_is_shown_before_release(sitting, stage):
    actor, running = sitting
    right = keys_in_paper(running.attempt_id)
    sent = [save.Sent(slot, seq, value) for seq, (slot, value) in enumerate(right.items(), 1)]
    finish.submit(running.attempt_id, actor.person_id, 1, sent, stage.now + timedelta(seconds=90))
    before = review.get(running.attempt_id, actor.person_id)
    assert (before.score, before.items) == (None, [])
    closed = exams.close(None, stage.exam, stage.now + timedelta(minutes=10))
    assert (closed.marked, closed.is_released) == (1, True)
    seen = review.get(running.attempt_id, actor.person_id)
    assert (seen.score.points_milli, seen.score.full_milli, seen.score.seconds_used) == (FULL, FULL, 90)
    assert seen.items[0].articles[0].number == "第二条"


def test_the_worker_closes_marks_and_releases_each_once(sitting, stage):
    end = stage.now + timedelta(hours=2, minutes=5)
    assert jobs.run_due("one", end)["close"] == 1
    assert count(Result) == 1
    assert exams.get_exam(stage.exam).released_at == end
    assert not any(jobs.run_due("one", end + timedelta(minutes=5)).values())


def test_nothing_is_released_while_an_attempt_can_still_change(sitting, stage):
    actor, running = sitting
    just_after = running.deadline_at + timedelta(seconds=31)
    finish.close_expired(just_after)
    assert exams.release_due(stage.now + timedelta(hours=3)) == 0
    assert actor


def test_g3_anothers_attempt_does_not_exist_for_me(app_context, cast, sitting, stage):
    """G3: 404 and no change of state, for every verb."""
    stranger, attempt_id = cast.actor("neighbour").person_id, sitting[1].attempt_id
    for call in (
        lambda: save.save_answers(attempt_id, stranger, 1, [save.Sent("1", 1, None)], stage.now),
        lambda: finish.submit(attempt_id, stranger, 1, [], stage.now),
        lambda: review.get(attempt_id, stranger),
    ):
        with pytest.raises(NotFound):
            call()
    assert (count(AnswerEvent), db.session.scalar(select(Attempt.state))) == (0, "open")


def test_a_stranger_does_not_find_the_exam(app_context, cast, stage):
    for login in ("stranger", "trainer"):
        with pytest.raises(NotFound):
            start.start(cast.actor(login), stage.exam, stage.now)
