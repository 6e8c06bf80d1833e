"""G3, G9: fields that nobody asked for change nothing, and ids of others in a body lead nowhere."""

import pytest

from tests.web.test_access_matrix import WRITING
from tests.web.test_csrf import doer

CANARY, NUMBER = "canary-77", "77777777"
WISHES = {
    **dict.fromkeys(("person_id", "user_id", "unit_id", "org_id", "id", "score", "points_milli", "attempt_id"), NUMBER),
    **dict.fromkeys(("role", "state", "public_id", "password_hash", "login_key", "created_by", "seal"), CANARY),
    **dict.fromkeys(("is_active", "is_admin", "released", "counts_for"), "1"),
    **dict.fromkeys(("deadline", "deadline_at", "released_at", "submitted_at", "now"), "2099-01-01T00:00:00Z"),
}
KNOWN = {("/api/v1/exams/{exam}/attempts", "attempt_id")}  # asked for there
API = [case for case in WRITING if case.address.startswith("/api/") and case.method != "DELETE"]
FORMS = [case for case in WRITING if not case.address.startswith("/api/")]


@pytest.mark.parametrize("case", API, ids=lambda case: f"{case.method} {case.address}")
def test_g9_the_api_refuses_a_field_that_it_does_not_know(town, case):
    """G9: 422 that names the field, and every row as it was."""
    before, visitor = town.rows(), doer(town, case)
    for name, value in WISHES.items():
        if name in case.body(town.ids) or (case.address, name) in KNOWN:
            continue
        reply = visitor.send(case.method, case.path(town.ids), {**case.body(town.ids), name: value})
        assert reply.status_code == 422, name
        assert name in reply.json["problems"][0]["message"]
    assert town.rows() == before


def test_g9_a_form_takes_no_field_that_it_does_not_show(town):
    """G9: the deed is done as without them; no column of any table holds what they said."""
    for case in FORMS:
        visitor = doer(town, case)
        reply = visitor.send(case.method, case.path(town.ids), {**WISHES, **case.body(town.ids)})
        assert reply.status_code == case.status(visitor.name), case
        said = [row for rows in town.rows().values() for row in rows if CANARY in row or NUMBER in row or "2099-01-01T" in row]
        assert not said, (case, said)
        town.restore()
        town.visitors.clear()


def foreign_ids(town) -> list[tuple]:
    """Return (who, method, address, body) of deeds whose body names what is somebody else's."""
    ids = town.ids
    person = {"name": "周小满", "post": "", "roles": "trainee"}
    days = {"starts_on": "2099-01-01", "ends_on": "2099-03-01", "roster_on": "2099-01-01"}
    return [
        ("village_leader", "POST", "/people/slips", {"unit": ids["next_village"]}),
        ("township_leader", "POST", "/people/slips", {"unit": ids["other_village"]}),
        ("admin", "POST", "/people/new", {**person, "login": "fresh", "unit": ids["other_village"]}),
        ("admin", "POST", f"/people/{ids['trainee']}/change", {**person, "unit": ids["other_village"]}),
        ("admin", "POST", f"/people/{ids['stranger']}/change", {**person, "unit": ids["village"]}),
        ("admin", "POST", f"/units/{ids['village']}/place", {"parent": ids["other_township"]}),
        ("admin", "POST", f"/units/{ids['other_village']}/place", {"parent": ids["township"]}),
        ("admin", "POST", "/campaigns/new", {"title": "x", "unit_code": ids["other_township"], **days}),
        ("township_leader", "POST", f"/campaigns/{ids['campaign']}/roster/{ids['stranger']}", {"reason": "x"}),
        ("township_leader", "POST", f"/evaluation/{ids['campaign']}/units/{ids['other_village']}/contest",
         {"value": "80", "evidence": "x"}),
        ("trainer", "POST", f"/banks/other/{ids['question']}/retirement", {}),
        ("trainee", "POST", f"/study/other/{ids['article']}", {}),
    ]  # fmt: skip


def test_g3_an_id_of_others_in_a_body_is_refused_and_changes_nothing(town):
    """G3: 404 or 422 for every one, and every row as it was."""
    before = town.rows()
    for who, method, path, body in foreign_ids(town):
        reply = town.visitor(who).send(method, path, body)
        assert reply.status_code in (404, 422), (who, path, reply.status_code)
    assert town.rows() == before


def test_g3_another_s_device_cannot_be_signed_out(town):
    """G3: the short name of somebody else's session opens and ends nothing."""
    before = town.rows()["sessions"]
    for row in before:
        key = row.split("'token_hash': '")[1][:16]
        town.visitor("nobody").send("POST", "/me/devices", {"device": key})
        assert town.visitor("trainee").send("POST", "/me/devices", {"device": key}).status_code == 303
    assert town.rows()["sessions"] == before


def test_g3_options_of_another_paper_are_no_answer_on_mine(town):
    """G3: ids of options are a paper's own."""
    trainee, neighbour = town.visitor("trainee"), town.visitor("neighbour")
    begin = f"/api/v1/exams/{town.ids['exam']}/attempts"
    mine, theirs = (visitor.send("POST", begin).json for visitor in (trainee, neighbour))
    slot = mine["paper"]["items"][0]["slot"]
    foreign = theirs["paper"]["items"][0]["options"][0]["id"]
    body = {"epoch": mine["epoch"], "answers": [{"slot": slot, "seq": 90, "value": [foreign]}]}
    reply = trainee.send("PUT", f"/api/v1/attempts/{mine['attempt_id']}/answers", body)
    assert (list(reply.json["refused"]), reply.json["saved"]) == ([slot], {})


@pytest.mark.parametrize(("who", "path"), [
    ("village_leader", "/people?unit={next_village}"), ("township_leader", "/people?unit={other_village}"),
    ("village_leader", "/turnout/{exam}?unit={next_village}"), ("trainee", "/ranking/{released}?within={other_village}"),
    ("trainee", "/api/v1/rankings/{released}?within={other_township}"),
    ("township_leader", "/campaigns/{campaign}/roster?unit={other_village}"),
])  # fmt: skip
def test_g3_a_foreign_unit_in_a_query_answers_like_one_that_does_not_exist(town, who, path):
    """G3: whether a unit of others exists is not told."""
    visitor = town.visitor(who)
    real, unreal = visitor.get(path.format(**town.ids)), visitor.get(path.partition("=")[0].format(**town.ids) + "=000")
    assert real.status_code == unreal.status_code == 404
