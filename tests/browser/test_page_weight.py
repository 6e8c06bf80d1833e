"""G13: what the sign-in page and a board cost a phone that has never been here; everything, compressed, headers and all."""

import pytest

from tests.benchmarks.province import VILLAGE, fill
from tests.browser.test_every_page import sign_in
from tests.browser.test_exam_weight import size
from tests.cast import PASSWORD, TOWNSHIP
from tests.live import LiveServer
from tests.stage import set_up

SIGN_IN, BOARD = 30 * 1024, 40 * 1024
TRAINEE = {"login": "trainee", "password": PASSWORD}


@pytest.fixture
def stage(app, cast):
    """An exam whose live boards fill a page: fifty villages, two hundred people each."""
    with app.app_context():
        stage = set_up(board="live")
        fill(stage.exam, TOWNSHIP, 1, 50 * VILLAGE)
    return stage


@pytest.fixture
def live_server(app, stage, tmp_path):
    """Its server."""
    address, key = app.config["SQLALCHEMY_DATABASE_URI"], app.config["SECRET_KEY"]
    server = LiveServer(tmp_path, address, QUIZAPP_SECRET_KEY=key)
    yield server.start("--no-worker")
    server.kill()


def weigh(page, address: str) -> int:
    """Return the bytes that come over the wire until an address is shown; nothing of it was kept before."""
    done = []
    page.on("requestfinished", lambda request: done.append(request))
    assert page.goto(address).status == 200
    page.wait_for_load_state("networkidle")
    sent = [request for request in done if not request.url.startswith("data:")]
    print(address, [(request.url.rsplit("/", 1)[-1], size(request)) for request in sent])
    return sum(map(size, sent))


def test_g13_the_sign_in_page_and_full_boards_are_light(open_screen, stage):
    """G13: at most 30 KB and 40 KB, of villages and of people, as a trainee's phone gets them."""
    assert 0 < weigh(open_screen("phone"), "/sign-in") <= SIGN_IN
    for by in ("unit", "person"):
        page = open_screen("phone")
        sign_in(page, TRAINEE)
        assert 0 < weigh(page, f"/ranking/{stage.exam}?by={by}") <= BOARD
        assert page.locator("main li, main tbody tr").count() >= 50
