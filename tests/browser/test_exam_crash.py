"""The browser dies in the middle: what it kept is there again, and what the server confirmed is there anyway."""

import contextlib

import pytest
from playwright.sync_api import Error, expect

from tests.browser.seat import UNSENT, Seat


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


@pytest.fixture
def open_browser(browser_type, phone_launch_args, live_server, tmp_path):
    """A function that starts a browser with the phone's own folder, as after switching it on again."""
    opened = []

    def open_browser():
        context = browser_type.launch_persistent_context(
            str(tmp_path / "phone"),
            base_url=live_server.url,
            viewport={"width": 360, "height": 740},
            locale="zh-CN",
            **phone_launch_args,
        )
        opened.append(context)
        return context

    yield open_browser
    for context in opened:
        with contextlib.suppress(Error):
            context.close()


def test_a_browser_killed_while_answers_wait_has_them_when_it_is_opened_again(open_browser, live_server):
    """E3: kept on the disk before they are sent."""
    account = live_server.next_trainee()
    context = open_browser()
    seat = Seat(context.new_page(), account["login"], account["password"], live_server.demo["exam_id"]).sign_in().open()
    expected = seat.answer_all(1, 1)
    seat.expect_saved()
    context.set_offline(True)
    expected |= seat.answer_all(2, 4)
    expect(seat.state()).to_contain_text(f"{UNSENT} 3")
    with contextlib.suppress(Error):
        context.new_cdp_session(seat.page).send("Browser.crash")

    again = Seat(open_browser().new_page(), seat.login, seat.password, seat.exam_id).sign_in().open()
    again.expect_saved()
    assert again.number == 4
    assert again.standing() == expected


def test_a_phone_that_is_lost_loses_nothing_that_was_confirmed(open_screen, take_seat):
    """E3: the battery is dead, another phone goes on."""
    seat = take_seat(open_screen("phone"))
    expected = seat.answer_all(1, 3)
    seat.expect_saved()
    seat.page.context.close()
    other = take_seat(open_screen("phone"))
    expect(other.page.locator("#card-button")).to_contain_text("3/")
    assert other.page.locator("#page .option input").first.is_checked()
    assert other.standing() == expected
