"""J9, G10, H8: the headers and cookies that every reply bears, whoever asks and whatever went wrong."""

import re

import pytest

from quizapp.serving.refusals import SENTENCES, refusal
from tests.databases import SECRET_KEY, close_app
from tests.web.test_access_matrix import READING

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OF_NOBODY = ("/static/", "/sw.js")  # these alone may be kept


def check(reply, path: str) -> None:
    """Demand the headers that every reply bears."""
    for name, value in ALWAYS.items():
        assert reply.headers.get(name) == value, (path, name)
    policy = directives(reply.headers["Content-Security-Policy"])
    assert policy["default-src"] == policy["frame-ancestors"] == ["'none'"], path
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(sum(policy.values(), [])), path
    if not path.startswith(OF_NOBODY) or reply.status_code >= 400:
        assert reply.headers["Cache-Control"] == "no-store", path
    assert reply.headers["X-Request-Id"], path


def directives(policy: str) -> dict[str, list[str]]:
    """Return a policy's sources by directive."""
    parts = [part.split() for part in policy.split(";")]
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("name", ["nobody", "trainee", "township_leader"])
def test_j9_g10_every_page_bears_the_headers_and_is_kept_by_nobody(town, name):
    """J9, G10: pages, redirects and refusals alike; only what is the same for everybody may be kept."""
    visitor = town.visitor(name)
    for case in READING:
        path = case.path(town.ids)
        check(visitor.get(path), path)


def test_j9_errors_and_refused_deeds_bear_them_too(town):
    trainee = town.visitor("trainee")
    for path in ("/nothing", "/api/v1/nothing", "/static/x/nothing.js", "/static/x/../../config.py"):
        check(trainee.get(path), path)
    for path in ("/sign-out", "/api/v1/session"):
        check(trainee.client.post(path), path)  # without the token
        check(trainee.client.patch(path), path)
        large = trainee.client.post(path, data=b"x" * (21 * 2**20), content_type="application/json")
        check(large, path)


@pytest.mark.parametrize("path", ["/me", "/api/v1/exams"])
def test_j9_our_own_mistakes_bear_them_and_say_nothing_of_the_inside(town, monkeypatch, path):
    """J5, J9: a 500 has a sentence and a number to ask with; the words of the exception stay inside."""
    from quizapp.services import exams

    monkeypatch.setattr(exams, "list_mine", lambda *given: 1 / 0)
    town.app.testing = False
    reply = town.visitor("trainee").get(path)
    assert reply.status_code == 500
    check(reply, path)
    assert reply.headers["X-Request-Id"] in reply.text
    assert not [word for word in ("Traceback", "division", "exams.py", str(town.folder)) if word in reply.text]


@pytest.mark.parametrize("status", SENTENCES)
@pytest.mark.parametrize("for_people", [True, False])
def test_j9_what_the_server_itself_refuses_bears_them(status, for_people):
    """J9: the 503 of a full queue never reaches the application."""
    headers = dict(refusal(status, 5, for_people)[0])
    assert ALWAYS.items() <= headers.items() and headers["Cache-Control"] == "no-store"
    assert directives(headers["Content-Security-Policy"]) == {"default-src": ["'none'"], "frame-ancestors": ["'none'"]}


def test_an_older_version_of_a_static_file_is_not_kept(town):
    from quizapp.web.static import version

    nobody = town.visitor("nobody")
    assert "immutable" in nobody.get(f"/static/{version()}/app.js").headers["Cache-Control"]
    assert nobody.get("/static/older/app.js").headers["Cache-Control"] == "no-cache"
    assert nobody.get("/sw.js").headers["Cache-Control"] == "no-cache"


@pytest.fixture
def app_at(tmp_path, database_url, cheap_passwords):
    """A function that makes the application as it stands behind an address."""
    from quizapp import create_app

    made = []

    def make(public_url: str, **more):
        made.append(create_app({"instance_path": tmp_path, "database_url": database_url, "secret_key": SECRET_KEY,
                                "testing": True, "public_url": public_url, **more}))  # fmt: skip
        return made[-1]

    yield make
    for one in made:
        close_app(one)


PUBLIC = {"text", "theme", "language", "person"}  # read by scripts, and they open nothing


@pytest.mark.parametrize(("address", "name", "is_secure"), [("https://drill.example", "__Host-quizapp", True),
                                                            ("http://10.0.0.7:8000", "quizapp", False)])  # fmt: skip
def test_h8_cookies_are_for_this_site_alone_and_no_script_reads_the_session(app_at, cast, address, name, is_secure):
    """H8: HttpOnly, SameSite=Lax; Secure and __Host- under TLS; HSTS there, and nowhere else."""
    from tests.cast import PASSWORD

    app = app_at(address, trusted_proxies=1)
    client, forwarded = app.test_client(), {"X-Forwarded-Proto": address.partition(":")[0]}
    base = {"base_url": address, "headers": forwarded}
    token = client.get("/api/v1/csrf", **base).json["csrf_token"]
    base["headers"] = {**forwarded, "X-CSRFToken": token}
    replies = [client.post("/api/v1/session", json={"login": "trainee", "password": PASSWORD}, **base)]
    token = replies[0].json["csrf_token"]
    form = {"csrf_token": token, "text": "large", "theme": "dark", "language": "en"}
    replies.append(client.post("/me/preferences", data=form, **base))
    replies.append(client.post("/sign-out", data={"csrf_token": token}, **base))
    assert [reply.status_code for reply in replies] == [200, 303, 302]
    cookies = [cookie for reply in replies for cookie in reply.headers.getlist("Set-Cookie")]
    names = {cookie.partition("=")[0] for cookie in cookies}
    assert names == {name, "device"} | PUBLIC
    for cookie in cookies:
        flags = {flag.strip() for flag in cookie.split(";")[1:]}
        assert "SameSite=Lax" in flags and ("Secure" in flags) is is_secure, cookie
        assert ("HttpOnly" in flags) is (cookie.partition("=")[0] not in PUBLIC), cookie
        assert not [flag for flag in flags if flag.startswith("Domain")], cookie
        assert not cookie.startswith("__Host-") or "Path=/" in flags, cookie
    for reply in replies:
        assert ("Strict-Transport-Security" in reply.headers) is is_secure


def test_h8_the_database_holds_no_secret_that_opens_a_session(town):
    """H8: at least 128 bits in the cookie, and only their hash in the database and its file."""
    kept = "".join(row for rows in town.rows().values() for row in rows)
    for name in ("trainee", "admin"):
        secret = {key: value for key, value, _ in town.cookies[name]}["quizapp"]
        assert re.fullmatch(r"[\w-]+", secret, re.ASCII) and len(secret) * 6 >= 128 and secret not in kept
