"""E9: a phone that never gets back online; its answer file, made without a network, is carried to the server by a leader."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE, UNSENT, ExamHall

HAS_ALL = """() => ["exam/answer_file.js", "lean-qr/nano.js"].every((name) =>
  performance.getEntriesByType("resource").some((entry) => entry.name.endsWith(name)))"""
NO_CIPHER = "Object.defineProperty(crypto, 'subtle', { value: undefined });"
OFFER = "没有网络：生成答题文件…"


@pytest.fixture
def live_server(demo_template, tmp_path):
    """A demo of this test's own: it closes the exam."""
    hall = ExamHall(tmp_path / "hall").fill(demo_template)
    yield hall
    hall.kill()


@pytest.fixture(autouse=True)
def noise(watch):
    """A browser without network complains, and a refused form is a 422."""
    watch.expect(NETWORK_NOISE)


def open_file(seat):
    """Make the answer file from the answer card and return its text."""
    seat.page.locator("#card-button").click()
    seat.page.get_by_role("button", name=OFFER).locator("visible=true").click()
    expect(seat.page.locator("#file")).to_be_visible()
    return seat.page.locator("#file-text").input_value()


def axe_finds_nothing(page) -> None:
    violations = Axe().run(page).response["violations"]
    assert not [(one["id"], one["nodes"][0]["html"][:120]) for one in violations]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def leader_page(open_screen, live_server, path: str):
    page, account = open_screen("desktop"), live_server.account("leader")
    request = page.context.request
    token = request.get("/api/v1/csrf").json()["csrf_token"]
    body = {"login": account["login"], "password": account["password"]}
    assert request.post("/api/v1/session", data=body, headers={"X-CSRFToken": token}).ok
    page.goto(path)
    return page


def upload(page, *files) -> None:
    page.goto("/answer-files")
    page.locator("input[type=file]").set_input_files(*files)
    page.get_by_role("button", name="收取文件").click()


def test_e9_the_phone_never_returns_and_a_leader_uploads_its_file(seat, live_server, open_screen, tmp_path):
    """E9: cut for good, reloaded without network, made, saved, uploaded: recorded late, once; a changed one refused."""
    seat.answer_all(1, 2)
    seat.expect_saved()
    seat.wait_until_kept()
    seat.page.context.set_offline(True)
    seat.page.reload()
    seat.wait()
    seat.answer_all(3, 5)
    expect(seat.state()).to_contain_text(f"{UNSENT} 3")
    text = open_file(seat)
    expect(seat.page.locator("#file-about")).to_contain_text("有 3 题作答还没有到达服务器")
    expect(seat.page.locator("#file-canvas")).to_be_visible()
    expect(seat.page.locator("#file-open")).to_be_hidden()
    axe_finds_nothing(seat.page)
    with seat.page.expect_download() as download:
        seat.page.locator("#file-save").click()
    file = tmp_path / "answers.txt"
    download.value.save_as(file)
    assert file.read_text() == text and re.fullmatch(r"QUIZAPP1(\.[\w-]+){3}", text)

    assert live_server.run("exam", "close", seat.exam_id, "--yes").returncode == 0
    page = leader_page(open_screen, live_server, "/answer-files")
    broken = tmp_path / "broken.txt"
    broken.write_text(text[:-2] + ("A" if text[-2] != "A" else "B") + text[-1])
    upload(page, broken)
    expect(page.locator("main")).to_contain_text("这个答题文件被改动过")
    upload(page, file)
    expect(page.locator("main")).to_contain_text("3 题作答已记录，未计入成绩")
    upload(page, file)
    expect(page.locator("body")).to_contain_text("这个文件以前已经收取过")
    page.get_by_role("link", name="迟到的作答").click()
    expect(page.locator("main")).to_contain_text("由答题文件收取")
    assert len(page.locator("tbody tr").all()) == 3
    axe_finds_nothing(page)
    page.locator("[name=reason]").fill("整村断网，已核实")
    page.get_by_role("button", name="提议计入").click()
    page.wait_for_url("**/decisions/*")
    axe_finds_nothing(page)
    page.goto("/decisions")
    axe_finds_nothing(page)


def test_e9_over_plain_http_without_service_worker_it_is_signed_and_says_that_it_can_be_read(
    open_screen, take_seat, live_server, tmp_path
):
    """E9: no cipher, as on an intranet without TLS or in an old WeChat: the file is readable, but no one can change it."""
    phone = open_screen("phone", service_workers="block")
    phone.add_init_script(NO_CIPHER)
    seat = take_seat(phone)
    phone.wait_for_function(HAS_ALL, timeout=20_000)
    phone.context.set_offline(True)
    seat.answer_all(1, 2)
    expect(seat.state()).to_contain_text(f"{UNSENT} 2")
    text = open_file(seat)
    expect(phone.locator("#file-open")).to_be_visible()
    assert re.fullmatch(r"QUIZAPP0(\.[\w-]+){3}", text)
    file = tmp_path / "answers.txt"
    file.write_text(text)
    done = live_server.answer("exam", "take-in", str(file))
    assert (len(done["saved"]), done["is_again"]) == (2, False), "the attempt is still open: they count"
    file.write_text(text[:60] + ("A" if text[60] != "A" else "B") + text[61:])
    assert live_server.run("exam", "take-in", str(file)).returncode == 1
    phone.context.set_offline(False)
    seat.expect_saved(seconds=40)


def test_nothing_is_offered_while_everything_arrives(seat):
    seat.answer()
    seat.expect_saved()
    seat.page.locator("#card-button").click()
    expect(seat.page.get_by_role("button", name=OFFER).locator("visible=true")).to_have_count(0)
