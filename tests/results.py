"""An exam that was sat: more people for the cast's villages, some of whom hand it in well, badly or not at all."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.cast import MET, NEXT_VILLAGE, PASSWORD, VILLAGE, Cast
from tests.scenes import scene
from tests.stage import Stage, keys_in_paper, set_up

MORE = {  # login: person's name, unit; all of them trainees
    "second": ("赵立春", VILLAGE),
    "third": ("钱雨水", VILLAGE),
    "fourth": ("孙谷雨", NEXT_VILLAGE),
    "fifth": ("李芒种", NEXT_VILLAGE),
}
# who hands in, and how many of the eight questions are right; the others have not sat
RIGHT = {"trainee": 8, "second": 4, "neighbour": 6, "fourth": 0}


@dataclass(frozen=True)
class Sat:
    """The stage after everybody who sits has sat; `over` is a minute after its closing."""

    stage: Stage
    over: datetime

    @property
    def campaign(self) -> str:
        return self.stage.campaign


def hire_more() -> None:
    """Add the further trainees; inside an application context."""
    from quizapp.services.people import changes

    for login, (name, unit) in MORE.items():
        changes.add(None, changes.NewPerson(login, name, unit, "村专干", ("trainee",), PASSWORD), MET)


def sit(actor, exam: str, right: int, at: datetime) -> str:
    """Hand the exam in with so many right answers and the others left empty; returns the attempt's public id."""
    from quizapp.services.attempts import finish, save, start

    running = start.start(actor, exam, at)
    answers = [
        save.Sent(slot, seq, value)
        for seq, (slot, value) in enumerate(list(keys_in_paper(running.attempt_id).items())[:right], 1)
    ]
    finish.submit(running.attempt_id, actor.person_id, 1, answers, at + timedelta(minutes=9))
    return running.attempt_id


def sit_all(cast, stage: Stage) -> None:
    """Let everybody of RIGHT sit the exam of the stage."""
    for login, right in RIGHT.items():
        sit(cast.actor(login), stage.exam, right, stage.now)


def set_stage() -> Sat:
    """Let the exam be sat, a day ago, and leave it open."""
    from quizapp.extensions import db

    hire_more()
    stage = set_up(datetime.now(UTC).replace(microsecond=0) - timedelta(days=1))
    sit_all(Cast({}), stage)
    db.session.remove()
    return Sat(stage, stage.now + timedelta(minutes=31))


def release(sat: Sat) -> None:
    """Close the exam and release it."""
    from quizapp.services import exams

    assert exams.close(None, sat.stage.exam, sat.over - timedelta(minutes=1)).is_released


@scene
def sat_exam(cast) -> Sat:
    """The exam of the stage, sat a day ago, but not closed yet."""
    return set_stage()


@scene
def released(sat_exam) -> Sat:
    """The exam of the stage, sat a day ago, closed, marked and released."""
    release(sat_exam)
    return sat_exam
