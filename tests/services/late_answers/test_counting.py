"""Late answers are kept, and count only by the decision of two people from outside the village (R6)."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from quizapp.extensions import db
from quizapp.models import Answer, AuditEvent, LateAnswer, Person, Receipt, Result, RoleGrant
from quizapp.rules import marking as marking_rules
from quizapp.rules.errors import Conflict, Invalid, NotAllowed, NotFound
from quizapp.services import exams, ranking, scope
from quizapp.services.attempts import finish, marking, save, start
from quizapp.services.evaluation import publishing
from quizapp.services.late_answers import counting, notes, sight
from quizapp.services.people import changes
from quizapp.services.proposals import deciding
from quizapp.services.transaction import writing
from quizapp.services.verification.instance import verify
from tests.cast import MET, OTHER_TOWNSHIP, PASSWORD, TOWNSHIP, written
from tests.scenes import scene
from tests.stage import FULL, POINTS, keys_in_paper, set_up

WHY = "村里断网，监考员在场证明"
SECOND = timedelta(seconds=1)
IN_TIME, ALL = 2, 8  # answers


@dataclass(frozen=True)
class Evening:
    """The trainee's two answers came in time, the other six a minute after it was over; all of them right."""

    attempt: str
    exam: str
    campaign: str
    person_id: int
    now: datetime

pytestmark = pytest.mark.usefixtures("app_context")


@scene
def evening(cast, stage) -> Evening:
    who = cast.actor("trainee")
    running = start.start(who, stage.exam, stage.now)
    right = list(keys_in_paper(running.attempt_id).items())
    sent = [save.Sent(slot, seq, value) for seq, (slot, value) in enumerate(right, 1)]
    over = running.deadline_at + 31 * SECOND
    save.save_answers(running.attempt_id, who.person_id, 1, sent[:IN_TIME], stage.now)
    late = save.save_answers(running.attempt_id, who.person_id, 1, sent[IN_TIME:], over + 29 * SECOND)
    assert len(late.recorded) == ALL - IN_TIME
    finish.close_expired(over + 30 * SECOND)
    ended = stage.now + timedelta(hours=2, minutes=1)
    assert marking.mark_due(ended) == 1
    return Evening(running.attempt_id, stage.exam, stage.campaign, who.person_id, ended)


def ask(cast, evening: Evening, who: str = "township_leader") -> str:
    return counting.ask(cast.actor(who), evening.attempt, WHY, evening.now)


def decide(cast, evening: Evening) -> str:
    asked = ask(cast, evening)
    deciding.accept(cast.actor("admin"), asked, evening.now)
    return asked


def result() -> Result:
    db.session.rollback()
    return db.session.scalar(select(Result).execution_options(populate_existing=True))


def count(table, *conditions) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*conditions))


def test_r6_two_people_count_late_answers_and_everything_follows(cast, evening):
    """R6: answers in place, marks as a from-scratch marking gives them, receipt superseded, ranking moved."""
    before, old = result().points_milli, db.session.scalar(select(Receipt.code))
    decide(cast, evening)
    fresh = result()
    oracle = sum(keys_earn(evening).values())
    assert (before, fresh.points_milli) == (IN_TIME * POINTS, oracle) and oracle == FULL
    receipts = {one.code: one for one in db.session.scalars(select(Receipt))}
    assert len(receipts) == 2 and receipts[receipts[old].superseded_by].answered == ALL
    assert receipts[old].answered == IN_TIME
    assert exams.close(None, evening.exam, evening.now).is_released
    assert ranking.get_board(cast.actor("trainee"), evening.exam, "person", None, 1).rows[0].points_milli == FULL
    assert not verify().findings


def keys_earn(evening: Evening) -> dict[str, int]:
    """Return what the standing answers earn, marked from nothing but paper and key."""
    from quizapp.models import Attempt

    attempt = db.session.scalar(select(Attempt))
    keys = marking.keys_of({item["revision_id"] for item in attempt.paper["items"]})
    return marking_rules.mark_paper(attempt.paper, keys, finish.standing(db.session, attempt.id)).marks


