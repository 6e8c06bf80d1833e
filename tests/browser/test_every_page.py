"""Every page that somebody opens from the navigation, for every role: axe finds nothing, nothing scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.live import LiveServer

ROLES = {"trainee": 20, "trainer": 0, "leader": 0, "admin": 0, "auditor": 0}
MOST_PAGES = 14


@pytest.fixture(scope="module")
def live_server(demo_template, tmp_path_factory):
    """One demo for all roles."""
    server = LiveServer(tmp_path_factory.mktemp("pages")).adopt(demo_template)
    yield server.start()
    server.kill()


def sign_in(page, account: dict) -> None:
    request = page.context.request
    token = request.get("/api/v1/csrf").json()["csrf_token"]
    body = {"login": account["login"], "password": account["password"]}
    assert request.post("/api/v1/session", data=body, headers={"X-CSRFToken": token}).ok


def addresses(page) -> list[str]:
    """Return the links of a page that stay on this site, without those that leave it or download."""
    found = page.eval_on_selector_all("a[href^='/']:not([download])", "links => links.map(link => link.getAttribute('href'))")
    return [one.partition("#")[0] for one in found if not one.startswith(("/static/", "/sign-out"))]


def pages_of(page) -> list[str]:
    """Return the navigation's pages and the first pages that lie behind each of them."""
    page.goto("/")
    first = list(dict.fromkeys(addresses(page)))
    behind = []
    for address in first:
        page.goto(address)
        behind += [one for one in addresses(page) if one not in first and one not in behind][:2]
    return [*first, *behind][:MOST_PAGES]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_on_any_page_of_a_role(open_screen, live_server, role):
    account = live_server.account(role, ROLES[role])
    phone, desk, axe, found = open_screen("phone"), open_screen("desktop"), Axe(), {}
    for page in (phone, desk):
        sign_in(page, account)
    walked = pages_of(desk)
    assert len(walked) >= 4
    for address in walked:
        for name, page in (("phone", phone), ("desktop", desk)):
            assert page.goto(address).status == 200, address
            violations = axe.run(page).response["violations"]
            if violations:
                found[f"{name} {address}"] = [(one["id"], [node["html"][:120] for node in one["nodes"][:2]]) for one in violations]
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
            if wide:
                found[f"{name} {address} wide"] = page.evaluate("document.documentElement.scrollWidth")
    assert not found, "\n".join(f"{where}: {what}" for where, what in found.items())


def test_axe_finds_nothing_before_signing_in(open_screen, live_server, watch):
    watch.expect("404")
    page, axe = open_screen("phone"), Axe()
    for address in ("/sign-in", "/receipts", "/nothing-here"):
        page.goto(address)
        assert not axe.run(page).response["violations"], address
