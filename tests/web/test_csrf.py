"""H9: no deed is done for a page of another site: without the token, with a foreign one, or from elsewhere."""

import pytest

from tests.pages import Browser
from tests.web.test_access_matrix import WRITING

FOREIGN = ["https://evil.example", "http://localhost.evil.example", "null", "http://[", "https://evil.example:80/localhost"]


def doer(town, case):
    """Return the visitor whom the table lets do this deed, or try it on what is not there."""
    allowed = [name for name, told in case.gets.items() if told not in ("in", "401", "403") and name != "nobody"]
    return town.visitor(next((name for name in allowed if case.gets[name] != "404"), None) or allowed[0])


def send(visitor, case, ids, token: str, **headers):
    """Send the deed as it would be done, with this token and these headers."""
    body, path = case.body(ids), case.path(ids)
    if path.startswith("/api/"):
        headers["X-CSRFToken"] = token
        return visitor.client.open(path, method=case.method, json=body, headers=headers)
    return visitor.client.open(path, method=case.method, data={"csrf_token": token, **body}, headers=headers)


@pytest.mark.parametrize("kind", ["none", "wrong", "another's"])
def test_h9_without_its_own_token_no_deed_is_done(town, kind):
    """H9: 400 on every unsafe route, and every row of every table as it was."""
    before = town.rows()
    token = {"none": "", "wrong": "x" * 40, "another's": town.visitor("auditor").token()}[kind]
    for case in WRITING:
        visitor = doer(town, case)
        reply = send(visitor, case, town.ids, token if visitor.name != "auditor" else "")
        assert reply.status_code == 400, case
        if case.address.startswith("/api/"):
            assert reply.json["type"] == "csrf", "the phone fetches the token again and repeats"
    assert town.rows() == before


def test_h9_a_deed_from_a_page_of_another_site_is_not_done_even_with_the_token(town):
    """H9: wrong Origin, whatever else is right."""
    before = town.rows()
    for case in WRITING:
        visitor = doer(town, case)
        for origin in FOREIGN:
            reply = send(visitor, case, town.ids, visitor.token(), Origin=origin)
            assert reply.status_code == 403, (case, origin)
    assert town.rows() == before


def test_a_deed_from_our_own_page_is_done_whatever_port_the_proxy_lost(town):
    for origin in ("http://localhost", "http://localhost:8443", "https://LOCALHOST"):
        reply = town.visitor("trainee").client.post(
            "/me/preferences", data={"csrf_token": town.visitor("trainee").token()}, headers={"Origin": origin}
        )
        assert reply.status_code == 303, origin


def test_h9_a_form_is_no_request_to_the_api(town):
    """H9: what a foreign form can send (three content types) is not read as JSON."""
    before = town.rows()
    for case in WRITING:
        if not case.address.startswith("/api/") or case.method == "DELETE":
            continue
        visitor = doer(town, case)
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
            headers = {"X-CSRFToken": visitor.token()}
            reply = visitor.client.open(case.path(town.ids), method=case.method, data=b"{}", content_type=kind,
                                        headers=headers)  # fmt: skip
            assert reply.status_code == 415, (case, kind)
    assert town.rows() == before


def test_no_other_site_is_let_in_to_read(town):
    """No reply grants another origin anything."""
    for path in ("/", "/api/v1/exams", "/api/v1/csrf", "/api/v1/openapi.json"):
        for method in ("GET", "OPTIONS"):
            headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
            reply = town.visitor("trainee").client.open(path, method=method, headers=headers)
            assert not [name for name, _ in reply.headers if name.startswith("Access-Control-")], path


def test_a_session_that_holds_more_than_its_secret_is_signed_until_it_is_told(app, cast):
    """H8: the cookie is the secret alone, and what somebody writes into it beside is not believed."""
    browser = Browser(app, "trainee")
    secret = browser.client.get_cookie("quizapp").value
    assert "." not in secret
    browser.open("/me")
    browser.send("/me/devices", follow=False)
    held = browser.client.get_cookie("quizapp").value
    assert held.count(".") >= 2 and held != secret, "a sentence for the next page"
    for forged in (held.replace(".", "x"), held[:-2] + "xx", f"{secret}.{secret}", secret[:-1], "A" * 22):
        stranger = app.test_client()
        stranger.set_cookie("quizapp", forged)
        assert stranger.get("/api/v1/exams").status_code == 401, forged
    browser.open("/me")
    assert browser.client.get_cookie("quizapp").value == secret


def test_the_token_has_no_end_of_its_own(town):
    """A form may stay open for a whole evening."""
    assert town.app.config["WTF_CSRF_TIME_LIMIT"] is None
