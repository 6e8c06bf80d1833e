"""Slow, silent, greedy and vanished clients: each gets its due, none delays another, none leaves anything behind."""

import json
import time

import pytest

from tests.processes import wait_until
from tests.serving.wire import SAVE, page, save

UPLOAD = "POST /import HTTP/1.1\r\nHost: here\r\n"
HALF_HEAD = "GET /page HTTP/1.1\r\nHost: here\r\nX-Slow: a"
HALF_BODY = SAVE + "Content-Length: 100\r\n\r\nhalf"


@pytest.mark.parametrize("half", [HALF_HEAD, HALF_BODY], ids=["headers", "bodies"])
def test_150_half_sent_requests_delay_nobody(serving, half):
    """D7: what is not complete occupies no thread and no place in a queue."""
    for _ in range(150):
        serving.connect(half)
    wait_until(lambda: len(serving.server.connections) == 150, 20, lambda: "they did not all get in")
    assert serving.get("/page").status == 200
    with serving.connect(save()) as wire:
        assert wire.reply().status == 200


@pytest.mark.parametrize("half, limits", [
    (HALF_HEAD, {"head_seconds": 0.1}),
    (HALF_BODY, {"body_seconds": 0.1}),
    (SAVE + "Transfer-Encoding: chunked\r\n\r\n4\r\nha", {"body_seconds": 0.1}),
], ids=["headers", "body", "chunk"])  # fmt: skip
def test_what_does_not_arrive_in_time_is_answered_and_let_go(start, half, limits):
    serving = start(**limits)
    with serving.connect(half) as wire:
        reply = wire.reply()
        assert (reply.status, json.loads(reply.body)["type"]) == (408, "too-slow")
        assert wire.is_closed()
    assert serving.app.asked == []
    assert serving.server.held_bytes == 0


def test_an_upload_that_keeps_coming_gets_the_time_it_needs_but_an_answer_does_not(start):
    """C2: nobody can hold an answer open beyond its limit by sending it byte by byte."""
    serving = start(body_seconds=0.1, body_bytes_per_second=1)
    with serving.connect(UPLOAD + "Content-Length: 60\r\n\r\n" + 59 * "x") as upload, serving.connect(
        SAVE + "Content-Length: 60\r\n\r\n" + 59 * "x"
    ) as answer:
        assert answer.reply().status == 408
        assert upload.send("x").reply().status == 200


def test_a_silent_connection_is_kept_for_its_time_and_then_closed(start):
    serving = start(idle_seconds=1)
    with serving.connect(page()) as wire:
        wire.reply()
        assert wire.send(page()).reply().status == 200
        assert wire.is_closed()


@pytest.mark.parametrize("request_text, status", [
    (UPLOAD + "Content-Length: 100000001\r\n\r\n", 413),
    (UPLOAD + "Content-Length: 2001\r\n\r\n" + 2001 * "x", 413),
    (UPLOAD + "Transfer-Encoding: chunked\r\n\r\n7d1\r\n" + 2001 * "x" + "\r\n0\r\n\r\n", 413),
    ("GET /page HTTP/1.1\r\nHost: here\r\n" + "".join(f"X-{n}: 1\r\n" for n in range(200)) + "\r\n", 431),
    ("GET /page HTTP/1.1\r\nHost: here\r\nX-Long: " + 50_000 * "a" + "\r\n\r\n", 431),
    ("GET /page HTTP/1.1\r\nHost: here\r\n" + 50_000 * "a", 431),
    ("GET /page?" + 50_000 * "a" + " HTTP/1.1\r\nHost: here\r\n\r\n", 431),
], ids=["declared", "sent", "chunked", "headers", "header", "name", "address"])  # fmt: skip
def test_what_is_too_large_is_refused_before_it_is_taken_in(start, request_text, status):
    """I10: the application never hears of it."""
    serving = start(body_bytes=2000)
    with serving.connect(request_text) as wire:
        assert wire.reply().status == status
        assert wire.is_closed()
    assert serving.app.asked == []
    assert serving.server.held_bytes == 0


def test_one_who_is_refused_while_still_sending_gets_to_read_why(serving):
    with serving.connect(UPLOAD + "Content-Length: 100000001\r\n\r\n") as wire:
        for _ in range(5):
            wire.send(100_000 * "x")
            time.sleep(0.02)
        assert wire.reply().status == 413


@pytest.mark.parametrize("wrapping", [
    "0\r\nX-Trailer: " + 90_000 * "a",
    "1;" + 90_000 * "a",
    30_000 * "1\r\nx\r\n",
], ids=["after it", "in a chunk's head", "tiny chunks"])  # fmt: skip
def test_a_body_wrapped_in_more_than_itself_is_refused(serving, wrapping):
    """I10: what wraps a chunked body may not fill the memory."""
    with serving.connect(UPLOAD + "Transfer-Encoding: chunked\r\n\r\n" + wrapping) as wire:
        assert wire.reply().status == 400


