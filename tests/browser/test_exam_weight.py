"""What the exam costs on a slow line; the figures are exact, so every byte added is seen (D8, G13)."""

import gzip
import re
import time
import urllib.request

import pytest

from tests.browser.test_exam_answer_file import HAS_ALL

SCRIPTS = 17 * 1024  # our own bound: all eight kinds of questions, compressed by gzip
PAGE_STYLE_AND_SCRIPT = 60 * 1024
PAPER = 40 * 1024
SAVE = 1024
REQUESTS = 10
LATER = 8 * 1024


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


def size(request) -> int:
    """Return the bytes of a reply over the wire, headers and compressed body."""
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


def test_the_first_visit_is_light(phone, take_seat):
    """D8, G13: cold, nothing cached."""
    done = []
    phone.on("requestfinished", lambda request: done.append(request))
    take_seat(phone)
    phone.wait_for_load_state("networkidle")
    paper = [request for request in done if "/api/" in request.url]
    rest = [request for request in done if "/api/" not in request.url and not request.url.startswith("data:")]
    print([(request.url.rsplit("/", 1)[-1], size(request)) for request in done])
    assert len(paper) + len(rest) <= REQUESTS
    assert sum(size(request) for request in rest) <= PAGE_STYLE_AND_SCRIPT
    assert sum(size(request) for request in paper) <= PAPER


def test_what_is_fetched_later_for_times_without_network_fits_in_as_well(phone, take_seat):
    """D8: the answer file's script and its QR code come after the page has settled; with all before, 60 KB."""
    done = []
    phone.on("requestfinished", lambda request: done.append(request))
    take_seat(phone).wait_until_kept()
    phone.wait_for_function(HAS_ALL, timeout=20_000)
    phone.wait_for_load_state("networkidle")
    sent = {}
    for request in done:
        if "/api/" not in request.url:
            sent[request.url] = max(size(request), sent.get(request.url, 0))
    print({url.rsplit("/", 1)[-1]: bytes for url, bytes in sent.items()})
    assert 0 < sum(bytes for url, bytes in sent.items() if "answer_file" in url or "vendor" in url) <= LATER
    assert sum(sent.values()) <= PAGE_STYLE_AND_SCRIPT


def test_the_scripts_fit_even_where_only_gzip_is_spoken(seat, live_server):
    """Plain http allows no better compression."""
    page = seat.page.content()
    total = 0
    for path in sorted(set(re.findall(r'<script[^>]+src="(/static/[^"]+\.js)"', page))):
        request = urllib.request.Request(live_server.url + path, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as reply:
            assert reply.headers["Content-Encoding"] == "gzip"
            body = reply.read()
        assert gzip.decompress(body)
        total += len(body)
    assert 0 < total <= SCRIPTS


WECHAT = ("Mozilla/5.0 (Linux; Android 14; V2307A Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
          "Version/4.0 Chrome/130.0.6723.103 Mobile Safari/537.36 XWEB/1300473 MMWEBSDK/20241202 MMWEBID/4417 "
          "REV/c2b5a1cf4b6a4a3f2d4c5e6f708192a3b4c5d6e7 MicroMessenger/8.0.56.2800(0x28003855) WeChat/arm64 Weixin "
          "NetType/4G Language/zh_CN ABI/arm64")  # fmt: skip


@pytest.mark.parametrize("agent", [None, WECHAT], ids=["chrome", "wechat"])
def test_a_choice_saved_costs_no_more_than_a_kilobyte_each_way(open_screen, take_seat, agent):
    """D8, G13: headers and all, also from a browser that says much of itself and of the app that shows it."""
    said = {"user_agent": agent, "extra_http_headers": {"X-Requested-With": "com.tencent.mm"}} if agent else {}
    seat = take_seat(open_screen("phone", **said))
    with seat.page.expect_request_finished(lambda request: request.method == "PUT") as saved:
        seat.answer()
    sizes = saved.value.sizes()
    print(sizes, saved.value.all_headers())
    assert saved.value.all_headers()["origin"], "what says that the request is our own page's"
    assert sizes["requestHeadersSize"] + sizes["requestBodySize"] <= SAVE
    assert sizes["responseHeadersSize"] + sizes["responseBodySize"] <= SAVE


SECOND_VISIT = 45 * 1024  # at 64 kbit/s 8,000 bytes a second: about six seconds, and two for the round trips
LINE = {"offline": False, "latency": 300, "downloadThroughput": 8000, "uploadThroughput": 8000}


def test_after_the_first_visit_little_comes_over_the_wire_before_the_first_question(bare_seat):
    """D8: page and paper; style and script are kept by the browser. The seconds themselves are measured in the long run."""
    done = []
    bare_seat.page.on("requestfinished", lambda request: done.append(request))
    bare_seat.page.goto(f"/attempts/{bare_seat.attempt_id}")
    bare_seat.wait()
    total = sum(size(request) for request in done if not request.url.startswith("data:"))
    print(total, len(done))
    assert 0 < total <= SECOND_VISIT


@pytest.mark.soak("D8")
def test_d8_usable_within_eight_seconds_at_64_kbit(bare_seat):
    """D8: after the first visit, on a line of 64 kbit/s with 300 ms each way."""
    bare_seat.page.context.new_cdp_session(bare_seat.page).send("Network.emulateNetworkConditions", LINE)
    began = time.monotonic()
    bare_seat.page.goto(f"/attempts/{bare_seat.attempt_id}", wait_until="commit")
    bare_seat.page.locator("fieldset .option").first.wait_for()
    seen = time.monotonic() - began
    bare_seat.wait()
    print(f"D8: first question after {seen:.1f} s, script at work after {time.monotonic() - began:.1f} s")
    assert time.monotonic() - began <= 8
