"""The exam in poor browsers: without JavaScript, without any store, with a store that is full."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE, SAVED, UNSENT, Seat

DENY = "Object.defineProperty(window, '%s', { get() { throw new DOMException('denied', 'SecurityError'); } });"
NO_DATABASE = DENY % "indexedDB"
NO_STORE = NO_DATABASE + DENY % "localStorage"
FULL_DATABASE = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"


@pytest.fixture
def live_server(exam_hall):
    """The demo with its open exam."""
    return exam_hall


@pytest.fixture
def plain_seat(open_screen, live_server) -> Seat:
    """A trainee whose browser runs no script, before the start of the exam."""
    account = live_server.next_trainee()
    page = open_screen("phone", java_script_enabled=False)
    return Seat(page, account["login"], account["password"], live_server.demo["exam_id"]).sign_in()


def test_without_javascript_every_step_of_the_exam_works(plain_seat):
    """E10: start, answer each kind, go back, change, use the card, hand in, keep the receipt."""
    page = plain_seat.page
    page.goto(f"/exams/{plain_seat.exam_id}")
    page.locator("main form[method=post] button").click()
    plain_seat.attempt_id = page.url.split("/attempts/")[1].split("?")[0]
    plain_seat.items = plain_seat.call("post", f"/exams/{plain_seat.exam_id}/attempts", {})["paper"]["items"]
    page.reload()
    expected = {}
    for number, item in enumerate(plain_seat.items, 1):
        expect(page.locator("#plain .question-number")).to_contain_text(f"第 {number} 题")
        expected[item["slot"]] = fill(page, item)
        page.locator("#plain .exam-steps button").last.click()
    expect(page).to_have_url(re.compile("/submission$"))
    assert plain_seat.standing() == expected

    page.locator("a", has_text="继续作答").click()
    page.locator("#plain summary").click()
    page.locator("#plain .cell").nth(1).click()
    expect(page.locator("#plain .question-number")).to_contain_text("第 2 题")
    page.locator("#plain .option").nth(2).click()
    page.locator("#plain .exam-steps button").first.click()
    expect(page.locator("#plain .question-number")).to_contain_text("第 1 题")
    slot = plain_seat.items[1]["slot"]
    assert plain_seat.standing()[slot] == [plain_seat.items[1]["options"][2]["id"]]
    page.locator("#plain .option").nth(1).click()
    page.locator("#plain summary").click()
    page.locator("#plain .plain-card > button").click()
    page.locator("main form[method=post] button").click()
    code = plain_seat.call("get", f"/attempts/{plain_seat.attempt_id}")["receipt"]["code"]
    expect(page.locator(".receipt-code")).to_have_text(code)


def fill(page, item: dict):
    """Answer the plain form's question; return the value as the API writes it."""
    if item["kind"] == "fill_blank":
        texts = [f"词{place}" for place in range(item["blanks"])]
        for field, text in zip(page.locator("#plain .blank-text").all(), texts, strict=True):
            field.fill(text)
        return texts
    page.locator("#plain .option").first.click()
    if item["kind"] == "true_false":
        return True
    if item["kind"] == "multiple_choice":
        page.locator("#plain .option").nth(1).click()
        return [option["id"] for option in item["options"][:2]]
    return [item["options"][0]["id"]]


def test_what_was_chosen_before_the_script_came_is_kept(phone, live_server):
    """A slow line: the form is there first, and a choice made in it counts."""
    account = live_server.next_trainee()
    seat = Seat(phone, account["login"], account["password"], live_server.demo["exam_id"]).sign_in()
    attempt = seat.call("post", f"/exams/{seat.exam_id}/attempts", {})
    held = []
    phone.route("**/exam/exam.js", lambda route: held.append(route))
    phone.goto(f"/attempts/{attempt['attempt_id']}", wait_until="commit")
    phone.locator("#plain .option").nth(2).click()
    while not held:
        phone.wait_for_timeout(50)
    held[0].continue_()
    expect(phone.locator("#page .option input").nth(2)).to_be_checked()
    expect(phone.locator("#state-text")).to_have_text(SAVED)


