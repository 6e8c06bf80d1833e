"""Commands of the evaluation: publish, send, export, and checking an export or an instance from outside."""

import json

import pytest

from quizapp.storage import sqlite_module
from tests.cli.commands import run
from tests.forgery import forge
from tests.live import LiveServer


@pytest.fixture(scope="module")
def published(demo_template, tmp_path_factory):
    """The demo, its exam closed with nobody in it and its evaluation published; no server runs."""
    server = LiveServer(tmp_path_factory.mktemp("published")).adopt(demo_template)
    server.answer("exam", "close", server.demo["exam_id"], "--yes")
    server.outcome = server.answer("evaluation", "publish", server.demo["campaign_id"])
    server.answer("deliveries", "send")
    server.file = server.instance_path / "chain.json"
    server.answer("evaluation", "export", server.demo["campaign_id"], str(server.file))
    return server


def test_publishing_tells_what_was_done_and_again_does_nothing(published):
    assert (len(published.outcome["units"]), published.outcome["revision"]) == (10, 1)
    again = published.answer("evaluation", "publish", published.demo["campaign_id"])
    assert (again["units"], again["revision"], again["seal"]) == ([], 1, published.outcome["seal"])


def test_show_has_every_village_with_the_names_of_the_api(published):
    board = published.answer("evaluation", "show", published.demo["campaign_id"])
    assert (len(board["rows"]), board["revision"], board["changed_since"]) == (10, 1, 0)
    assert {"unit", "total", "rank", "indicators"} <= set(board["rows"][0])
    assert set(board["rows"][0]["unit"]) == {"code", "name", "kind"}
    assert "东溪村" in published.run("evaluation", "show", published.demo["campaign_id"]).stdout


def test_it_refuses_while_the_exam_is_open_and_says_so(demo_template, tmp_path):
    server = LiveServer(tmp_path).adopt(demo_template)
    refused = server.run("evaluation", "publish", server.demo["campaign_id"], "--json")
    assert refused.returncode == 1
    assert "岗位练兵网上测试" in refused.stderr
    assert server.run("evaluation", "publish", "nothing").returncode == 1


def test_deliveries_are_listed_as_the_contract_says(published):
    items = published.answer("deliveries", "list")["items"]
    assert len(items) == 10
    fields = {"id", "unit", "receiver", "revision", "state", "attempts", "last_error"}
    assert all(fields <= set(item) for item in items)
    assert {(item["receiver"], item["state"], item["attempts"]) for item in items} == {("embedded", "delivered", 1)}


def test_an_export_is_checked_without_any_instance(published, tmp_path):
    nowhere = {"QUIZAPP_INSTANCE_PATH": str(tmp_path / "nowhere"), "DATABASE_URL": "postgresql://nowhere/x"}
    done = run("evaluation", "verify", published.file, "--json", **nowhere)
    told = json.loads(done.stdout)
    assert (done.returncode, told["valid"], told["sheets"], told["key_is_own"]) == (0, True, 10, True)
    assert told["head"] == published.outcome["seal"]["head"]
    assert not (tmp_path / "nowhere").exists()


def test_a_damaged_export_ends_with_1_and_names_the_first_bad_row(published, tmp_path):
    chain = json.loads(published.file.read_text())
    chain["rows"][4]["row"] = chain["rows"][4]["row"].replace('"rank":', '"rank":1')
    file = tmp_path / "damaged.json"
    file.write_text(json.dumps(chain, ensure_ascii=False))
    done = run("evaluation", "verify", file, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["valid"]) == (1, False)
    assert [(one["kind"], one["index"]) for one in told["problems"]][0] == ("altered", 4)


def test_the_townships_key_and_a_printed_head_tell_a_forged_chain_from_the_real_one(published, tmp_path):
    """F2: a chain made anew with another key agrees with itself and with nothing else."""
    chain = json.loads(published.file.read_text())
    key, seal = chain["keys"][0]["public_key"], published.outcome["seal"]
    printed = f"{seal['count']}: " + " ".join(seal["head"][at : at + 8] for at in range(0, 64, 8))
    assert run("evaluation", "verify", published.file, "--key", key, "--head", printed).returncode == 0
    forge(chain)
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(chain, ensure_ascii=False))
    assert run("evaluation", "verify", file).returncode == 0
    assert run("evaluation", "verify", file, "--key", key).returncode == 1
    assert run("evaluation", "verify", file, "--head", printed).returncode == 1


def test_what_is_no_export_no_key_or_no_head_is_a_sentence(published, tmp_path):
    nonsense = tmp_path / "nonsense.json"
    nonsense.write_text("{}")
    for asked in ((nonsense,), (published.file, "--key", "AAAA"), (published.file, "--head", "9:xyz")):
        done = run("evaluation", "verify", *asked)
        assert done.returncode == 1 and done.stderr.strip() and "Traceback" not in done.stderr


def test_receivers_are_added_once_and_their_secret_is_shown_once(demo_template, tmp_path):
    server = LiveServer(tmp_path, QUIZAPP_RECEIVER_HOSTS="gov.example:8443").adopt(demo_template)
    township = server.answer("receivers", "list")["items"][0]["township_code"]
    asked = ("receivers", "add", "county", "--name", "县平台", "--township", township, "--url")
    assert server.run(*asked, "http://evil.example/").returncode == 1
    added = server.answer(*asked, "https://gov.example:8443/in")
    assert added["secret"].startswith("whsec_") and added["public_key"]
    listed = server.run("receivers", "list", "--json").stdout
    assert [one["slug"] for one in json.loads(listed)["items"]] == ["county", "embedded"]
    assert added["secret"] not in listed
    (file,) = (server.instance_path / "receivers").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600 and added["secret"] in file.read_text()


def test_the_instance_is_verified_and_a_byte_changed_by_hand_is_named(published):
    whole = published.answer("verify")
    assert whole["valid"] and whole["checked"]["sealed rows"] == 10
    connection = sqlite_module().connect(published.instance_path / "quizapp.sqlite3")
    connection.execute("UPDATE sealed_rows SET row = replace(row, '\"of\":10', '\"of\":11') WHERE position = 7")
    connection.commit()
    found = published.run("verify", "--json")
    told = json.loads(found.stdout)
    assert (found.returncode, told["valid"]) == (1, False)
    assert ("altered", "sealed_rows position=7") in [
        (one["kind"], one["where"].split(", ")[1]) for one in told["problems"]
    ]
    connection.execute("UPDATE sealed_rows SET row = replace(row, '\"of\":11', '\"of\":10') WHERE position = 7")
    connection.commit()
    connection.close()
