"""The exam ends for everybody while a page is open."""

import pytest
from playwright.sync_api import expect

from tests.browser.seat import ExamHall, Seat


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
    expect(seat.page.locator(".receipt")).to_contain_text("本场考试已由系统管理人员提前结束")
    expect(seat.page.locator(".receipt")).to_contain_text("作答 1 题")
    assert seat.kept() == {}


def test_when_a_leader_hands_it_in_the_page_says_who_and_what_counts(seat, live_server, open_screen):
    """R7: what was shown as saved counts, what was not yet sent is recorded and said to be; never only "handed in"."""
    seat.answer()
    seat.expect_saved()
    account, desk = live_server.account("leader"), open_screen("desktop")
    Seat(desk, account["login"], account["password"], seat.exam_id).sign_in()
    desk.goto(f"/manage/exams/{seat.exam_id}/attempts/{seat.attempt_id}/closing")
    desk.locator("[name=reason]").fill("家中急事，托人交卷")
    desk.locator("main form button").click()
    seat.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    receipt = seat.page.locator(".receipt")
    expect(receipt).to_contain_text("已替您按当时的作答情况交卷")
    expect(receipt).to_contain_text("凡显示“已保存”的答案都有效")
    expect(receipt).to_contain_text("作答 1 题")
    seat.page.reload()
    expect(seat.page.locator("main")).to_contain_text("已替您按当时的作答情况交卷")