def test_r6_the_trail_keeps_who_why_and_the_old_figures(cast, evening):
    """R6: one line for the proposal, one for the decision, one for the deed with the figures before and after."""
    asked = decide(cast, evening)
    lines = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()[-3:]
    assert [one.action for one in lines] == ["proposal.asked", "proposal.accepted", "late.counted"]
    detail = lines[-1].detail
    assert (detail["reason"], detail["proposal"], len(detail["slots"])) == (WHY, asked, ALL - IN_TIME)
    figures = detail["figures"]
    assert (figures["before"]["points_milli"], figures["after"]["points_milli"]) == (IN_TIME * POINTS, FULL)
    assert figures["before"]["receipt"] != figures["after"]["receipt"] and figures["before"]["marks"]
    assert count(LateAnswer) == ALL - IN_TIME, "what came late stays where it was recorded"


@pytest.mark.parametrize("who", ["village_leader", "admin", "trainee", "trainer", "stranger_leader", "auditor"])
def test_r6_nobody_else_may_propose(cast, evening, who):
    """R6: a leader of the village, other roles, other townships."""
    with pytest.raises((NotFound, NotAllowed)):
        ask(cast, evening, who)


def grant(login: str, unit: str) -> None:
    """Make somebody a leader at a unit as well."""
    person = db.session.scalar(select(Person.id).where(Person.login == login))
    unit_id = scope.get_unit(unit).id
    with writing() as session:
        session.add(RoleGrant(person_id=person, unit_id=unit_id, role="leader"))


def test_r6_whose_own_unit_is_the_village_neither_proposes_nor_decides(cast, evening):
    """R6: not even with an office of the township."""
    grant("village_leader", TOWNSHIP)
    insider = cast.actor("village_leader")
    with pytest.raises(NotAllowed):
        counting.ask(insider, evening.attempt, WHY, evening.now)
    asked = ask(cast, evening)
    assert deciding.count_waiting(insider, evening.now) == 0
    with pytest.raises(NotAllowed):
        deciding.accept(insider, asked, evening.now)
    assert result().points_milli == IN_TIME * POINTS


def test_r6_the_person_concerned_neither_proposes_nor_decides(app_context, cast):
    """R6: somebody of the township's office, who has no village, is trainee and leader in one."""
    changes.add(None, changes.NewPerson("clerk", "许芒种", TOWNSHIP, "干事", ("trainee", "leader"), PASSWORD), MET)
    stage, clerk = set_up(), cast.actor("clerk")
    running = start.start(clerk, stage.exam, stage.now)
    late = running.deadline_at + timedelta(minutes=1)
    save.save_answers(running.attempt_id, clerk.person_id, 1, [save.Sent("1", 1, None)], late)
    finish.close_expired(late)
    with pytest.raises(NotAllowed):
        counting.ask(clerk, running.attempt_id, WHY, late)
    asked = counting.ask(cast.actor("township_leader"), running.attempt_id, WHY, late)
    with pytest.raises(NotAllowed):
        deciding.accept(clerk, asked, late)
    deciding.accept(cast.actor("admin"), asked, late)


def test_r6_an_office_in_the_next_village_or_township_is_none_here(cast, evening):
    """R6: what reaches the exam's unit decides, nothing beside it."""
    grant("neighbour", OTHER_TOWNSHIP)
    with pytest.raises(NotFound):
        ask(cast, evening, "neighbour")
    grant("neighbour", TOWNSHIP)
    assert ask(cast, evening, "neighbour")


def test_r6_a_sealed_result_is_not_changed_and_the_sentence_says_what_to_do(cast, evening):
    """R6, B7: proposed before the sheet is published, decided after it."""
    asked = ask(cast, evening)
    assert exams.close(None, evening.exam, evening.now).is_released
    publishing.publish(None, evening.campaign, evening.now)
    with pytest.raises(Conflict, match="sealed in a published sheet"):
        deciding.accept(cast.actor("admin"), asked, evening.now)
    assert deciding.get_seen(cast.actor("admin"), asked, evening.now).state == "open"
    deciding.withdraw(cast.actor("township_leader"), asked, evening.now)
    with pytest.raises(Conflict, match="evaluation office"):
        ask(cast, evening)
    assert result().points_milli == IN_TIME * POINTS and not verify().findings