def test_a_large_body_followed_by_half_a_request_is_taken(serving):
    with serving.connect(UPLOAD + "Content-Length: 50000\r\n\r\n" + 50_000 * "x" + "GET /pa") as wire:
        assert wire.reply().status == 200
        assert wire.send("ge HTTP/1.1\r\nHost: here\r\n\r\n").reply().body == b"/page"


def test_all_bodies_together_have_a_limit_that_leaves_room_for_answers(start):
    serving = start(all_bodies_bytes=1000, small_body_bytes=100)
    with serving.connect(UPLOAD + "Content-Length: 2000\r\n\r\n" + 450 * "x") as first, serving.connect(
        UPLOAD + "Content-Length: 2000\r\n\r\n" + 450 * "x"
    ) as second:
        assert second.reply().status == 503
        with serving.connect(save(90 * "x")) as answer:
            assert answer.reply().status == 200
        assert first.send(10 * "x").socket.fileno() > 0
        wait_until(lambda: serving.server.held_bytes == 460, 20, lambda: "the second one still counts")


def test_one_who_hangs_up_in_the_middle_leaves_nothing_behind(serving):
    for _ in range(100):
        for half in (HALF_HEAD, HALF_BODY, UPLOAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel"):
            serving.connect(half).close()
    wait_until(lambda: not serving.server.connections, 20, lambda: "connections stay")
    assert (serving.server.held_bytes, len(serving.server.leaving), serving.app.asked) == (0, 0, [])


def test_one_who_vanishes_takes_along_what_was_sent_ahead(serving):
    serving.app.held.add("/page")
    wire = serving.connect(page() + UPLOAD + "Content-Length: 50\r\n\r\n" + 50 * "x")
    wait_until(lambda: serving.server.held_bytes == 50, 20, lambda: "it never came")
    wire.vanish()
    wait_until(lambda: not serving.server.connections, 20, lambda: "the connection stays")
    assert serving.server.held_bytes == 0


def test_a_slow_reader_holds_no_thread_and_is_let_go_at_last(start):
    """D7: a reply nobody reads waits in memory, for its time; the one thread goes on with others."""
    serving = start(reply_seconds=0.5, reply_bytes_per_second=100_000_000)
    serving.app.reply = large(3_000_000)
    wire = serving.connect(page("/large"), receive_buffer=4096)
    wait_until(lambda: serving.app.asked, 20, lambda: "not asked")
    serving.app.reply = None
    assert serving.get("/page").status == 200
    wait_until(lambda: not serving.server.connections | serving.server.leaving, 20, lambda: "the slow reader is kept")
    with pytest.raises(ConnectionError):
        wire.reply()


def test_a_reply_too_large_for_the_memory_waits_for_its_reader(start):
    serving = start(reply_bytes=100_000)
    made = []
    serving.app.reply = large(20_000_000, made)
    with serving.connect(page("/large"), receive_buffer=4096) as wire:
        time.sleep(0.3)
        assert sum(made) < 20_000_000, "everything was made although nobody read"
        assert len(wire.reply().body) == 20_000_000
    assert sum(made) == 20_000_000


def test_one_who_hangs_up_ends_the_making_of_a_large_reply(start):
    serving = start(reply_bytes=100_000)
    made, closed = [], []
    serving.app.reply = large(50_000_000, made, closed)
    serving.connect(page("/large"), receive_buffer=4096).close()
    wait_until(lambda: closed, 20, lambda: "the application goes on")
    assert sum(made) < 50_000_000
    serving.app.reply = None
    assert serving.get("/page").status == 200


def test_when_all_places_are_taken_the_longest_idle_one_goes(start):
    serving = start(connections=3)
    wires = []
    for number in range(3):
        wires.append(serving.connect(page()))
        wires[number].reply()
        moment = serving.server.now
        wait_until(lambda moment=moment: serving.server.now > moment, 20, lambda: "the server's time stands still")
    assert serving.get("/page").status == 200
    assert wires[0].is_closed()
    assert wires[2].send(page()).reply().status == 200


def large(size: int, made: list | None = None, closed: list | None = None):
    """Return an application that makes a reply of `size` bytes in pieces, and notes each and its own end."""

    def pieces():
        try:
            for _ in range(size // 100_000):
                if made is not None:
                    made.append(100_000)
                yield 100_000 * b"x"
        finally:
            if closed is not None:
                closed.append(True)

    def application(environ, start_response):
        start_response("200 OK", [])
        return pieces()

    return application
