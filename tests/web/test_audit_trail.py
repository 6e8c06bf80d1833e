"""J1: every deed that changes something for others leaves its line in the trail, in the deed's own transaction."""

import pytest

from tests.web.test_access_matrix import CHANGING, WRITING
from tests.web.test_csrf import doer

# What people do for themselves alone; why it needs no line in the trail.
OWN = {
    "POST /sign-in": "the log has it, with its failures",
    "POST /sign-out": "the log has it",
    "POST /api/v1/session": "the log has it, with its failures",
    "DELETE /api/v1/session": "the log has it",
    "POST /me/preferences": "a cookie",
    "POST /me/devices": "one's own sessions",
    "POST /study/stage/{article}": "one's own reading is a row of its own",
    "POST /exams/{exam}": "one's own attempt is a row of its own",
    "POST /api/v1/exams/{exam}/attempts": "one's own attempt is a row of its own",
    "PUT /api/v1/attempts/{attempt}/answers": "every answer is kept in the attempt's history",
    "POST /attempts/{attempt}/answers": "every answer is kept in the attempt's history",
    "POST /api/v1/attempts/{attempt}/signals": "what a browser counts of itself is kept with the attempt",
    "POST /api/v1/attempts/{attempt}/submission": "the receipt",
    "POST /attempts/{attempt}/submission": "the receipt",
}
NOTHING_TO_DO = {  # in the township of this test; the deed has tests of its own
    "POST /evaluation/{campaign}/publish": "nothing has changed since it was published",
    "POST /units/{village}/place": "it lies there already",
    "POST /banks/stage/{question}/return": "it is in use",
    "POST /banks/spare/unfinished": "nothing is chosen there",
    "POST /banks/stage/look": "a look at what is being typed; nothing is kept",
}


def name_of(case) -> str:
    return f"{case.method} {case.address}"


def is_deed(town, case) -> bool:
    """Whether the table's request does something, for somebody else, that is recorded."""
    allowed = [case.status(name) for name, told in case.gets.items() if told != "in" and int(told) in CHANGING]
    return bool(allowed) and name_of(case) not in {**OWN, **NOTHING_TO_DO}


def test_every_reason_is_about_an_address_that_there_is():
    assert {*OWN, *NOTHING_TO_DO} <= {name_of(case) for case in WRITING}


def test_j1_every_deed_of_a_role_leaves_a_line_that_says_who_and_from_where(town):
    """J1: by route list; the line bears the doer, the request's id and the address."""
    silent, seen = [], 0
    for case in WRITING:
        if not is_deed(town, case):
            continue
        before, visitor = set(town.rows()["audit_events"]), doer(town, case)
        reply = visitor.send(case.method, case.path(town.ids), case.body(town.ids))
        lines = set(town.rows()["audit_events"]) - before
        if not lines:
            silent.append(name_of(case))
        for line in lines:
            assert f"'request_id': '{reply.headers['X-Request-Id']}'" in line and "'address': '127.0.0.1'" in line, line
            assert "'person_id': None" not in line, line
        seen += 1
        town.restore()
        town.visitors.clear()
    assert not silent and seen > 15


def test_j1_a_deed_whose_line_cannot_be_written_is_not_done(town, monkeypatch):
    """J1: one transaction: without its line in the trail nothing is left of the deed."""
    from quizapp.services import audit

    def fail(*given, **named):
        raise RuntimeError("no room in the trail")

    before = town.rows()
    for case in WRITING:
        if is_deed(town, case):
            visitor = doer(town, case)
            with monkeypatch.context() as patch:
                patch.setattr(audit, "record", fail)
                with pytest.raises(RuntimeError, match="no room in the trail"):
                    visitor.send(case.method, case.path(town.ids), case.body(town.ids))
            assert town.rows() == before, name_of(case)
