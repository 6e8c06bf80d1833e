"""A3, A4: when the power goes at any moment, what was said to be saved is on the disk; and it is said after the sync."""

import sys
from pathlib import Path

import pytest

from tests.faults import recording
from tests.faults.crowd import Crowd, seat_in
from tests.faults.images import Recorded, early, files_of, lost_in_images, recorded
from tests.live import LiveServer

SEED = 20260731
CARELESS = [sys.executable, "-m", "tests.faults.careless"]


def record(server: LiveServer, log: Path, phones: int, acks: int, command: list | None = None) -> Recorded:
    """Let phones save until so many answers are acknowledged, and record it."""
    recording.require_strace(log.parent)
    crowd = Crowd(server, seat_in(server, phones), SEED)
    before = files_of(server)
    recording.start(server, log, command=command)
    try:
        with crowd:
            crowd.wait_for(acks, 120)
    finally:
        recording.stop(server)
    return recorded(before, recording.read(log), crowd)


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


def test_a3_a4_the_power_goes_and_nothing_acknowledged_is_lost(instance, tmp_path):
    """A3, A4, one short seed: 20 images, and no acknowledgement before its sync."""
    run = record(instance, tmp_path / "calls", 6, 150)
    assert len(run.acks) >= 150
    assert early(run) == []
    assert lost_in_images(run, 20, tmp_path, SEED) == []


def test_a3_a4_without_waiting_for_the_disk_answers_are_lost_and_this_test_sees_it(instance, tmp_path):
    """A3, A4: the same with synchronous=NORMAL loses answers, so the images are no comfort by themselves."""
    run = record(instance, tmp_path / "calls", 6, 80, CARELESS)
    assert early(run)
    assert lost_in_images(run, 20, tmp_path, SEED)


@pytest.mark.soak("A3", "A4")
@pytest.mark.timeout(900)
def test_a3_a4_in_full(instance, tmp_path):
    """A3: 500 images, 0 lost. A4: 0 early of 2,000 acknowledgements under 16 clients."""
    run = record(instance, tmp_path / "calls", 16, 2000)
    print(f"seed {SEED}: {len(run.acks)} acknowledged, {len(run.calls)} calls recorded")
    assert len(run.acks) >= 2000 and early(run) == []
    assert any(call.name == "pwrite64" and call.path.endswith(".sqlite3") for call in run.calls), "no checkpoint"
    assert lost_in_images(run, 500, tmp_path, SEED) == []
