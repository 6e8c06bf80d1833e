"""What a phone counts of itself: taken from the attempt's own person, shown in plain words, read by nothing that marks."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import VILLAGE

QUIZAPP = Path(__file__).resolve().parents[2] / "quizapp"
TOLD = {"device": "a1", "left": 3, "away_seconds": 124, "loads": 3, "clock_seconds": -300}


@pytest.fixture
def begun(app, cast, stage) -> str:
    from quizapp.services.attempts import start

    with app.app_context():
        return start.start(cast.actor("trainee"), stage.exam, stage.now).attempt_id


def tell(browser, attempt: str, body: dict):
    token = browser.client.get("/api/v1/csrf").json["csrf_token"]
    return browser.client.post(f"/api/v1/attempts/{attempt}/signals", json=body, headers={"X-CSRFToken": token})


def beat(app, stage, seconds: int = 1) -> None:
    """Let the server's pulse write what was noted."""
    from quizapp.services.invigilation import pulse

    with app.app_context():
        pulse.beat(None, stage.now + timedelta(seconds=seconds))


def test_a_leader_reads_in_plain_words_what_the_phone_told(app, browse, stage, begun):
    trainee = browse("trainee")
    reply = tell(trainee, begun, TOLD)
    assert reply.status_code == 200 and set(reply.json) == {"server_now"}
    beat(app, stage)
    leader = browse("village_leader")
    leader.open(f"/manage/exams/{stage.exam}/live?unit={VILLAGE}")
    for words in ("left the page 3 times, 2 minutes in all", "opened the page again 2 times", "clock is behind by 5 minutes"):
        assert words in leader.words
    assert "it may be a call, a message" in leader.words


def test_opening_it_under_another_sign_in_is_told(app, browse, stage, begun):
    for _ in range(2):
        trainee = browse("trainee")
        token = trainee.client.get("/api/v1/csrf").json["csrf_token"]
        reply = trainee.client.post(
            f"/api/v1/exams/{stage.exam}/attempts", json={},
            headers={"X-CSRFToken": token, "User-Agent": "Mozilla/5.0 (Linux; Android 12) Chrome/99"},
        )  # fmt: skip
        assert reply.status_code == 200
    beat(app, stage)
    leader = browse("village_leader")
    leader.open(f"/manage/exams/{stage.exam}/live?unit={VILLAGE}")
    assert "opened under 2 sign-ins: Android phone，Chrome" in leader.words


def test_nobody_tells_of_anothers_attempt_and_nonsense_is_refused(browse, begun):
    assert tell(browse("neighbour"), begun, TOLD).status_code == 404
    trainee = browse("trainee")
    for wrong in ({}, {**TOLD, "left": -1}, {**TOLD, "device": "x" * 17}, {**TOLD, "device": "a b"}, {**TOLD, "score": 1},
                  {**TOLD, "clock_seconds": 2**40}):  # fmt: skip
        assert tell(trainee, begun, wrong).status_code == 422


def test_the_trainee_is_told_before_the_start_that_it_is_counted(browse, stage):
    page = browse("trainee")
    page.open(f"/exams/{stage.exam}")
    assert "counts how often it is left" in page.words and "no mark reads it" in page.words


def test_nothing_that_marks_ranks_or_evaluates_reads_a_signal():
    """Signals are evidence for people: their table is named only where people look at it."""
    readers = {
        str(path.relative_to(QUIZAPP))
        for path in QUIZAPP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.Name, ast.alias)) and "AttemptSignal" in (getattr(node, "id", ""), getattr(node, "name", ""))
        or isinstance(node, ast.Constant) and "attempt_signals" in str(node.value)
    }
    assert readers == {"models/__init__.py", "models/invigilation.py", "services/invigilation/people.py",
                       "services/invigilation/pulse.py"}  # fmt: skip
