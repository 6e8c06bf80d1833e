"""Lanes: who waits behind whom, and what happens when a queue is full."""

import json

import pytest

from quizapp.serving.lanes import ANSWERS, BOARDS, EXPORTS, HEALTH, LIVE, SIGN_IN, lane_of
from quizapp.serving.limits import LaneLimits, Limits
from quizapp.serving.pace import Pace
from tests.processes import wait_until
from tests.serving.conftest import SMALL_LANES
from tests.serving.wire import page, save


def hold(serving, path: str, request: str, count: int) -> list:
    """Fill a lane: one request at work in the application, the others waiting."""
    serving.app.held.add(path)
    before = serving.app.paths().count(path)
    wires = [serving.connect(request)]
    wait_until(lambda: serving.app.paths().count(path) > before, 20, lambda: "nothing is at work")
    lane = serving.server.lanes[lane_of(request.split()[0], path)]
    wires += [serving.connect(request) for _ in range(count - 1)]
    wait_until(lambda: lane.waiting == count - 1, 20, lambda: "nothing waits")
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
    wait_until(lambda: len(serving.app.asked) == 5, 20, lambda: "the four that waited and the page were not all made")


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
    wait_until(lambda: all(one.is_half_closed for one in left), 20, lambda: "the server does not notice that they left")
    serving.app.gate.set()
    with serving.connect(page("/last")) as wire:
        wire.reply()
    answers = "/api/v1/attempts/a1/answers"
    wait_until(lambda: serving.app.paths().count(answers) == 2, 20, lambda: "an answer was dropped")
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
    ("GET /ranking/x", "boards"),
    ("GET /manage/exams/x/live", "boards"),
    ("POST /manage/exams/x/extending", "pages"),
    ("GET /evaluation/x/sheet", "exports"),
    ("GET /people/roster/template.xlsx", "exports"),
    ("GET /manage/banks/template.docx", "exports"),
    ("POST /banks/x/export", "exports"),
    ("POST /people/import multipart/form-data;boundary=x", "files"),
    ("POST /attempts/x multipart/form-data;boundary=x", "answers"),
])  # fmt: skip
def test_every_request_has_its_lane(request_line, lane):
    assert lane_of(*request_line.split()) == lane


def test_the_lanes_know_the_addresses_the_application_has(app):
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    assert {*SIGN_IN, *HEALTH} <= set(rules)
    assert all(any(rule.startswith(prefix) for rule in rules) for prefix in (*ANSWERS, *BOARDS))
    assert all(any(rule.endswith(ending) for rule in rules) for ending in (*LIVE, *EXPORTS))
    savers = [rule for rule in rules if rule.endswith(("/answers", "/submission"))]
    assert savers
    assert {lane_of("POST", rule) for rule in savers} == {"answers"}


def test_a_file_being_taken_in_keeps_no_page_waiting(serving):
    """A8: a large import is one thread's work, not the site's."""
    file = "POST /import HTTP/1.1\r\nHost: here\r\nContent-Type: multipart/form-data\r\nContent-Length: 0\r\n\r\n"
    serving.app.held.add("/import")
    serving.connect(file)
    wait_until(lambda: "/import" in serving.app.paths(), 20, lambda: "nothing is at work")
    assert serving.get("/page").status == 200


ORDER = ["boards", "exports", "files", "sign-in", "pages"]
REQUESTS = {
    "boards": page("/ranking"),
    "exports": page("/evaluation/x/sheet"),
    "files": "POST /import HTTP/1.1\r\nHost: here\r\nContent-Type: multipart/form-data\r\nContent-Length: 0\r\n\r\n",
    "sign-in": "POST /sign-in HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n",
    "pages": page("/page"),
}


def test_r24_what_matters_least_gives_way_first_and_answers_last(start):
    """R24: with every further answers that wait one more lane says 503 and when to come back; health always answers."""
    lanes = {name: LaneLimits(1, 100, 7, yields_at=10 * (n + 1)) for n, name in enumerate(ORDER)}
    lanes |= {"answers": LaneLimits(1, 60, 2), "health": LaneLimits(1, 3, 7)}
    serving = start(lanes=lanes)
    held = hold(serving, "/api/v1/attempts/a1/answers", save(), 10)
    lane = serving.server.lanes["answers"]
    for n in range(len(ORDER) + 1):
        seen = {}
        for name in ORDER:
            with serving.connect(REQUESTS[name]) as wire:
                reply = wire.reply()
                seen[name] = reply.status
                assert reply.status == 200 or reply.headers["retry-after"] == "7"
        assert seen == {name: 503 if place < n else 200 for place, name in enumerate(ORDER)}
        assert serving.get("/healthz").status == 200
        if n < len(ORDER):
            more = 10 if n else 1
            held += [serving.connect(save()) for _ in range(more)]
            waiting = len(held) - 1
            wait_until(lambda wanted=waiting: lane.waiting == wanted, 20, lambda: "answers do not queue up")
    serving.app.gate.set()
    assert {wire.reply().status for wire in held} == {200}, "of the answers none was turned away"


def test_r24_the_shipped_limits_give_way_in_the_order_that_was_decided():
    lanes = Limits().lanes
    limits = [lanes[name].yields_at for name in ORDER]
    assert limits == sorted(set(limits)) and limits[-1] < lanes["answers"].waiting
    assert lanes["answers"].yields_at is None and lanes["health"].yields_at is None


def test_r17_only_the_phone_that_floods_is_told_to_wait_and_only_while_others_do(start):
    """R17: 429 and when to come back beyond the burst, for that session and that attempt alone."""
    lanes = SMALL_LANES | {"answers": LaneLimits(1, 60, 2)}
    serving = start(lanes=lanes, saves_at_once=5, saves_per_second=0.01, pressed_at=10)

    def from_phone(session: str, attempt: str = "a1") -> str:
        head, _, body = save().partition("\r\n\r\n")
        return f"{head.replace('/a1/', f'/{attempt}/')}\r\nCookie: quizapp={session}\r\n\r\n{body}"

    flood = from_phone("one")
    held = hold(serving, "/api/v1/attempts/a1/answers", flood, 11)
    with serving.connect(flood) as wire:
        reply = wire.reply()
        assert (reply.status, reply.headers["retry-after"], json.loads(reply.body)["type"]) == (429, "2", "too-many")
    held += [serving.connect(other) for other in (from_phone("two"), from_phone("one", "a2"))]
    held += [serving.connect(page("/api/v1/csrf")) for _ in range(10)]  # phones that have no session yet
    lane = serving.server.lanes["answers"]
    wait_until(lambda: lane.waiting == len(held) - 1, 20, lambda: f"only {lane.waiting} wait")
    serving.app.gate.set()
    assert {wire.reply().status for wire in held} == {200}
    with serving.connect(flood) as wire:
        assert wire.reply().status == 200, "nobody waits any more"


def test_r17_a_bucket_fills_again_and_is_forgotten_when_it_is_full():
    """R17: ten a second, 120 at once."""
    pace = Pace(120, 10)
    assert [pace.is_beyond("a", 0.0) for _ in range(121)] == [False] * 120 + [True]
    assert [pace.is_beyond("a", 1.05) for _ in range(11)] == [False] * 10 + [True]
    assert not pace.is_beyond("b", 1.05)
    pace.forget_full(2.0)
    assert list(pace.full_at) == ["a"]
    pace.forget_full(14.0)
    assert not pace.full_at
