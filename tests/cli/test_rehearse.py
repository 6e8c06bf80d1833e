"""A rehearsal plays the whole exam on a copy; of the instance itself only the report is kept."""

import json

import pytest

from tests.live import LiveServer


def tables(server: LiveServer) -> dict[str, list]:
    from quizapp.storage import sqlite_module

    connection = sqlite_module().connect(server.instance_path / "quizapp.sqlite3")
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    connection.close()
    return found


@pytest.mark.timeout(300)
def test_a_rehearsal_reports_in_figures_and_changes_nothing_but_its_own_report(demo_template, tmp_path):
    """Everybody signs in, answers over a bad network, hands in and is ranked; nothing is lost."""
    server = LiveServer(tmp_path).adopt(demo_template)
    before = tables(server)
    done = server.run("rehearse", server.demo["exam_id"], "--people", "6", "--minutes", "0.05", "--json", timeout=200)
    assert done.returncode in (0, 1), done.stderr  # a busy machine may well be too slow: that is what it is for
    told = json.loads(done.stdout)
    assert (told["lost"], told["errors"], told["hand_ins"], told["ranked"]) == (0, 0, 6, 6)
    assert told["saves"] == 6 * 29 and told["carries"] > 0
    after = tables(server)
    changed = {name for name in before if before[name] != after[name]}
    assert changed - {"machine_clocks"} == {"upkeep"}
    assert [path.name for path in server.instance_path.glob(".*")] == []


def test_an_exam_that_is_not_there_is_refused(instance):
    done = instance.run("rehearse", "aaaaaaaaaaaaaaaa", "--people", "1")
    assert done.returncode == 1 and "Traceback" not in done.stderr
