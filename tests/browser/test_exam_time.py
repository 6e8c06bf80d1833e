"""The server's time on the phone: shown right whatever the phone's clocks do; at zero the server decides."""

import sqlite3
import time
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE, Seat
from tests.processes import wait_until


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


# `ahead` is added to the phone's date, `slept` taken from the clock that never jumps, both in ms.
LYING_CLOCKS = """{
  const now = Date.now.bind(Date), steady = performance.now.bind(performance);
  Date.now = () => now() + Number(sessionStorage.getItem("ahead") || AHEAD);
  performance.now = () => steady() - Number(sessionStorage.getItem("slept") || 0);
}"""
YEAR, DAY, MINUTE = 365 * 86_400_000, 86_400_000, 60_000


@pytest.fixture
def set_left(live_server):
    """A function that moves an attempt's deadline to so many seconds from now, as a granted extension does."""

    def set_left(seat: Seat, seconds: float) -> None:
        deadline = int((time.time() + seconds) * 1000)
        with sqlite3.connect(live_server.instance_path / "quizapp.sqlite3", timeout=10) as database:
            database.execute("UPDATE attempts SET deadline_at = ? WHERE public_id = ?", [deadline, seat.attempt_id])
        database.close()

    return set_left


def wake(seat: Seat) -> None:
    """Turn the page to the front: it asks the server at once."""
    with seat.page.expect_response("**/api/v1/attempts/**"):
        seat.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def shown_seconds(seat: Seat) -> int:
    """Return the seconds left as the page shows them."""
    total = 0
    for part in seat.page.locator("#time-left").inner_text().split(":"):
        total = total * 60 + int(part)
    return total


def expect_right_time(seat: Seat) -> None:
    """Demand that the page shows the server's time left, to the second."""
    seat.page.wait_for_timeout(1100)
    reply = seat.call("get", f"/attempts/{seat.attempt_id}")
    deadline, now = (datetime.fromisoformat(reply[name]) for name in ("deadline_at", "server_now"))
    assert abs(shown_seconds(seat) - (deadline - now).total_seconds()) <= 1.5
    expect(seat.page.locator("#time-label")).to_have_text("剩余")


@pytest.mark.parametrize(("ahead", "zone"), [(10 * YEAR, "Asia/Shanghai"), (-DAY, "America/St_Johns")])
def test_a_wrong_date_on_the_phone_changes_nothing(open_screen, take_seat, ahead, zone):
    """C1"""
    page = open_screen("phone", timezone_id=zone)
    page.add_init_script(LYING_CLOCKS.replace("AHEAD", str(ahead)))
    seat = take_seat(page)
    expect_right_time(seat)
    seat.answer()
    seat.expect_saved()


@pytest.mark.parametrize(
    "lie",
    [{"ahead": 20 * MINUTE}, {"ahead": -DAY}, {"slept": 20 * MINUTE}, {"slept": 20 * MINUTE, "ahead": 3 * MINUTE}],
    ids=str,
)
def test_after_a_sleep_or_a_changed_date_one_exchange_makes_it_right(phone, take_seat, lie):
    """C10, I-21"""
    phone.add_init_script(LYING_CLOCKS.replace("AHEAD", "0"))
    seat = take_seat(phone)
    with phone.expect_response("**/api/v1/attempts/**", timeout=5000):
        phone.evaluate("(lie) => { for (const name in lie) sessionStorage.setItem(name, lie[name]); }", lie)
    expect_right_time(seat)


def test_a_page_asleep_for_twenty_minutes_shows_the_right_time_when_it_wakes(phone, take_seat):
    """C10: both clocks of the page jump by twenty minutes, the server's do not."""
    phone.clock.install()
    seat = take_seat(phone)
    phone.clock.fast_forward("20:00")
    wake(seat)
    phone.clock.run_for(1100)
    reply = seat.call("get", f"/attempts/{seat.attempt_id}")
    deadline, now = (datetime.fromisoformat(reply[name]) for name in ("deadline_at", "server_now"))
    assert abs(shown_seconds(seat) - (deadline - now).total_seconds()) <= 2.5


