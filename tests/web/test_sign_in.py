"""H1, H5, H6, H7, G8: coming in tells nothing, a session is this browser's alone and ends when it should."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import PASSWORD, PEOPLE
from tests.pages import Browser

NEW = "heron-by-the-pond-8"


def at(moment: datetime) -> dict:
    """Return what lets a request arrive at another moment."""
    return {"environ_overrides": {"quizapp.arrival_ms": int(moment.timestamp() * 1000)}}


def secret(client) -> str:
    """Return the session cookie of a browser."""
    return client.get_cookie("quizapp").value


def is_in(client, **more) -> bool:
    """Whether this browser is signed in."""
    return client.get("/api/v1/exams", **more).status_code == 200


def try_in(client, login: str, password: str):
    token = client.get("/api/v1/csrf").json["csrf_token"]
    return client.post("/api/v1/session", json={"login": login, "password": password}, headers={"X-CSRFToken": token})


@pytest.fixture
def doors(app, cast) -> dict[str, tuple[str, str]]:
    """Ways to be refused: nobody of that name, an account that is closed, a wrong password, a code that is over."""
    from quizapp.services.people import changes, codes

    with app.app_context():
        now = datetime.now(UTC)
        changes.deactivate(None, cast.ids["neighbour"], now)
        code = codes.issue(None, cast.ids["stranger"], now - timedelta(days=3)).code
    return {"unknown": ("nobody-here", PASSWORD), "closed": ("neighbour", PASSWORD), "wrong": ("trainee", "wrong"),
            "over": ("stranger", code)}  # fmt: skip


def test_h1_whoever_is_refused_learns_not_why(app, doors):
    """H1: the same status, headers and words for a name that is unknown, closed, wrong or over; in JSON and as a page."""
    told = set()
    for login, password in doors.values():
        browser = Browser(app)
        reply = try_in(browser.client, login, password)
        headers = {name: value for name, value in reply.headers if name not in ("X-Request-Id", "Set-Cookie")}
        told.add((reply.status_code, str(headers), reply.text.replace(reply.headers["X-Request-Id"], "")))
        browser.open("/sign-in")
        page = browser.send("/sign-in", login=login, password=password)
        told.add((page.status_code, browser.words))
    assert len(told) == 2 and {status for status, *_ in told} == {401}


def test_h1_every_refusal_costs_one_slow_hash(app, cast, doors, monkeypatch):
    """H1, S-15: the time is the same because the work is; a slip's hash is quicker, so it is paid on top."""
    from argon2 import extract_parameters

    from quizapp.services import sign_in

    slow, verify, done = extract_parameters(sign_in.NOBODY), sign_in._verify, []
    monkeypatch.setattr(sign_in, "_verify", lambda stored, word: done.append(stored) or verify(stored, word))
    waiting = Browser(app, "village_leader")
    waiting.open("/me")
    waiting.send(f"/people/{cast.ids['trainee']}/code")
    doors["slip"] = ("trainee", "WRONGWRN")
    for door, (login, password) in doors.items():
        done.clear()
        assert try_in(app.test_client(), login, password).status_code == 401
        assert [extract_parameters(one) for one in done].count(slow) == 1, door


def test_h5_signing_in_changes_the_secret_and_a_planted_one_stays_worthless(app, cast):
    """H5: what somebody planted in the browser before does not open the session after."""
    browser, attacker = app.test_client(), app.test_client()
    browser.get("/api/v1/csrf")
    planted = secret(browser)
    attacker.set_cookie("quizapp", planted)
    assert try_in(browser, "trainee", PASSWORD).status_code == 200
    assert secret(browser) != planted and is_in(browser) and not is_in(attacker)


def test_h5_signing_in_again_ends_what_was_open_in_this_browser(app, cast):
    browser, copy = app.test_client(), app.test_client()
    try_in(browser, "trainee", PASSWORD)
    copy.set_cookie("quizapp", secret(browser))
    assert is_in(copy)
    assert try_in(browser, "trainer", PASSWORD).status_code == 200
    assert not is_in(copy) and is_in(browser)


def test_h5_a_cookie_of_before_signing_out_is_dead(app, cast):
    browser, copy = Browser(app, "trainee"), app.test_client()
    copy.set_cookie("quizapp", secret(browser.client))
    browser.open("/me")
    browser.send("/sign-out")
    assert not is_in(copy)


