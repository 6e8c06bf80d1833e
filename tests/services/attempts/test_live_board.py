"""G11: a live board shows who handed in within a second; marking for it takes nothing where nobody waits."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.cli.worker import ROUND_SECONDS
from quizapp.extensions import db
from quizapp.models import Lease
from quizapp.services import jobs, ranking
from tests.processes import wait_until
from tests.results import MORE, RIGHT, hire_more, sit
from tests.stage import set_up

LOGINS = (*RIGHT, *MORE)


def seconds_until_seen(actor, exam: str, at) -> float:
    """Hand in all eight right, and return how long after that the board shows the place."""
    sit(actor, exam, 8, at)
    began = time.monotonic()

    def is_there() -> bool:
        db.session.rollback()
        return ranking.get_board(actor, exam, "person", None, 1).me is not None

    wait_until(is_there, 30, lambda: "the board never showed it")
    return time.monotonic() - began


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def seen(app, cast, workers) -> list[float]:
    """How long it took with a real worker, for one person after the other."""
    with app.app_context():
        hire_more()
        stage = set_up(board="live")
        workers()
        first, *others = [cast.actor(login) for login in dict.fromkeys(LOGINS)]
        seconds_until_seen(first, stage.exam, stage.now)  # the worker is there
        return [seconds_until_seen(one, stage.exam, stage.now) for one in others]


@pytest.mark.timeout(180)
def test_g11_a_live_board_does_not_wait_for_the_next_round(seen):
    """G11: each is handed in as the one before is seen; waiting for the worker's rounds would take a whole one each."""
    print("G11: seen after", [f"{one:.2f}" for one in seen])
    assert sum(seen) < len(seen) * ROUND_SECONDS / 2


@pytest.mark.soak("G11")
@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_g11_fresh_within_a_second(seen):
    """G11: every hand-in is on the live board within a second."""
    print("G11: seen after", [f"{one:.2f}" for one in seen])
    assert max(seen) <= 1


def test_g11_only_a_live_board_is_marked_for_at_once(app_context, cast):
    """G11, G7: where the board is shown later nothing is marked before the end, and nothing is written to find that out."""
    stage = set_up(board="after_release")
    sit(cast.actor("trainee"), stage.exam, 8, stage.now)
    assert jobs.mark_awaited("one", stage.now + timedelta(minutes=10)) == {}
    assert db.session.scalar(select(Lease.name)) is None
