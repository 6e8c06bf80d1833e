"""What one person proposes another decides, once; C11: nobody cuts people's time alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from quizapp.extensions import db
from quizapp.models import Attempt, AuditEvent, Proposal
from quizapp.rules.errors import Conflict, Invalid, NotAllowed, NotFound
from quizapp.services import cutting, early_closing, exams, jobs
from quizapp.services.attempts import start
from quizapp.services.proposals import deciding
from quizapp.services.transaction import writing
from tests.scenes import scene

WHY = "考场停电，改期再考"
pytestmark = pytest.mark.usefixtures("app_context")


@scene
def asked(cast, stage) -> str:
    """The trainer has proposed to close the exam while the trainee is at it."""
    start.start(cast.actor("trainee"), stage.exam, stage.now)
    return early_closing.ask(cast.actor("trainer"), stage.exam, WHY, stage.now)


def state(asked: str) -> str:
    db.session.rollback()
    return db.session.scalar(select(Proposal.state).where(Proposal.public_id == asked))


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_c11_closing_early_takes_a_second_person_and_says_what_it_costs(cast, stage, asked):
    """C11: alone it is refused; the dry run counts; a second person's word does it, with lines in the trail."""
    trainer, leader = cast.actor("trainer"), cast.actor("township_leader")
    with pytest.raises(Conflict):
        exams.close(trainer, stage.exam, stage.now)
    shown = deciding.get_seen(leader, asked, stage.now + timedelta(minutes=10)).shown
    assert shown.cut == cutting.Cut(open=1, cut=1, most_seconds=3000)
    deciding.accept(leader, asked, stage.now + timedelta(minutes=10))
    assert (state(asked), exams.get_exam(stage.exam).closes_at) == ("accepted", stage.now + timedelta(minutes=10))
    assert db.session.scalar(select(Attempt.state)) == "marked"
    assert actions()[-3:] == ["proposal.asked", "proposal.accepted", "exam.closed"]


def test_c11_who_asked_does_not_decide_not_even_in_the_database(cast, stage, asked):
    """C11: the service refuses, and so does the table."""
    trainer = cast.actor("trainer")
    for deed in (lambda: deciding.accept(trainer, asked, stage.now), lambda: deciding.decline(trainer, asked, "不", stage.now)):
        with pytest.raises(NotAllowed, match="yourself"):
            deed()
    with pytest.raises(IntegrityError), writing() as session:
        session.execute(Proposal.__table__.update().values(state="accepted", decided_by_id=trainer.person_id))
    assert state(asked) == "open" and exams.get_exam(stage.exam).closes_at > stage.now


def test_c11_one_in_a_hundred_is_the_limit():
    """C11: exactly one percent needs nobody else, anything above does."""
    assert not cutting.Cut(open=100, cut=1, most_seconds=60).needs_second
    assert cutting.Cut(open=99, cut=1, most_seconds=60).needs_second
    assert cutting.Cut(open=200, cut=3, most_seconds=60).needs_second
    assert not cutting.Cut(open=0, cut=0, most_seconds=0).needs_second


def test_c11_where_nobody_is_at_it_one_person_closes(app_context, cast, stage):
    """C11: nobody loses time, nobody is asked."""
    assert exams.close(cast.actor("trainer"), stage.exam, stage.now).is_released


@pytest.mark.parametrize("who", ["village_leader", "stranger_leader", "trainee", "auditor"])
def test_whoever_is_out_of_reach_finds_no_proposal(cast, stage, asked, who):
    for deed in (deciding.get_seen, deciding.accept):
        with pytest.raises(NotFound):
            deed(cast.actor(who), asked, stage.now)
    assert state(asked) == "open"


def test_a_decision_is_made_once(cast, stage, asked):
    """Whoever comes second is told; nothing is done twice."""
    deciding.accept(cast.actor("admin"), asked, stage.now)
    before = actions()
    for late in (
        lambda: deciding.accept(cast.actor("township_leader"), asked, stage.now),
        lambda: deciding.decline(cast.actor("township_leader"), asked, "不", stage.now),
        lambda: deciding.withdraw(cast.actor("trainer"), asked, stage.now),
    ):
        with pytest.raises(Conflict):
            late()
    assert (state(asked), actions()) == ("accepted", before)


def test_refusing_takes_a_reason_and_does_nothing(cast, stage, asked):
    leader = cast.actor("township_leader")
    with pytest.raises(Invalid):
        deciding.decline(leader, asked, "  ", stage.now)
    deciding.decline(leader, asked, "已恢复供电", stage.now)
    assert (state(asked), exams.get_exam(stage.exam).closes_at > stage.now) == ("declined", True)
    told = deciding.get_seen(cast.actor("trainer"), asked, stage.now)
    assert (told.answer, told.decided_by) == ("已恢复供电", "冯霜降")


def test_the_same_is_asked_once_at_a_time_and_again_after_it_was_taken_back(cast, stage, asked):
    with pytest.raises(Conflict):
        early_closing.ask(cast.actor("admin"), stage.exam, WHY, stage.now)
    with pytest.raises(NotFound):
        deciding.withdraw(cast.actor("admin"), asked, stage.now)
    deciding.withdraw(cast.actor("trainer"), asked, stage.now)
    assert early_closing.ask(cast.actor("admin"), stage.exam, WHY, stage.now) != asked


def test_what_nobody_decides_expires_and_can_not_be_decided_after_that(cast, stage, asked):
    over = stage.now + early_closing.LASTS
    assert deciding.count_waiting(cast.actor("township_leader"), stage.now) == 1
    assert deciding.count_waiting(cast.actor("township_leader"), over) == 0
    with pytest.raises(Conflict):
        deciding.accept(cast.actor("township_leader"), asked, over)
    assert jobs.run_due(None, over)["proposals"] == 1
    assert (state(asked), jobs.run_due(None, over)["proposals"]) == ("expired", 0)


def test_what_can_no_longer_be_done_leaves_the_proposal_open(cast, stage, asked):
    """The exam has closed by itself: the decision is not kept without its deed."""
    with pytest.raises(Conflict):
        deciding.accept(cast.actor("admin"), asked, stage.now + timedelta(hours=3))
    assert state(asked) == "open" and "proposal.accepted" not in actions()


def test_a_proposal_needs_a_reason_and_an_exam_that_is_open(app_context, cast, stage):
    for reason in ("", "   ", "a\0b", "长" * 501):
        with pytest.raises(Invalid):
            early_closing.ask(cast.actor("trainer"), stage.exam, reason, stage.now)
    with pytest.raises(Conflict):
        early_closing.ask(cast.actor("trainer"), stage.exam, WHY, stage.now + timedelta(days=1))
    with pytest.raises(NotFound):
        early_closing.ask(cast.actor("stranger_leader"), stage.exam, WHY, stage.now)