def test_each_warning_comes_once_and_leaves_the_focus_where_it_is(seat, set_left):
    """R7: 10, 5 and 1 minutes, in words, in a polite live region; a reload does not repeat them."""
    announced = seat.page.locator("#announce")
    expect(announced).to_have_attribute("aria-live", "polite")
    seat.page.locator("#page .option").first.focus()
    for minutes in (10, 5, 1):
        set_left(seat, minutes * 60 + 2)
        wake(seat)
        expect(seat.page.locator("#notice")).not_to_contain_text(f"不到 {minutes} 分钟")
        expect(announced).to_have_text(f"剩余时间不到 {minutes} 分钟。")
        expect(seat.page.locator("#notice")).to_contain_text(f"不到 {minutes} 分钟")
        assert seat.page.evaluate("document.activeElement.closest('#page') !== null")
    seat.page.reload()
    seat.wait()
    seat.page.wait_for_timeout(1200)
    expect(seat.page.locator("#notice")).to_be_hidden()


def test_at_zero_the_page_hands_nothing_in_and_an_extension_opens_it_again(seat, set_left):
    """C5, I-15: an old tab cannot close the attempt; the new time is on the screen within 30 s."""
    posted = []
    seat.page.on("request", lambda request: posted.append(request.url) if "submission" in request.url else None)
    value = seat.answer()
    seat.expect_saved()
    set_left(seat, 2)
    wake(seat)
    expect(seat.page.locator("#time-label")).to_have_text("时间到")
    expect(seat.page.locator("#page .option input").first).to_be_disabled()
    expect(seat.page.locator("#notice")).to_contain_text("服务器正在收卷")
    set_left(seat, 900)
    expect(seat.page.locator("#time-label")).to_have_text("剩余", timeout=30_000)
    expect(seat.page.locator("#page .option input").first).to_be_enabled()
    expect(seat.page.locator("#notice")).to_be_hidden()
    assert shown_seconds(seat) > 800
    assert not posted
    assert seat.call("get", f"/attempts/{seat.attempt_id}")["state"] == "open"
    assert seat.standing() == {seat.slot: value}


@pytest.mark.parametrize("has_receipt", [False, True], ids=["taken in", "receipt shown"])
def test_c5_after_the_server_took_it_in_granted_minutes_bring_the_time_back(seat, set_left, live_server, has_receipt):
    """C5: granted for real, to one person; the page that showed 0:00 tells of it within 30 s and goes on saving."""
    value = seat.answer()
    seat.expect_saved()
    set_left(seat, -40 if has_receipt else -27)
    wake(seat)
    state = lambda: seat.call("get", f"/attempts/{seat.attempt_id}")["state"]  # noqa: E731
    wait_until(lambda: state() == "auto_submitted", 30, lambda: "the server did not take it in")
    if has_receipt:
        expect(seat.page.locator(".receipt-code")).to_be_visible(timeout=60_000)
    words = ("--person", seat.login, "--minutes", "15", "--reason", "停电", "--yes")
    assert live_server.answer("exam", "extend", seat.exam_id, *words)["reopened"] == 1
    if has_receipt:
        seat.page.get_by_role("button", name="继续作答").click(timeout=30_000)
        seat.wait()
    expect(seat.page.locator("#time-label")).to_have_text("剩余", timeout=30_000)
    expect(seat.page.locator("#page .option input, #page .blank-text").first).to_be_enabled()
    assert shown_seconds(seat) > 800
    assert seat.standing() == {seat.slot: value}
    seat.next()
    seat.answer()
    seat.expect_saved()
    assert state() == "open"


def test_time_over_without_network_is_said_and_the_answers_go_out_afterwards(seat, set_left, watch):
    """R6, I-03: within the grace they still count."""
    watch.expect(NETWORK_NOISE)
    set_left(seat, 4)
    wake(seat)
    seat.page.context.set_offline(True)
    value = seat.answer()
    expect(seat.page.locator("#notice")).to_contain_text("还有 1 题未发送", timeout=15_000)
    expect(seat.state()).to_have_text("离线 · 未发送 1")  # and no word of going on
    seat.page.context.set_offline(False)
    expect(seat.page.locator("#state-text")).to_have_text("已保存", timeout=10_000)
    assert seat.standing() == {seat.slot: value}
    expect(seat.page.locator("#page .option input").first).to_be_disabled()
