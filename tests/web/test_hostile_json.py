"""I13: JSON that no honest program sends is refused where it stands, on either database, and is no error of ours.

The application runs as a test does: an exception that nobody foresaw comes out here.
"""

import json

import pytest

from tests.pages import Browser

LONE = "\ud800"  # half of a pair


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request) -> str:
    """A NUL or a number too large is another mistake on each database."""
    return request.param


def attempt_of(browser: Browser, exam: str) -> dict:
    return call(browser, "POST", f"/api/v1/exams/{exam}/attempts", b"{}").json


def call(browser: Browser, method: str, path: str, raw: bytes):
    token = browser.client.get("/api/v1/csrf").json["csrf_token"]
    return browser.client.open(path, method=method, data=raw, headers={"X-CSRFToken": token},
                               content_type="application/json")  # fmt: skip


def test_i13_half_a_character_and_a_nul_in_json_are_refused_where_they_stand(app, cast, stage):
    """I13: the batch is read although one value of it cannot be stored; everywhere else the request is refused."""
    browser = Browser(app, "trainee")
    attempt = attempt_of(browser, stage.exam)
    save = f"/api/v1/attempts/{attempt['attempt_id']}/answers"
    one = attempt["paper"]["items"][0]
    for odd in (LONE, "\0"):
        for item in attempt["paper"]["items"]:
            for value in (odd, [odd], {odd: odd}, [[odd]]):
                bad = {"slot": item["slot"], "seq": 1, "value": value}
                good = {"slot": one["slot"], "seq": 2, "value": [one["options"][0]["id"]]}
                reply = call(browser, "PUT", save, json.dumps({"epoch": 1, "answers": [bad, good]}).encode())
                assert reply.status_code == 200 and reply.json["saved"][one["slot"]] == 2, (item["kind"], value)
        for body in (
            {"epoch": 1, "answers": [], "nonce": odd}, {"epoch": 1, "answers": [], odd: 1},
            {"epoch": 1, "answers": [{"slot": odd, "seq": 1, "value": None}]},
        ):  # fmt: skip
            assert call(browser, "PUT", save, json.dumps(body).encode()).status_code == 422, body
        for body in ({"login": odd, "password": "x"}, {"login": "trainee", "password": odd}):
            assert call(browser, "POST", "/api/v1/session", json.dumps(body).encode()).status_code == 422


NUMBERS = [2**31, 2**53, 2**63, 10**400, -1, 1.5, True, "1", None]


def test_numbers_that_no_column_holds_are_refused(app, cast, stage):
    browser = Browser(app, "trainee")
    attempt = attempt_of(browser, stage.exam)
    save = f"/api/v1/attempts/{attempt['attempt_id']}/answers"
    for number in NUMBERS:
        raw = json.dumps({"epoch": number, "answers": []}).encode()
        assert call(browser, "PUT", save, raw).status_code == 422, number
        raw = json.dumps({"epoch": 1, "answers": [{"slot": "1", "seq": number, "value": None}]}).encode()
        assert call(browser, "PUT", save, raw).status_code == 422, number
    far = {"epoch": 1, "answers": [{"slot": "1", "seq": 2**31 - 1, "value": None}]}
    reply = call(browser, "PUT", save, json.dumps(far).encode())
    assert (reply.status_code, list(reply.json["refused"])) == (200, ["1"])
    later = {"epoch": 2**31 - 1, "answers": [{"slot": "1", "seq": 1, "value": None}]}
    assert list(call(browser, "PUT", save, json.dumps(later).encode()).json["refused"]) == ["1"]


def test_json_that_only_looks_like_it_is_refused(app, cast, stage):
    browser = Browser(app, "trainee")
    save = f"/api/v1/attempts/{attempt_of(browser, stage.exam)['attempt_id']}/answers"
    nested = b'{"epoch": 1, "answers": [{"slot": "1", "seq": 1, "value": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]}"
    for raw in (b"NaN", b"{'epoch': 1}", b"\xef\xbb\xbf{}", b"\x00", b"[" * 200_000, nested):
        assert call(browser, "PUT", save, raw).status_code == 422, raw[:20]
    not_a_number = b'{"epoch": 1, "answers": [{"slot": "1", "seq": 1, "value": [NaN]}]}'
    reply = call(browser, "PUT", save, not_a_number)
    assert reply.status_code == 422 or list(reply.json["refused"]) == ["1"]
