"""I10, I14: what no honest browser puts into addresses, queries and forms is refused and is no error of ours.

The application runs as a test does: an exception that nobody foresaw comes out here.
"""

import pytest

from tests.pages import Browser
from tests.web.access_table import BODIES
from tests.web.test_access_matrix import CASES

HUGE = "9" * 30
ODD_WORDS = ["a%00b", "%ff%fe", "..%2f..%2fetc%2fpasswd", "1" * 4000]
ODD_VALUES = ["\0", HUGE, "-1½\u202e𠮷"]
QUERY = ("page", "q", "unit", "state", "by", "within", "only", "slot", "kind", "next", "login", "code", "campaign")
REFUSED_OR_SHOWN = {200, 302, 303, 308, 400, 403, 404, 405, 409}
BRACES = sorted({word.partition("}")[0] for case in CASES for word in case.address.split("{")[1:]})


@pytest.fixture
def ids(stage, cast) -> dict[str, str]:
    """Real names for what stands in braces in the access table, as far as there are such things here."""
    return {**dict.fromkeys(BRACES, "unknown1unknown1"), **cast.ids, "campaign": stage.campaign, "exam": stage.exam,
            "released": stage.exam, "coming": stage.exam, "village": "999901101201", "answer_file": "QA"}  # fmt: skip


@pytest.fixture
def opener(app, cast):
    """Return the browser of somebody whom the table lets open an address."""
    browsers = {}

    def find(case):
        who = next((name for name in ("trainee", "trainer", "admin", "township_leader", "auditor")
                    if case.gets[name] not in ("403", "404")), "trainee")  # fmt: skip
        return browsers.setdefault(who, Browser(app, who)).client

    return find


def test_i14_odd_words_in_an_address_are_not_found(opener, ids):
    """I14: NUL, bytes that are no text, ways out of a folder, templates: nothing there, or nothing but a page."""
    for case in CASES:
        for name in (one for one in BRACES if "{" + one + "}" in case.address):
            for odd in ODD_WORDS:
                path = case.address.replace("{" + name + "}", odd).format(**ids)
                status = opener(case).get(path).status_code
                assert status in REFUSED_OR_SHOWN, path
                assert status in (400, 404) or "%00" not in path, "no database takes a NUL"


def test_odd_values_in_a_query_are_at_worst_refused(opener, ids):
    for case in CASES:
        if case.method == "GET" and "?" not in case.address:
            for value in ODD_VALUES:
                reply = opener(case).get(case.path(ids), query_string=dict.fromkeys(QUERY, value))
                assert reply.status_code < 500 and (value != "\0" or reply.status_code == 400), (case.address, value)


def test_i10_odd_values_in_forms_are_at_worst_refused(app, ids):
    """I10: every field of every form, one by one, with a NUL and with a number that no column holds."""
    for case in CASES:
        form = BODIES.get(f"{case.method} {case.address}", {})
        if case.method != "POST" or case.address.startswith("/api/") or not form:
            continue
        people = ("admin", "township_leader", "trainer", "trainee")
        who = next(name for name in people if case.gets[name] not in ("in", "401", "403"))
        browser = Browser(app, who)
        browser.open("/me")
        for field in form:
            for value in ("\0", HUGE):
                reply = browser.send(case.path(ids), follow=False, **{**case.body(ids), field: value})
                assert reply.status_code < 500, (case.address, field, value)
                assert value != "\0" or reply.status_code in (302, 400), (case.address, field)
                browser.open("/me")
