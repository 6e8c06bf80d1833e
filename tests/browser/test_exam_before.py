"""Before the start: the wait for the opening, what the phone can do, the last start that brings the whole time."""

import re
import sqlite3
import time
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE, ExamHall, Seat
from tests.browser.test_exam_plain import NO_STORE

WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; HMA-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/107.0.5304.141"
    " Mobile Safari/537.36 MicroMessenger/8.0.47.2560 NetType/4G Language/zh_CN"
)
BARE = """for (const name of ["serviceWorker", "storage", "locks"]) delete Navigator.prototype[name];
delete window.caches; delete window.BroadcastChannel;"""
FULL = """const full = () => { throw new DOMException("full", "QuotaExceededError"); };
IDBObjectStore.prototype.put = full; Storage.prototype.setItem = full;"""
MINUTE, HOUR = 60, 3600


@pytest.fixture(scope="module")
def live_server(demo_template, tmp_path_factory):
    """A demo of this module's own: its tests move the window of the exam."""
    hall = ExamHall(tmp_path_factory.mktemp("before")).fill(demo_template)
    yield hall
    hall.kill()


@pytest.fixture
def set_window(live_server):
    """A function that lets the exam open and close so many seconds from now; returns when it opens (Unix time)."""

    def set_window(opens: float, closes: float) -> float:
        now = time.time()
        with sqlite3.connect(live_server.instance_path / "quizapp.sqlite3", timeout=10) as database:
            moments = [int((now + opens) * 1000), int((now + closes) * 1000), live_server.demo["exam_id"]]
            database.execute("UPDATE exams SET opens_at = ?, closes_at = ? WHERE public_id = ?", moments)
        database.close()
        return now + opens

    return set_window


@pytest.fixture
def come(live_server, set_window):
    """A function that signs somebody in who has not sat yet, sets the window, and shows the exam's page."""

    def come(page, opens: float, closes: float) -> Seat:
        account = live_server.next_trainee()
        seat = Seat(page, account["login"], account["password"], live_server.demo["exam_id"]).sign_in()
        seat.opens = set_window(opens, closes)
        page.goto(f"/exams/{seat.exam_id}")
        return seat

    return come


def test_who_waits_gets_the_paper_by_itself_and_loses_no_second(phone, come):
    """R24: counted down without asking the server, begun at the phone's own slot, with the whole time."""
    asked = []
    seat = come(phone, 9, 2409)  # no second to spare for a later slot: all start at the opening
    phone.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    expect(phone.locator("#countdown")).to_contain_text("距开考 0:0")
    expect(phone.locator("main")).to_contain_text("请留在本页")
    phone.wait_for_url("**/attempts/*", timeout=20_000)
    before = asked[: asked.index("healthz", asked.index("healthz") + 1)] if asked.count("healthz") > 1 else asked
    assert set(before) <= {"exam.js", "exam.css", "healthz"}
    seat.wait()
    begun = seat.call("post", f"/exams/{seat.exam_id}/attempts", {})
    started = to_unix(begun["started_at"])
    assert started >= seat.opens - 0.001
    assert abs(to_unix(begun["deadline_at"]) - seat.opens - 2400) < 0.002


def to_unix(stamp: str) -> float:
    return datetime.fromisoformat(stamp).timestamp()


def test_without_network_at_the_opening_the_page_tries_again(phone, come, watch):
    """The time has not begun, and the page says so."""
    watch.expect(NETWORK_NOISE)
    come(phone, 9, 2409)
    phone.context.set_offline(True)
    expect(phone.locator("#countdown")).to_contain_text("暂时连不上服务器", timeout=15_000)
    phone.context.set_offline(False)
    phone.wait_for_url("**/attempts/*", timeout=20_000)


def test_who_begins_elsewhere_is_not_sent_into_a_second_attempt_by_a_waiting_phone(phone, come, set_window):
    """C8: the waiting form begins a first attempt only."""
    seat = come(phone, 600, 6000)
    set_window(-600, 6000)
    begun = seat.call("post", f"/exams/{seat.exam_id}/attempts", {})
    seat.call("post", f"/attempts/{begun['attempt_id']}/submission", {"epoch": begun["epoch"], "answers": []})
    phone.locator("#waiting").evaluate("form => form.submit()")
    expect(phone.locator(".notice-title").first).to_contain_text("已交卷")
    assert len([exam for exam in seat.call("get", "/exams") if exam.get("attempt_id") == begun["attempt_id"]]) == 1


def test_without_javascript_the_waiting_page_loads_itself_again(open_screen, come):
    """E10: the button stands there once the exam is open."""
    page = open_screen("phone", java_script_enabled=False)
    come(page, 6, 2406)
    assert "本页会自动刷新" in page.locator("main noscript").inner_text()
    expect(page.locator("main form[method=post] button")).to_be_visible(timeout=20_000)


def test_the_last_start_that_brings_the_whole_time_is_told_while_it_matters(phone, come, set_window):
    """C7: on the last day; after it, how much is left and why."""
    said = re.compile("才有完整的 40 分钟")
    come(phone, -HOUR, 30 * HOUR)
    expect(phone.locator("main")).not_to_contain_text(said)
    set_window(-HOUR, 5 * HOUR)
    phone.reload()
    expect(phone.locator("main")).to_contain_text(said)
    set_window(-HOUR, 12 * MINUTE + 30)
    phone.reload()
    expect(phone.locator("main")).to_contain_text("您将有 12 分钟（共 40 分钟）")
    expect(phone.locator("main")).not_to_contain_text(said)


CHECKS = [
    # id, what stands in the browser's way, user agent, kept, reload, clock
    ("good", "", None, "本机会保留您的答案", "刷新页面也不影响", "手机时间准确"),
    ("wechat", BARE, WECHAT, "本机会保留您的答案", "不要关闭或刷新页面", "手机时间准确"),
    ("full", FULL, None, "本机不能保存答案", "刷新页面也不影响", "手机时间准确"),
    ("denied", NO_STORE, None, "本机不能保存答案", "刷新页面也不影响", "手机时间准确"),
    ("ahead", "const now = Date.now.bind(Date); Date.now = () => now() + 1200000;", None, "保留", "", "相差约 20 分钟"),
]


@pytest.mark.parametrize(("bars", "agent", "kept", "again", "clock"), [case[1:] for case in CHECKS],
                         ids=[case[0] for case in CHECKS])  # fmt: skip
def test_e6_the_page_says_before_the_start_what_this_phone_can_do(open_screen, come, bars, agent, kept, again, clock):
    """E6: denied, full, WeChat's browser; in words, and the button stands above whatever is found."""
    page = open_screen("phone", **({"user_agent": agent} if agent else {}))
    page.add_init_script(bars)
    seat = come(page, -HOUR, 5 * HOUR)
    checks = page.locator("#device-check li")
    expect(checks.nth(0)).to_contain_text(kept)
    expect(checks.nth(1)).to_contain_text(again)
    expect(checks.nth(2)).to_contain_text(re.compile(r"服务器响应 \d+ 毫秒"))
    expect(checks.nth(3)).to_contain_text(clock)
    page.locator("main form[method=post] button").click()
    seat.attempt_id = page.url.split("/attempts/")[1]
    seat.wait()
    seat.items = seat.call("post", f"/exams/{seat.exam_id}/attempts", {"attempt_id": seat.attempt_id})["paper"]["items"]
    expected = seat.answer_all(1, 2)
    seat.expect_saved()
    assert seat.standing() == expected