def test_without_a_store_the_exam_works_online_and_says_what_it_cannot_do(phone, take_seat):
    """E6: the warning stands before the start and in the exam."""
    phone.add_init_script(NO_STORE)
    seat = take_seat(phone)
    expect(phone.locator("#notice")).to_contain_text("本机不能保存答案")
    expected = seat.answer_all(1, 3)
    seat.expect_saved()
    assert seat.standing() == expected
    phone.reload()
    seat.wait()
    assert phone.locator("#page .option input").first.is_checked()
    seat.hand_in()


def test_before_the_start_a_phone_without_a_store_is_warned(phone, live_server):
    """E6"""
    account = live_server.next_trainee()
    phone.add_init_script(NO_STORE)
    Seat(phone, account["login"], account["password"], live_server.demo["exam_id"]).sign_in()
    phone.goto(f"/exams/{live_server.demo['exam_id']}")
    expect(phone.locator("#device-check")).to_contain_text("本机不能保存答案")


@pytest.mark.parametrize("fault", [NO_DATABASE, FULL_DATABASE], ids=["denied", "full"])
def test_without_the_database_the_other_store_keeps_what_is_unsent_over_a_reload(phone, take_seat, watch, fault):
    """E6, R7: localStorage takes over, also in the middle."""
    watch.expect(NETWORK_NOISE)
    phone.add_init_script(fault)
    phone.add_init_script("""const send = fetch;
        window.fetch = (address, ...rest) => sessionStorage.getItem("cut") && String(address).endsWith("/answers")
          ? Promise.reject(new TypeError("cut")) : send(address, ...rest);""")
    seat = take_seat(phone)
    phone.evaluate("sessionStorage.setItem('cut', '1')")
    expected = seat.answer_all(1, 2)
    expect(seat.state()).to_contain_text(f"{UNSENT} 2")
    phone.reload()
    seat.wait()
    expect(seat.state()).to_contain_text(f"{UNSENT} 2")
    phone.evaluate("sessionStorage.clear()")
    phone.reload()
    seat.wait()
    seat.expect_saved()
    assert seat.standing() == expected
    seat.hand_in()
    assert phone.evaluate("Object.keys(localStorage).length") == 0


def test_a_store_that_is_full_is_given_up_once_and_loses_nothing_that_came_together(open_screen):
    """E6: several writes are under way when the place turns out full; all of them stand in the next one."""
    page = open_screen("phone")
    page.add_init_script(FULL_DATABASE + DENY % "localStorage")
    page.goto("/exam-shell")
    kept = page.evaluate(
        """async (module) => {
          const store = await (await import(module)).openStore();
          const given = await Promise.all(["one", "two", "three"].map((key) => store.update(key, () => key)));
          return [store.kind, given, (await store.keys()).sort()];
        }""",
        page.locator("script[type=module]").first.get_attribute("src").rsplit("/", 1)[0] + "/store.js",
    )
    assert kept == ["memory", ["one", "two", "three"], ["one", "three", "two"]]


def test_axe_finds_nothing_in_the_plain_pages(bare_seat, watch):
    """WCAG 2.2 AA where the script never comes."""
    watch.expect(NETWORK_NOISE)
    phone = bare_seat.page
    phone.route("**/exam/exam.js", lambda route: route.abort())
    phone.reload()
    faults = list(Axe().run(phone).response["violations"])
    phone.locator("#plain summary").click()
    faults += Axe().run(phone).response["violations"]
    phone.locator("#plain .plain-card > button").click()
    expect(phone).to_have_url(re.compile("/submission$"))
    faults += Axe().run(phone).response["violations"]
    assert not faults, [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults]


def test_the_material_of_a_case_stays_in_reach_over_its_questions(phone, take_seat):
    """One text for several questions: open at first, and left as the person had it."""

    def with_material(route):
        reply = route.fetch()
        body = reply.json()
        body["paper"]["materials"] = [{"id": "case", "html": "<p>材料一</p>"}]
        for item in body["paper"]["items"][1:4]:
            item["material_id"] = "case"
        route.fulfill(response=reply, json=body)

    phone.route("**/exams/*/attempts", with_material)
    seat = take_seat(phone)
    material = phone.locator("#material")
    expect(material).to_be_hidden()
    seat.next()
    expect(material).to_have_attribute("open", "")
    expect(material).to_contain_text("材料一")
    material.locator("summary").click()
    seat.next()
    expect(material).to_be_visible()
    expect(material).not_to_have_attribute("open", "")
    seat.turn_to(5)
    expect(material).to_be_hidden()
