"""A11: we die at every single statement of an exam's life, or the database does, and the same call again goes through."""

import itertools
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from quizapp.extensions import db
from quizapp.models import Answer, AnswerEvent, Attempt, Delivery, Exam, Receipt, Result, SealedRow, Sheet
from quizapp.rules.errors import Refusal
from quizapp.services import exams
from quizapp.services.attempts import finish, marking, save, start
from quizapp.services.deliveries import sending
from quizapp.services.evaluation import publishing
from quizapp.services.verification import instance
from tests.stage import keys_in_paper
from tests.town import another_exam

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DONE = ("submitted", "auto_submitted", "marked", "sealed")


class Killed(BaseException):
    """Nothing of ours catches it, as nothing catches SIGKILL; what was not committed is gone."""


def killed() -> BaseException:
    return Killed()


def refused_by_database() -> BaseException:
    return OperationalError("", {}, Exception("disk I/O error"))


class Trap:
    """Raises at the k-th statement or commit from now on."""

    def __init__(self, k: int, fault):
        self.left, self.fault, self.has_struck = k, fault, False

    def __call__(self, *ignored) -> None:
        self.left -= 1
        if self.left == 0:
            self.has_struck = True
            raise self.fault()


@contextmanager
def trap(k: int, fault):
    """Strike at the k-th statement inside the block."""
    set_up = Trap(k, fault)
    for name in ("before_cursor_execute", "commit"):
        event.listen(db.engine, name, set_up)
    try:
        yield set_up
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(db.engine, name, set_up)
        db.session.remove()


def die_everywhere(fault, deed) -> object:
    """Do a deed and be struck at its first statement, its second, its third … until it goes through; return its result."""
    k, is_through = 0, False
    while not is_through:
        k, result = k + 1, None
        with trap(k, fault) as set_up:
            try:
                result = deed()
            except (Killed, OperationalError, Refusal):
                assert set_up.has_struck
        check()
        is_through = not set_up.has_struck
    assert k > 1, "nothing was done"
    return result


def count(query) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery()))


def check() -> None:
    """Demand that everything which belongs together is there together, at any moment."""
    results, receipts = (set(db.session.scalars(select(table.attempt_id))) for table in (Result, Receipt))
    for attempt in db.session.scalars(select(Attempt)):
        assert (attempt.finished_at is not None) == (attempt.state in DONE), "half handed in"
        assert (attempt.id in results) == (attempt.state in ("marked", "sealed")), "half marked"
        if attempt.state == "open":
            assert attempt.id not in receipts, "a receipt for what is not handed in"
        if attempt.state in ("submitted", "marked", "sealed"):
            assert attempt.id in receipts, "handed in without a receipt"
    in_force = select(Receipt.attempt_id).where(Receipt.superseded_by.is_(None))
    assert count(in_force) == count(in_force.distinct())
    stand, came = (
        set(db.session.execute(select(one.attempt_id, one.slot, one.epoch, one.seq, one.value)).all())
        for one in (Answer, AnswerEvent)
    )
    assert stand <= came, "an answer without its history"
    for exam in db.session.scalars(select(Exam).where(Exam.released_at.is_not(None))):
        assert marking.count_unmarked(exam.id) == 0
    assert count(select(Sheet)) == count(select(Delivery)), "a sheet that is on its way to nobody"
    assert bool(count(select(Sheet))) <= bool(count(select(SealedRow)))
    db.session.rollback()


@pytest.mark.parametrize("fault", [killed, refused_by_database])
def test_a11_struck_at_every_statement_nothing_is_done_by_half(app_context, cast, stage, fault):
    """A11: start, save, hand in, take in, mark, release, close, publish, deliver."""
    now = stage.now
    trainee, neighbour = cast.actor("trainee"), cast.actor("neighbour")
    db.session.rollback()
    attempt = die_everywhere(fault, lambda: start.start(trainee, stage.exam, now)).attempt_id
    again = die_everywhere(fault, lambda: start.start(trainee, stage.exam, now))
    assert again.attempt_id == attempt and count(select(Attempt)) == 1
    sent = [save.Sent(slot, seq, value) for seq, (slot, value) in enumerate(keys_in_paper(attempt).items(), 1)]

    saved = die_everywhere(fault, lambda: save.save_answers(attempt, trainee.person_id, 1, sent[:5], now))
    assert saved.saved == {one.slot: one.seq for one in sent[:5]} and count(select(AnswerEvent)) == 5
    handed_in = die_everywhere(fault, lambda: finish.submit(attempt, trainee.person_id, 1, sent[5:], now + MINUTE))
    assert handed_in.answered == len(sent)

    silent = start.start(neighbour, stage.exam, now).attempt_id
    save.save_answers(silent, neighbour.person_id, 1, sent[:0], now)
    die_everywhere(fault, lambda: finish.close_expired(now + HOUR + MINUTE))
    assert sorted(db.session.scalars(select(Attempt.state))) == ["auto_submitted", "submitted"]
    after = now + 2 * HOUR + MINUTE
    die_everywhere(fault, lambda: marking.mark_due(after))
    assert set(db.session.scalars(select(Attempt.state))) == {"marked"}
    die_everywhere(fault, lambda: exams.release_due(after))
    assert db.session.scalar(select(Exam.released_at)) == after

    another = another_exam(stage, "提前结束的考试", now - HOUR, now + 9 * HOUR, now)
    start.start(trainee, another, now)
    closed = die_everywhere(fault, lambda: exams.close(None, another, after))
    assert closed.is_released

    die_everywhere(fault, lambda: publishing.publish(None, stage.campaign, after))
    assert count(select(Sheet)) == 2
    moments = itertools.count(1)
    die_everywhere(fault, lambda: sending.deliver_due(after + next(moments) * 24 * HOUR))
    assert set(db.session.scalars(select(Delivery.state))) == {"delivered"}
    db.session.rollback()
    assert instance.verify().findings == []
