"""Two tabs, two phones, one attempt: what either shows as saved is what stands on the server."""

import pytest
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE, Seat


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


@pytest.fixture(autouse=True)
def noise(watch):
    """Cut lines are logged by the browser."""
    watch.expect(NETWORK_NOISE)


def shown_value(seat: Seat, number: int) -> list:
    """Return the chosen option ids of a choice question as this page shows it."""
    seat.turn_to(number)
    return [field.input_value() for field in seat.page.locator("#page .option input:checked").all()]


def option(seat: Seat, number: int, place: int) -> list:
    """Return the value that choosing this option of a single choice question has."""
    return [seat.items[number - 1]["options"][place]["id"]]


def look(seat: Seat) -> None:
    """Let the page ask the server how things stand, as it does by itself within half a minute."""
    with seat.page.expect_response(lambda reply: reply.request.method == "GET" and "/api/v1/attempts/" in reply.url):
        seat.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_newer_epoch_stands_and_the_other_phone_is_told(phone, open_screen, take_seat):
    """B11: the first phone was offline while the second answered the same question."""
    first = take_seat(phone)
    first.page.context.set_offline(True)
    first.answer_all(1, 2)
    second = take_seat(open_screen("phone"))
    second.answer(1)
    second.expect_saved()

    first.page.context.set_offline(False)
    expect(first.page.locator("#notice")).to_contain_text("第 1 题已在另一台设备上作答")
    first.expect_saved()
    look(second)
    standing = second.standing()
    slots = [item["slot"] for item in first.items]
    assert standing == {slots[0]: option(second, 1, 1), slots[1]: option(first, 2, 0)}
    for seat in (first, second):
        for number in (1, 2):
            assert shown_value(seat, number) == standing[seat.items[number - 1]["slot"]]


def test_an_answer_from_the_other_phone_appears_and_is_not_wiped_by_turning_pages(phone, open_screen, take_seat):
    """B11: this phone has the newer epoch, but its person chose nothing."""
    first = take_seat(phone)
    second = take_seat(open_screen("phone"))
    value = first.answer(1)
    first.expect_saved()
    look(second)
    expect(second.page.locator("#page .option input").nth(1)).to_be_checked()
    second.next()
    second.page.locator("#previous").click()
    second.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    second.expect_saved()
    assert shown_value(second, 1) == value
    assert second.standing() == {second.items[0]["slot"]: value}
    assert not second.page.locator("#notice").is_visible()


def test_a_phone_can_take_the_attempt_back(phone, open_screen, take_seat):
    """R18: the second device is told, not kicked; going on here makes this phone's next answers the newer ones."""
    first = take_seat(phone)
    second = take_seat(open_screen("phone"))
    second.answer(1)
    second.expect_saved()
    first.answer(2)
    expect(first.page.locator("#notice")).to_contain_text("第 1 题已在另一台设备上作答")
    held = []
    first.page.route("**/api/v1/exams/*/attempts", lambda route: held.append(route))
    with first.page.expect_request("**/api/v1/exams/*/attempts"):
        first.page.locator("#notice button").click()
    value = first.answer(2)
    with first.page.expect_response(lambda reply: reply.request.method == "PUT"):
        held[0].continue_()
    first.expect_saved()
    assert not first.page.locator("#notice").is_visible()
    assert first.standing() == {first.items[0]["slot"]: value}
    look(second)
    assert shown_value(second, 1) == value


def test_two_tabs_share_one_counter_and_the_last_answer_stands(phone, take_seat):
    """R7: in one browser the last choice counts, in whichever tab it was made."""
    first = take_seat(phone)
    other = Seat(phone.context.new_page(), first.login, first.password, first.exam_id).open()
    for place in range(6):
        (first if place % 2 else other).answer(place % 4)
    value = shown_value(first, 1)
    for seat in (first, other):
        seat.expect_saved()
    assert first.standing() == {first.items[0]["slot"]: value}
    numbers = [answer["seq"] for answer in first.call("get", f"/attempts/{first.attempt_id}")["answers"].values()]
    # 7 where the second tab had answered before the server's reply to its opening: that answer is numbered anew
    assert numbers in ([6], [7])


def test_handing_in_on_one_phone_ends_it_on_the_other(phone, open_screen, take_seat):
    """B4: both show the same receipt; neither begins a second attempt."""
    first = take_seat(phone)
    first.answer()
    first.expect_saved()
    second = take_seat(open_screen("phone"))
    code = second.hand_in()
    first.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.page.locator(".receipt-code")).to_have_text(code)
    assert first.kept() == {}


def test_an_answer_after_the_other_phone_handed_in_is_recorded_and_said_to_be_so(phone, open_screen, take_seat):
    """C2, R6: nothing is thrown away and nothing is called saved."""
    first = take_seat(phone)
    second = take_seat(open_screen("phone"))
    second.hand_in()
    with first.page.expect_response(lambda reply: reply.request.method == "PUT" and reply.status == 202):
        first.answer()
    expect(first.page.locator(".receipt-late")).to_contain_text("1")
    assert first.standing() == {}
