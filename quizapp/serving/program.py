"""Starting and stopping: the listening socket, one process or several, the commands beside them, the signals."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

try:
    from uvloop import run as run_loop
except ImportError:  # not made for this system: the standard loop does the same, slower
    from asyncio import run as run_loop

from quizapp.serving import process
from quizapp.serving.children import keep_running
from quizapp.serving.limits import Limits
from quizapp.serving.server import Server

FIRST_HANDED_OVER = 3  # the descriptor of the socket that systemd opened for us, see sd_listen_fds(3)
STOP_SECONDS = 10  # until a command beside us that does not end is killed


def serve(
    factory: str | Callable,
    host: str,
    port: int,
    processes: int = 1,
    on_ready: Callable[[str], None] | None = None,
    beside: list[list[str]] | None = None,
    limits: Limits | None = None,
    aside: str | None = None,
) -> None:
    """Serve an application until SIGTERM or SIGINT, answer what is at work, and return.

    `factory` makes the application: a function, or "package:function", which several processes need and which then
    use the standard limits. Commands in `beside` are kept running as children. `on_ready(address)` is called when
    connections are being accepted. `aside` makes the application for the pages that a single process has made aside.
    Raises OSError where the address is not to be had.
    """
    limits = limits or Limits()
    listener = listen(host, port, limits.backlog)

    def announce() -> None:
        if on_ready:
            on_ready(address_of(listener))

    app = load(factory) if processes == 1 else None

    async def work(stop: asyncio.Event) -> None:
        if app:
            await _serve_here(app, listener, stop, limits, announce, aside=aside)
        else:
            await _serve_in_children(factory, listener, processes, stop, limits, announce)

    run_loop(_until_told(work, beside or []))


def listen(host: str, port: int, backlog: int) -> socket.socket:
    """Return a listening socket: the one handed over by whoever started us, else a new one. Raises OSError.

    One that is handed over stays open while we are stopped and started again: connections wait in it, none is refused.
    """
    handed_over, meant_for = os.environ.pop("LISTEN_FDS", ""), os.environ.pop("LISTEN_PID", "")
    if handed_over == "1" and meant_for == str(os.getpid()):
        os.set_inheritable(FIRST_HANDED_OVER, False)
        return socket.socket(fileno=FIRST_HANDED_OVER)
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(backlog)
    except OSError:
        listener.close()
        raise
    return listener


def address_of(listener: socket.socket) -> str:
    """Return the address a browser on this machine would use."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def load(factory: str | Callable):
    """Return the application that a factory makes."""
    if isinstance(factory, str):
        module, _, name = factory.partition(":")
        factory = getattr(import_module(module), name)
    return factory()


def serve_inherited(factory: str, descriptor: int, ready: int) -> None:
    """Be one of several processes on a socket that the parent opened; write a byte to `ready` when accepting."""
    listener = socket.socket(fileno=descriptor)
    app = load(factory)

    async def work(stop: asyncio.Event) -> None:
        await _serve_here(app, listener, stop, Limits(), lambda: os.write(ready, b"."), is_one_of_many=True)

    run_loop(_until_told(work, []))


async def _until_told(work: Callable, beside: list[list[str]]) -> None:
    """Run `work(stop)` and the commands beside it until a signal sets `stop`; a second one ends everything at once."""
    stop = asyncio.Event()

    def told() -> None:
        if stop.is_set():
            os._exit(1)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told)
    others = [asyncio.ensure_future(keep_running(command, stop, STOP_SECONDS)) for command in beside]
    try:
        await work(stop)
    finally:
        stop.set()
        await asyncio.gather(*others)


async def _serve_here(app, listener, stop, limits: Limits, on_ready, **options) -> None:
    limits = replace(limits, connections=min(limits.connections, process.prepare()))
    await Server(app, limits, **options).run(listener, stop, on_ready)


async def _serve_in_children(factory: str, listener, processes: int, stop, limits: Limits, on_ready) -> None:
    """Keep `processes` children serving on one socket: connections wait in it while one of them starts again."""
    ready, written = os.pipe()
    command = [sys.executable, "-m", "quizapp.serving", factory, str(listener.fileno()), str(written)]
    patience = limits.drain_seconds + STOP_SECONDS
    children = [
        asyncio.ensure_future(keep_running(command, stop, patience, pass_fds=(listener.fileno(), written)))
        for _ in range(processes)
    ]
    waiting = asyncio.ensure_future(_read_bytes(ready, processes))
    waiting.add_done_callback(lambda done: done.cancelled() or on_ready())
    await asyncio.gather(*children)
    waiting.cancel()


async def _read_bytes(descriptor: int, count: int) -> None:
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(descriptor, arrived.set)
    while count > 0:
        await arrived.wait()
        arrived.clear()
        count -= len(os.read(descriptor, count))
    loop.remove_reader(descriptor)
