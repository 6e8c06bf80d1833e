"""The watch over the browser sees what it is there for; without this, a clean browser run would prove little."""

from types import SimpleNamespace

import pytest

ICON = "<!doctype html><link rel=icon href='data:,'>"
STRICT = {"Content-Security-Policy": "default-src 'self'; img-src data:"}


@pytest.fixture
def live_server(httpserver):
    """A stand-in that serves whatever page a test gives it."""
    return SimpleNamespace(url=httpserver.url_for("").rstrip("/").replace("localhost", "127.0.0.1"))


@pytest.mark.parametrize(
    ("body", "headers", "complaint"),
    [
        ("<img src='http://elsewhere.example/x.png'>", {}, "request to another host: http://elsewhere.example/x.png"),
        ("<script>document.title = 'inline'</script>", STRICT, "policy: script-src-elem forbids inline"),
        ("<script>throw new Error('boom')</script>", {}, "exception: boom"),
        ("<script>console.error('bad')</script>", {}, "console: bad"),
        ("<img src='/missing.png'>", {}, "status of 500"),
    ],
)
def test_a_page_that_reaches_out_or_complains_is_seen(phone, watch, httpserver, body, headers, complaint):
    httpserver.expect_request("/").respond_with_data(ICON + body, content_type="text/html", headers=headers)
    phone.goto("/", wait_until="networkidle")
    assert any(complaint in seen for seen in watch.verdict()), watch.verdict()
    watch.expect("")


def test_a_quiet_page_is_left_in_peace_at_both_sizes(page, watch, httpserver):
    httpserver.expect_request("/").respond_with_data(ICON + "<p>安静", content_type="text/html", headers=STRICT)
    page.goto("/", wait_until="networkidle")
    assert watch.complaints == []


def test_what_is_expected_is_no_complaint_and_the_rest_still_is(watch):
    watch.complaints = ["console: net::ERR_INTERNET_DISCONNECTED", "exception: boom"]
    watch.expect("ERR_INTERNET_DISCONNECTED")
    assert watch.verdict() == ["exception: boom"]
    watch.expect("boom")
