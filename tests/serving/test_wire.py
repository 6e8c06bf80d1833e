"""HTTP as it is really spoken, by the careful, the old, the hasty and the hostile."""

import pytest

from tests.serving.wire import SAVE, page, save

POST = "POST /page HTTP/1.1\r\nHost: here\r\n"


def test_a_chunked_body_reaches_the_application_whole_and_with_its_length(serving):
    text = POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n"
    with serving.connect(text) as wire:
        assert wire.reply().status == 200
    environ = serving.app.asked[0]
    assert (environ["body"], environ["CONTENT_LENGTH"]) == (b"hello, world", "12")
    assert "HTTP_TRANSFER_ENCODING" not in environ


def test_what_follows_a_chunked_body_changes_no_header(serving):
    text = POST + "Cookie: mine\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nCookie: forged\r\nX-New: forged\r\n\r\n"
    with serving.connect(text) as wire:
        wire.reply()
    assert "forged" not in str(serving.app.asked[0])


def test_requests_sent_ahead_are_answered_in_their_order(serving):
    with serving.connect(page("/a") + save() + page("/c")) as wire:
        assert [wire.reply().body for _ in range(3)] == [b"/a", b"/api/v1/attempts/a1/answers", b"/c"]


def test_too_many_requests_sent_ahead_are_not_taken_but_the_first_are_answered(serving):
    serving.app.held.add("/page")
    with serving.connect(30 * page()) as wire:
        serving.app.gate.set()
        answers = [wire.reply().status for _ in range(11)]
        assert answers == 10 * [200] + [400]
        assert wire.is_closed()


def test_a_connection_carries_one_request_after_another(serving):
    with serving.connect() as wire:
        assert [wire.send(page(f"/{n}")).reply().body for n in range(3)] == [b"/0", b"/1", b"/2"]


def test_the_head_of_a_page_has_its_headers_and_no_body(serving):
    def app(environ, start_response):
        start_response("200 OK", [("Content-Length", "5")])
        return [b"hello"]

    serving.app.reply = app
    with serving.connect("HEAD /page HTTP/1.1\r\nHost: here\r\n\r\n") as wire:
        assert wire.reply(to_head=True).headers["content-length"] == "5"
        assert wire.send(page()).reply().body == b"hello"


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_a_reply_that_can_have_no_body_promises_none(serving, status):
    def app(environ, start_response):
        start_response(status, [])
        return []

    serving.app.reply = app
    with serving.connect(page() + page()) as wire:
        assert "content-length" not in wire.reply().headers
        assert wire.reply().status == int(status[:3])


