"""G1: every address, every method, everybody who may come: exactly what the table beside this file says."""

from dataclasses import dataclass

import pytest

from tests.town import VISITORS
from tests.web.access_table import BODIES, TABLE

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ELSEWHERE = ("stranger", "stranger_leader")
CHANGING = (303, 302, 200, 204)  # statuses after which something may be different


@dataclass(frozen=True)
class Case:
    """One address with what each visitor gets there."""

    method: str
    address: str
    gets: dict[str, str]

    def path(self, ids: dict[str, str]) -> str:
        """Return the address with the real ids."""
        return self.address.format(**ids)

    def status(self, visitor: str) -> int:
        """Return the status this visitor gets."""
        told = self.gets[visitor]
        return int(told) if told != "in" else 401 if self.address.startswith("/api/") else 302

    def body(self, ids: dict[str, str]) -> dict:
        """Return what is sent."""
        given = BODIES.get(f"{self.method} {self.address}", {})
        return {name: value.format(**ids) if isinstance(value, str) else value for name, value in given.items()}


def read(table: str) -> list[Case]:
    """Return the cases of a table."""
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    visitors, gets, cases = tuple(lines[0].split()), {}, []
    assert visitors == VISITORS
    for line in lines[1:]:
        method, _, address = line.partition(" ")
        if method in METHODS:
            cases.append(Case(method, address, gets))
        else:
            gets = dict(zip(visitors, line.split(), strict=True))
    return cases


CASES = read(TABLE)
READING = [case for case in CASES if case.method == "GET"]
WRITING = [case for case in CASES if case.method != "GET"]


def routes(app) -> set[tuple[str, str]]:
    """Return every (rule, method) that the application serves."""
    return {(rule.rule, method) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}}


def told_by_table(town) -> set[tuple[str, str]]:
    """Return the (rule, method) that the table's addresses lead to."""
    adapter = town.app.url_map.bind("localhost")
    found = set()
    for case in CASES:
        rule, _ = adapter.match(case.path(town.ids).partition("?")[0], method=case.method, return_rule=True)
        found.add((rule.rule, case.method))
    return found


def test_g1_every_route_stands_in_the_table(town):
    """G1, S-03: a new route is written down before it is served."""
    assert routes(town.app) == told_by_table(town)


READ = ("'action': 'attempt.looked'", "'action': 'exam.printed'")


@pytest.mark.parametrize("name", VISITORS)
def test_g1_everybody_reads_what_the_table_says_and_nothing_changes(town, name):
    """G1, H9: each status as written; after all of these requests every row of every table is as it was.

    But for the lines that say who looked at somebody's attempt (G11) or printed a paper: readings that are written down.
    """
    visitor, before = town.visitor(name), town.rows()
    got = {case.address: visitor.get(case.path(town.ids)).status_code for case in READING}
    assert got == {case.address: case.status(name) for case in READING}
    after = town.rows()
    after["audit_events"] = [line for line in after["audit_events"] if not any(deed in line for deed in READ)]
    assert after == before


@pytest.mark.parametrize("name", VISITORS)
def test_g1_everybody_does_what_the_table_says_and_a_refused_deed_changes_nothing(town, name):
    """G1, G3: each status as written; where it is a refusal, every row of every table is as it was."""
    before, got, changed = town.rows(), {}, []
    for case in WRITING:
        reply = town.visitor(name).send(case.method, case.path(town.ids), case.body(town.ids))
        got[case.method, case.address] = reply.status_code
        is_allowed = case.status(name) in CHANGING and case.gets[name] != "in"
        if not is_allowed and town.rows() != before:
            changed.append(case)
        town.restore()
        town.visitors.clear()
    assert got == {(case.method, case.address): case.status(name) for case in WRITING}
    assert not changed


@pytest.mark.parametrize("name", ELSEWHERE)
def test_g3_what_lies_in_the_next_township_answers_like_what_does_not_exist(town, name):
    """G3: a real id and a made-up one get the same status and the same words."""
    visitor, made_up = town.visitor(name), dict.fromkeys(town.ids, "z" * 16)
    for case in CASES:
        if "{" not in case.address or case.status(name) < 400:
            continue
        real = visitor.send(case.method, case.path(town.ids), case.body(town.ids))
        unreal = visitor.send(case.method, case.path(made_up), case.body(town.ids))
        assert (real.status_code, words(real)) == (unreal.status_code, words(unreal)), case


def words(reply) -> str:
    """Return a reply's text without what names this one request."""
    text = reply.get_data(as_text=True)
    return text.replace(reply.headers["X-Request-Id"], "")


def test_another_method_gets_405_with_the_methods_that_there_are(town):
    """RFC 9110: whoever asks wrongly is told what the address takes."""
    adapter, trainee = town.app.url_map.bind("localhost"), town.visitor("trainee")
    for path in {case.path(town.ids).partition("?")[0] for case in CASES}:
        allowed = set(adapter.allowed_methods(path))
        for method in set(METHODS) - allowed:
            reply = trainee.send(method, path)
            assert (reply.status_code, set(reply.headers["Allow"].split(", "))) == (405, allowed), (method, path)


def test_head_answers_like_get_without_a_body(town):
    leader = town.visitor("township_leader")
    for case in READING:
        reply = leader.client.head(case.path(town.ids))
        assert (reply.status_code, reply.data) == (case.status("township_leader"), b""), case.address


def test_the_table_would_notice_a_route_that_nobody_wrote_down(town):
    town.app.url_map.add(town.app.url_rule_class("/planted", endpoint="planted", methods=["GET"]))
    assert routes(town.app) - told_by_table(town) == {("/planted", "GET")}
