"""The server is set back to a backup while phones are at it, or after they have handed in: what each page says and does."""

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE, SAVED, ExamHall, Seat
from tests.live import LiveServer


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


@pytest.fixture(autouse=True)
def noise(watch):
    """A server that is gone for a while, and calls that it refuses, are logged by the browser."""
    watch.expect(NETWORK_NOISE)


def change(live_server, *statements: tuple) -> None:
    """Change rows as a restore of an older backup does."""
    with sqlite3.connect(live_server.instance_path / "quizapp.sqlite3", timeout=10) as database:
        for statement, *values in statements:
            database.execute(statement, values)
    database.close()


def wake(seat: Seat) -> None:
    """Turn the page to the front: it asks the server at once."""
    with seat.page.expect_response("**/api/v1/attempts/**"):
        seat.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


class TestOfItsOwn:
    """A demo that is really killed and restored."""

    @pytest.fixture
    def live_server(self, demo_template, tmp_path):
        hall = ExamHall(tmp_path / "hall").fill(demo_template)
        yield hall
        hall.kill()

    def test_a10_an_open_page_fills_the_gap_that_a_restored_backup_left(self, seat, live_server, tmp_path):
        """A10: by itself, without a reload; what was saved after the backup is there again, and then the hand-in."""
        expected = seat.answer_all(1, 2)
        seat.expect_saved()
        file = tmp_path / "newest.backup"
        live_server.answer("backup", str(file))
        expected |= seat.answer_all(2, 4, choice=1)
        seat.expect_saved()
        live_server.kill()
        expected |= seat.answer_all(5, 5)
        expect(seat.state()).not_to_have_text(SAVED)
        restored = LiveServer(tmp_path / "restored")
        restored.port = live_server.port
        restored.answer("restore", str(file))
        restored.start("--no-worker")
        try:
            seat.page.evaluate("window.dispatchEvent(new Event('online'))")
            seat.expect_saved(seconds=40)
            assert seat.standing() == expected
            seat.hand_in()
            expect(seat.page.locator(".receipt")).to_contain_text(f"作答 {len(expected)} 题")
        finally:
            restored.kill()


def set_back(seat, live_server) -> None:
    """Set the server back to before the second answer came."""
    gone = "DELETE FROM answers WHERE slot = ? AND attempt_id = (SELECT id FROM attempts WHERE public_id = ?)"
    leap = "UPDATE attempts SET epoch = epoch + 1000, least_epoch = epoch + 1000 WHERE public_id = ?"
    change(live_server, (gone, seat.items[1]["slot"], seat.attempt_id), (leap, seat.attempt_id))


def test_a10_a_page_with_nothing_to_send_sees_what_the_server_has_lost(seat, live_server):
    """A10: everything was shown as saved; the next look finds one answer gone, and the page brings it back."""
    expected = seat.answer_all(1, 3)
    seat.expect_saved()
    wake(seat)
    set_back(seat, live_server)
    with seat.page.expect_response("**/answers"):
        wake(seat)
    seat.expect_saved()
    assert seat.standing() == expected


def test_a10_a_hand_in_goes_round_once_more_where_the_server_was_set_back_just_before(seat, live_server):
    """A10: refused as of an unknown epoch, resumed, the gap filled, handed in: one press of the button."""
    seat.answer_all(1, 3)
    seat.expect_saved()
    statuses = []
    seat.page.on("response", lambda reply: statuses.append(reply.status) if "submission" in reply.url else None)
    seat.open_hand_in()
    wake(seat)  # the page looks again of itself only after some seconds
    set_back(seat, live_server)
    seat.page.locator("#hand-in-now").click()
    expect(seat.page.locator(".receipt")).to_contain_text("作答 3 题")
    assert statuses == [409, 200]


def test_r8_a_page_with_its_receipt_says_when_the_server_has_lost_the_hand_in(seat, live_server):
    """R8: no word of more time; the receipt stays on the page, and its signature still speaks for it."""
    seat.answer_all(1, 2)
    code = seat.hand_in()
    change(
        live_server,
        ("DELETE FROM receipts WHERE code = ?", code),
        ("UPDATE attempts SET state = 'open', finished_at = NULL WHERE public_id = ?", seat.attempt_id),
    )
    wake(seat)
    expect(seat.page.locator("#notice")).to_contain_text("缺少这次交卷记录")
    expect(seat.page.locator(".receipt-code")).to_have_text(code)
    seat.page.get_by_role("link", name="核对回执").click()
    expect(seat.page.locator("main")).to_contain_text("签名无误")
    expect(seat.page.locator("main")).to_contain_text("没有这份记录")


def test_the_receipt_of_an_attempt_that_was_taken_up_again_comes_by_itself(seat, live_server):
    """R8: first that it goes on, then the new receipt in the place of the old one, without a reload."""
    seat.answer_all(1, 2)
    old = seat.hand_in()
    words = ("--person", seat.login, "--minutes", "0", "--reason", "误交卷", "--yes")
    live_server.answer("exam", "extend", seat.exam_id, *words)
    wake(seat)
    expect(seat.page.locator("#notice")).to_contain_text("继续作答")
    going_on = seat.call("post", f"/exams/{seat.exam_id}/attempts", {"attempt_id": seat.attempt_id})
    done = seat.call("post", f"/attempts/{seat.attempt_id}/submission", {"epoch": going_on["epoch"], "answers": []})
    assert done["receipt"]["code"] != old
    wake(seat)
    expect(seat.page.locator(".receipt-code")).to_have_text(done["receipt"]["code"])
    expect(seat.page.locator("#notice")).to_be_hidden()
