"""A small closed-loop load: so many connections, each with one request at a time, over loopback only."""

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path

from tests import loops

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """What one run measured: requests a second, server CPU a request and latencies, all in milliseconds."""

    rate: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    bad: int
    longest_reply: int  # bytes with headers


def cpu_seconds(pids: list[int]) -> float:
    """Return the processor time that processes have used so far."""
    used = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
        used += int(fields[11]) + int(fields[12])
    return used / TICKS


async def _one(port: int, requests, until: float, times: list, bad: list, sizes: list) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(next(requests))
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
        times.append(time.perf_counter() - began)
        sizes.append(len(head) + length)
        if not head.startswith(b"HTTP/1.1 2"):
            bad.append(head[:40])
    writer.close()


def drive(port: int, pids: list[int], makers: list, seconds: float) -> Run:
    """Let each maker (an endless iterator of raw requests) drive one connection for `seconds`."""
    times, bad, sizes = [], [], []
    before = cpu_seconds(pids)
    began = time.perf_counter()

    async def all_of_them():
        until = began + seconds
        await asyncio.gather(*(_one(port, maker, until, times, bad, sizes) for maker in makers))

    loops.run(all_of_them)
    took, used = time.perf_counter() - began, cpu_seconds(pids) - before
    times.sort()
    return Run(
        len(times) / took,
        used / len(times) * 1000,
        times[len(times) // 2] * 1000,
        times[int(len(times) * 0.99)] * 1000,
        len(bad),
        max(sizes),
    )
