"""What docs/capacity.md reckons with: one serving process against two on PostgreSQL, and what answers leave behind."""

import asyncio
import itertools
import statistics
import time
from pathlib import Path

import psycopg
import pytest

from tests import processes
from tests.benchmarks.crowd import saves
from tests.benchmarks.load import cpu_seconds, drive
from tests.soak.hall import SLOTS, fill
from tests.soak.phones import Phone, Tally, phones, run

CONNECTIONS, SECONDS, ROUNDS = 64, 8, 3
PEOPLE = 200
pytestmark = pytest.mark.timeout(900)


def ask(address: str, query: str):
    """Return the one value of a query."""
    with psycopg.connect(address, autocommit=True) as connection:
        return connection.execute(query).fetchone()[0]


def memory_mb(pids: list[int]) -> float:
    """Return what processes hold, in MB."""
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids) * 4096 / 1e6


@pytest.mark.soak("capacity")
@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_one_process_against_two(instance, postgres):
    """Saves a second, and the processor time that one costs the app server and the database; rounds of either in turn."""
    seats, numbers = fill(instance, CONNECTIONS), itertools.count(1)
    makers = [saves(one, numbers, False) for one in seats]
    figures = {1: [], 2: []}
    for _ in range(ROUNDS):
        for count, rows in figures.items():
            instance.start("--processes", str(count), "--no-worker", seconds=60)
            ours = processes.family(instance.process.pid)
            drive(instance.port, ours, makers, 1)
            theirs = processes.family(postgres.process.pid)
            before = cpu_seconds(theirs)
            seen = drive(instance.port, ours, makers, SECONDS)
            spent = (cpu_seconds(theirs) - before) / (seen.rate * SECONDS) * 1000
            assert not seen.bad
            rows.append((seen.rate, seen.cpu_ms, spent, seen.p99_ms, memory_mb(ours)))
            instance.stop()
    for count, rows in figures.items():
        rate, here, there, p99, memory = map(statistics.median, zip(*rows, strict=True))
        print(f"\n{count}: {rate:.0f} saves/s, {here:.2f} ms each here, {there:.2f} in the database, p99 {p99:.0f} ms, {memory:.0f} MB")


@pytest.mark.soak("capacity")
@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_what_an_exam_leaves_behind(instance, database_kind):
    """Bytes on the disk for an attempt of fifty answers, each changed once, and on PostgreSQL bytes of log a save."""
    address, seats = instance.settings["DATABASE_URL"], fill(instance, PEOPLE)
    instance.start("--no-worker", seconds=60)
    crowd, tally = phones(seats, instance.port, 11), Tally()
    before = held(address)
    run(everybody(crowd, tally), crowd)
    instance.stop()
    assert not tally.errors
    grown = held(address)[0] - before[0]
    print(f"\n{database_kind}: {grown / PEOPLE / 1024:.0f} KB an attempt, {grown / len(tally.times):.0f} bytes a save")
    if database_kind == "postgresql":
        print(f"{(held(address)[1] - before[1]) / len(tally.times):.0f} bytes of log a save")


def held(address: str) -> tuple[int, int]:
    """Return the bytes of the database, and of the log that PostgreSQL has written so far."""
    if address.startswith("postgresql"):
        return (ask(address, "SELECT pg_database_size(current_database())"),
                int(ask(address, "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")))  # fmt: skip
    return Path(address.removeprefix("sqlite:///")).stat().st_size, 0


async def everybody(crowd: list[Phone], tally: Tally) -> None:
    """Let each answer every question twice, one after the other."""

    async def sit(phone: Phone) -> None:
        for slot in (*SLOTS, *SLOTS):
            await phone.save(tally, time.monotonic(), [{**phone.choose(), "slot": slot}])

    await asyncio.gather(*map(sit, crowd))
