"""A5, A6: the disk refuses a sync or is full: nobody is told that an answer was saved, and saving goes on afterwards."""

import contextlib
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests import loops
from tests.faults import recording
from tests.faults.crowd import Crowd, Wire, lost, seat_in, submission
from tests.faults.images import files_of, lost_in_images, recorded
from tests.live import LiveServer
from tests.processes import wait_until

SEED = 20260731


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


def readiness(server: LiveServer) -> tuple[int, str]:
    """Return the status of the health page and what it says."""
    try:
        with urllib.request.urlopen(f"{server.url}/readyz", timeout=30) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def is_red(server: LiveServer) -> bool:
    """Whether the health page says of the database that it does not keep what it is given."""
    status, words = readiness(server)
    return status == 503 and ("database failed" in words or "not writable" in words)


def seconds_until_red(server: LiveServer, crowd: Crowd) -> float:
    """Wait for the first refused save; return how long after it the health page is red."""
    wait_until(lambda: crowd.troubles[503], 60, lambda: f"no fault arrived: {crowd.acks} saved")
    began = time.monotonic()
    wait_until(lambda: is_red(server), 8, lambda: f"the health page says {readiness(server)}")
    return time.monotonic() - began


def judge(server: LiveServer, crowd: Crowd) -> None:
    """Demand that every refusal was a 503 that said when to come back, and that nothing is lost."""
    print(f"seed {SEED}: {crowd.acks} acknowledged, refused {dict(crowd.troubles)}")
    assert set(crowd.troubles) == {503} and not crowd.bare and crowd.gave_up == []
    assert lost(server.settings["DATABASE_URL"], crowd) == {}


def failing_syncs(server: LiveServer, folder: Path, phones: int, when: str, acks: int, images: int) -> float:
    """Let syncs fail as `when` says while phones save, and go on; returns how long the health page took to be red."""
    recording.require_strace(folder)
    crowd = Crowd(server, seat_in(server, phones), SEED)
    before = files_of(server)
    recording.start(server, folder / "calls", f"fdatasync,fsync:error=EIO:when={when}")
    try:
        with crowd:
            red = seconds_until_red(server, crowd)
            crowd.wait_for(acks, 120)
    finally:
        recording.stop(server)
    judge(server, crowd)
    run = recorded(before, recording.read(folder / "calls"), crowd)
    assert lost_in_images(run, images, folder, SEED) == []
    return red


def test_a5_a_sync_that_fails_is_told_and_what_was_said_stays(instance, tmp_path):
    """A5, one short seed: each thread's syncs fail three times, then the disk is well again."""
    failing_syncs(instance, tmp_path, 6, "5..8", 60, 20)


@pytest.mark.soak("A5")
@pytest.mark.timeout(600)
def test_a5_in_full(instance, tmp_path):
    """A5: the 20th to the 25th sync of every thread fail; red within 1 s, 0 lost in 200 images."""
    red = failing_syncs(instance, tmp_path, 16, "20..25", 1500, 200)
    print(f"red after {red:.2f} s")
    assert red <= 1


def test_a5_after_failed_syncs_a_restart_does_not_build_on_what_the_disk_does_not_hold(instance, tmp_path):
    """A5: killed while every sync fails; the next run reads a log from memory that the disk never got."""
    recording.require_strace(tmp_path)
    crowd = Crowd(instance, seat_in(instance, 4), SEED)
    before = files_of(instance)
    recording.start(instance, tmp_path / "first", "fdatasync,fsync:error=EIO:when=5+")
    with crowd:
        seconds_until_red(instance, crowd)
        refused, saved = crowd.troubles[503], crowd.acks
        wait_until(lambda: crowd.troubles[503] > refused + 40, 60, lambda: "syncs succeed again")
        assert readiness(instance)[0] == 503
        recording.stop(instance)
        recording.start(instance, tmp_path / "second")
        try:
            crowd.wait_for(40)
        finally:
            crowd.is_over.set()
            recording.stop(instance)
    run = recorded(before, recording.read(tmp_path / "first", tmp_path / "second"), crowd)
    assert saved < len(run.acks)
    assert lost_in_images(run, 20, tmp_path, SEED, first=saved) == []


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 8 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"mounting a small disk is not permitted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def instance_on_small_disk(small_disk, migrated_sqlite):
    """An instance whose disk can be filled; its log is kept elsewhere."""
    (small_disk / "quizapp.sqlite3").write_bytes(migrated_sqlite.read_bytes())
    server = LiveServer(small_disk, f"sqlite:///{small_disk / 'quizapp.sqlite3'}")
    server.log = small_disk.parent / "server.log"
    yield server
    if server.process:
        server.kill()


def fill(folder: Path) -> Path:
    """Take all the space that is left; deleting the returned file gives it back."""
    ballast = folder / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return ballast


@contextlib.contextmanager
def a_reader(file: Path):
    """Read from the database all the while: its log cannot begin anew meanwhile, in room that it has already."""
    from quizapp.storage import sqlite_module

    with contextlib.closing(sqlite_module().connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM answers").fetchone()
        yield


def states(server: LiveServer) -> set[str]:
    """Return the states that attempts are in."""
    engine = create_engine(server.settings["DATABASE_URL"])
    with engine.connect() as connection:
        found = set(connection.execute(text("SELECT state FROM attempts")).scalars())
    engine.dispose()
    return found


def test_a6_a_full_disk_loses_nothing_and_is_over_when_there_is_space_again(instance_on_small_disk, small_disk):
    """A6: nobody is told that an answer was saved, no attempt is closed by it, no restart is needed."""
    server = instance_on_small_disk
    crowd = Crowd(server, seat_in(server, 6), SEED)
    server.start()
    with crowd:
        crowd.wait_for(20)
        with a_reader(small_disk / "quizapp.sqlite3"):
            ballast = fill(small_disk)
            wait_until(lambda: crowd.troubles[503] > 30, 60, lambda: f"still saving: {crowd.acks}")
            status, words = readiness(server)
            assert status == 503 and "0 MB free" in words, words
            assert submit(server, crowd.phones[0].seat) == 503
            assert states(server) == {"open"}
        ballast.unlink()
        crowd.wait_for(20)
    assert states(server) == {"open"}
    judge(server, crowd)
    assert submit(server, crowd.phones[0].seat) == 200


def submit(server: LiveServer, seat) -> int:
    """Hand in and return the status."""
    async def once() -> int:
        wire = Wire(server.port)
        status, _, _ = await wire.send(submission(seat))
        wire.close()
        return status

    return loops.run(once)


@pytest.mark.soak("A6")
@pytest.mark.timeout(300)
def test_a6_in_full(instance, tmp_path):
    """A6: every thread's writes fail for a while for want of space, at any place in a commit or a checkpoint."""
    recording.require_strace(tmp_path)
    crowd = Crowd(instance, seat_in(instance, 16), SEED)
    before = files_of(instance)
    recording.start(instance, tmp_path / "calls", "pwrite64:error=ENOSPC:when=60..180")
    try:
        with crowd:
            seconds_until_red(instance, crowd)
            crowd.wait_for(2000, 200)
    finally:
        recording.stop(instance)
    judge(instance, crowd)
    run = recorded(before, recording.read(tmp_path / "calls"), crowd)
    assert lost_in_images(run, 100, tmp_path, SEED) == []
