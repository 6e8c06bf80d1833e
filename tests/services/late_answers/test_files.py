"""E9: an answer file is taken in once, for its own attempt, by who may, and only as it was made."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Answer, AnswerFile, AuditEvent, LateAnswer
from quizapp.rules.errors import Invalid, NotFound
from quizapp.services.attempts import finish, save, start
from quizapp.services.late_answers import counting, files, keys, sight
from quizapp.services.proposals import deciding
from quizapp.services.verification.instance import verify
from tests.scenes import scene
from tests.sealing import sealed, signed
from tests.stage import keys_in_paper

pytestmark = pytest.mark.usefixtures("app_context")


@scene
def running(cast, stage):
    """The trainee has begun and answered the first question."""
    who = cast.actor("trainee")
    begun = start.start(who, stage.exam, stage.now)
    save.save_answers(begun.attempt_id, who.person_id, 1, [save.Sent("1", 1, None)], stage.now)
    return begun


def made(running, make=sealed, slots: int = 3, **more) -> str:
    """Return the phone's file: right answers to the first questions, numbered from 2."""
    right = list(keys_in_paper(running.attempt_id).items())[:slots]
    answers = [[slot, seq, value] for seq, (slot, value) in enumerate(right, 2)]
    return make(running.attempt_id, keys.of_attempt(running.attempt_id), {"epoch": 1, "answers": answers}, **more)


def count(table) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize("make", [sealed, signed])
def test_e9_after_the_time_it_is_recorded_late_flagged_audited_and_taken_in_once(cast, running, make):
    """E9: the village's own leader carries it; what it holds counts only by the two-person decision."""
    late = running.deadline_at + timedelta(minutes=20)
    finish.close_expired(late)
    leader = cast.actor("village_leader")
    done = files.take_in(leader, made(running, make), late)
    assert (done.saved, done.recorded, done.refused, done.is_again) == ([], ["1", "2", "3"], {}, False)
    assert set(db.session.scalars(select(LateAnswer.source))) == {"file"}
    again = files.take_in(cast.actor("admin"), f"\n{made(running, make)}\n", late + timedelta(hours=1))
    assert (again.is_again, again.taken_in_at, again.taken_in_by) == (True, late, "王清明")
    assert (count(AnswerFile), count(LateAnswer)) == (1, 3)
    line = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "answer_file.taken_in")).one()
    assert (line.person_id, line.detail["recorded"]) == (leader.person_id, 3)
    seen = sight.get_sheet(cast.actor("township_leader"), running.attempt_id)
    assert seen.line.is_carried and seen.line.recorded == 3
    asked = counting.ask(cast.actor("township_leader"), running.attempt_id, "手机坏了", late)
    deciding.accept(cast.actor("admin"), asked, late)
    assert not verify().findings


def test_e9_in_time_it_counts_as_if_it_had_been_sent(cast, running, stage):
    """E9: decided by arrival alone; the person may bring it from another phone."""
    done = files.take_in(cast.actor("trainee"), made(running), stage.now + timedelta(minutes=5))
    assert (done.saved, done.recorded) == (["1", "2", "3"], [])
    assert (count(Answer), count(LateAnswer)) == (3, 0)


def test_e9_what_has_arrived_meanwhile_by_itself_is_there_once(cast, running, stage):
    """E9: the phone got back online after all, or a second file of the same answers comes."""
    who, late = cast.actor("trainee"), running.deadline_at + timedelta(minutes=2)
    right = list(keys_in_paper(running.attempt_id).items())
    save.save_answers(running.attempt_id, who.person_id, 1, [save.Sent(right[0][0], 2, right[0][1])], late)
    files.take_in(who, made(running), late)
    done = files.take_in(who, made(running, iv=b"another one!"), late)
    assert (done.is_again, done.recorded, count(LateAnswer), count(AnswerFile)) == (False, ["1", "2", "3"], 3, 2)


def test_e9_a_changed_file_leaves_nothing(cast, running, stage):
    """E9: refused with a sentence, no row anywhere."""
    text = made(running)
    broken = text[:-5] + ("A" if text[-5] != "A" else "B") + text[-4:]
    with pytest.raises(Invalid) as refusal:
        files.take_in(cast.actor("village_leader"), broken, stage.now)
    assert refusal.value.problems[0].code == "changed"
    assert (count(AnswerFile), count(LateAnswer), count(Answer)) == (0, 0, 1)


def test_e9_another_attempts_key_opens_nothing(cast, running, stage):
    """E9: bound to the attempt: the neighbour's key makes no file for this one."""
    other = start.start(cast.actor("neighbour"), stage.exam, stage.now)
    foreign = sealed(running.attempt_id, keys.of_attempt(other.attempt_id), {"epoch": 1, "answers": [["1", 2, None]]})
    with pytest.raises(Invalid):
        files.take_in(cast.actor("admin"), foreign, stage.now)


@pytest.mark.parametrize("who", ["neighbour", "stranger", "stranger_leader", "trainer", "auditor"])
def test_e9_whoever_does_not_look_after_the_person_takes_nothing_in(cast, running, stage, who):
    """E9: told as of an attempt that there is not; what came in is not shown to them either."""
    for text in (made(running), made(running).replace(running.attempt_id, "z" * 16)):
        with pytest.raises(Invalid) as refusal:
            files.take_in(cast.actor(who), text, stage.now)
        assert refusal.value.problems[0].code == "unknown-attempt"
    done = files.take_in(None, made(running), stage.now)
    assert files.get(cast.actor("village_leader"), done.id).saved == ["1", "2", "3"]
    with pytest.raises(NotFound):
        files.get(cast.actor(who), done.id)


def test_answers_that_do_not_fit_the_paper_are_named_and_the_others_taken(cast, running, stage):
    key = keys.of_attempt(running.attempt_id)
    answers = [["1", 2, ["nope"]], ["99", 3, None], ["2", 4, None], ["3", 90_000, None]]
    text = sealed(running.attempt_id, key, {"epoch": 1, "answers": answers})
    done = files.take_in(cast.actor("trainee"), text, stage.now)
    assert done.saved == ["2"] and set(done.refused) == {"1", "3", "99"}
    unknown = sealed(running.attempt_id, key, {"epoch": 7, "answers": [["4", 1, None]]})
    assert set(files.take_in(cast.actor("trainee"), unknown, stage.now).refused) == {"4"}
