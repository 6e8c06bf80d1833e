"""The network goes, the answers stay: nothing is lost, and nothing is called saved before the server confirmed it."""

import contextlib
import json
import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE, OFFLINE, SAVED, UNSENT, Seat


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


@pytest.fixture(autouse=True)
def noise(watch):
    """A browser without network complains; that is what these tests are about."""
    watch.expect(NETWORK_NOISE)


@pytest.fixture
def long_exam(live_server) -> str:
    """An exam of fifty-two questions in the hall's township."""
    demo = live_server.demo
    sections = ("single_choice:30:2", "multiple_choice:10:2", "true_false:12:1")
    made = live_server.answer(
        "exam", "create", "--campaign", demo["campaign_id"], "--title", "五十二题", "--opens", "2026-01-01 08:00",
        "--closes", "2099-12-31 24:00", "--minutes", "90", "--bank", "maternal-child-health",
        *(word for section in sections for word in ("--section", section)),
    )  # fmt: skip
    return made["id"]


def test_e1_fifty_answers_without_network_are_on_the_server_in_their_order_soon_after(phone, live_server, long_exam):
    """E1: the whole middle of the test offline, a reload in it; all there within ten seconds, oldest first."""
    account = live_server.next_trainee()
    seat = Seat(phone, account["login"], account["password"], long_exam).sign_in().open()
    expected = seat.answer_all(1, 2)
    seat.expect_saved()
    seat.wait_until_kept()
    phone.context.set_offline(True)
    expected |= seat.answer_all(3, 30)
    phone.reload()
    seat.wait()
    assert seat.number == 30
    expected |= seat.answer_all(31, 52)
    expect(seat.state()).to_contain_text(f"{OFFLINE} · {UNSENT} 50")
    seat.turn_to(3)
    del expected[seat.slot]
    expected[seat.slot] = seat.answer(1)  # changed at the end: it comes last
    phone.context.set_offline(False)
    seat.expect_saved(seconds=10)
    assert seat.standing() == expected
    came = (
        "SELECT slot FROM answer_events JOIN attempts ON attempts.id = attempt_id WHERE public_id = ?"
        " ORDER BY answer_events.id"
    )
    with contextlib.closing(sqlite3.connect(live_server.instance_path / "quizapp.sqlite3", timeout=10)) as database:
        order = [slot for (slot,) in database.execute(came, [seat.attempt_id])]
    newest = list(dict.fromkeys(reversed(order)))[::-1]  # a page that is left makes a last try, which nothing here stops
    assert newest == list(expected)


CUT_SAVES = """const send = fetch;
window.fetch = (address, ...rest) => String(address).endsWith("/answers") && sessionStorage.getItem("cut")
  ? Promise.reject(new TypeError("cut")) : send(address, ...rest);"""


@pytest.mark.parametrize("text", ["standard", "elder"])
def test_no_option_moves_under_the_finger_when_the_state_changes_its_words(phone, take_seat, text):
    """The longest sentence of the state takes a line more than the shortest; the question stays where it is."""
    phone.add_init_script(CUT_SAVES)
    seat = take_seat(phone)
    phone.evaluate("text => { document.documentElement.dataset.text = text; }", text)
    top = "scrollY + document.querySelector('#page .option').getBoundingClientRect().top"
    seat.answer()
    seat.expect_saved()
    before, line = phone.evaluate(top), phone.locator("#state").bounding_box()["height"]
    phone.evaluate("sessionStorage.setItem('cut', '1')")
    seat.answer(1)
    expect(seat.state()).to_contain_text(UNSENT)
    assert phone.locator("#state").bounding_box()["height"] > 1.5 * line
    assert abs(phone.evaluate(top) - before) < 1


def test_an_answer_whose_save_failed_is_sent_again_after_a_reload(phone, take_seat):
    """E2, I-08: the badge says unsent until the server has confirmed it, untouched or not.

    A page that is left makes a last try, which `route` cannot stop; hence the cut within the page.
    """
    phone.add_init_script(CUT_SAVES)
    seat = take_seat(phone)
    phone.evaluate("sessionStorage.setItem('cut', '1')")
    expected = seat.answer_all(1, 3)
    expect(seat.state()).to_contain_text(f"{UNSENT} 3")
    phone.reload()
    seat.wait()
    expect(seat.state()).to_contain_text(f"{UNSENT} 3")
    assert seat.standing() == {}
    phone.evaluate("sessionStorage.clear()")
    phone.reload()
    seat.wait()
    seat.expect_saved()
    assert seat.standing() == expected


@pytest.mark.parametrize(
    "reply",
    [
        {"status": 200, "content_type": "text/html", "body": "<html>请先登录无线网络</html>"},
        {"status": 200, "content_type": "application/json", "body": "{}"},
        {"status": 200, "content_type": "application/json", "body": '{"saved": {"1": 1}, "state": "open"}'},
        {"status": 403, "content_type": "text/html", "body": "<html>Portal</html>"},
        {"status": 403, "content_type": "application/json", "body": '{"error": "please sign in to the network"}'},
        {"status": 302, "headers": {"Location": "/somewhere"}, "body": ""},
        {"status": 503, "content_type": "application/problem+json", "headers": {"Retry-After": "1"},
         "body": '{"type": "busy", "title": "x", "status": 503, "detail": "x"}'},
    ],
    ids=["portal page", "empty", "without nonce", "portal 403", "portal 403 in JSON", "redirect", "busy"],
)
def test_only_our_own_word_with_the_nonce_counts_as_saved(bare_seat, reply):
    """E5: a captive portal's 200 is never an acknowledgement."""
    bare_seat.page.route("**/answers", lambda route: route.fulfill(**reply))
    value = bare_seat.answer()
    expect(bare_seat.state()).to_contain_text(f"{UNSENT} 1")
    expect(bare_seat.state()).not_to_contain_text(SAVED)
    bare_seat.page.unroute("**/answers")
    bare_seat.expect_saved(seconds=20)
    assert bare_seat.standing() == {bare_seat.slot: value}


