"""S-20: a backup that was made to do harm, or was damaged on its way, is refused and leaves nothing behind."""

import json
import shutil
import zipfile

import pytest

from quizapp.config import Settings
from quizapp.services.backup import archive, restoring
from quizapp.services.backup.archive import BadBackup
from quizapp.storage import sqlite_module


@pytest.fixture
def database_kind() -> str:
    """The file is the same whichever database it came from."""
    return "sqlite"


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(instance_path=tmp_path / "fresh")


def repacked(file, tmp_path, change):
    """Return the backup with its unpacked folder changed, the manifest telling the truth about it again."""
    folder = tmp_path / "changed"
    folder.mkdir()
    manifest = archive.unpack(file, folder)
    change(folder)
    facts = {name: value for name, value in manifest.items() if name not in ("files", "digest", "format")}
    members = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
    other = tmp_path / "changed.backup"
    archive.pack(other, members, facts)
    return other


def refused(file, settings) -> str:
    with pytest.raises(BadBackup) as refusal, restoring.unpacked(file, settings):
        pass
    assert list(settings.instance_path.iterdir()) == [], "nothing is left behind"
    return refusal.value.problems[0].message


def test_what_was_not_changed_is_taken(file, settings, tmp_path):
    with restoring.unpacked(repacked(file, tmp_path, lambda folder: None), settings) as ready:
        assert (ready.folder / "quizapp.sqlite3").exists()


NAMES = ["../escaped", "/tmp/escaped", "receivers/../../escaped.secret", "uploads/x/y.json", "wsgi.py",
         "receivers/..secret", "C:\\escaped", "quizapp.sqlite3-wal"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_s20_a_member_that_leads_elsewhere_is_refused(name, file, settings, tmp_path):
    """S-20: no path of a backup leads out of its place."""
    other = tmp_path / "evil.backup"
    shutil.copy(file, other)
    with zipfile.ZipFile(other, "a") as packed:
        packed.writestr(name, "x")
    assert "belongs in no backup" in refused(other, settings)
    assert not (tmp_path / "escaped").exists()


def act(folder, statement: str) -> None:
    connection = sqlite_module().connect(str(folder / archive.DATABASE))
    connection.executescript(statement)
    connection.close()


ACTING = [
    "CREATE TRIGGER evil AFTER UPDATE ON answers BEGIN DELETE FROM receipts; END",
    "CREATE VIEW evil AS SELECT * FROM people",
    "CREATE TABLE evil (x)",
    "ALTER TABLE people ADD COLUMN evil TEXT",
    "ALTER TABLE people ADD COLUMN evil TEXT AS (lower(name))",
    "CREATE VIRTUAL TABLE evil USING fts5(body)",
    "DROP TABLE receipts",
]


@pytest.mark.parametrize("statement", ACTING)
def test_s20_a_database_that_acts_by_itself_is_refused(statement, file, settings, tmp_path):
    """S-20: only the tables that the migrations make, nothing that would run on its own."""
    other = repacked(file, tmp_path, lambda folder: act(folder, statement))
    assert "other tables" in refused(other, settings)


def test_s20_markup_that_was_put_in_by_hand_is_refused(file, settings, tmp_path):
    """S-20: what pages show without escaping is cleaned once more before it is believed."""
    script = (
        "INSERT INTO campaigns (public_id, unit_id, title, starts_on, ends_on, roster_on, policy, plan, plan_html,"
        " created_at) SELECT 'evil', min(id), 'x', '2026-07-01', '2026-07-01', '2026-07-01', '{}', '',"
        " '<p>plan</p><img src=x onerror=alert(1)>', 0 FROM units"
    )
    other = repacked(file, tmp_path, lambda folder: act(folder, script))
    assert "markup" in refused(other, settings)


def cut(file, tmp_path, size: int):
    other = tmp_path / "cut.backup"
    other.write_bytes(file.read_bytes()[:size])
    return other


def test_a_file_that_is_cut_short_or_no_backup_is_refused(file, settings, tmp_path):
    for size in (0, 10, file.stat().st_size // 2, file.stat().st_size - 1):
        assert refused(cut(file, tmp_path, size), settings)


def test_every_flipped_byte_is_found(file, settings, tmp_path):
    """Damage anywhere in the file changes a name, a size or a hash."""
    whole = file.read_bytes()
    with zipfile.ZipFile(file) as packed:
        member = packed.getinfo(archive.DATABASE)
    for place in range(member.header_offset + 200, member.header_offset + member.compress_size, 997):
        damaged = tmp_path / "damaged.backup"
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        assert refused(damaged, settings)


def test_a_manifest_that_was_changed_or_comes_from_a_later_version_is_refused(file, settings, tmp_path):
    def rewrite(change):
        other = tmp_path / "other.backup"
        with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if name == archive.MANIFEST:
                    manifest = json.loads(data)
                    change(manifest)
                    data = json.dumps(manifest)
                new.writestr(name, data)
        return other

    assert "manifest" in refused(rewrite(lambda told: told.update(made_at="2099-01-01")), settings)

    def later(told):
        told["revision"] = "9999"
        told["digest"] = archive.digest_of(told)

    assert "version" in refused(rewrite(later), settings)


def test_a_packed_desert_is_refused_before_it_is_unpacked(file, settings, tmp_path):
    """S-07: a member that unpacks to far more than it is large."""
    other = repacked(file, tmp_path, lambda folder: (folder / "demo.json").write_bytes(b"0" * 30_000_000))
    assert "size" in refused(other, settings)


def test_an_instance_with_people_in_it_is_never_written_over(file, app, tmp_path):
    from quizapp.rules.errors import Conflict

    url = app.config["SQLALCHEMY_DATABASE_URI"]
    with pytest.raises(Conflict, match="not empty"):
        restoring.refuse_unless_empty(Settings(instance_path=tmp_path / "fresh", database_url=url))
