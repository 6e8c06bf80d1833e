"""Real Chromium on a phone, a desk and a wall, watched: a page that reaches out or complains fails its test."""

import os
import re
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

TOUCHED = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
SCREENS = {
    "phone": {"viewport": {"width": 360, "height": 740}, **TOUCHED},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "wall": {"viewport": {"width": 1920, "height": 1080}},
}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`content security policy: ${event.violatedDirective} forbids ${event.blockedURI}`));"""

expect.set_options(timeout=20_000)  # a page that is late on a busy machine is not a wrong one
os.environ.setdefault("PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS", "1")  # the worker's requests are watched too


class Watch:
    """What pages did that no page of ours may do: requests elsewhere, console errors, policy violations, exceptions."""

    def __init__(self, home: str):
        self.home = urlsplit(home).netloc
        self.complaints = []
        self.expected = []

    def expect(self, pattern: str) -> None:
        """Let complaints pass that this regular expression finds, for a test that causes them on purpose."""
        self.expected.append(re.compile(pattern))

    def follow(self, context) -> None:
        """Listen to every page and worker of a browser context."""
        context.add_init_script(TELL_VIOLATIONS)
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"exception: {error.error}"))

    def verdict(self) -> list[str]:
        """Return the complaints that nobody expected."""
        return [text for text in self.complaints if not any(pattern.search(text) for pattern in self.expected)]

    def _on_request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self.home:
            self.complaints.append(f"request to another host: {request.url}")

    def _on_console(self, message) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    """Take the system's Chromium, the one that never had a window: it needs a third less time."""
    return {**browser_type_launch_args, "executable_path": _installed("chromium-headless-shell"), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def phone_launch_args(browser_type_launch_args) -> dict:
    """Take the Chromium that people have, for what it keeps on its disk when it is killed."""
    return {**browser_type_launch_args, "executable_path": _installed("chromium")}


def _installed(name: str) -> str:
    path = shutil.which(name)
    assert path, f"no {name}: run `make test` as root once, or apt-get install {name}"
    return path


@pytest.fixture
def watch(live_server):
    """The watch over this test's pages; its unexpected complaints fail the test at the end."""
    watch = Watch(live_server.url)
    yield watch
    assert not watch.verdict(), "the pages complained:\n" + "\n".join(watch.verdict())


@pytest.fixture
def open_screen(browser, live_server, watch):
    """A function that opens a new page for a new person: `open_screen("phone")`, "desktop" or "wall"."""
    contexts = []

    def open_screen(screen: str, **options):
        language = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
        context = browser.new_context(base_url=live_server.url, **{**SCREENS[screen], **language, **options})
        context.set_default_timeout(30_000)
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield open_screen
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_screen):
    """A page on a phone of 360 by 740 points, touched by a finger."""
    return open_screen("phone")


@pytest.fixture
def desktop(open_screen):
    """A page on a desk of 1280 by 800 points."""
    return open_screen("desktop")


@pytest.fixture(params=["phone", "desktop"])
def page(request, open_screen):
    """A page on each of both: the test runs twice."""
    return open_screen(request.param)