def test_counting_before_the_publication_is_what_gets_sealed(cast, evening):
    decide(cast, evening)
    assert exams.close(None, evening.exam, evening.now).is_released
    publishing.publish(None, evening.campaign, evening.now)
    assert not verify().findings
    with pytest.raises(Conflict):
        ask(cast, evening)


def test_b7_stopped_at_any_statement_nothing_is_half_done(cast, evening):
    """B7: the decision is broken off at every statement it makes; all or nothing, and then it goes through."""
    asked = ask(cast, evening)
    admin, before, broken = cast.actor("admin"), written(), 0
    while written() == before:
        db.session.rollback()
        broken += 1
        with stopping_at(broken), suppress(Stopped):
            deciding.accept(admin, asked, evening.now)
    assert broken > 20, "until then nothing was there; now all of it is"
    assert (result().points_milli, count(Receipt), deciding.get_seen(admin, asked, evening.now).state) == (
        FULL, 2, "accepted",
    )  # fmt: skip
    assert not verify().findings


class Stopped(Exception):
    """The process died here."""


class stopping_at:
    """Break off at the k-th statement sent to the database."""

    def __init__(self, number: int):
        self.number = number

    def __enter__(self):
        event.listen(db.engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *error):
        event.remove(db.engine, "before_cursor_execute", self._count)

    def _count(self, *ignored):
        self.number -= 1
        if self.number == 0:
            raise Stopped


