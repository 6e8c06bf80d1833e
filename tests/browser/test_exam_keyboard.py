"""The exam without a finger and without eyes: keys alone, names for everything, no fault that axe can find."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.seat import Seat


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


def press(seat: Seat, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        seat.page.keyboard.press(key)


def tab_to(seat: Seat, selector: str) -> None:
    """Move the focus with Tab until it is on the element."""
    for _ in range(80):
        if seat.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        seat.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")


def test_the_whole_exam_by_keyboard(desktop, take_seat):
    """Figures and letters choose, arrows move, Tab reaches the rest; the focus is never lost."""
    seat = take_seat(desktop)
    expected = {}
    for number in range(1, len(seat.items) + 1):
        item = seat.items[number - 1]
        expect(desktop.locator("#page .question-number")).to_contain_text(f"第 {number} 题")
        assert desktop.evaluate("document.activeElement.closest('#page .question') !== null")
        if item["kind"] == "fill_blank":
            texts = []
            for _ in range(item["blanks"]):
                desktop.keyboard.press("Tab")
                desktop.keyboard.type("1a")
                texts.append("1a")
            expected[item["slot"]] = texts
            tab_to(seat, "#next")
            press(seat, "Enter") if number < len(seat.items) else None
        elif item["kind"] == "multiple_choice":
            press(seat, "1", "C", "ArrowRight")
            expected[item["slot"]] = [item["options"][0]["id"], item["options"][2]["id"]]
        elif item["kind"] == "true_false":
            press(seat, "2", "ArrowRight")
            expected[item["slot"]] = False
        else:
            press(seat, "b", "ArrowRight")
            expected[item["slot"]] = [item["options"][1]["id"]]
    seat.expect_saved()
    assert seat.standing() == expected

    press(seat, "Enter")
    expect(desktop.locator("#hand-in")).to_be_visible()
    press(seat, "Escape")
    expect(desktop.locator("#hand-in")).to_be_hidden()
    assert desktop.evaluate("document.activeElement.id") == "next"
    press(seat, "Enter")
    tab_to(seat, "#hand-in-now")
    press(seat, "Enter")
    expect(desktop.locator(".receipt-code")).to_be_visible()
    assert desktop.evaluate("document.activeElement.id") == "receipt-title"


def test_arrows_in_a_text_field_move_the_cursor_and_letters_are_text(desktop, take_seat):
    seat = take_seat(desktop)
    number = next(place for place, item in enumerate(seat.items, 1) if item["kind"] == "fill_blank")
    desktop.locator("#side .cell").nth(number - 1).click()
    field = desktop.locator("#page .blank-text").first
    field.focus()
    desktop.keyboard.type("b1")
    press(seat, "ArrowLeft")
    desktop.keyboard.type("a")
    assert seat.number == number
    expect(field).to_have_value("ba1")


def test_every_question_and_every_state_has_a_name_for_a_screen_reader(seat):
    """What is heard: the group's number, kind and points; each option; the card's cells with their states."""
    page = seat.page
    expect(page.get_by_role("group", name="第 1 题，共")).to_be_visible()
    value = seat.answer()
    assert value
    expect(page.locator("#page .option input").first).to_be_checked()
    page.locator(".mark").click()
    seat.expect_saved()
    page.locator("#card-button").click()
    expect(page.get_by_role("dialog", name="答题卡")).to_be_visible()
    expect(page.get_by_role("button", name="第 1 题、已答、标记")).to_be_visible()
    expect(page.get_by_role("button", name="第 2 题、未答")).to_be_visible()


LOOKS = [
    "phone standard auto",
    "phone elder auto",
    "phone large dark",
    "desktop standard auto",
    "desktop standard contrast",
]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_state_of_the_page(open_screen, take_seat, live_server, look):
    """WCAG 2.2 AA: question, card, hand-in, receipt; phone and desktop; sizes and colours."""
    screen, text, theme = look.split()
    page = open_screen(screen)
    page.context.add_cookies([
        {"name": name, "value": value, "url": live_server.url} for name, value in (("text", text), ("theme", theme))
    ])
    seat = take_seat(page)
    found = []

    def check(state: str) -> None:
        for fault in Axe().run(page).response["violations"]:
            found.append(f"{state}: {fault['id']} {[node['html'][:120] for node in fault['nodes']]}")

    check("question")
    seat.answer()
    page.locator(".mark").click()
    check("answered")
    for kind in ("multiple_choice", "true_false", "fill_blank"):
        number = next(place for place, item in enumerate(seat.items, 1) if item["kind"] == kind)
        seat.turn_to(number)
        seat.answer()
        check(kind)
    if page.locator("#card-button").is_visible():
        page.locator("#card-button").click()
        check("card")
        page.locator("#card [data-close]").click()
    seat.open_hand_in()
    check("hand-in")
    page.locator("#hand-in-now").click()
    expect(page.locator(".receipt-code")).to_be_visible()
    check("receipt")
    assert not found, "\n".join(found)
