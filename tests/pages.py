"""A browser without a screen for tests of pages: signs in, opens pages, sends their forms."""

import re
from html import unescape

import pytest

from tests.cast import PASSWORD, sign_in

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SHOWN = re.compile(r"<main.*</main>", re.DOTALL)


class Browser:
    """One browser of one person; forms carry the token that the page before bore."""

    def __init__(self, app, login: str = "", password: str = PASSWORD):
        """Open a fresh browser; with a login, sign in. Pages come in English, so that tests can be read."""
        self.client = app.test_client()
        self.client.set_cookie("language", "en")
        if login:
            sign_in(self.client, login, password)
        self.last = None

    def open(self, path: str, follow: bool = False):
        """Open a page and return the reply."""
        self.last = self.client.get(path, follow_redirects=follow)
        return self.last

    def send(self, path: str, follow: bool = True, **fields):
        """Send a form and return the reply, after the redirect unless told otherwise.

        The token is the last page's own; where that page bore none, the browser has kept one from elsewhere.
        """
        found = TOKEN.search(self.last.text) if self.last is not None else None
        token = found[1] if found else self.client.get("/api/v1/csrf").json["csrf_token"]
        data = {"csrf_token": token, **fields}
        self.last = self.client.post(path, data=data, follow_redirects=follow)
        return self.last

    @property
    def words(self) -> str:
        """What the last page says, without its frame and its tags."""
        main = SHOWN.search(self.last.text)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0] if main else self.last.text)).split())


@pytest.fixture
def browse(app, cast):
    """Open a browser signed in as somebody of the cast: browse("trainee")."""
    return lambda login="", password=PASSWORD: Browser(app, login, password)
