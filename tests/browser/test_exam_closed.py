"""The exam ends for everybody while a page is open."""

import pytest
from playwright.sync_api import expect

from tests.browser.seat import ExamHall


@pytest.fixture
def live_server(demo_template, tmp_path):
    """A demo of this test's own: it closes the exam."""
    hall = ExamHall(tmp_path / "hall").fill(demo_template)
    yield hall
    hall.kill()


def test_when_the_exam_is_closed_the_page_shows_what_the_server_did(seat, live_server):
    """C3: the receipt comes from the server's own hand-in, without a reload."""
    seat.answer()
    seat.expect_saved()
    done = live_server.run("exam", "close", live_server.demo["exam_id"], "--yes")
    assert done.returncode == 0, done.stderr
    seat.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(seat.page.locator(".receipt")).to_contain_text("服务器已于")
    expect(seat.page.locator(".receipt")).to_contain_text("作答 1 题")
    assert seat.kept() == {}
