"""R1: what the storage must run with is asserted at every connection, and told as it is."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine

from quizapp import storage
from quizapp.extensions import db
from quizapp.services import readiness, storage_facts, storage_health
from quizapp.services.transaction import FAULT_AT

PLENTY = 2**40


def now() -> datetime:
    return datetime.now(UTC)


def facts() -> dict:
    return {fact.name: fact for fact in storage_facts.list_facts()}


def test_r1_what_is_required_is_there_and_told(app_context, database_kind):
    """R1: each database's own settings, all required ones well."""
    found = facts()
    assert all(fact.is_well for fact in found.values() if fact.is_required)
    if database_kind == "sqlite":
        assert (found["journal_mode"].value, found["synchronous"].value) == ("wal", "full")
        assert found["library"].value >= "3.51.3"
    else:
        assert {found[name].value for name in storage.NEEDED_ON} == {"on"}
        assert not found["synchronous_standbys"].is_well and not found["synchronous_standbys"].is_required


def test_r1_a_weaker_setting_is_refused_at_the_first_connection(app, database_kind, database_url, monkeypatch):
    """R1: SQLite that does not take what it is told, PostgreSQL with a role that does not wait for the disk."""
    if database_kind == "sqlite":
        monkeypatch.setitem(storage.DURABLE, "synchronous", 7)  # kept as 3: what is found is compared, not what was said
        engine = create_engine(database_url, **storage.engine_options(database_url))
    else:
        url = database_url.replace("postgresql:", "postgresql+psycopg:") + "?options=-csynchronous_commit%3Doff"
        engine = create_engine(url, **storage.engine_options(url))
    storage.prepare(engine)
    with pytest.raises(storage.UnsafeStorage, match="synchronous"):
        engine.connect()
    engine.dispose()


MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/export /srv nfs4 rw 0 0
/dev/vdb /srv/local ext4 rw 0 0
//server/share /mnt/all\\040of\\040us cifs rw 0 0
overlay /over ext4 rw 0 0
tmpfs /over tmpfs rw 0 0
"""


@pytest.mark.parametrize(("folder", "kind"), [
    ("/home", "ext4"), ("/srv", "nfs4"), ("/srv/instance", "nfs4"), ("/srv/local/instance", "ext4"),
    ("/srvother", "ext4"), ("/mnt/all of us/instance", "cifs"), ("/over", "tmpfs"),
])  # fmt: skip
def test_r1_the_file_system_is_that_of_the_nearest_mount(folder, kind, tmp_path):
    table = tmp_path / "mounts"
    table.write_text(MOUNTS)
    assert storage.file_system(storage.Path(folder), table) == kind
    assert storage.file_system(storage.Path(folder), tmp_path / "absent") == ""


def test_r1_a_database_on_a_network_file_system_is_refused_with_a_sentence(tmp_path, monkeypatch):
    """R1: its locks and syncs cannot be relied on."""
    monkeypatch.setattr(storage, "file_system", lambda folder: "nfs4")
    engine = create_engine(f"sqlite:///{tmp_path / 'quizapp.sqlite3'}")
    with pytest.raises(storage.UnsafeStorage, match="nfs4.*lost"):
        storage.prepare(engine)


def test_ready_says_what_happened_to_those_who_wrote(app_context):
    """A fault is told although a write of our own succeeds, and for long enough to be seen."""
    assert readiness.check(PLENTY, now())["checks"]["database"] == "ok"
    app_context.extensions[FAULT_AT] = storage_health.monotonic()
    report = readiness.check(PLENTY, now())
    assert not report["ready"] and "failed" in report["checks"]["database"]
    app_context.extensions[FAULT_AT] -= storage_health.REMEMBERED_SECONDS
    assert readiness.check(PLENTY, now())["ready"]


def test_ready_tries_a_commit_but_at_most_one_a_second(app_context):
    first = storage_health.last_trial()
    assert storage_health.last_trial() is first
    app_context.extensions["storage_trial"] = storage_health.Trial(first.at - 2, 0, "")
    assert storage_health.last_trial().at > first.at


def test_ready_changes_nothing_although_it_commits(app_context):
    from tests.cast import written

    before = written()
    storage_health._try()
    db.session.rollback()
    assert written() == before
