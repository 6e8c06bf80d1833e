"""Closing by the clock: once, on time, also when two do it, when one is killed, and while people hand in."""

import random
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Answer, Attempt, Receipt, Result
from quizapp.services.attempts import finish, marking, papers, receipts, save
from tests import processes
from tests.processes import wait_until
from tests.services.attempts.closing import demand_closed_once, gather, states
from tests.stage import set_up

MS = timedelta(milliseconds=1)
HOUR = timedelta(hours=1)
SEED = 20260731


def over_for_a_minute(number: int):
    """Return a crowd whose exam ended a minute ago, the grace included."""
    now = datetime.now(UTC).replace(microsecond=0)
    stage = set_up(now - 2 * HOUR, closes_at=now - 60_000 * MS)
    return stage, gather(stage.exam, number, now - HOUR, now - 61_000 * MS)


def close_with_workers(app, workers, tmp_path, number: int, seconds: float) -> None:
    """Let two workers close a crowd's exam and kill the one that began in the middle of it."""
    with app.app_context():
        _, crowd = over_for_a_minute(number)
        began = time.monotonic()
        pair = [workers(), workers()]
        complaint = lambda: f"{states(crowd)}\n{(tmp_path / 'worker.log').read_text()[-3000:]}"  # noqa: E731
        wait_until(lambda: states(crowd).get("open", 0) < number, 60, complaint)
        print("killed at", states(crowd))
        for one in pair[:1]:
            processes.kill_tree(one)
        wait_until(lambda: states(crowd).get("marked") == number, seconds, complaint)
        print(f"{number} closed, receipted and marked after {time.monotonic() - began:.1f} s")
        demand_closed_once(crowd)


@pytest.mark.timeout(180)
def test_c4_two_workers_one_of_them_killed_close_each_attempt_once(app, cast, workers, tmp_path):
    """C4, C3: what the killed one held is taken over, and every end is the deadline."""
    close_with_workers(app, workers, tmp_path, 500, 100)


@pytest.mark.soak("C4")
@pytest.mark.timeout(400)
def test_c4_in_full(app, cast, workers, tmp_path):
    """C4: 5,000 attempts, all closed once within 120 s."""
    close_with_workers(app, workers, tmp_path, 5000, 120)


@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "taken in meanwhile"])
@pytest.mark.parametrize("after", [-1, 0, 29_999, 30_000, 30_001])
def test_c2_the_arrival_decides_whether_the_attempt_is_open_or_was_taken_in_meanwhile(app_context, cast, stage, after, is_closed):
    """C2: -1 ms, 0, grace -1 ms, grace, grace +1 ms."""
    crowd = gather(stage.exam, 1, stage.now, stage.now + HOUR)
    if is_closed:
        assert finish.close_expired(crowd.deadline_at + 31_000 * MS) == 1
    attempt = db.session.get(Attempt, crowd.ids[0])
    outcome = save.save_answers(attempt.public_id, attempt.person_id, 1, [save.Sent("1", 2, None)], crowd.deadline_at + after * MS)
    assert (bool(outcome.saved), bool(outcome.recorded)) == (after <= 30_000, after > 30_000)


def race(app, crowd, dice: random.Random) -> None:
    """Hand the crowd's attempts in at the deadline ±50 ms, with a save beside it, while the clock takes them in."""
    for attempt_id in crowd.ids:
        with app.app_context():
            attempt = db.session.get(Attempt, attempt_id)
            public_id, person_id, paper = attempt.public_id, attempt.person_id, attempt.paper
        at = [crowd.deadline_at + dice.randint(-50, 50) * MS for _ in range(3)]
        acked, gate = {}, threading.Barrier(3)
        options = paper["items"][0]["option_ids"]

        def saver(at=at[0], who=(public_id, person_id), value=options[:1], acked=acked):
            if save.save_answers(*who, 1, [save.Sent("1", 5, value)], at).saved:
                acked["1"] = value

        def submitter(at=at[1], who=(public_id, person_id), acked=acked):
            done = finish.submit(*who, 1, [save.Sent("2", 6, None)], at)
            acked["code"] = done.code

        def closer(at=at[2]):
            finish.close_expired(at)

        threads = [threading.Thread(target=together, args=(app, gate, deed)) for deed in (saver, submitter, closer)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        with app.app_context():
            judge(attempt_id, acked)


def together(app, gate, deed) -> None:
    with app.app_context():
        gate.wait(10)
        deed()


def judge(attempt_id: int, acked: dict) -> None:
    """Demand one result over what was acknowledged, and a receipt that covers it."""
    assert marking.mark([attempt_id], datetime.now(UTC)) == 1
    assert marking.mark([attempt_id], datetime.now(UTC)) == 0
    [result] = db.session.scalars(select(Result).where(Result.attempt_id == attempt_id)).all()
    [receipt] = db.session.scalars(
        select(Receipt).where(Receipt.attempt_id == attempt_id, Receipt.superseded_by.is_(None))
    ).all()
    assert result.answers_digest == receipt.digest
    standing = finish.standing(db.session, attempt_id)
    assert receipts.rules.answers_digest(bytes.fromhex(receipt.salt), standing) == result.answers_digest
    if "1" in acked:
        assert standing["1"] == acked["1"], "acknowledged, but not in what was graded"
    assert "code" in acked
    assert db.session.scalar(select(Answer.seq).where(Answer.attempt_id == attempt_id, Answer.slot == "1")) in (1, 5)


def run_race(app, number: int) -> None:
    with app.app_context():
        stage = set_up()
        crowd = gather(stage.exam, number, stage.now, stage.now + HOUR, grace_seconds=0)
    print(f"seed {SEED}")
    race(app, crowd, random.Random(SEED))


def test_b5_handing_in_races_the_clock_at_the_deadline(app, cast):
    """B5, one short seed: 1 result each, nothing acknowledged is missing in it."""
    run_race(app, 25)


@pytest.mark.soak("B5")
@pytest.mark.timeout(600)
def test_b5_in_full(app, cast):
    """B5: 1,000 runs at the deadline ±50 ms."""
    run_race(app, 1000)


def test_c8_the_time_runs_from_the_first_start_whatever_is_started_again(app_context, cast, stage):
    """C8, I-22: neither a start sent again nor a changed one begins anew; no start, no paper."""
    from quizapp.services.attempts import start

    actor = cast.actor("trainee")
    first = start.start(actor, stage.exam, stage.now)
    again = start.start(actor, stage.exam, stage.now + 20 * 60_000 * MS)
    assert (again.started_at, again.deadline_at, again.attempt_id) == (first.started_at, first.deadline_at, first.attempt_id)
    assert papers.get_ticket(first.attempt_id, actor.person_id, papers.Remembered(1)).attempt_id
