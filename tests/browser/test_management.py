"""A trainer at a PC and on a phone: an exam row by row, with and without JavaScript, and a bank's file seen first."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_every_page import sign_in
from tests.live import PROJECT, LiveServer

FILE = PROJECT / "question_banks" / "urban-services" / "questions" / "urban-services.md"


@pytest.fixture(scope="module")
def live_server(demo_template, tmp_path_factory):
    """One demo for all."""
    server = LiveServer(tmp_path_factory.mktemp("managed")).adopt(demo_template)
    yield server.start()
    server.kill()


@pytest.fixture
def trainer(live_server):
    """A function that signs a page in as the demo's trainer."""

    def trainer(page):
        sign_in(page, live_server.account("trainer"))
        return page

    return trainer


def is_clean(page) -> None:
    """Demand that axe finds nothing on the page as it stands and nothing scrolls sideways."""
    violations = Axe().run(page).response["violations"]
    assert not violations, [(one["id"], one["nodes"][0]["html"]) for one in violations]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def test_the_sum_follows_what_is_typed(desktop, trainer):
    page = trainer(desktop)
    page.goto("/manage/exams/new")
    line = page.locator("[data-sum]")
    expect(line).to_have_text("共 30 题，100 分")
    page.fill("#sections-0-count", "10")
    page.fill("#sections-2-points_milli", "1.5")
    expect(line).to_have_text("共 25 题，70 分")


def test_an_exam_is_set_up_without_javascript(open_screen, trainer):
    page = trainer(open_screen("desktop", java_script_enabled=False))
    page.goto("/manage/exams/new")
    page.fill("#title", "无脚本考试")
    page.check("input[name=banks] >> nth=0")
    page.locator("button[name=remove]").nth(1).click()
    page.locator("button[name=add]").click()
    assert page.locator("[data-section]").count() == 3
    page.locator("[data-section]").nth(2).locator("select").first.select_option("fill_blank")
    expect(page.locator("#title")).to_have_value("无脚本考试")
    page.get_by_role("button", name="保存考试").click()
    expect(page.locator("h1")).to_have_text("无脚本考试")
    expect(page.get_by_role("row")).to_have_count(4)


