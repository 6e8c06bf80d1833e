"""Signed out in the middle, or somebody else on the same phone: nothing is lost, seen or sent for another."""

import contextlib
import json
import urllib.request

import pytest
from playwright.sync_api import Error, expect

from tests.browser.seat import NETWORK_NOISE, UNSENT, Seat


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


@pytest.fixture(autouse=True)
def noise(watch):
    """Refused calls are logged by the browser; that is what these tests are about."""
    watch.expect(NETWORK_NOISE)


def end_session(seat: Seat, url: str) -> None:
    """End this browser's session on the server only, as the clock or another device would."""
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in seat.page.context.cookies())
    headers = {"Cookie": cookies, "X-CSRFToken": seat.token}
    urllib.request.urlopen(urllib.request.Request(f"{url}/api/v1/session", headers=headers, method="DELETE"))


def lose_cookies(seat: Seat, url: str) -> None:
    """Lose the session's cookie, as a phone short of memory does."""
    seat.page.context.clear_cookies(name="quizapp")


@pytest.mark.parametrize("end", [end_session, lose_cookies])
def test_signing_in_again_in_place_keeps_the_queue(seat, live_server, end):
    """E4: a dialog, not another page; the answers wait and go out afterwards."""
    expected = seat.answer_all(1, 2)
    seat.expect_saved()
    address = seat.page.url
    end(seat, live_server.url)
    seat.turn_to(3)
    expected[seat.slot] = seat.answer()
    dialog = seat.page.locator("#sign-in")
    expect(dialog).to_be_visible()
    expect(seat.state()).to_contain_text(f"{UNSENT} 1")

    dialog.locator("[name=login]").fill(seat.login)
    dialog.locator("[name=password]").fill("wrong-password")
    dialog.locator("[type=submit]").click()
    expect(seat.page.locator("#sign-in-trouble")).to_be_visible()
    dialog.locator("[name=password]").fill(seat.password)
    dialog.locator("[type=submit]").click()
    expect(dialog).to_be_hidden()
    seat.expect_saved()
    assert seat.page.url == address
    assert seat.number == 3
    assert seat.standing() == expected


def test_the_dialog_can_wait_and_is_not_shown_twice(seat, live_server):
    """E4: who signs in later goes on answering; the line above keeps the way back."""
    end_session(seat, live_server.url)
    seat.answer()
    dialog = seat.page.locator("#sign-in")
    expect(dialog).to_be_visible()
    dialog.locator("[data-close]").click()
    seat.turn_to(2)
    seat.answer()
    expect(seat.state()).to_contain_text(f"{UNSENT} 2")
    seat.page.wait_for_timeout(1500)
    expect(dialog).to_be_hidden()
    seat.page.locator("#state-deed").click()
    expect(dialog).to_be_visible()


def test_another_person_on_the_same_phone_sees_and_sends_nothing_of_it(bare_seat, take_seat, watch):
    """E4, E7: the page closes itself, the answers stay locked, and go out when their owner is back."""
    first = bare_seat
    first.page.route("**/answers", lambda route: route.abort())
    value = first.answer()
    expect(first.state()).to_contain_text(f"{UNSENT} 1")
    text = first.page.locator("#page .question-stem").inner_text()

    sent = []
    other_page = first.page.context.new_page()
    other_page.context.on("request", lambda request: sent.append(request.post_data or ""))
    other = take_seat(other_page, 1)
    with contextlib.suppress(Error):  # it may be leaving by itself just now
        first.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.page.locator("#exam")).to_have_count(0)
    assert text not in first.page.content()
    assert other.standing() == {}
    other.page.goto(f"/attempts/{first.attempt_id}")
    assert text not in other.page.content()
    expect(other.page.locator("#page")).to_have_count(0)
    assert not [body for body in sent if json.dumps(value, ensure_ascii=False) in body]

    first.page.unroute("**/answers")
    first.sign_in()
    first.page.goto(f"/attempts/{first.attempt_id}")
    first.wait()
    first.expect_saved()
    assert first.standing() == {first.items[0]["slot"]: value}


def test_after_the_receipt_the_phone_holds_nothing_and_history_shows_nothing(seat):
    """E7: no text of the attempt in the store, in the page or one step back."""
    seat.answer_all(1, 2)
    seat.expect_saved()
    stem = seat.page.locator("#page .question-stem").inner_text()
    seat.hand_in()
    assert seat.kept() == {}
    assert stem not in seat.page.content()
    seat.page.locator(".receipt-links a").last.click()
    seat.page.go_back()
    assert stem not in seat.page.content()


LEFT_BEHIND = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
  }
  return texts.join() + JSON.stringify({ ...sessionStorage }) + document.cookie;
}"""


def test_e7_the_next_person_at_a_shared_phone_finds_nothing_of_the_first(desktop, take_seat):
    """E7: signed out in the middle; no text in the page, the stores, the caches, or any step back."""
    first = take_seat(desktop)
    page = first.page
    value = first.answer_all(1, 2)
    first.expect_saved()
    first.wait_until_kept()
    stem = page.locator("#page .question-stem").inner_text()
    page.goto("/exams")
    page.locator("form[data-sign-out] button").first.click()
    expect(page.locator("form [name=password]")).to_be_visible()
    assert first.kept() == {}

    other = take_seat(page, 1)
    assert stem not in page.evaluate(LEFT_BEHIND) + str(first.kept())
    for _ in range(6):
        page.go_back(wait_until="commit")
        page.wait_for_timeout(300)
        assert first.attempt_id not in page.url or page.locator("#page").count() == 0
        assert stem not in page.content()
    assert other.standing() == {}
    first.sign_in()
    page.goto(f"/attempts/{first.attempt_id}")
    first.wait()
    assert first.standing() == value


def test_e4_signing_in_as_somebody_else_in_the_dialog_shows_and_sends_nothing(seat, live_server):
    """E4: the page leaves; what waited stays locked for its owner."""
    first, account = seat, live_server.next_trainee()
    end_session(seat, live_server.url)
    value = {first.slot: first.answer()}
    dialog = first.page.locator("#sign-in")
    expect(dialog).to_be_visible()
    dialog.locator("[name=login]").fill(account["login"])
    dialog.locator("[name=password]").fill(account["password"])
    dialog.locator("[type=submit]").click()
    expect(first.page.locator("#exam")).to_have_count(0)
    first.sign_in()
    assert first.standing() == {}
    first.page.goto(f"/attempts/{first.attempt_id}")
    first.wait()
    first.expect_saved()
    assert first.standing() == value


def test_signing_out_with_unsent_answers_asks_first(desktop, take_seat):
    """R7: they stay on the phone, and the person is told."""
    seat = take_seat(desktop)
    seat.page.route("**/answers", lambda route: route.abort())
    seat.answer()
    expect(seat.state()).to_contain_text(f"{UNSENT} 1")
    asked = []
    seat.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    seat.page.goto("/exams")
    seat.page.locator("form[data-sign-out] button").first.click()
    seat.page.wait_for_timeout(500)
    assert asked and "1" in asked[0]
    expect(seat.page).to_have_url(f"{seat.page.url.split('/exams')[0]}/exams")
    seat.page.once("dialog", lambda dialog: dialog.accept())
    seat.page.locator("form[data-sign-out] button").first.click()
    expect(seat.page).not_to_have_url(f"{seat.page.url.split('/exams')[0]}/exams")
    assert {key.split("/")[0] for key in seat.kept()} == {"work"}, "of the paper nothing stays"
