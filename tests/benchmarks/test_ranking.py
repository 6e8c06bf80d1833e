"""G11, G12: rankings are read from kept figures; nothing that people wait for grows with their number."""

import math
import statistics
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Exam, Person
from quizapp.services import places, ranking, scope
from quizapp.services.attempts import save, start
from tests.benchmarks.province import fill
from tests.cast import TOWNSHIP
from tests.stage import set_up

FEW, MANY, MOST = 1_000, 100_000, 1_000_000
ROUNDS = 25
EXPONENT = 0.3  # the alarm; 0.15 is wanted
pytestmark = pytest.mark.usefixtures("app_context")


@pytest.fixture
def stage(cast):
    """An open exam with a live board."""
    return set_up(board="live")


def somebody(number: int):
    person = db.session.scalar(select(Person).where(Person.login == f"c{number}"))
    return scope.load_actor(person.id, person.public_id, person.name, person.unit_id)


def milliseconds(deed) -> float:
    """Return what one call takes, the middle of some rounds."""
    took = []
    for number in range(ROUNDS):
        db.session.rollback()
        began = time.perf_counter()
        deed(number)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def deeds(stage, cast, people: int) -> dict:
    """Return what is measured, by name: each takes the number of its round."""
    me, trainee = somebody(people // 2), cast.actor("trainee")
    middle = people // ranking.PAGE // 2
    running = start.start(trainee, stage.exam, stage.now)
    exam = db.session.scalar(select(Exam).where(Exam.public_id == stage.exam))
    exam = SimpleNamespace(id=exam.id, campaign_id=exam.campaign_id, unit_id=exam.unit_id)

    def answer(number: int) -> None:
        sent = [save.Sent(running.items[0].slot, number + 1, [])]
        assert save.save_answers(running.attempt_id, trainee.person_id, running.epoch, sent, stage.now).saved

    return {
        "save": answer,
        "open": lambda number: start.start(trainee, stage.exam, stage.now + timedelta(seconds=number)),
        "page": lambda number: ranking.get_board(None, stage.exam, "person", None, middle + number % 5),
        "own rank": lambda number: ranking.get_board(me, stage.exam, "person", None, 1, size=1).me.rank,
        "village sums": lambda number: places.village_sums(exam, exam.unit_id),
        "village board": lambda number: ranking.get_board(me, stage.exam, "unit", None, 1),
    }


@pytest.mark.alone
def test_g12_nothing_that_people_wait_for_grows_with_their_number(stage, cast):
    """G12: from 1,000 to 100,000 people and results; the alarm allows four times, a full ranking takes eighty."""
    took, first = {}, 1
    for people in (FEW, MANY):
        fill(stage.exam, TOWNSHIP, first, people)
        first = people + 1
        took[people] = {name: milliseconds(deed) for name, deed in deeds(stage, cast, people).items()}
    for name in ("save", "open", "page", "own rank"):
        before, after = took[FEW][name], took[MANY][name]
        exponent = math.log(after / before) / math.log(MANY / FEW)
        print(f"G12: {name}: {before:.2f} -> {after:.2f} ms, exponent {exponent:.2f}")
        assert exponent <= EXPONENT, name


@pytest.mark.soak("G11")
@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("people", "most_ms"), [(MANY, 5), (MOST, 10)])
def test_g11_boards_take_milliseconds_in_the_database(stage, cast, people, most_ms):
    """G11: a page in the middle, the own rank and the sums of all villages, each as the service returns it."""
    fill(stage.exam, TOWNSHIP, 1, people)
    found = {name: milliseconds(deed) for name, deed in deeds(stage, cast, people).items()}
    print(f"G11, {people} people: " + ", ".join(f"{name} {found[name]:.2f} ms" for name in found))
    for name in ("page", "own rank", "village sums"):
        assert found[name] <= 2 * most_ms, name
