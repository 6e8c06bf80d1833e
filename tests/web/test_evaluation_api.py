"""The evaluation for other programs, and the schema of what receivers are sent, kept true by what is sent."""

import json

import jsonschema_rs
import pytest
from sqlalchemy import select

from tests.cast import NEXT_VILLAGE, VILLAGE, sign_in


@pytest.fixture
def ask(app, cast, released):
    """Ask the API as somebody: ask("township_leader", "/units/…")."""

    def ask(login: str, rest: str = "") -> object:
        client = app.test_client()
        sign_in(client, login)
        return client.get(f"/api/v1/evaluations/{released.campaign}{rest}")

    return ask


def publish(app, released) -> list[dict]:
    from quizapp.extensions import db
    from quizapp.models import Sheet
    from quizapp.services.evaluation import publishing

    with app.app_context():
        publishing.publish(None, released.campaign, released.over)
        return [json.loads(body) for body in db.session.scalars(select(Sheet.body).order_by(Sheet.id))]


def test_the_board_has_plain_numbers_that_add_up(ask):
    told = ask("township_leader").json
    assert [row["unit"]["code"] for row in told["rows"]] == [VILLAGE, NEXT_VILLAGE]
    assert [row["rank"] for row in told["rows"]] == [1, 2]
    for row in told["rows"]:
        assert round(sum(one["points"] for one in row["indicators"]), 3) == row["total"]
        assert round(sum(one["effective_weight"] for one in row["indicators"]), 3) == 100
    assert sum(one["weight"] for one in told["policy"]["indicators"]) == 100
    assert told["released"] is True
    assert "revision" not in told and "seal" not in told, "what is not there yet is absent"


def test_after_publishing_revision_and_seal_are_told_and_the_rows_are_those_that_were_sent(ask, app, released):
    sent = publish(app, released)
    told = ask("township_leader").json
    assert (told["revision"], told["changed_since"]) == (1, 0)
    assert told["seal"] == sent[0]["seal"]
    for row, body in zip(told["rows"], sent, strict=True):
        assert (row["unit"], row["total"], row["rank"]) == (body["unit"], body["total"], body["rank"])
        points = {one["code"]: (one.get("value"), one["points"]) for one in row["indicators"]}
        assert points == {one["code"]: (one.get("value"), one["points"]) for one in body["indicators"]}


def test_a_village_explained_holds_its_people_and_what_would_change_it(ask):
    told = ask("village_leader", f"/units/{VILLAGE}").json
    assert (told["rank"], told["of"], told["spread_weight"]) == (1, 2, 45)
    assert told["roster"] | {"date": ""} == {"date": "", "size": 3, "excused": 0, "counted": 3}
    states = {person["name"]: (person["state"], person.get("points")) for person in told["people"]}
    assert states == {"周小满": ("sat", 16), "赵立春": ("sat", 8), "钱雨水": ("missing", None)}
    assert told["changes"][0]["gain"] > 0 and told["rule"]


def test_who_may_not_open_a_village_finds_its_indicators_absent_and_its_explanation_nowhere(ask):
    rows = ask("village_leader").json["rows"]
    assert ["indicators" in row for row in rows] == [True, False]
    assert ask("village_leader", f"/units/{NEXT_VILLAGE}").status_code == 404
    assert ask("stranger_leader").status_code == 404
    assert ask("trainee").status_code == 403
    assert "people" not in ask("auditor", f"/units/{VILLAGE}").json


@pytest.fixture
def schema(client):
    return client.get("/api/v1/schemas/village-result.v1.json").json


def test_what_is_sent_follows_the_schema_and_the_schema_names_everything_that_is_sent(schema, app, released):
    for body in publish(app, released):
        jsonschema_rs.validator_for(schema, validate_formats=True).validate(body)
        assert set(body) == set(schema["properties"])
        assert set(body["seal"]) == set(schema["properties"]["seal"]["required"])
        items = schema["properties"]["indicators"]["items"]
        assert {name for one in body["indicators"] for name in one} == set(items["properties"])
        assert set(body["roster"]) == set(schema["properties"]["roster"]["properties"])
    assert jsonschema_rs.meta.is_valid(schema)


def test_the_schema_refuses_what_would_not_be_a_result(schema, app, released):
    body = publish(app, released)[0]
    for name in set(body) - {"rank"}:
        assert not jsonschema_rs.is_valid(schema, {key: value for key, value in body.items() if key != name}), name
    for change in ({"total": 100.001}, {"total": 1.00001}, {"rank": 0}, {"type": "x"}, {"unit": {"code": ""}}):
        assert not jsonschema_rs.is_valid(schema, {**body, **change}), change
