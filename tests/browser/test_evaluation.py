"""The evaluation's pages in real Chromium: nothing for axe to find, nothing wider than the screen, the walk to publish."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from quizapp.services.deliveries import sending
from quizapp.services.evaluation import entered, publishing
from tests.cast import PASSWORD, TOWNSHIP, VILLAGE

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def live_server(app, released, instance):
    """The released exam's instance, served: the evaluation is published, one value has changed since."""
    with app.app_context():
        entered.enter(None, released.campaign, VILLAGE, "lectures", 500, "讲座照片两组", released.over)
        publishing.publish(None, released.campaign, released.over)
        sending.deliver_due(released.over)
        entered.enter(None, released.campaign, VILLAGE, "training", 950, "签到表存党群服务中心", released.over)
    return instance.start("--no-worker")


def sign_in(page, login: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("今日")


def pages(released) -> list[str]:
    board = f"/evaluation/{released.campaign}"
    unit = f"{board}/units/{VILLAGE}"
    return [
        board,
        unit,
        f"{unit}/contest",
        f"{board}/publish",
        f"{board}/sheet",
        "/deliveries",
        f"/received/embedded-{TOWNSHIP}",
    ]


@pytest.mark.parametrize(
    ("screen", "looks"), [("phone", {}), ("phone", {"text": "elder", "theme": "dark"}), ("desktop", {})]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(open_screen, live_server, released, screen, looks):
    page = open_screen(screen)
    page.context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in looks.items()])
    sign_in(page, "township_leader")
    faults = []
    for address in pages(released):
        assert page.goto(address).status == 200
        faults += [f"{address} is wider than the screen"] if page.evaluate(WIDER) else []
        for fault in Axe().run(page).response["violations"]:
            faults.append(f"{address}: {fault['id']} {[node['html'][:120] for node in fault['nodes']]}")
    assert not faults, "\n".join(faults)


def test_a_leader_opens_a_figure_enters_a_value_and_publishes(desktop, live_server, released):
    sign_in(desktop, "township_leader")
    desktop.get_by_role("link", name="综合考评").click()
    expect(desktop.get_by_text("发布后有变化")).to_be_visible()
    desktop.get_by_role("link", name=re.compile("柳塘村 · 技能竞赛")).click()
    expect(desktop.locator("#contest")).to_be_in_viewport()
    desktop.locator("#contest").get_by_role("link", name="填报数据").click()
    desktop.get_by_label("数值").fill("80")
    desktop.get_by_label("依据").fill("竞赛评分表")
    desktop.get_by_role("button", name="保存数据").click()
    expect(desktop.locator("#contest")).to_contain_text("竞赛评分表")
    desktop.get_by_role("link", name="各村（社区）").click()
    desktop.get_by_role("link", name="发布", exact=True).click()
    desktop.get_by_role("button", name=re.compile("发布 . 份考评表")).click()
    expect(desktop.get_by_text("已发布并封存")).to_be_visible()


def test_the_sheet_prints_with_room_to_sign_and_without_the_frame(desktop, live_server, released):
    sign_in(desktop, "township_leader")
    desktop.goto(f"/evaluation/{released.campaign}/sheet")
    expect(desktop.get_by_text("分管领导")).to_be_hidden()
    desktop.emulate_media(media="print")
    expect(desktop.get_by_text("分管领导")).to_be_visible()
    expect(desktop.get_by_role("navigation")).to_have_count(0)
    expect(desktop.get_by_role("button", name="打印")).to_be_hidden()
    desktop.set_viewport_size({"width": 673, "height": 980})  # what A4 leaves between its margins
    displayed = desktop.locator(".sheet td").first.evaluate("cell => getComputedStyle(cell).display")
    assert displayed == "table-cell", "paper is no phone"
    assert not desktop.evaluate(WIDER)
