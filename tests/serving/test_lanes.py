"""Lanes: who waits behind whom, and what happens when a queue is full."""

import json

import pytest

from quizapp.serving.lanes import ANSWERS, HEALTH, SIGN_IN, lane_of
from tests.processes import wait_until
from tests.serving.wire import page, save


def hold(serving, path: str, request: str, count: int) -> list:
    """Fill a lane: one request at work in the application, the others waiting."""
    serving.app.held.add(path)
    before = serving.app.paths().count(path)
    wires = [serving.connect(request)]
    wait_until(lambda: serving.app.paths().count(path) > before, 5, lambda: "nothing is at work")
    lane = serving.server.lanes[lane_of(request.split()[0], path)]
    wires += [serving.connect(request) for _ in range(count - 1)]
    wait_until(lambda: lane.waiting == count - 1, 5, lambda: "nothing waits")
    return wires


def test_an_answer_does_not_wait_behind_pages(serving):
    """R24: a lane of pages stuffed to the brim costs a save nothing."""
    hold(serving, "/page", page(), 4)
    with serving.connect(save()) as wire:
        assert wire.reply().body == b"/api/v1/attempts/a1/answers"


def test_a_page_does_not_wait_behind_sign_ins_nor_health_behind_anything(serving):
    hold(serving, "/sign-in", "POST /sign-in HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n", 4)
    assert serving.get("/page").status == 200
    hold(serving, "/page", page(), 4)
    hold(serving, "/api/v1/attempts/a1/answers", save(), 4)
    assert serving.get("/healthz").status == 200


def test_a_full_lane_says_when_to_come_back_without_asking_the_application(serving):
    """D3: at once, in a form the phone understands; what was sent is not half done."""
    hold(serving, "/api/v1/attempts/a1/answers", save(), 4)
    with serving.connect(save()) as wire:
        reply = wire.reply()
        assert (reply.status, reply.headers["retry-after"]) == (503, "7")
        assert reply.headers["content-type"] == "application/problem+json"
        assert json.loads(reply.body)["type"] == "busy"
        serving.app.gate.set()
        assert wire.send(page("/after")).reply().status == 200, "the connection is still of use"
    assert serving.server.report()["refused"] == {503: 1}
    wait_until(lambda: len(serving.app.asked) == 5, 5, lambda: "the four that waited and the page were not all made")


def test_a_person_before_a_full_lane_reads_a_page_that_asks_again_by_itself(serving):
    hold(serving, "/page", page(), 4)
    reply = serving.get("/page", "Accept: text/html,*/*\r\n")
    assert reply.status == 503
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["refresh"] == "7"
    assert "请稍后再试" in reply.body.decode()
    assert {"content-security-policy", "x-content-type-options", "cache-control"} <= set(reply.headers)


def test_what_nobody_waits_for_any_more_is_not_made_but_an_answer_always_is(start):
    serving = start(abandoned_seconds=0)
    saves = hold(serving, "/api/v1/attempts/a1/answers", save(), 2)
    pages = hold(serving, "/page", page(), 2)
    for wire in (*saves, *pages):
        wire.close()
    left = serving.server.connections
    wait_until(lambda: all(one.is_half_closed for one in left), 5, lambda: "the server does not notice that they left")
    serving.app.gate.set()
    with serving.connect(page("/last")) as wire:
        wire.reply()
    answers = "/api/v1/attempts/a1/answers"
    wait_until(lambda: serving.app.paths().count(answers) == 2, 5, lambda: "an answer was dropped")
    assert serving.app.paths().count("/page") == 1


@pytest.mark.parametrize("request_line, lane", [
    ("PUT /api/v1/attempts/x/answers", "answers"),
    ("POST /api/v1/attempts/x/submission", "answers"),
    ("POST /attempts/x", "answers"),
    ("GET /api/v1/csrf", "answers"),
    ("GET /api/v1/attempts/x", "pages"),
    ("POST /api/v1/exams/x/attempts", "pages"),
    ("POST /sign-in", "sign-in"),
    ("POST /api/v1/session", "sign-in"),
    ("GET /sign-in", "pages"),
    ("GET /readyz", "health"),
    ("GET /", "pages"),
    ("POST /people/import multipart/form-data;boundary=x", "files"),
    ("POST /attempts/x multipart/form-data;boundary=x", "answers"),
])  # fmt: skip
def test_every_request_has_its_lane(request_line, lane):
    assert lane_of(*request_line.split()) == lane


def test_the_lanes_know_the_addresses_the_application_has(app):
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    assert {*SIGN_IN, *HEALTH} <= set(rules)
    assert all(any(rule.startswith(prefix) for rule in rules) for prefix in ANSWERS)
    savers = [rule for rule in rules if rule.endswith(("/answers", "/submission"))]
    assert savers
    assert {lane_of("POST", rule) for rule in savers} == {"answers"}


def test_a_file_being_taken_in_keeps_no_page_waiting(serving):
    """A8: a large import is one thread's work, not the site's."""
    file = "POST /import HTTP/1.1\r\nHost: here\r\nContent-Type: multipart/form-data\r\nContent-Length: 0\r\n\r\n"
    serving.app.held.add("/import")
    serving.connect(file)
    wait_until(lambda: "/import" in serving.app.paths(), 5, lambda: "nothing is at work")
    assert serving.get("/page").status == 200