def test_a_reply_lost_after_the_commit_leaves_one_answer_and_the_newest(bare_seat):
    """E5, B1: what was stored without our hearing of it is sent again and changes nothing."""
    lost = []

    def lose(route):
        lost.append(route.fetch())
        route.abort()

    bare_seat.page.route("**/answers", lose)
    bare_seat.answer(0)
    expect(bare_seat.state()).to_contain_text(f"{UNSENT} 1")
    assert lost
    value = bare_seat.answer(1)
    bare_seat.page.unroute("**/answers")
    bare_seat.expect_saved(seconds=20)
    assert bare_seat.standing() == {bare_seat.slot: value}


def test_a_hand_in_without_network_can_be_tried_again_and_carries_what_is_unsent(seat):
    """I-03, I-13: the receipt comes once, and with it the phone forgets; until then it says what is still to be done."""
    seat.answer_all(1, 2)
    seat.expect_saved()
    seat.page.context.set_offline(True)
    seat.turn_to(3)
    seat.answer()
    seat.open_hand_in()
    expect(seat.page.locator("#hand-in-facts")).to_contain_text(f"还有 {len(seat.items) - 3} 题未作答")
    expect(seat.page.locator("#hand-in-facts")).to_contain_text("未发送 1 题")
    seat.page.locator("#hand-in-now").click()
    expect(seat.page.locator("#hand-in-trouble")).to_be_visible()
    seat.page.context.set_offline(False)
    expect(seat.page.locator("#hand-in-trouble")).to_contain_text("网络恢复了，答案都已送达，但还没有交卷")
    expect(seat.page.locator("#hand-in-facts")).not_to_contain_text("未发送")
    seat.page.reload()
    expect(seat.state()).to_have_text("已保存，但还没有交卷")
    seat.open_hand_in()
    seat.page.locator("#hand-in-now").click()
    expect(seat.page.locator(".receipt")).to_contain_text("作答 3 题")
    receipt = seat.call("get", f"/attempts/{seat.attempt_id}")["receipt"]
    expect(seat.page.locator(".receipt-code")).to_have_text(receipt["code"])
    assert seat.kept() == {}


def test_what_the_server_lost_with_its_disk_is_sent_again_without_a_reload(bare_seat):
    """A10: the phone compares with the server's map and sends what it held as saved."""
    value = bare_seat.answer()
    bare_seat.expect_saved()

    def forgetful(route):
        reply = route.fetch()
        route.fulfill(response=reply, body=json.dumps(reply.json() | {"answers": {}}))

    for path in (f"**/attempts/{bare_seat.attempt_id}", "**/exams/*/attempts"):
        bare_seat.page.route(path, forgetful, times=1)
    with bare_seat.page.expect_request(lambda request: request.method == "PUT", timeout=40_000) as again:
        bare_seat.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert again.value.post_data_json["answers"][0]["value"] == value
    bare_seat.expect_saved()


def test_a_restart_of_the_server_in_the_middle_needs_no_reload(seat, live_server):
    """E8, A7: the page that is open goes on saving to the server that comes up."""
    expected = seat.answer_all(1, 1)
    seat.expect_saved()
    seat.wait_until_kept()
    seat.page.evaluate("window.isTheSamePage = true")
    live_server.stop()
    expected |= seat.answer_all(2, 3)
    expect(seat.state()).to_contain_text(f"连不上服务器，可以继续作答 · {UNSENT} 2")
    live_server.start()
    seat.expect_saved(seconds=40)
    assert seat.page.evaluate("window.isTheSamePage")
    assert seat.standing() == expected


def test_d6_phones_whose_network_comes_back_at_once_do_not_send_in_the_same_instant(bare_seat):
    """D6: each waits its own share of two seconds; here the longest and the shortest."""
    page, asked = bare_seat.page, []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    page.evaluate("Math.random = () => 0.99; window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(1000)
    assert not asked
    with page.expect_response("**/api/v1/attempts/**"):
        page.evaluate("Math.random = () => 0; window.dispatchEvent(new Event('online'))")


def test_what_the_server_refuses_is_kept_shown_and_not_repeated(bare_seat):
    """R3: the sentence stands at the question; the next choice goes out again."""
    sent = []

    def refuse(route):
        reply = route.fetch()
        sent.append(route.request.post_data_json)
        body = reply.json() | {"saved": {}, "refused": {bare_seat.slot: {"type": "bad", "detail": "没有这个选项。"}}}
        route.fulfill(response=reply, body=json.dumps(body))

    page = bare_seat.page
    page.route("**/answers", refuse)
    bare_seat.answer(0)
    expect(page.locator("#question-note")).to_contain_text("没有这个选项。")
    expect(bare_seat.state()).to_have_text("未被接受 1")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(1500)
    assert len(sent) == 1
    assert page.locator("#page .option input").first.is_checked()
    page.unroute("**/answers")
    value = bare_seat.answer(1)
    bare_seat.expect_saved()
    expect(page.locator("#question-note")).to_be_hidden()
    assert bare_seat.standing() == {bare_seat.slot: value}
