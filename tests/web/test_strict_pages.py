"""J9, PIPL: no page has a script, a style or a handler in it, and none asks another host for anything."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from tests.town import VISITORS
from tests.web.test_access_matrix import READING

ADDRESSES = {"href", "src", "action", "formaction", "srcset", "poster", "data", "content", "xlink:href", "manifest"}
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
LEADING, DRAWN_HERE = ("http", "https", "mailto", "tel"), ("http", "https", "data")
DATA_BLOCKS = {"application/json"}
WRITTEN = re.compile(r"https?://[^\s\"'<>)]+")
LINKED_TEXTS = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")  # names of formats, never fetched


class Strictness(HTMLParser):
    """Notes what a strict policy forbids."""

    def __init__(self):
        super().__init__()
        self.found, self.hosts = [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "script" and "src" not in given and given.get("type") not in DATA_BLOCKS:
            self.found.append("script inline")
        if tag in ("style", "iframe", "object", "embed", "base", "applet"):
            self.found.append(tag)
        for name, value in attributes:
            if name.startswith("on") or name == "style" or name == "srcdoc":
                self.found.append(f"{tag} {name}={value}")
            if name in ADDRESSES and value:
                self._look_at(tag, name, value)

    def _look_at(self, tag: str, name: str, value: str) -> None:
        address = as_browsers_read(value)
        scheme = SCHEME.match(address)
        if scheme and name != "content" and scheme[1].lower() not in (DRAWN_HERE if tag in ("link", "img") else LEADING):
            self.found.append(f"{tag} {name}={value}")
        if urlsplit(address).netloc:
            self.hosts.append(urlsplit(address).netloc)


def as_browsers_read(address: str) -> str:
    """Return an address as a browser understands it: tabs, line ends and leading signs that show nothing are gone."""
    return re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33)))).replace("\\", "/")


def look(html: str) -> Strictness:
    """Return what was found in a page."""
    parser = Strictness()
    parser.feed(html)
    parser.close()
    return parser


PAGES = [case for case in READING if not case.address.startswith("/api/")]


@pytest.mark.parametrize("name", VISITORS)
def test_j9_every_page_of_everybody_is_strict_and_keeps_to_this_host(town, name):
    """J9: error pages included; no host but this one is named in any address of any page."""
    visitor, pages = town.visitor(name), 0
    for case in PAGES:
        reply = visitor.get(case.path(town.ids))
        if reply.mimetype != "text/html":
            continue
        pages += 1
        seen = look(reply.text)
        assert not seen.found, (case.address, seen.found)
        assert set(seen.hosts) <= {"localhost"}, (case.address, seen.hosts)
    assert pages > 40


def test_no_static_file_names_another_host(app):
    """Scripts, sheets and the manifest fetch from here alone."""
    from quizapp.web.static import FOLDER, worded

    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in (".js", ".css", ".webmanifest", ".svg", ".json"):
            named = [one for one in WRITTEN.findall(worded(path).decode()) if not one.startswith(LINKED_TEXTS)]
            assert not named, (path.name, named)


PLANTED = ["<script>1</script>", "<p onclick='x()'>", "<p style='color:red'>", "<style></style>",
           "<a href=' javascript:x()'>", "<iframe src='/x'>", "<form action='data:x'>"]  # fmt: skip


@pytest.mark.parametrize("html", PLANTED)
def test_what_is_planted_is_found(html):
    assert look(html).found


def test_a_foreign_host_is_found():
    assert look('<img src="//cdn.example/x.png"><link href="https://fonts.example/a.css">').hosts == [
        "cdn.example", "fonts.example"
    ]  # fmt: skip