@pytest.mark.parametrize("with_code", [False, True])
def test_h5_h6_a_new_password_ends_every_other_session_and_changes_this_ones_secret(app, cast, with_code):
    """H5, H6, S-16: whoever copied the cookie is out with the next request; this browser goes on."""
    here, there, copy = Browser(app, "trainee"), Browser(app, "trainee"), app.test_client()
    words = {"old": PASSWORD, "new": NEW, "again": NEW}
    if with_code:
        from quizapp.services.people import codes

        with app.app_context():
            code = codes.issue(None, cast.ids["trainee"], datetime.now(UTC)).code
        here = Browser(app, "trainee", code)
        words.pop("old")
    copy.set_cookie("quizapp", secret(here.client))
    assert is_in(copy)
    here.open("/me/password")
    assert here.send("/me/password", follow=False, **words).status_code == 303
    assert is_in(here.client) and not is_in(there.client) and not is_in(copy)
    assert try_in(app.test_client(), "trainee", PASSWORD).status_code == 401
    assert try_in(app.test_client(), "trainee", NEW).status_code == 200


@pytest.mark.parametrize("deed", ["code", "closing"])
def test_h6_a_reset_and_a_closed_account_end_every_session_with_the_next_request(app, cast, deed):
    """H6: and what stands in an open attempt waits for the person to come back."""
    trainee, admin = Browser(app, "trainee"), Browser(app, "admin")
    admin.open("/me")
    assert is_in(trainee.client)
    assert admin.send(f"/people/{cast.ids['trainee']}/{deed}").status_code == 200
    assert not is_in(trainee.client)
    assert trainee.open("/me").status_code == 302


def test_h6_an_open_attempt_survives_a_reset(app, cast, stage):
    """H6: signed in again with the fresh code, the answers of before stand."""
    from quizapp.services.attempts import save, start
    from quizapp.services.people import codes
    from tests.stage import keys_in_paper

    with app.app_context():
        actor, now = cast.actor("trainee"), datetime.now(UTC)
        attempt = start.start(actor, stage.exam, now).attempt_id
        slot, value = next(iter(keys_in_paper(attempt).items()))
        save.save_answers(attempt, actor.person_id, 1, [save.Sent(slot, 1, value)], now)
        code = codes.issue(None, cast.ids["trainee"], now).code
    again = app.test_client()
    assert try_in(again, "trainee", code).status_code == 200
    assert again.get(f"/api/v1/attempts/{attempt}").json["answers"][slot]["value"] == value


def test_h7_idle_for_half_an_hour_is_signed_out(app, cast):
    """H7: half an hour without a page; each page counts as activity."""
    browser, now = Browser(app, "trainee").client, datetime.now(UTC)
    for minutes in (20, 40, 60):
        assert is_in(browser, **at(now + timedelta(minutes=minutes)))
    assert not is_in(browser, **at(now + timedelta(minutes=91)))


def test_h7_twelve_hours_end_it_in_any_case(app, cast):
    browser, now = Browser(app, "trainee").client, datetime.now(UTC)
    for half_hours in range(1, 25):
        assert is_in(browser, **at(now + timedelta(minutes=30 * half_hours - 1)))
    assert not is_in(browser, **at(now + timedelta(hours=12, minutes=1)))


def test_h7_nobody_is_signed_out_of_a_running_attempt_and_saves_count_as_activity(app, cast, stage):
    """H7: an hour over one question, then a save, then another half hour: still there."""
    browser, now = Browser(app, "trainee"), datetime.now(UTC)
    token = browser.client.get("/api/v1/csrf").json["csrf_token"]
    headers = {"X-CSRFToken": token}
    begun = browser.client.post(f"/api/v1/exams/{stage.exam}/attempts", json={}, headers=headers).json
    body = {"epoch": begun["epoch"], "answers": []}
    save = f"/api/v1/attempts/{begun['attempt_id']}/answers"
    late = at(now + timedelta(minutes=55))
    assert browser.client.put(save, json=body, headers=headers, **late).status_code == 200
    over = now + timedelta(minutes=62)  # the attempt's hour is over; the save is seven minutes ago
    assert is_in(browser.client, **at(over))
    assert not is_in(browser.client, **at(over + timedelta(minutes=31)))


def test_g8_a_role_taken_away_is_gone_with_the_next_request(app, cast):
    """G8: roles are read for every request, the session notwithstanding."""
    from quizapp.services.people import changes

    leader = Browser(app, "village_leader")
    assert leader.open("/people").status_code == 200
    name, unit, post, _ = PEOPLE["village_leader"]
    with app.app_context():
        changes.change(None, cast.ids["village_leader"], changes.Particulars(name, unit, post, ("trainee",)),
                       datetime.now(UTC))  # fmt: skip
    assert leader.open("/people").status_code == 403


def test_the_present_password_cannot_be_tried_out_in_a_browser_left_open(app, cast):
    """H2: wrong guesses at one's own password have to wait like those at the door."""
    browser = Browser(app, "trainee")
    browser.open("/me/password")
    statuses = [browser.send("/me/password", old=f"wrong-{n}", new=NEW, again=NEW).status_code for n in range(5)]
    assert statuses == [422, 422, 422, 429, 429]
    assert browser.send("/me/password", old=PASSWORD, new=NEW, again=NEW).status_code == 429
