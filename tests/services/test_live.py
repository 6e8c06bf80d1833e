"""Watching over an exam: who stands how, within reach, for a bounded number of statements, shared for a few seconds."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from quizapp.extensions import db
from quizapp.models import Attempt, Exam
from quizapp.rules.errors import NotFound
from quizapp.services.attempts import finish, marking, save, start
from quizapp.services.invigilation import live, people, pulse
from quizapp.services.transaction import writing
from tests import many_villages
from tests.cast import NEXT_VILLAGE, VILLAGE
from tests.results import hire_more
from tests.scenes import scene
from tests.stage import set_up

MOST_STATEMENTS = 6  # for any number of villages and people
pytestmark = pytest.mark.usefixtures("app_context")


@scene
def crowd(cast):
    """The stage with further trainees on its roster; they begin at its `now`."""
    hire_more()
    return set_up()


def begin(cast, crowd, login: str, minutes: float = 0) -> str:
    return start.start(cast.actor(login), crowd.exam, crowd.now + timedelta(minutes=minutes)).attempt_id


def at(crowd, minutes: float):
    return crowd.now + timedelta(minutes=minutes)


def look(cast, crowd, minutes: float, who: str = "township_leader") -> live.Watch:
    return live.get_watch(cast.actor(who), crowd.exam, at(crowd, minutes))


def standings(tally) -> dict:
    names = ("silent", "answering", "missing", "taken_in", "handed_in", "excused", "expiring")
    return {name: getattr(tally, name) for name in names if getattr(tally, name)}


@contextmanager
def statements():
    """Collect what is asked of the database."""
    asked = []

    def note(connection, cursor, statement, *rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(db.engine, "before_cursor_execute", note)


def test_everybody_stands_somewhere(cast, crowd):
    ids = {login: begin(cast, crowd, login) for login in ("trainee", "second", "third", "neighbour")}
    pulse.hear(ids["trainee"], at(crowd, 9))
    pulse.hear(ids["second"], at(crowd, 4))
    pulse.beat(None, at(crowd, 9.5))
    finish.submit(ids["third"], cast.actor("third").person_id, 1, [], at(crowd, 5))
    with writing() as session:
        session.execute(update(Attempt).where(Attempt.public_id == ids["neighbour"]).values(deadline_at=at(crowd, 8)))
    finish.close_expired(at(crowd, 9))
    found = look(cast, crowd, 10)
    assert standings(found.whole) == {"silent": 1, "answering": 1, "missing": 2, "taken_in": 1, "handed_in": 1}
    village = next(one for one in found.villages if one.code == VILLAGE)
    assert standings(village) == {"silent": 1, "answering": 1, "handed_in": 1}
    assert (village.roster, village.started) == (3, 3)


def test_marking_does_not_make_the_clock_forget_whom_it_took_in(cast, crowd):
    begin(cast, crowd, "trainee")
    finish.close_expired(at(crowd, 62))
    assert marking.mark_due(at(crowd, 130)) == 1
    assert standings(look(cast, crowd, 130, "village_leader").whole)["taken_in"] == 1


def test_an_attempt_that_ends_within_five_minutes_is_told(cast, crowd):
    attempt = begin(cast, crowd, "trainee")
    pulse.hear(attempt, at(crowd, 54))
    pulse.beat(None, at(crowd, 54))
    assert standings(look(cast, crowd, 54.9, "village_leader").whole)["answering"] == 1
    assert look(cast, crowd, 54.9, "village_leader").whole.expiring == 0
    assert look(cast, crowd, 55.1, "village_leader").whole.expiring == 1


def test_who_never_was_heard_is_silent_three_minutes_after_the_start(cast, crowd):
    begin(cast, crowd, "trainee")
    assert look(cast, crowd, 2.9, "village_leader").whole.silent == 0
    assert look(cast, crowd, 3.1, "village_leader").whole.silent == 1


def test_people_whom_the_exam_is_not_meant_for_are_not_counted(cast, crowd):
    with writing() as session:
        session.execute(update(Exam).values(posts=["小区管理员"]))
    assert [one.code for one in look(cast, crowd, 1).villages] == [NEXT_VILLAGE]


def test_a_leader_sees_the_own_units_and_the_next_township_nothing(cast, crowd):
    """G4: neither numbers nor names of units out of reach."""
    assert [one.code for one in look(cast, crowd, 1, "village_leader").villages] == [VILLAGE]
    for who in ("stranger_leader", "stranger", "trainee"):
        with pytest.raises(NotFound):
            look(cast, crowd, 1, who)
    with pytest.raises(NotFound):
        people.list_people(cast.actor("village_leader"), crowd.exam, NEXT_VILLAGE, at(crowd, 1))
    with pytest.raises(NotFound):
        people.list_people(cast.actor("trainer"), crowd.exam, VILLAGE, at(crowd, 1))


def test_the_people_of_a_unit_come_with_what_is_known_of_them(cast, crowd):
    attempt = begin(cast, crowd, "trainee")
    save.save_answers(attempt, cast.actor("trainee").person_id, 1, [save.Sent("1", 1, None)], at(crowd, 1))
    pulse.hear(attempt, at(crowd, 1))
    for device, told in (("a", {"left": 2, "away_seconds": 40, "loads": 2, "clock_seconds": -90}), ("b", {"left": 1, "loads": 1})):
        pulse.tell(attempt, "told", device, told, at(crowd, 1))
    for session in ("x", "y"):
        pulse.tell(attempt, "opened", session, {"agent": "Android"}, at(crowd, 1))
    pulse.beat(None, at(crowd, 1))
    first = people.list_people(cast.actor("village_leader"), crowd.exam, VILLAGE, at(crowd, 2))[0]
    assert (first.name, first.standing, first.answered, first.questions) == ("周小满", "answering", 0, 8)
    told = first.signals
    assert (told.left, told.away_seconds, told.reloads, told.sign_ins, told.clock_seconds) == (3, 40, 1, 2, -90)


def test_whoever_needs_somebody_stands_first(cast, crowd):
    begin(cast, crowd, "third")
    pulse.hear(begin(cast, crowd, "trainee", 4.5), at(crowd, 4.5))
    pulse.beat(None, at(crowd, 4.5))
    found = people.list_people(cast.actor("village_leader"), crowd.exam, VILLAGE, at(crowd, 5))
    assert [one.standing for one in found] == ["silent", "answering", "missing"]


def test_d9_two_hundred_villages_cost_as_many_statements_as_two(cast, crowd):
    """D9: no N+1; asserted on the statements that reach the database."""
    actor = cast.actor("township_leader")
    with statements() as few:
        live.get_watch(actor, crowd.exam, at(crowd, 0))
    many_villages.settle(crowd.exam, 200, 4, at(crowd, 0))
    db.session.rollback()
    with statements() as many:
        found = live.get_watch(actor, crowd.exam, at(crowd, 1))
    assert len(found.villages) == 202
    assert standings(found.villages[0]) == {"silent": 1, "answering": 2, "missing": 1}
    assert len(many) == len(few) <= MOST_STATEMENTS


def test_d9_the_people_of_a_unit_cost_as_many_statements_whether_few_or_many(cast, crowd):
    """D9: the same for a unit that is opened."""
    many_villages.settle(crowd.exam, 1, 90, at(crowd, 0))
    actor, code = cast.actor("township_leader"), f"{'999901101'}{many_villages.FIRST_ID}"
    with statements() as asked:
        assert len(people.list_people(actor, crowd.exam, code, at(crowd, 1))) == 90
    assert len(asked) <= MOST_STATEMENTS


def test_d9_fifty_readers_of_the_same_units_ask_the_database_once_in_four_seconds(cast, crowd):
    """D9: readers of the same units share a look; those of other units never see it."""
    readers = [cast.actor("township_leader") for _ in range(50)]
    with statements() as asked:
        looks = {live.get_watch(one, crowd.exam, at(crowd, 0)) for one in readers}
    assert len(looks) == 1 and len(asked) <= MOST_STATEMENTS
    other = look(cast, crowd, 0, "village_leader")
    assert [one.code for one in other.villages] == [VILLAGE]
    begin(cast, crowd, "neighbour")
    assert look(cast, crowd, 3 / 60).whole.answering == 0, "up to four seconds old"
    assert look(cast, crowd, 5 / 60).whole.answering == 1
