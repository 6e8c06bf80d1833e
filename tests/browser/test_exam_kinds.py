"""Numbers, pairs, orders and cases on the phone: by thumb, by keyboard, without network, and in a plain form."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE, Seat

SECTIONS = ("numerical:1:2", "matching:1:3", "ordering:1:5", "case:1:2:parts=3")


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


@pytest.fixture
def exam(live_server) -> str:
    """An exam of the longer kinds from the shipped bank."""
    made = live_server.answer(
        "exam", "create", "--campaign", live_server.demo["campaign_id"], "--title", "各种题", "--opens", "2026-01-01 08:00",
        "--closes", "2099-12-31 24:00", "--minutes", "90", "--bank", "urban-services",
        *(word for section in SECTIONS for word in ("--section", section)),
    )  # fmt: skip
    return made["id"]


def test_the_longer_kinds_are_answered_without_network_and_stand_after_a_reload(phone, live_server, exam, watch):
    watch.expect(NETWORK_NOISE)
    account = live_server.next_trainee()
    seat = Seat(phone, account["login"], account["password"], exam).sign_in().open()
    seat.wait_until_kept()
    phone.context.set_offline(True)
    expected = {}
    for number, item in enumerate(seat.items, 1):
        seat.turn_to(number)
        assert not Axe().run(phone).response["violations"], item["kind"]
        expected[seat.slot] = seat.answer(1)
    expect(phone.locator("#material")).to_be_visible()
    phone.reload()
    seat.wait()
    for number, item in enumerate(seat.items, 1):
        seat.turn_to(number)
        if item["kind"] == "ordering":
            rows = phone.locator("#page .order-row")
            assert [row.get_attribute("data-id") for row in rows.all()] == expected[item["slot"]]
            expect(phone.locator("[data-when=answered]")).to_be_visible()
    phone.context.set_offline(False)
    seat.expect_saved(seconds=10)
    assert seat.standing() == expected


def test_an_order_is_made_by_keyboard_and_one_that_is_right_already_is_taken(desktop, live_server, exam):
    account = live_server.next_trainee()
    seat = Seat(desktop, account["login"], account["password"], exam).sign_in().open()
    seat.turn_to(3)
    shown = [one["id"] for one in seat.items[2]["options"]]
    expect(desktop.locator("[data-when=empty]")).to_be_visible()
    desktop.locator("[data-confirm]").press("Enter")
    seat.expect_saved()
    assert seat.standing() == {seat.slot: shown}
    down = desktop.locator(".order-row").first.locator("[data-move='1']")
    down.press("Enter")
    desktop.keyboard.press("Enter")  # the focus goes along with the entry
    seat.expect_saved()
    assert seat.standing() == {seat.slot: [shown[1], shown[2], shown[0], *shown[3:]]}
    seat.turn_to(2)
    choice = desktop.locator("#page .choice-list").first
    choice.focus()
    desktop.keyboard.press("ArrowDown")
    seat.expect_saved()
    assert len(seat.standing()) == 2 and seat.number == 2


def test_without_javascript_the_longer_kinds_are_plain_fields(open_screen, live_server, exam):
    account = live_server.next_trainee()
    page = open_screen("phone", java_script_enabled=False)
    seat = Seat(page, account["login"], account["password"], exam).sign_in()
    started = seat.call("post", f"/exams/{exam}/attempts", {})
    seat.attempt_id, seat.items = started["attempt_id"], started["paper"]["items"]
    page.goto(f"/attempts/{seat.attempt_id}")
    page.locator("#plain .blank-text").fill(" 15 ")
    page.locator("#plain .exam-steps button").last.click()
    lists = page.locator("#plain .choice-list")
    for field in lists.all():
        field.select_option(index=1)
    page.locator("#plain .exam-steps button").last.click()
    count = page.locator("#plain .order-place").count()
    for place, field in enumerate(page.locator("#plain .order-place").all()):
        field.select_option(str(count - place))
    page.locator("#plain .exam-steps button").last.click()
    expect(page.locator("#plain .question-material")).to_be_visible()
    first, second, third = seat.items[:3]
    assert seat.standing() == {
        first["slot"]: "15",
        second["slot"]: {one["id"]: second["right"][0]["id"] for one in second["options"]},
        third["slot"]: [one["id"] for one in third["options"]][::-1],
    }
