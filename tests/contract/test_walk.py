"""The whole job by the outside contract alone, as another program would do it: commands and JSON API, nothing else."""

import json

import pytest

from tests.contract.program import Program, some_value


def sit(server, account: dict, choice: int, answered: int) -> dict:
    """Sit the exam as one trainee and return the receipt's answer."""
    trainee = Program(server.port).sign_in(account)
    exam = next(one for one in trainee.get("/exams").body if one["id"] == server.demo["exam_id"])
    assert (exam["state"], exam["attempts_left"]) == ("open", 1)
    attempt = trainee.start(exam["id"])
    items = attempt["paper"]["items"]
    assert len(items) >= 20 and not {"key", "right_answer", "answer"} & set(items[0])
    for seq, item in enumerate(items[: answered - 2], 1):
        reply = trainee.save(attempt, (item["slot"], seq, some_value(item, choice)))
        assert (reply.status, reply.body["saved"]) == (200, {item["slot"]: seq})
    unsent = [{"slot": item["slot"], "seq": answered + n, "value": some_value(item, choice)}
              for n, item in enumerate(items[answered - 2 : answered])]  # fmt: skip
    done = trainee.submit(attempt, unsent).body
    assert (done["state"], done["answered"]) == ("submitted", answered)
    assert trainee.submit(attempt).body["receipt"] == done["receipt"]
    return {**done, "attempt_id": attempt["attempt_id"], "program": trainee}


@pytest.fixture
def published(demo_server):
    """Three sat, the exam was closed, the evaluation published."""
    server = demo_server
    done = [sit(server, server.account("trainee", n), n, 25) for n in range(3)]
    left_open = Program(server.port).sign_in(server.account("trainee", 3)).start(server.demo["exam_id"])
    refused = server.run("evaluation", "publish", server.demo["campaign_id"], "--json")
    assert refused.returncode == 1 and refused.stderr, "an exam that counts is open"
    closed = server.answer("exam", "close", server.demo["exam_id"], "--yes")
    assert (closed["taken_in"], closed["marked"], closed["is_released"]) == (1, 4, True)
    server.answer("evaluation", "publish", server.demo["campaign_id"])
    return server, done, left_open


def test_from_the_demo_to_a_sealed_sheet_that_verifies(published, tmp_path):
    server, done, left_open = published
    for one in done:
        seen = one["program"].get(f"/attempts/{one['attempt_id']}").body
        assert seen["state"] in ("marked", "sealed") and 0 <= seen["score"]["points"] <= seen["score"]["full"]
        assert seen["items"][0]["key"] and seen["items"][0]["articles"]
        receipt = Program(server.port).get(f"/receipts/{one['receipt']['code']}").body
        assert receipt["valid"] and receipt["answered"] == 25 and "score" not in receipt

    leader = Program(server.port).sign_in(server.account("leader"))
    people = leader.get(f"/rankings/{server.demo['exam_id']}?by=person").body
    assert people["released"] and len(people["rows"]) == 4
    assert people["rows"][0]["rank"] == 1
    villages = leader.get(f"/rankings/{server.demo['exam_id']}?by=unit").body
    assert len(villages["rows"]) >= 8

    board = leader.get(f"/evaluations/{server.demo['campaign_id']}").body
    assert board["revision"] and board["seal"] and len(board["rows"]) == len(villages["rows"])
    unit = next(row for row in villages["rows"] if row["rank"] == 1)
    explained = leader.get(f"/evaluations/{server.demo['campaign_id']}/units/{unit['unit_code']}")
    assert explained.status == 200 and explained.body["indicators"]

    server.answer("worker", "--once")
    deliveries = server.answer("deliveries", "list")["items"]
    assert len(deliveries) == len(board["rows"])
    assert {delivery["state"] for delivery in deliveries} == {"delivered"}

    file = tmp_path / "sheets.json"
    server.answer("evaluation", "export", server.demo["campaign_id"], str(file))
    assert server.run("evaluation", "verify", str(file)).returncode == 0
    assert server.run("verify").returncode == 0, "beside the running server"
    assert left_open["state"] == "open"


def test_a_byte_changed_by_hand_is_found_and_named(published):
    server, _, _ = published
    from quizapp.storage import sqlite_module

    assert server.run("verify", "--json").returncode == 0
    connection = sqlite_module().connect(server.instance_path / "quizapp.sqlite3")
    third = "SELECT position, row FROM sealed_rows ORDER BY position LIMIT 1 OFFSET 2"
    position, row = connection.execute(third).fetchone()
    connection.execute("UPDATE sealed_rows SET row = ? WHERE position = ?", (row[:-3] + "7" + row[-2:], position))
    connection.commit()
    connection.close()
    found = server.run("verify", "--json")
    assert found.returncode == 1
    assert str(position) in found.stdout and json.loads(found.stdout)
