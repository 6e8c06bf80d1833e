"""The whole job as people do it: study, sit on a phone, close, rank, explain, publish, receive, verify."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seat import NETWORK_NOISE, SAVED, Seat
from tests.live import LiveServer

PLACES = range(10)  # the demo's villages and communities


@pytest.fixture
def live_server(demo_template, tmp_path):
    """A demo of this test's own, which it closes and publishes."""
    server = LiveServer(tmp_path / "walk").adopt(demo_template)
    yield server.start()
    server.kill()


def sign_in(page: Page, server: LiveServer, account: dict) -> None:
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("登录名").fill(account["login"])
    page.get_by_label("密码", exact=True).fill(account["password"])
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("今日")


def study_one_article(page: Page) -> None:
    page.get_by_role("link", name="学习").first.click()
    page.get_by_role("link", name="城市和流动人口服务手册").click()
    page.get_by_role("link", name=re.compile("^第一条")).first.click()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("已读")).click()


def sit(page: Page, server: LiveServer, account: dict) -> str:
    """Sit the exam with the network cut in the middle and a reload without it; return the receipt's code."""
    page.get_by_role("link", name="考试").first.click()
    page.get_by_role("link", name="进入考试").click()
    page.get_by_role("button", name="开始考试").click()
    seat = Seat(page, account["login"], account["password"], server.demo["exam_id"])
    seat.attempt_id = page.url.rsplit("/", 1)[1]
    seat.wait()
    seat.items = seat.call("post", f"/exams/{seat.exam_id}/attempts", {})["paper"]["items"]
    page.reload()
    seat.wait()
    expected = seat.answer_all(1, 3)
    seat.expect_saved()
    seat.wait_until_kept()
    page.context.set_offline(True)
    expected |= seat.answer_all(4, 8)
    page.reload()
    seat.wait()
    expect(seat.state()).to_contain_text("未发送 5")
    page.context.set_offline(False)
    expect(seat.state()).to_contain_text(SAVED, timeout=40_000)
    expected |= seat.answer_all(9)
    seat.expect_saved()
    assert seat.standing() == expected
    return seat.hand_in()


def test_from_an_article_to_a_sheet_that_verifies(open_screen, watch, live_server):
    server = live_server
    watch.expect(NETWORK_NOISE)
    account = server.account("trainee", 4)
    phone = open_screen("phone")
    sign_in(phone, server, account)
    study_one_article(phone)
    code = sit(phone, server, account)
    phone.goto(f"{server.url}/receipts/{code}")
    expect(phone.get_by_text("此回执真实有效")).to_be_visible()

    closed = server.answer("exam", "close", server.demo["exam_id"], "--yes")
    assert (closed["marked"], closed["is_released"]) == (1, True)

    desk = open_screen("desktop")
    sign_in(desk, server, server.account("leader"))
    desk.goto(f"{server.url}/ranking/{server.demo['exam_id']}?by=unit")
    expect(desk.get_by_text(account["unit"]).first).to_be_visible()
    desk.goto(f"{server.url}/evaluation/{server.demo['campaign_id']}")
    desk.get_by_role("link", name=account["unit"], exact=True).click()
    expect(desk.get_by_role("main")).to_contain_text("考试参与率")
    desk.go_back()
    desk.get_by_role("link", name="发布", exact=True).click()
    desk.get_by_role("main").get_by_role("button", name=re.compile("发布")).click()

    server.answer("worker", "--once")
    desk.goto(f"{server.url}/received/embedded")
    expect(desk.get_by_text(account["unit"]).first).to_be_visible()
    expect(desk.get_by_text("有效", exact=True)).to_have_count(len(PLACES))

    assert server.run("verify").returncode == 0
    change_a_byte(server)
    found = server.run("verify", "--json")
    assert found.returncode == 1 and json.loads(found.stdout)


def change_a_byte(server: LiveServer) -> None:
    from quizapp.storage import sqlite_module

    connection = sqlite_module().connect(server.instance_path / "quizapp.sqlite3")
    connection.execute("UPDATE sealed_rows SET row = replace(row, '\"revision\":1', '\"revision\":2') WHERE position = "
                       "(SELECT max(position) FROM sealed_rows)")  # fmt: skip
    assert connection.total_changes == 1
    connection.commit()
    connection.close()
