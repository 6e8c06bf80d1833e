"""I13, I14, S-22: nobody is led to another site, no file outside is read, and look-alike names are one."""

from urllib.parse import urljoin, urlsplit

import pytest

from quizapp.web.sign_in import safe_target
from tests.cast import PASSWORD

ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "http:evil.example", "https:/evil.example",
    "javascript:kanarie()", "data:text/html,x", "http://localhost@evil.example/", "//localhost:80@evil.example",
    "/\x0b/evil.example", "/%09/evil.example", "/..//evil.example", "/.//evil.example", "//[::1", "evil.example", "", "?x", "#x",
    "/x\r\nSet-Cookie: a=b", "/x%0d%0aSet-Cookie:%20a=b", "/\u2028/evil.example", "／／evil.example", "/@evil.example",
]  # fmt: skip


def as_a_browser_goes(location: str) -> str:
    """Return the host that a browser goes to, as the URL standard has it."""
    plain = location.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None}).replace("\\", "/")
    return urlsplit(urljoin("http://localhost/sign-in", plain)).netloc


@pytest.mark.parametrize("target", ELSEWHERE)
def test_i14_the_way_back_leads_to_this_site_alone(town, target):
    """I14: after signing in, for whoever is signed in already, and after choosing how pages look."""
    assert as_a_browser_goes(safe_target(target)) == "localhost"
    nobody, trainee = town.visitor("nobody"), town.visitor("trainee")
    form = {"csrf_token": nobody.token(), "login": "trainee", "password": PASSWORD}
    replies = [
        nobody.client.post("/sign-in", query_string={"next": target}, data=form),
        trainee.client.get("/sign-in", query_string={"next": target}),
        trainee.send("POST", "/me/preferences", {"back": target}),
        trainee.client.post("/me/password", query_string={"next": target}, data={
            "csrf_token": trainee.token(), "old": PASSWORD, "new": "heron-by-the-pond-8", "again": "heron-by-the-pond-8",
        }),
    ]  # fmt: skip
    for reply in replies:
        assert reply.status_code in (302, 303)
        assert as_a_browser_goes(reply.headers["Location"]) == "localhost", reply.headers["Location"]
        assert "a=b" not in str(reply.headers.getlist("Set-Cookie"))


def test_i14_the_way_to_the_sign_in_page_keeps_the_way_back(town):
    reply = town.visitor("nobody").get("/study/search?q=居住&x=//evil.example")
    assert reply.status_code == 302 and as_a_browser_goes(reply.headers["Location"]) == "localhost"
    assert reply.headers["Location"].startswith("/sign-in?next=/study/search")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", "a b", "", "[::1", "x" * 300])
def test_i14_a_forged_host_stands_in_no_redirect_and_no_page(town, host):
    """I14: what somebody writes into Host leads nobody away."""
    for name in ("nobody", "trainee"):
        for path in ("/", "/sign-in", "/receipts?code=AAAA", "/evaluation", "/nothing"):
            reply = town.visitor(name).get(path, headers={"Host": host})
            assert reply.status_code < 500
            assert "evil.example" not in reply.headers.get("Location", "") and "evil.example" not in reply.text


def test_i14_forwarded_headers_of_strangers_are_not_believed(town):
    """I14: without a trusted proxy nobody says from where, over what or to whom they came."""
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https",
               "X-Original-URL": "/audit", "X-HTTP-Method-Override": "DELETE", "Forwarded": "for=1.2.3.4"}  # fmt: skip
    reply = town.visitor("trainee").get("/me", headers=headers)
    assert reply.status_code == 200 and "evil.example" not in reply.text and "198.51.100.1" not in reply.text


OUTSIDE = [
    "../config.py", "..%2fconfig.py", "%2e%2e/config.py", "%2e%2e%2fconfig.py", "..%5cconfig.py", "....//config.py",
    "%252e%252e%252fconfig.py", "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "css/../../config.py", "app.js/",
    "app.js%00.css", "app.js/../../config.py", ".", "..", "css", "css/", "file:///etc/passwd", "con", "a" * 5000, "app.js\\..\\x",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_i14_static_reads_nothing_outside_its_folder(town, name):
    """I14: whatever way up is written in whatever manner: not found, and no word of a file."""
    for before in ("/static/any/", "/static/", "/sw.js/"):
        reply = town.visitor("nobody").get(f"{before}{name}")
        assert reply.status_code in (404, 308), (before, name)
        assert "BadSetting" not in reply.text and "root:" not in reply.text


def test_i14_a_file_s_name_in_a_header_is_ours(town):
    """I14, header injection: no reply repeats a header that a request smuggled into a value."""
    for path in ("/receipts?code=x%0d%0aX-Canary:1", "/sign-in?next=/x%0d%0aX-Canary:1", "/study/x%0d%0aX-Canary:1"):
        for name in ("nobody", "trainee"):
            reply = town.visitor(name).get(path)
            assert "X-Canary" not in reply.headers
            assert not [value for _, value in reply.headers if "\n" in value or "\r" in value]


LOOK_ALIKES = ["TRAINEE", "ｔｒａｉｎｅｅ", "train\u200bee", " trainee ", "tra inee", "trainee\u202e", "train\u00adee", "ᵗrainee"]


@pytest.mark.parametrize("login", LOOK_ALIKES)
def test_i13_a_login_that_looks_like_another_is_that_one(town, login):
    """I13, S-22: nobody is added beside; whoever types it so comes in as the one there is."""
    reply = town.visitor("admin").send(
        "POST", "/people/new", {"login": login, "name": "何惊鸿", "unit": town.ids["village"], "roles": "trainee"}
    )
    assert reply.status_code in (409, 422) and "slip" not in reply.text
    entered = town.visitor("nobody").send("POST", "/api/v1/session", {"login": login, "password": PASSWORD})
    assert entered.json["person"]["id"] == town.ids["trainee"]


@pytest.mark.parametrize("name", ["𠮷田野", "㛃喆", "Ａｎｎａ　Ｌｅｅ", "阿卜杜热合曼·买买提", "é́e", "李\u202e明"])
def test_i13_a_rare_name_is_shown_as_it_is_written(town, name):
    """I13: rare characters whole; only width and what shows nothing is evened out."""
    from quizapp.rules.people import clean_text

    admin = town.visitor("admin")
    sent = {"login": "rare", "name": name, "unit": town.ids["village"], "roles": "trainee"}
    reply = admin.send("POST", "/people/new", sent)
    assert reply.status_code == 200
    assert clean_text(name) in admin.get("/people?q=rare").text and "\u202e" not in reply.text
