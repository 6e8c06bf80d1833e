"""Processes beside this one: started again when they die, ended when we end, and never left alone."""

import asyncio
import contextlib
import ctypes
import logging
import os
import signal
import sys
import time

PR_SET_PDEATHSIG = 1
PARENT = "QUIZAPP_PARENT_PROCESS"
STEADY_SECONDS = 10  # a child that lived so long is started again at once
LONGEST_PAUSE = 30  # seconds between starts of a child that keeps dying
log = logging.getLogger(__name__)


def end_with_parent() -> None:
    """In a child: let the kernel kill this process the moment its parent is gone, however that went."""
    parent = os.environ.get(PARENT)
    if parent is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):
        raise SystemExit("the process that started this one is gone")


async def keep_running(command: list[str], stop: asyncio.Event, stop_seconds: float, **options) -> None:
    """Run `command` in this process group until `stop` is set, then end it (SIGTERM, after `stop_seconds` SIGKILL).

    A command that ends by itself is started again, with a growing pause when it does not live long.
    Call it in the main thread: the kernel ends a child with the thread that started it.
    """
    environment = {**os.environ, PARENT: str(os.getpid())}
    pause = 0.0
    while not stop.is_set():
        child = await asyncio.create_subprocess_exec(
            *command, env=environment, stdin=asyncio.subprocess.DEVNULL, **options
        )
        born = time.monotonic()
        ended = asyncio.ensure_future(child.wait())
        if await _first(ended, stop):
            await _end(child, ended, stop_seconds)
            return
        pause = 0.0 if time.monotonic() - born > STEADY_SECONDS else min(2 * pause or 0.5, LONGEST_PAUSE)
        log.error("%s ended with %s; starting it again in %s s", " ".join(command[1:]), child.returncode, pause)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _first(ended: asyncio.Future, stop: asyncio.Event) -> bool:
    """Wait until the child has ended or we are to stop; return whether we are to stop."""
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    return stop.is_set()


async def _end(child, ended: asyncio.Future, seconds: float) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.terminate()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(ended), seconds)
    with contextlib.suppress(ProcessLookupError):
        child.kill()
    await ended
