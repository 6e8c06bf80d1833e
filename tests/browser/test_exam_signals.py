"""The exam page counts openly how often it is left; what it counts goes beside the answers and never before them."""

import pytest
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE

HIDE = """(isHidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
LATER = "(ms) => { const read = Date.now; const from = read(); Date.now = () => read() + ms; }"


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


@pytest.fixture(autouse=True)
def noise(watch):
    """Cut lines are logged by the browser."""
    watch.expect(NETWORK_NOISE)


def leave(page, seconds: int) -> None:
    """Leave the page for so long by the phone's clock, and come back."""
    page.evaluate(HIDE, True)
    page.evaluate(LATER, seconds * 1000)
    page.evaluate(HIDE, False)


def told(page):
    """Wait for the next request in which the page tells what it counted."""
    return page.expect_request(lambda request: request.url.endswith("/signals"), timeout=40_000)


def test_leaving_the_page_is_counted(phone, take_seat):
    seat = take_seat(phone)
    with told(phone) as request:
        leave(phone, 20)
    body = request.value.post_data_json
    assert body["left"] == 1 and 18 <= body["away_seconds"] <= 22 and body["loads"] == 1, body
    assert len(request.value.post_data) < 200
    assert seat.page.locator("#state-text").is_visible()


def test_a_glance_is_not_counted_and_no_clock_makes_it_less_than_nothing(phone, take_seat):
    take_seat(phone)
    folder = phone.locator("script[type=module]").first.get_attribute("src").rsplit("/", 1)[0]
    counted = phone.evaluate(
        f"""async () => {{
          const {{ fresh, gone, back, told }} = await import("{folder}/signals.js");
          const signals = fresh("x");
          for (const [from, until] of [[1000, 4000], [9000, 5000], [10000, 17400], [20000, 99999999999]]) {{
            gone(signals, from);
            back(signals, until);
          }}
          back(signals, 5);
          return [told(signals, 59000), told(signals, -95000), told(signals, null)];
        }}"""
    )
    assert [one["clock_seconds"] for one in counted] == [0, -90, 0]
    assert (counted[0]["left"], counted[0]["away_seconds"]) == (2, 7 + 86400)


def test_the_count_outlives_a_reload(phone, take_seat):
    seat = take_seat(phone)
    leave(phone, 30)
    phone.wait_for_timeout(500)
    with told(phone) as request:
        phone.reload()
        seat.wait()
    body = request.value.post_data_json
    assert (body["left"], body["loads"]) == (1, 2), body


def test_signals_that_get_stuck_hold_no_answer_up(phone, take_seat):
    """Saves never wait for what is only told."""
    seat = take_seat(phone)
    stuck = []
    phone.route("**/signals", lambda route: stuck.append(route))
    leave(phone, 20)
    phone.wait_for_timeout(500)
    seat.answer()
    seat.expect_saved(5)
    expect(phone.locator("#state")).to_have_attribute("data-mood", "saved")
    for route in stuck:
        route.abort()
