"""`quizapp backup` and `quizapp restore` as an operator meets them."""

import stat

from tests.live import LiveServer


def test_backup_says_what_it_holds_and_only_its_owner_may_read_it(demo_server, tmp_path):
    file = tmp_path / "one.backup"
    told = demo_server.answer("backup", str(file))
    assert told["point"]["event"] > 0 and told["counts"]["people"] >= 60 and told["database"] == "sqlite"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("*one.backup*")) == ["one.backup"]
    again = demo_server.run("backup", str(file))
    assert again.returncode == 1 and "one.backup" in again.stderr, "a backup is never written over"
    assert demo_server.run("backup", str(tmp_path / "nowhere" / "x")).returncode == 1


def test_restore_goes_into_an_empty_instance_only_and_stops_beside_a_running_one(demo_server, tmp_path):
    file = tmp_path / "one.backup"
    demo_server.answer("backup", str(file))
    refused = demo_server.run("restore", str(file))
    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    (tmp_path / "running").mkdir()
    running = LiveServer(tmp_path / "running").start()
    try:
        refused = running.run("restore", str(file))
        assert refused.returncode == 1 and "Traceback" not in refused.stderr
    finally:
        running.stop()
    told = running.answer("restore", str(file))
    assert told["valid"] and told["checked"]["results"] > 0
    left = sorted(path.name for path in running.instance_path.iterdir())
    assert set(left) - {"uploads"} == {"demo.json", "quizapp.sqlite3", "secret_key", "signing_key.pem"}
    assert running.run("verify").returncode == 0


def test_a_file_that_is_no_backup_is_refused_with_a_sentence(instance, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear administrator")
    done = instance.run("restore", str(file))
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 2