def test_b7_agreed_to_by_several_at_once_it_is_done_once(app, cast, evening):
    """B7: one decision, one deed, one new receipt; the others are told."""
    asked, actor, ends = ask(cast, evening), cast.actor("admin"), []
    db.session.remove()

    def agree():
        with app.app_context():
            try:
                deciding.accept(actor, asked, evening.now)
                ends.append("done")
            except Conflict:
                ends.append("told")

    threads = [threading.Thread(target=agree) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(ends) == ["done", "told", "told", "told"]
    assert (count(Receipt), count(AuditEvent, AuditEvent.action == "late.counted")) == (2, 1)


def test_only_what_was_proposed_is_counted_though_more_came_meanwhile(cast, evening):
    """What the decider saw is what is counted."""
    asked = ask(cast, evening)
    slot = db.session.scalar(select(LateAnswer.slot))
    save.save_answers(evening.attempt, evening.person_id, 1, [save.Sent(slot, 50, None)], evening.now)
    seen = deciding.get_seen(cast.actor("admin"), asked, evening.now).shown
    assert all(one.late.value is not None for one in seen.slots) and len(seen.slots) == ALL - IN_TIME
    deciding.accept(cast.actor("admin"), asked, evening.now)
    assert result().points_milli == FULL
    assert sight.get_sheet(cast.actor("township_leader"), evening.attempt).line.recorded == 1


def test_where_more_time_made_them_count_meanwhile_the_proposal_finds_nothing_left(cast, evening):
    """An extension takes late answers away by letting them count; the proposal is still readable, and refused."""
    asked = ask(cast, evening)
    with writing() as session:
        session.execute(LateAnswer.__table__.delete())
    assert deciding.get_seen(cast.actor("admin"), asked, evening.now).shown.slots == []
    with pytest.raises(Conflict, match="nothing to count"):
        deciding.accept(cast.actor("admin"), asked, evening.now)


def test_what_the_person_answered_since_stays(cast, evening):
    """Given more time, the person answered one of them anew after the proposal: that one stands."""
    asked = ask(cast, evening)
    row = db.session.scalar(select(LateAnswer).limit(1))
    fresh = {"attempt_id": row.attempt_id, "slot": row.slot, "epoch": 2, "seq": 1, "value": "null"}
    with writing() as session:
        session.execute(Answer.__table__.insert().values(**fresh, arrived_at=evening.now - timedelta(hours=2)))
    deciding.accept(cast.actor("admin"), asked, evening.now)
    assert result().points_milli == FULL - POINTS and not verify().findings


def test_a_newer_answer_that_stands_is_not_pushed_aside(app_context, cast, stage):
    """Two phones: the older one's late answer is overtaken by what the newer one saved in time."""
    who = cast.actor("trainee")
    running = start.start(who, stage.exam, stage.now)
    start.start(who, stage.exam, stage.now)
    one, other = [identity for identity, _ in running.items[0].options[:2]]
    save.save_answers(running.attempt_id, who.person_id, 2, [save.Sent("1", 1, [one])], stage.now)
    late = running.deadline_at + timedelta(minutes=2)
    assert save.save_answers(running.attempt_id, who.person_id, 1, [save.Sent("1", 99, [other])], late).recorded
    finish.close_expired(late)
    line = sight.list_lines(cast.actor("township_leader"), stage.exam)[0]
    assert (line.recorded, line.overtaken) == (0, 1)
    with pytest.raises(Conflict, match="nothing to count"):
        counting.ask(cast.actor("township_leader"), running.attempt_id, WHY, late)


def test_before_the_marking_the_receipt_follows_and_the_marking_does_the_rest(app_context, cast, stage):
    who = cast.actor("trainee")
    running = start.start(who, stage.exam, stage.now)
    right = keys_in_paper(running.attempt_id)
    finish.submit(running.attempt_id, who.person_id, 1, [], stage.now + SECOND)
    save.save_answers(running.attempt_id, who.person_id, 1, [save.Sent("1", 1, right["1"])], stage.now + 2 * SECOND)
    asked = counting.ask(cast.actor("township_leader"), running.attempt_id, WHY, stage.now + 3 * SECOND)
    deciding.accept(cast.actor("admin"), asked, stage.now + 4 * SECOND)
    assert (count(Receipt), count(Result)) == (2, 0)
    exams.close(None, stage.exam, stage.now + timedelta(minutes=1))
    assert (count(Receipt), result().points_milli) == (2, POINTS)
    assert not verify().findings


def test_an_open_attempt_is_left_to_its_time(app_context, cast, stage):
    who = cast.actor("trainee")
    running = start.start(who, stage.exam, stage.now)
    late = running.deadline_at + timedelta(minutes=1)
    save.save_answers(running.attempt_id, who.person_id, 1, [save.Sent("1", 1, None)], late)
    with pytest.raises(Conflict, match="still open"):
        counting.ask(cast.actor("township_leader"), running.attempt_id, WHY, late)


def test_verify_names_a_late_answer_that_stands_without_a_decision(cast, evening):
    """Somebody with the database puts late answers in place, marks and all: the missing decision is found."""
    late = db.session.scalar(select(LateAnswer.arrived_at))
    with writing() as session:
        session.execute(Answer.__table__.update().where(Answer.slot == "1").values(arrived_at=late))
    found = verify().findings
    assert [(one.kind, one.params["slots"]) for one in found] == [("late", "1")]


def test_a_trainee_is_told_recorded_and_then_by_whose_decision_counted(cast, evening):
    assert notes.of_attempt(evening.attempt, evening.person_id).recorded == ALL - IN_TIME
    decide(cast, evening)
    told = notes.of_attempt(evening.attempt, evening.person_id)
    assert (told.recorded, told.decisions[0].answers, told.decisions[0].reason) == (0, ALL - IN_TIME, WHY)
    assert (told.decisions[0].proposed_by, told.decisions[0].decided_by) == ("冯霜降", "陈白露")
    assert notes.of_attempt(evening.attempt, cast.actor("neighbour").person_id) == notes.Notes()


def test_without_a_reason_nothing_is_proposed(cast, evening):
    with pytest.raises(Invalid):
        counting.ask(cast.actor("township_leader"), evening.attempt, " ", evening.now)


def test_the_list_tells_how_late_and_whose(cast, evening):
    line = sight.list_lines(cast.actor("township_leader"), evening.exam)[0]
    assert (line.person, line.unit, line.recorded, line.late_seconds) == ("周小满", "柳塘村", ALL - IN_TIME, 60)
    assert not line.is_after_release
    assert sight.count_attempts(cast.actor("village_leader"), evening.exam) == 0
    assert sight.count_attempts(cast.actor("admin"), evening.exam) == 1
