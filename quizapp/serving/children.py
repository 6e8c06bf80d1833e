"""Processes beside this one: started again when they die, ended when we end, and never left alone."""

import asyncio
import contextlib
import ctypes
import functools
import logging
import os
import signal
import sys
import time

PR_SET_PDEATHSIG = 1
STEADY_SECONDS = 10  # a child that lived so long is started again at once
LONGEST_PAUSE = 30  # seconds between starts of a child that keeps dying
libc = ctypes.CDLL(None) if sys.platform == "linux" else None
log = logging.getLogger(__name__)


async def keep_running(command: list[str], stop: asyncio.Event, stop_seconds: float, **options) -> None:
    """Run `command` in this process group until `stop` is set, then end it (SIGTERM, after `stop_seconds` SIGKILL).

    A command that ends by itself is started again, with a growing pause when it does not live long.
    Call it in the main thread: the kernel ends a child with the thread that started it.
    """
    options["preexec_fn"] = functools.partial(end_with_parent, os.getpid())
    pause = 0.0
    while not stop.is_set():
        child = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL, **options)
        born = time.monotonic()
        ended = asyncio.ensure_future(child.wait())
        if await _first(ended, stop):
            await _end(child, ended, stop_seconds)
            return
        pause = 0.0 if time.monotonic() - born > STEADY_SECONDS else min(2 * pause or 0.5, LONGEST_PAUSE)
        log.error("%s ended with %s; starting it again in %s s", " ".join(command[1:]), child.returncode, pause)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


def end_with_parent(parent: int) -> None:
    """In a child that is about to begin: let the kernel kill it when its parent is gone, however that went."""
    if libc:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


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
