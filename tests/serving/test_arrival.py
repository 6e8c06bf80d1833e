"""When a request arrived: said by the server alone, before any queue of ours."""

import time

from quizapp.serving import clock
from tests.processes import wait_until
from tests.serving.wire import SAVE, save


def test_time_in_the_queue_is_not_the_trainees_loss(serving):
    """C2: a save that waits for a busy lane bears the moment it came."""
    serving.app.held.add("/attempts/first")
    with serving.connect("POST /attempts/first HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n"), \
            serving.connect() as wire:  # fmt: skip
        wait_until(lambda: serving.app.asked, 20, lambda: "the lane never got busy")
        wire.send(save())
        wait_until(lambda: serving.server.lanes["answers"].waiting, 20, lambda: "nothing waits")
        serving.moment = 99_000
        serving.app.gate.set()
        assert wire.reply().status == 200
    assert serving.app.asked[1]["quizapp.arrival_ms"] == 1_000


def test_a_body_that_takes_its_time_is_not_the_trainees_loss(serving):
    """C2: a request has arrived when its headers are complete."""
    with serving.connect(SAVE + "Content-Length: 2\r\n\r\n{") as wire:
        wait_until(lambda: serving.server.held_bytes, 20, lambda: "the first byte never came")
        serving.moment = 99_000
        wire.send("}")
        wire.reply()
    assert serving.app.asked[0]["quizapp.arrival_ms"] == 1_000


def test_headers_that_take_their_time_are_stamped_when_they_are_complete(serving):
    with serving.connect(SAVE) as wire:
        wait_until(lambda: serving.server.connections, 20, lambda: "no connection")
        serving.moment = 2_000
        wire.send("Content-Length: 2\r\n\r\n{}")
        wire.reply()
    assert serving.app.asked[0]["quizapp.arrival_ms"] == 2_000


def test_nobody_can_forge_the_moment(serving):
    """C1: what a client says about time reaches no key the application trusts."""
    forged = "quizapp.arrival_ms: 5\r\nQuizapp-Arrival-Ms: 5\r\nquizapp_arrival_ms: 5\r\nX-Request-Start: 5\r\n"
    serving.get("/page", forged)
    environ = serving.app.asked[0]
    assert environ["quizapp.arrival_ms"] == 1_000
    assert [key for key, value in environ.items() if value == "5" and not key.startswith("HTTP_")] == []


def test_setting_the_machines_clock_moves_no_arrival(monkeypatch):
    """C6: arrivals follow a clock that nobody can set."""
    before = clock.utc_ms()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert 0 <= clock.utc_ms() - before < 60_000
