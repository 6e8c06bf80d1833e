"""A trainee in front of the exam page, and the same attempt seen through the API beside it."""

import re
import shutil
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.live import LiveServer

SAVED = "已保存"
UNSENT = "未发送"
OFFLINE = "离线，可以继续作答"
NETWORK_NOISE = r"net::ERR_|Failed to load resource|Failed to fetch|error occurred when fetching the script"


@dataclass
class Seat:
    """One page of one person at one exam."""

    page: Page
    login: str
    password: str
    exam_id: str
    attempt_id: str = ""

    def sign_in(self) -> "Seat":
        """Sign this browser in by the API."""
        request = self.page.context.request
        token = request.get("/api/v1/csrf").json()["csrf_token"]
        reply = request.post(
            "/api/v1/session", data={"login": self.login, "password": self.password}, headers={"X-CSRFToken": token}
        )
        assert reply.ok, reply.text()
        self.token = reply.json()["csrf_token"]
        return self

    def open(self) -> "Seat":
        """Start or resume, and show the exam page with its first question."""
        started = self.call("post", f"/exams/{self.exam_id}/attempts", {})
        self.attempt_id, self.items = started["attempt_id"], started["paper"]["items"]
        self.page.goto(f"/attempts/{self.attempt_id}")
        self.wait()
        return self

    def wait(self) -> None:
        """Wait until the script has taken the page over."""
        expect(self.page.locator("#page .question")).to_be_visible()

    def call(self, method: str, path: str, body: dict | None = None) -> dict:
        """Call the API with this browser's session, beside the page; return the reply's body."""
        request = self.page.context.request
        token = request.get("/api/v1/csrf").json()["csrf_token"]
        options = {"data": body, "headers": {"X-CSRFToken": token}} if body is not None else {}
        reply = getattr(request, method)(f"/api/v1{path}", **options)
        assert reply.ok, reply.text()
        return reply.json()

    def standing(self) -> dict:
        """Return what stands on the server, by slot, without cleared answers."""
        answers = self.call("get", f"/attempts/{self.attempt_id}")["answers"]
        return {slot: one["value"] for slot, one in answers.items() if one["value"] is not None}

    @property
    def number(self) -> int:
        """The number of the question shown."""
        return int(re.search(r"\d+", self.page.locator("#page .question-number").inner_text())[0])

    @property
    def slot(self) -> str:
        """The slot of the question shown."""
        return self.items[self.number - 1]["slot"]

    def answer(self, choice: int = 0):
        """Answer the question shown, whatever its kind, and return its value as the API writes it."""
        item = self.items[self.number - 1]
        if item["kind"] == "fill_blank":
            texts = [f"答{choice}-{place}" for place in range(item["blanks"])]
            for field, text in zip(self.page.locator("#page .blank-text").all(), texts, strict=True):
                field.fill(text)
            self.page.locator("#page .blank-text").last.blur()
            return texts
        if item["kind"] == "numerical":
            self.page.locator("#page .blank-text").fill(str(choice))
            self.page.locator("#page .blank-text").blur()
            return str(choice)
        if item["kind"] == "matching":
            right = item["right"][choice % len(item["right"])]["id"]
            for field in self.page.locator("#page .choice-list").all():
                field.select_option(right)
            return {one["id"]: right for one in item["options"]}
        if item["kind"] == "ordering":
            rows = self.page.locator("#page .order-row")
            rows.nth(choice % rows.count()).locator("[data-move='1']").click()
            return [row.get_attribute("data-id") for row in rows.all()]
        rows = self.page.locator("#page .option")
        rows.nth(choice % rows.count()).click()
        chosen = [field.input_value() for field in rows.locator("input:checked").all()]
        return chosen[0] == "true" if item["kind"] == "true_false" else chosen

    def next(self) -> None:
        """Go on to the next question."""
        self.page.locator("#next").click()

    def answer_all(self, first: int = 1, last: int | None = None, choice: int = 0) -> dict:
        """Answer the questions from number `first` to `last`; return the values by slot."""
        given = {}
        for number in range(first, (last or len(self.items)) + 1):
            self.turn_to(number)
            given[self.slot] = self.answer(choice)
        return given

    def turn_to(self, number: int) -> None:
        """Show the question of this number, by the answer card or the step that leads there."""
        if self.number + 1 == number:
            self.next()
        elif self.number != number:
            if self.page.locator("#card-button").is_visible():
                self.page.locator("#card-button").click()
            self.page.locator(".cell:visible").nth(number - 1).click()
        expect(self.page.locator("#page .question-number")).to_contain_text(f"第 {number} 题")

    def wait_until_kept(self) -> None:
        """Wait until the browser holds what a reload without network needs."""
        self.wait_until(IS_KEPT)

    def wait_until(self, holds: str) -> None:
        """Wait until the page's asynchronous function says true; Playwright's own waiting takes the promise for it."""
        for _ in range(150):
            if self.page.evaluate(holds):
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"this never came true in the page: {holds}")

    def open_hand_in(self) -> None:
        """Open the dialog that asks before handing in."""
        if self.page.locator("#card-button").is_visible():
            self.page.locator("#card-button").click()
        self.page.locator("[data-hand-in]:visible").click()

    def hand_in(self) -> str:
        """Hand in and return the receipt's code."""
        self.open_hand_in()
        self.page.locator("#hand-in-now").click()
        expect(self.page.locator(".receipt-code")).to_be_visible()
        return self.page.locator(".receipt-code").text_content().strip()

    def state(self):
        """The line that says in words how things stand."""
        return self.page.locator("#state-text")

    def expect_saved(self, seconds: float = 10) -> None:
        """Wait until the page says that everything is saved."""
        expect(self.state()).to_have_text(SAVED, timeout=seconds * 1000)

    def kept(self) -> dict:
        """Return everything this browser keeps for the exam: IndexedDB and localStorage."""
        return self.page.evaluate(READ_STORES)


