"""Commands of the evaluation: publish, send, export, and checking an export or an instance from outside."""

import json
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from quizapp.cli import main
from quizapp.extensions import db
from tests.cast import NEXT_VILLAGE, TOWNSHIP, VILLAGE
from tests.databases import SECRET_KEY
from tests.forgery import forge


class Done:
    """What a command did: its exit status and both outputs."""

    def __init__(self, code: int, out: str, err: str):
        self.code, self.out, self.err = code, out, err

    @property
    def document(self):
        """The one JSON document on standard output."""
        return json.loads(self.out)


@pytest.fixture
def command(monkeypatch, capsys):
    """Run `quizapp` in this process, as its main function does; a hundred times quicker than a process of its own."""

    def command(*words) -> Done:
        monkeypatch.setattr(sys, "argv", ["quizapp", *map(str, words)])
        monkeypatch.setenv("LANGUAGE", "")  # which the command sets
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return command


@pytest.fixture
def here(monkeypatch, app, database_url):
    """Let commands find this test's instance."""
    monkeypatch.setenv("QUIZAPP_INSTANCE_PATH", app.instance_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("QUIZAPP_SECRET_KEY", SECRET_KEY)


@pytest.fixture
def published(command, here, released):
    """The evaluation is published and has arrived."""
    done = command("evaluation", "publish", released.campaign, "--json")
    assert done.code == 0, done.err
    assert command("deliveries", "send").code == 0
    return done.document


def test_publishing_tells_what_was_done_and_again_does_nothing(published, command, released):
    assert (published["units"], published["revision"], published["results_sealed"]) == ([VILLAGE, NEXT_VILLAGE], 1, 4)
    again = command("evaluation", "publish", released.campaign, "--json").document
    assert (again["units"], again["revision"], again["seal"]) == ([], 1, published["seal"])
    assert published["seal"]["head"] in command("evaluation", "publish", released.campaign).err


def test_show_has_every_village_with_the_names_of_the_api(published, command, released):
    board = command("evaluation", "show", released.campaign, "--json").document
    assert (len(board["rows"]), board["revision"], board["changed_since"]) == (2, 1, 0)
    assert {"unit", "total", "rank", "indicators"} <= set(board["rows"][0])
    assert set(board["rows"][0]["unit"]) == {"code", "name", "kind"}
    assert "柳塘村" in command("evaluation", "show", released.campaign).out


def test_it_refuses_while_the_exam_is_open_and_says_so(command, here, stage):
    refused = command("evaluation", "publish", stage.campaign)
    assert (refused.code, refused.out) == (1, "") and "示例考试" in refused.err
    assert command("evaluation", "publish", "nothing").code == 1
    assert command("evaluation", "publish").code == 2


def test_deliveries_are_listed_as_the_contract_says(published, command):
    items = command("deliveries", "list", "--json").document["items"]
    fields = {"id", "unit", "receiver", "revision", "state", "attempts", "last_error"}
    assert all(fields <= set(item) for item in items)
    assert {(item["receiver"], item["state"], item["attempts"]) for item in items} == {
        (f"embedded-{TOWNSHIP}", "delivered", 1)
    }
    assert command("deliveries", "list").out.count("柳塘村") == 1


@pytest.fixture
def file(published, command, released, tmp_path):
    """The campaign's chain, exported."""
    file = tmp_path / "chain.json"
    told = command("evaluation", "export", released.campaign, file, "--json").document
    assert (told["rows"], told["sheets"]) == (6, 2)
    return file


def test_an_export_is_checked_without_any_instance(published, file, command, monkeypatch, tmp_path):
    monkeypatch.setenv("QUIZAPP_INSTANCE_PATH", str(tmp_path / "nowhere"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://nowhere/x")
    done = command("evaluation", "verify", file, "--json")
    assert (done.code, done.document["valid"], done.document["key_is_own"]) == (0, True, True)
    assert done.document["head"] == published["seal"]["head"]
    assert not (tmp_path / "nowhere").exists()


def test_a_damaged_export_ends_with_1_and_names_the_first_bad_row(file, command):
    chain = json.loads(file.read_text())
    chain["rows"][4]["row"] = chain["rows"][4]["row"].replace('"rank":', '"rank":1')
    file.write_text(json.dumps(chain, ensure_ascii=False))
    done = command("evaluation", "verify", file, "--json")
    assert (done.code, done.document["valid"]) == (1, False)
    assert [(one["kind"], one["index"]) for one in done.document["problems"]][0] == ("altered", 4)
    assert "4" in command("evaluation", "verify", file).err


def test_the_townships_key_and_a_printed_head_tell_a_forged_chain_from_the_real_one(published, file, command):
    """F2: a chain made anew with another key agrees with itself and with nothing else."""
    chain = json.loads(file.read_text())
    key, seal = chain["keys"][0]["public_key"], published["seal"]
    printed = f"{seal['count']}: " + " ".join(seal["head"][at : at + 8] for at in range(0, 64, 8))
    assert command("evaluation", "verify", file, "--key", key, "--head", printed).code == 0
    forge(chain)
    file.write_text(json.dumps(chain, ensure_ascii=False))
    assert command("evaluation", "verify", file).code == 0
    assert command("evaluation", "verify", file, "--key", key).code == 1
    assert command("evaluation", "verify", file, "--head", printed).code == 1


def test_what_is_no_export_no_key_or_no_head_is_a_sentence(file, command, tmp_path):
    nonsense = tmp_path / "nonsense.json"
    nonsense.write_text("{}")
    for asked in ((nonsense,), (file, "--key", "AAAA"), (file, "--head", "9:xyz")):
        done = command("evaluation", "verify", *asked)
        assert done.code == 1 and done.err.strip()


def test_receivers_are_added_once_and_their_secret_is_shown_once(here, cast, command, app, monkeypatch):
    monkeypatch.setenv("QUIZAPP_RECEIVER_HOSTS", "gov.example:8443")
    asked = ("receivers", "add", "county", "--name", "县平台", "--township", TOWNSHIP, "--json", "--url")
    assert command(*asked, "http://evil.example/").code == 1
    added = command(*asked, "https://gov.example:8443/in").document
    assert added["secret"].startswith("whsec_") and added["public_key"]
    listed = command("receivers", "list", "--json")
    assert [one["slug"] for one in listed.document["items"]] == ["county"]
    assert added["secret"] not in listed.out + command("receivers", "list").out
    secret = Path(app.instance_path) / "receivers" / "county.secret"
    assert (secret.read_text().strip(), secret.stat().st_mode & 0o777) == (added["secret"], 0o600)
    assert command(*asked, "https://gov.example:8443/in").code == 1


def test_the_instance_is_verified_and_a_byte_changed_by_hand_is_named(published, command, app):
    whole = command("verify", "--json")
    assert (whole.code, whole.document["valid"], whole.document["checked"]["sealed rows"]) == (0, True, 6)
    with app.app_context(), db.engine.begin() as connection:
        lift = "UPDATE sealed_rows SET row = replace(row, '\"of\"\\:2', '\"of\"\\:3') WHERE position = 5"
        connection.execute(text(lift))
    found = command("verify", "--json")
    assert (found.code, found.document["valid"]) == (1, False)
    places = [(one["kind"], one["where"].split(", ")[-1]) for one in found.document["problems"]]
    assert ("altered", "sealed_rows position=5") in places
    told = command("verify")
    assert (told.code, "position=5" in told.out) == (1, True)


def test_a_head_that_somebody_holds_belongs_to_a_campaign(published, command, released):
    seal = published["seal"]
    held = ("--head", f"{seal['count']}:{seal['head']}")
    assert command("verify", *held).code == 2
    assert command("verify", *held, "--campaign", released.campaign).code == 0
    assert command("verify", "--head", "6:" + "0" * 64, "--campaign", released.campaign).code == 1
