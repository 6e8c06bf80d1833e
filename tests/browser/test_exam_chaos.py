"""Phones on a line that cuts, stalls, loses replies and answers in the server's name: nothing lost, nothing twice."""

import contextlib
import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from tests.browser.seat import SAVED, Seat
from tests.chaos import ChaosProxy

NOISE = r"."  # a browser complains of every cut; what counts here is what stands on the server


class Behind:
    """The exam hall as phones see it through the line."""

    def __init__(self, hall, line: ChaosProxy):
        self.hall, self.line, self.url = hall, line, line.url

    def __getattr__(self, name):
        return getattr(self.hall, name)


@pytest.fixture
def seed() -> int:
    """A fresh seed, printed so that the same run can be had again."""
    seed = random.randrange(1 << 30)
    print("seed", seed)
    return seed


@pytest.fixture
def live_server(exam_hall, seed):
    """The hall behind the line."""
    with ChaosProxy(exam_hall.port, seed) as line:
        yield Behind(exam_hall, line)


def events(hall, seat: Seat) -> list[tuple]:
    """Return (slot, epoch, seq) of every answer that reached the server in time, as it came."""
    query = (
        "SELECT slot, answer_events.epoch, seq FROM answer_events JOIN attempts ON attempts.id = attempt_id"
        " WHERE public_id = ? ORDER BY answer_events.id"
    )
    with contextlib.closing(sqlite3.connect(hall.instance_path / "quizapp.sqlite3", timeout=10)) as database:
        return database.execute(query, [seat.attempt_id]).fetchall()


def look_straight(hall, seat: Seat) -> dict:
    """Return what stands on the server, asked for beside the line."""
    reply = seat.page.context.request.get(f"{hall.hall.url}/api/v1/attempts/{seat.attempt_id}")
    return {slot: one["value"] for slot, one in reply.json()["answers"].items() if one["value"] is not None}


def show_again(page) -> None:
    """Load the page anew, as often as it takes on such a line."""
    for _ in range(40):
        with contextlib.suppress(Error):
            page.reload(wait_until="commit", timeout=25_000)
            page.locator("#page .question").wait_for(timeout=4000)
            return
    raise AssertionError("the exam page did not come back")


def ride_out(hall, seat: Seat, dice: random.Random, rounds: int, reload_every: int) -> None:
    """Answer and change answers in the storm; whenever the page says saved, what it shows must stand."""
    given: dict = {}
    for step in range(rounds):
        if reload_every and step % reload_every == reload_every - 1:
            show_again(seat.page)
        seat.turn_to(dice.randrange(len(seat.items)) + 1)
        if seat.items[seat.number - 1]["kind"] == "multiple_choice":
            seat.turn_to(1)
        given[seat.slot] = seat.answer(dice.randrange(4))
        seat.page.wait_for_timeout(dice.randrange(500))
        if seat.state().inner_text() == SAVED:
            assert look_straight(hall, seat) == given
    hall.line.calm()
    seat.page.evaluate("window.dispatchEvent(new Event('online'))")
    seat.expect_saved(seconds=60)
    assert look_straight(hall, seat) == given
    came = events(hall, seat)
    assert len(came) == len(set(came)), "the same answer twice in the history"
    print(dict(hall.line.played))


def weather(hall, phone, take_seat, watch, stall: float) -> Seat:
    watch.expect(NOISE)
    seat = take_seat(phone)
    seat.wait_until_kept()
    hall.line.stall = stall
    hall.line.storm()
    return seat


def test_e5_on_a_line_that_does_everything_wrong_nothing_is_lost_and_nothing_twice(
    phone, take_seat, live_server, watch, seed
):
    """E5, B1, I-11, one short seed: service worker and reloads as on a real phone."""
    seat = weather(live_server, phone, take_seat, watch, stall=2)
    ride_out(live_server, seat, random.Random(seed), rounds=16, reload_every=8)


@pytest.mark.soak("E5")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("run", range(3))
def test_e5_in_full(phone, take_seat, live_server, watch, seed, run):
    """E5: stalls of 20 s, longer than the page's patience; 120 answers a run."""
    seat = weather(live_server, phone, take_seat, watch, stall=20)
    ride_out(live_server, seat, random.Random(seed), rounds=120, reload_every=15)


def test_e5_a_portals_page_is_never_kept_for_a_reload_without_network(phone, take_seat, live_server, watch):
    """E5: the shell and its files are the server's own, or are not kept at all."""
    watch.expect(NOISE)
    seat = take_seat(phone)
    seat.wait_until_kept()  # the service worker is there from an earlier exam, what it kept has been cleared away
    phone.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")
    phone.reload()
    seat.wait()
    live_server.line.storm({"portal": 1})
    phone.wait_for_timeout(5000)  # the page keeps its shell some seconds after it is shown
    assert not phone.evaluate("async () => Boolean(await caches.match('/exam-shell'))")
    seat.answer()
    expect(seat.state()).to_contain_text("连不上服务器，可以继续作答，请勿刷新 · 未发送 1")
    live_server.line.calm()
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    seat.wait_until_kept()
    live_server.line.storm({"portal": 1})
    phone.reload()
    seat.wait()
    expect(phone.locator("body")).not_to_contain_text("请先登录无线网络")


def browser_process(folder: Path) -> int:
    """Return the id of the first process of the browser that keeps its things in `folder`."""
    mark = f"--user-data-dir={folder}".encode()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = entry.read_bytes().split(b"\0")
            if mark in words and not any(word.startswith(b"--type=") for word in words):
                return int(entry.parent.name)
    raise AssertionError("no such browser")


@pytest.fixture
def open_phone(browser_type, phone_launch_args, live_server, tmp_path):
    """A function that starts a browser with the phone's own folder, as after switching it on again."""
    opened = []

    def open_phone():
        options = {**phone_launch_args, "viewport": {"width": 360, "height": 740}, "locale": "zh-CN"}
        opened.append(browser_type.launch_persistent_context(str(tmp_path / "phone"), base_url=live_server.url, **options))
        opened[-1].set_default_timeout(15_000)
        return opened[-1]

    yield open_phone
    for context in opened:
        with contextlib.suppress(Error):
            context.close()


@pytest.mark.parametrize("fate", ["reset", "hold"])
def test_e3_killed_in_the_middle_of_a_save_the_browser_has_the_answer_when_it_is_opened_again(
    open_phone, live_server, tmp_path, fate
):
    """E3: SIGKILL while the save is under way, whether the server has it (hold) or not (reset)."""
    account = live_server.next_trainee()
    seat = Seat(open_phone().new_page(), account["login"], account["password"], live_server.demo["exam_id"])
    seat.sign_in().open()
    expected = seat.answer_all(1, 2)
    seat.expect_saved()
    live_server.line.storm({fate: 1})
    seat.turn_to(3)
    expected[seat.slot] = seat.answer()
    expect(seat.state()).not_to_have_text(SAVED)
    began, played = time.monotonic(), live_server.line.played
    while not played[fate] and time.monotonic() < began + 10:
        seat.page.wait_for_timeout(20)
    assert played[fate]
    os.kill(browser_process(tmp_path / "phone"), signal.SIGKILL)

    live_server.line.calm()
    again = Seat(open_phone().new_page(), seat.login, seat.password, seat.exam_id).sign_in().open()
    again.expect_saved()
    assert again.standing() == expected
    assert (again.attempt_id, again.number) == (seat.attempt_id, 3)