IS_KEPT = """async () => Boolean(await caches.match("/exam-shell")) &&
  Boolean(((await navigator.serviceWorker.getRegistration()) || {}).active)"""
READ_STORES = """async () => {
  const kept = { ...localStorage };
  const open = indexedDB.open("quizapp", 1);
  open.onupgradeneeded = () => open.result.createObjectStore("kept");
  const database = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
  const shelf = database.transaction("kept").objectStore("kept");
  const cursor = shelf.openCursor();
  await new Promise((resolve) => {
    cursor.onsuccess = () => {
      if (!cursor.result) return resolve();
      kept[cursor.result.key] = JSON.stringify(cursor.result.value);
      cursor.result.continue();
    };
  });
  database.close();
  return kept;
}"""


class ExamHall(LiveServer):
    """A running demo with its open exam, in which every test sits as somebody who has not sat yet."""

    def fill(self, template: LiveServer) -> "ExamHall":
        """Begin with a fresh copy of the template and everybody outside."""
        self.template = template
        if self.process:
            self.kill()
            shutil.rmtree(self.instance_path)
        self.adopt(template)
        self.waiting = [one for one in self.demo["accounts"] if one["role"] == "trainee"]
        return self.start()

    def next_trainee(self) -> dict:
        """Return an account that has not been used; after the last one a fresh demo is opened at the same address."""
        if not self.waiting:
            self.fill(self.template)
        return self.waiting.pop(0)


@pytest.fixture(scope="session")
def exam_hall(demo_template, tmp_path_factory):
    """The demo with its open exam, running for all exam tests."""
    hall = ExamHall(tmp_path_factory.mktemp("hall"))
    yield hall.fill(demo_template)
    hall.kill()


@pytest.fixture
def take_seat(live_server):
    """A function that signs a page in as this test's trainee of that number and opens the exam page."""
    accounts = []

    def take_seat(page: Page, number: int = 0) -> Seat:
        while len(accounts) <= number:
            accounts.append(live_server.next_trainee())
        login, password = accounts[number]["login"], accounts[number]["password"]
        return Seat(page, login, password, live_server.demo["exam_id"]).sign_in().open()

    return take_seat


@pytest.fixture
def seat(phone, take_seat) -> Seat:
    """A trainee on a phone with the exam page open."""
    return take_seat(phone)


@pytest.fixture
def bare_seat(open_screen, take_seat) -> Seat:
    """The same in a browser without service worker, as inside WeChat; only here can a test play the line (`route`)."""
    return take_seat(open_screen("phone", service_workers="block"))