def test_a_client_that_asks_before_sending_is_invited(serving):
    with serving.connect(POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n") as wire:
        assert wire.reply().status == 100
        assert wire.send("hello").reply().status == 200
    assert serving.app.asked[0]["body"] == b"hello"


@pytest.mark.parametrize("headers", ["", "Connection: keep-alive\r\n"])
def test_an_old_client_gets_an_old_answer(serving, headers):
    with serving.connect(f"GET /page HTTP/1.0\r\n{headers}\r\n") as wire:
        reply = wire.reply()
        assert (reply.body, reply.headers["connection"]) == (b"/page", "close")
        assert wire.is_closed()


def test_a_client_that_wants_the_connection_closed_gets_that(serving):
    with serving.connect("GET /page HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n") as wire:
        assert wire.reply().body == b"/page"
        assert wire.is_closed()


def test_a_client_that_has_ended_its_side_is_still_answered(serving):
    serving.app.held.add("/page")
    with serving.connect(page()) as wire:
        wire.end_sending()
        serving.app.gate.set()
        assert wire.reply().body == b"/page"
        assert wire.is_closed()


def test_an_upgrade_is_politely_ignored(serving):
    text = "GET /page HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    with serving.connect(text + page("/smuggled")) as wire:
        assert wire.reply().body == b"/page"
        assert wire.is_closed()
    assert serving.app.paths() == ["/page"]


def test_an_address_with_its_host_is_an_address(serving):
    with serving.connect("GET http://here/page?a=1 HTTP/1.1\r\nHost: here\r\n\r\n") as wire:
        assert wire.reply().body == b"/page"
    assert serving.app.asked[0]["QUERY_STRING"] == "a=1"


def test_addresses_reach_the_application_as_wsgi_wants_them(serving):
    serving.get("/%E6%9D%91/a%2Fb?q=%E6%9D%91")
    environ = serving.app.asked[0]
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/村/a/b"
    assert environ["QUERY_STRING"] == "q=%E6%9D%91"
    assert environ["REMOTE_ADDR"] == "127.0.0.1"


@pytest.mark.parametrize("text", [
    "GET /page HTTP/1.1\r\n\r\n",
    "GET /page HTTP/1.1\r\nHost: here\r\nHost: there\r\n\r\n",
    POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    POST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    POST + "Transfer-Encoding: identity\r\n\r\n",
    POST + "Content-Length: +5\r\n\r\nhello",
    POST + "Content-Length: -1\r\n\r\n",
    POST + "Content-Length : 5\r\n\r\nhello",
    POST + "X: a\r\n folded: b\r\n\r\n",
    POST + "X\x00Y: a\r\n\r\n",
    POST + "Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\n\r\nhello",
    "GET /page HTTP/2.0\r\nHost: here\r\n\r\n",
    "GET page HTTP/1.1\r\nHost: here\r\n\r\n",
    "CONNECT here:80 HTTP/1.1\r\nHost: here\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
])  # fmt: skip
def test_what_two_servers_might_read_differently_is_refused(serving, text):
    """I14: no request can be smuggled inside another."""
    with serving.connect(text) as wire:
        assert wire.reply().status == 400
        assert wire.is_closed()
    assert serving.app.asked == []


def test_no_header_passes_for_another(serving):
    serving.get("/page", "Content_Type: a\r\nX_Forwarded_For: 6.6.6.6\r\nProxy: http://evil\r\nx-good: b\r\n")
    environ = serving.app.asked[0]
    assert [key for key in environ if "FORWARDED" in key or "PROXY" in key or key == "CONTENT_TYPE"] == []
    assert environ["HTTP_X_GOOD"] == "b"


def test_headers_sent_twice_are_joined(serving):
    serving.get("/page", "Cookie: a=1\r\nCookie: b=2\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\n")
    environ = serving.app.asked[0]
    assert environ["HTTP_COOKIE"] == "a=1;b=2"
    assert environ["HTTP_X_FORWARDED_FOR"] == "1.1.1.1,2.2.2.2"


def test_a_broken_application_answers_without_telling_why(serving):
    def app(environ, start_response):
        raise ZeroDivisionError("the secret of the house")

    serving.app.reply = app
    reply = serving.get("/page")
    assert reply.status == 500
    assert b"secret" not in reply.body
    serving.app.reply = None
    assert serving.get("/page").status == 200, "the thread lives on"


def test_a_reply_that_breaks_off_is_seen_to_be_broken(serving):
    def app(environ, start_response):
        start_response("200 OK", [])
        yield 300_000 * b"x"
        raise ZeroDivisionError

    serving.app.reply = app
    with serving.connect(page()) as wire, pytest.raises(ConnectionError):
        wire.reply()


@pytest.mark.parametrize("promised", ["5", "50"])
def test_a_reply_that_is_not_as_long_as_promised_ends_the_connection(serving, promised):
    def app(environ, start_response):
        start_response("200 OK", [("Content-Length", promised)])
        return [b"hello, world"]

    serving.app.reply = app
    with serving.connect(page()) as wire:
        assert wire.stream.read().endswith(b"\r\n\r\nhello, world"), "the connection was not closed behind it"
    assert len(serving.app.asked) == 1


def test_an_old_client_gets_a_large_reply_up_to_the_end_of_the_connection(serving):
    def app(environ, start_response):
        start_response("200 OK", [])
        return (100_000 * b"x" for _ in range(7))

    serving.app.reply = app
    with serving.connect("GET /page HTTP/1.0\r\n\r\n") as wire:
        assert len(wire.reply().body) == 700_000


def test_a_save_is_answered_in_few_bytes(serving):
    """G4: the server adds a status line, the date and the length, nothing more."""
    with serving.connect(SAVE + "Content-Length: 2\r\n\r\n{}") as wire:
        assert set(wire.reply().headers) == {"date", "content-type", "content-length"}
