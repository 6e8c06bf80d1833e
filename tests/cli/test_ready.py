"""`quizapp ready`, and the backup that is made before tables are changed."""

from contextlib import closing

from quizapp.services.backup import copying
from quizapp.storage import sqlite_module


def test_ready_says_what_is_wrong_and_exits_with_1(shell):
    status, said, _ = shell.run("ready", "--json")
    assert status == 1 and '"state": "bad"' in said
    assert '"name": "worker"' in said


def test_before_tables_are_changed_a_backup_is_made_where_there_are_people(shell, tmp_path, monkeypatch):
    old = tmp_path / "old.sqlite3"
    copying.build(old, "0012")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{old}")
    with closing(sqlite_module().connect(str(old))) as database:
        database.execute("INSERT INTO units (id, code, name, kind) VALUES (1, '999901101', '示例镇', 'township')")
        database.execute(
            "INSERT INTO people (id, public_id, login, login_key, name, unit_id, post, is_active, created_at)"
            " VALUES (1, 'a', 'a', 'a', '甲', 1, '', 1, 0)"
        )
        database.commit()
    assert shell.run("exam", "list")[0] == 0
    made = list((tmp_path / "instance" / "backups").iterdir())
    assert len(made) == 1 and "-before-" in made[0].name
    assert shell.run("exam", "list")[0] == 0
    assert len(list((tmp_path / "instance" / "backups").iterdir())) == 1
