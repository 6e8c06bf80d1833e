"""Watching over an exam in a real browser: nothing for axe, no flicker, and it says so when the server is gone."""

import sqlite3
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


@pytest.fixture
def leader(live_server):
    """A function that signs a browser's page in as the township's leader."""

    def sign_in(page):
        account, request = live_server.account("leader"), page.context.request
        token = request.get("/api/v1/csrf").json()["csrf_token"]
        body = {"login": account["login"], "password": account["password"]}
        assert request.post("/api/v1/session", data=body, headers={"X-CSRFToken": token}).ok
        return page

    return sign_in


def soon(page) -> None:
    """Let this page look again several times a second."""

    def hasten(route):
        if route.request.resource_type != "document":
            return route.fallback()
        reply = route.fetch()
        return route.fulfill(response=reply, body=reply.text().replace('data-every="10"', 'data-every="0.3"'))

    page.route("**/live", hasten)


def lose_a_village(live_server) -> str:
    """Let everybody who is at it in one village have been silent together for seven minutes; return its name."""
    path = live_server.instance_path / "quizapp.sqlite3"
    now = int(time.time() * 1000)
    with sqlite3.connect(path, timeout=10) as database:
        village, name, exam = database.execute(
            "SELECT units.id, units.name, exams.id FROM exams JOIN units WHERE exams.public_id = ? AND units.id NOT IN"
            " (SELECT people.unit_id FROM people JOIN attempts ON attempts.person_id = people.id WHERE state = 'open')"
            " AND units.id IN (SELECT unit_id FROM roster_entries GROUP BY unit_id HAVING count(*) > 2)"
            " ORDER BY units.id DESC", (live_server.demo["exam_id"],)
        ).fetchone()  # fmt: skip
        people = database.execute(
            "SELECT people.id, login FROM people JOIN roster_entries ON person_id = people.id"
            " WHERE roster_entries.unit_id = ? LIMIT 3", (village,)
        ).fetchall()  # fmt: skip
        for person, _ in people:
            database.execute(
                "INSERT INTO attempts (public_id, exam_id, person_id, number, state, epoch, paper, started_at, deadline_at,"
                " outage_seconds) VALUES (?, ?, ?, 9, 'open', 1, '{\"items\": []}', ?, ?, 0)",
                (f"lost{person}", exam, person, now - 420_000, now + 1_200_000),
            )
    taken = {login for _, login in people}  # no other test sits as one of them
    live_server.waiting = [one for one in live_server.waiting if one["login"] not in taken]
    return name


@pytest.fixture
def watching(leader, take_seat, open_screen, page):
    """A page of a leader who watches, while a trainee is at it."""
    seat = take_seat(open_screen("phone"))
    soon(page)
    leader(page).goto(f"/manage/exams/{seat.exam_id}/live")
    return page, seat


@pytest.mark.timeout(120)
def test_axe_finds_nothing_on_the_way_from_the_village_to_the_attempt(watching):
    page, seat = watching
    axe, seen = Axe(), []

    def check(where: str) -> None:
        found = [(one["id"], one["nodes"][0]["html"][:120]) for one in axe.run(page).response["violations"]]
        assert not found, (where, found)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), where
        seen.append(where)

    check("live")
    page.locator(".turnout.is-live li", has_text="作答中").first.locator("a").click()
    check("village")
    page.locator("[data-part=people] a", has_text="正在作答").first.click()
    expect(page.locator("main")).to_contain_text("只能查看")
    check("attempt")
    page.locator("main a", has_text="按现状收卷").click()
    check("closing")
    page.goto(f"/manage/exams/{seat.exam_id}/live/screen")
    check("screen")
    assert len(seen) == 5


def test_it_renews_itself_without_touching_lines_that_say_what_they_said(watching):
    page, seat = watching
    page.evaluate("document.querySelectorAll('#live [data-key]').forEach((line) => { line.kept = true; })")
    count = page.locator("#live [data-key]").count()
    other = page.locator(".turnout.is-live a").nth(1)
    other.focus()
    seat.answer()
    seat.expect_saved()
    before = page.locator(".turnout.is-live").text_content()
    seat.hand_in()
    expect(page.locator(".turnout.is-live")).not_to_have_text(before, timeout=20_000)
    kept = page.evaluate("[...document.querySelectorAll('#live [data-key]')].filter((line) => line.kept).length")
    assert count - 3 <= kept < count, "few villages said something new"
    assert page.evaluate("document.activeElement.closest('.turnout') !== null"), "the focus stays where it was"


def test_it_says_when_the_server_cannot_be_reached_and_recovers_by_itself(watching, watch):
    watch.expect(NETWORK_NOISE)
    page, _ = watching
    page.context.set_offline(True)
    expect(page.locator("#live-trouble")).to_be_visible(timeout=15_000)
    page.context.set_offline(False)
    expect(page.locator("#live-trouble")).to_be_hidden(timeout=20_000)


def test_a_hidden_page_asks_for_nothing(watching):
    page, _ = watching
    asked = []
    page.evaluate("Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })")
    page.wait_for_timeout(600)
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1500)
    assert asked == []
    page.evaluate("Object.defineProperty(document, 'hidden', { configurable: true, get: () => false })")
    with page.expect_request("**/live"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_time_lost_together_is_given_back_with_two_presses(watching, live_server):
    page, seat = watching
    village = lose_a_village(live_server)
    suggestion = page.locator("[data-part=outages] .notice", has_text=village)
    expect(suggestion).to_contain_text("同时中断", timeout=30_000)
    suggestion.locator("a").click()
    expect(page.locator("main")).to_contain_text("还没有做任何改动")
    assert not Axe().run(page).response["violations"]
    page.locator("main form .button.is-main").first.click()
    expect(page.locator(".flashes")).to_be_visible()
    page.goto(f"/manage/exams/{seat.exam_id}/live")
    expect(page.locator("[data-part=outages]")).not_to_contain_text(village)
