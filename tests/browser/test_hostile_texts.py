"""I7 in a real browser: with the policy switched off no hostile text runs, with it on there is nothing to forbid."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.databases import SECRET_KEY
from tests.live import LiveServer
from tests.town import release_database
from tests.web.hostile_texts import VECTORS
from tests.web.test_hostile_texts import plant

HOOK = "window.kanarie = () => { document.documentElement.dataset.kanarie = 'sings'; };"
PAGES = {
    "trainee": ["/", "/exams", "/exams/{exam}", "/attempts/{attempt}", "/attempts/{done}", "/me", "/study/stage",
                "/study/stage/{article}", "/campaigns/{campaign}", "/ranking/{released}?by=person"],
    "township_leader": ["/people", "/people/{trainee}", "/units/{village}", "/campaigns/{campaign}/roster",
                        "/evaluation/{campaign}/units/{village}", "/deliveries"],
    "trainer": ["/banks/stage", "/banks/stage/{question}", "/manage/exams/{exam}/preview"],
    "auditor": ["/audit"],
}  # fmt: skip


@pytest.fixture
def live_server(town, tmp_path):
    """The real server on a township whose every word is hostile."""
    plant(town, " ".join(VECTORS))
    release_database(town.app)
    server = LiveServer(tmp_path / "live", QUIZAPP_SECRET_KEY=SECRET_KEY)
    shutil.copytree(town.folder, server.instance_path)
    yield server.start()
    server.kill()


@pytest.mark.parametrize("is_without_policy", [True, False])
def test_i7_nothing_that_was_written_anywhere_runs(open_screen, town, live_server, is_without_policy):
    """I7: 0 executions with CSP off; 0 reports with it on (the watch over the pages fails the test at one)."""
    for name, paths in PAGES.items():
        page = open_screen("phone", bypass_csp=is_without_policy)
        page.add_init_script(HOOK)
        page.on("dialog", lambda dialog: pytest.fail("a dialog"))
        page.context.add_cookies([{"name": key, "value": value, "domain": "127.0.0.1", "path": path}
                                  for key, value, path in town.cookies[name]])  # fmt: skip
        for path in paths:
            reply = page.goto(path.format(**town.ids))
            assert reply.status == 200, path
            assert page.locator("html[data-kanarie]").count() == 0, path
        if name == "trainee":
            page.goto("/attempts/{attempt}".format(**town.ids))
            expect(page.locator("#page .question")).to_be_visible()
            page.wait_for_timeout(300)
            assert page.locator("html[data-kanarie]").count() == 0, "the script put hostile words into the page"
            page.evaluate("kanarie()")
            assert page.locator("html[data-kanarie]").count() == 1, "the hook is there"
