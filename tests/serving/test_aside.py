"""Pages made in another process: there when it is, here whenever it is not."""

import json
import os
import signal
from dataclasses import replace

import pytest

from quizapp.serving import aside
from tests.processes import wait_until
from tests.serving.conftest import SMALL_LANES
from tests.serving.wire import page, save

LANES = SMALL_LANES | {name: replace(SMALL_LANES[name], is_aside=True) for name in ("boards", "exports")}
LARGE = 3_000_000


def application():
    """Make what answers there: it tells its process and what it was asked; some paths end badly."""

    niceness = os.nice(0)

    def app(environ, start_response):
        path = environ["PATH_INFO"]
        if path == "/ranking/killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if path == "/ranking/broken":
            raise RuntimeError("broken")
        start_response("201 Created", [("X-Made-By", str(os.getpid())), ("X-Nice", str(niceness)), ("Content-Type", "text/plain")])
        if path == "/ranking/cut":
            return cut()
        if path == "/ranking/large":
            return (b"x" * 1000 for _ in range(LARGE // 1000))
        told = {name: value for name, value in environ.items() if isinstance(value, str | int)}
        return [json.dumps(told | {"body": environ["wsgi.input"].read().decode()}).encode()]

    def cut():
        yield b"x" * LARGE
        os.kill(os.getpid(), signal.SIGKILL)

    return app


@pytest.fixture
def serving(start):
    """A server with an application aside, which is there."""
    serving = start("tests.serving.test_aside:application", lanes=LANES)
    assert serving.get("/ranking/first").body == b"/ranking/first"  # not there yet: made here
    wait_until_there(serving)
    return serving


def wait_until_there(serving) -> None:
    wait_until(lambda: serving.get("/ranking/any").status == 201, 20, lambda: "nobody is aside")


def made_by(reply) -> int:
    return int(reply.headers["x-made-by"])


def test_boards_and_exports_are_made_there_and_everything_else_here(serving):
    board = serving.get("/ranking/1?by=unit", "Cookie: quizapp=a\r\n")
    told = json.loads(board.body)
    assert made_by(board) != os.getpid()
    assert (told["QUERY_STRING"], told["HTTP_COOKIE"], told["REMOTE_ADDR"], told["quizapp.arrival_ms"]) == (
        "by=unit", "quizapp=a", "127.0.0.1", 1000,
    )  # fmt: skip
    with serving.connect("POST /bank/export HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\nto=a") as wire:
        export = wire.reply()
    assert made_by(export) == made_by(board) and json.loads(export.body)["body"] == "to=a"
    assert serving.get("/page").body == b"/page"
    with serving.connect(save()) as wire:
        assert wire.reply().status == 200


def test_a_large_reply_comes_whole_and_who_leaves_in_the_middle_disturbs_nobody(serving):
    before = made_by(serving.get("/ranking/large"))
    for _ in range(3):
        with serving.connect(page("/ranking/large"), receive_buffer=4096):
            pass
    wait_until(lambda: len(serving.get("/ranking/large").body) == LARGE, 20, lambda: "who left is still waited for")
    assert made_by(serving.get("/ranking/any")) == before


def test_where_the_other_process_dies_the_page_is_made_here_and_soon_there_again(serving, monkeypatch):
    first = made_by(serving.get("/ranking/any"))
    assert serving.get("/ranking/killed").body == b"/ranking/killed"
    assert serving.get("/ranking/any").body == b"/ranking/any"
    monkeypatch.setattr(aside, "PAUSE_SECONDS", 0)
    wait_until_there(serving)
    assert made_by(serving.get("/ranking/any")) != first


def test_an_application_that_fails_there_is_asked_here(serving):
    assert serving.get("/ranking/broken").body == b"/ranking/broken"


def test_a_reply_that_breaks_off_there_is_not_told_as_whole(serving):
    with serving.connect(page("/ranking/cut")) as wire, pytest.raises(ConnectionError):
        wire.reply()


def test_it_ends_with_its_server_and_with_nothing_else(serving):
    """A terminal's Ctrl-C and systemd's SIGTERM reach it too: it goes on until the server lets go."""
    other = made_by(serving.get("/ranking/any"))
    os.kill(other, signal.SIGTERM)
    os.kill(other, signal.SIGINT)
    assert made_by(serving.get("/ranking/any")) == other
    pages = serving.server.aside
    wait_until(lambda: serving.get("/ranking/any") and not pages.starting, 20, lambda: "lines stay unheard")
    wait_until(lambda: pages.idle.qsize() == pages.count, 20, lambda: "a line is not put back")
    while not pages.idle.empty():
        pages.idle.get().close()
    assert pages.process.wait(20) == 0


def test_the_other_process_gives_way_before_it_makes_its_application(serving):
    assert int(serving.get("/ranking/1").headers["x-nice"]) == os.nice(0) + aside.NICENESS


def test_the_other_process_starts_behind_the_page_that_first_asked():
    """Its start takes a second of a processor, which that page, and whoever saves, would wait for."""
    started_before: list[bool] = []
    factory = "tests.serving.test_aside:application"
    made = aside.Aside(lambda *_: started_before.append(made.process is not None) or [], factory, 1)
    assert made({}, None) == [] and started_before == [False]
    try:
        assert made.process is not None
    finally:
        made.process.kill()
        made.process.wait()