def test_what_is_wrong_is_told_in_place_and_accessibly(page, trainer, watch):
    watch.expect("422")
    trainer(page).goto("/manage/exams/new")
    page.fill("#title", "期末考试")
    page.fill("#closes_time", "25:00")
    page.get_by_role("button", name="保存考试").click()
    expect(page.locator("#closes_time")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#closes_time-error")).to_contain_text("24:00")
    is_clean(page)
    page.fill("#closes_time", "24:00")
    page.check("input[name=banks] >> nth=0")
    page.fill("#sections-0-count", "200")
    page.get_by_role("button", name="只检查，不保存").click()
    expect(page.locator("#sections-0-count-error")).to_contain_text("还缺")
    expect(page.locator("#sections-0-count")).to_be_focused()
    is_clean(page)


def test_a_file_is_seen_before_it_is_taken_in(page, trainer, tmp_path):
    changed = tmp_path / "改过.md"
    changed.write_text(FILE.read_text("utf-8").replace("答案：D\n", "答案：C\n", 1), "utf-8")
    trainer(page).goto("/manage/banks/new")
    page.set_input_files("input[type=file]", changed)
    page.get_by_role("button", name="查看识别结果").click()
    expect(page.locator(".notice.is-done")).to_contain_text("修改 1 道")
    is_clean(page)
    page.locator(".source-line[data-of]").first.click()
    expect(page.locator(".question-box.is-marked")).to_have_count(1)
    page.locator(".question-box").nth(1).click()
    expect(page.locator(".beside").filter(has=page.locator(".is-marked")).locator(".source-line:not(.is-marked)")).to_have_count(0)
    page.locator("a[href$='only=changed']").click()
    expect(page.locator(".question-box")).to_have_count(1)
    is_clean(page)


def test_a_paper_and_its_answer_key_dropped_at_once_are_read_together(desktop, trainer):
    page = trainer(desktop)
    page.goto("/manage/banks/new")
    page.evaluate("""() => {
        const held = new DataTransfer();
        const files = { "灯.txt": "1. 灯要（ ）。\\nA. 亮\\nB. 暗\\n", "灯答案.txt": "1. B\\n" };
        for (const [name, text] of Object.entries(files)) held.items.add(new File([text], name));
        const event = new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true });
        document.querySelector("[data-drop]").dispatchEvent(event);
    }""")
    expect(page.locator(".question-box")).to_have_count(1)
    expect(page.locator(".question-box .is-right")).to_contain_text("暗")
    expect(page.locator("#take-title")).to_have_value("灯")
    is_clean(page)


def test_the_name_typed_for_a_bank_outlives_a_correction(desktop, trainer):
    page = trainer(desktop)
    page.goto("/manage/banks/new")
    page.fill("#text", "一、单选题\n1. 灯要（ ）。\nA. 亮\nB. 暗\n答案：A\n2. 门要（ ）。\nA. 开\nB. 关\n答案：C\n")
    page.get_by_role("button", name="查看识别结果").click()
    page.fill("#take-title", "夜灯题库")
    box = page.locator("#q1")
    box.locator("summary").click()
    box.locator("[name=answer]").fill("A")
    box.get_by_role("button", name="保存修改").click()
    expect(page.locator("#take-title")).to_have_value("夜灯题库")


def test_a_refused_picture_is_named_at_its_field_and_nothing_typed_is_lost(page, trainer, watch, tmp_path):
    watch.expect("422")
    refused, taken = tmp_path / "字.png", tmp_path / "灯.png"
    refused.write_text("hello", "utf-8")
    Image.new("RGB", (40, 30), (200, 30, 30)).save(taken)
    stem = "图中的灯是亮的。" if page.viewport_size["width"] > 400 else "照片上的井盖已经盖好。"  # either screen keeps its own
    trainer(page).goto("/banks/urban-services/new?kind=true_false")
    page.fill("#stem", stem)
    page.check("[name=truth][value=true]")
    page.set_input_files("#picture", refused)
    expect(page.locator("#picture-error")).to_contain_text("PNG")
    expect(page.locator("#picture")).to_be_focused()
    is_clean(page)
    for deed in ("看看效果", "保存试题"):
        page.set_input_files("#picture", refused)
        page.get_by_role("button", name=deed).click()
        expect(page.locator("[role=alert]")).to_be_visible()
        expect(page.locator("#picture-error")).to_contain_text("PNG")
        expect(page.locator("#stem")).to_have_value(stem)
    page.set_input_files("#picture", taken)
    expect(page.locator("#stem")).to_have_value(re.compile(f"^{stem}\n\n⟦图.+⟧$"))
    expect(page.locator("#picture-error")).to_have_count(0)
    expect(page.locator("[data-look-here] img")).to_be_visible()
    page.get_by_role("button", name="保存试题").click()
    expect(page.locator(".notice.is-done")).to_be_visible()
    expect(page.locator("main img")).to_have_count(1)


def test_a_refused_picture_is_named_at_its_field_without_javascript(open_screen, trainer, watch, tmp_path):
    watch.expect("422")
    page, refused = trainer(open_screen("desktop", java_script_enabled=False)), tmp_path / "字.png"
    refused.write_text("hello", "utf-8")
    page.goto("/banks/urban-services/new?kind=true_false")
    page.fill("#stem", "图中的灯是亮的。")
    page.set_input_files("#picture", refused)
    page.get_by_role("button", name="保存试题").click()
    expect(page.locator("#picture-error")).to_contain_text("PNG")
    expect(page.locator("#stem")).to_have_value("图中的灯是亮的。")
