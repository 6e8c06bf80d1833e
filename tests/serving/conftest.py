"""A server of the test's own on loopback, with an application that the test can hold, watch and break."""

import asyncio
import threading

import pytest

from quizapp.serving.limits import LaneLimits, Limits
from quizapp.serving.program import listen, run_loop
from quizapp.serving.server import Server
from tests.serving.wire import Wire

SMALL_LANES = {name: LaneLimits(1, 3, 7) for name in Limits().lanes}


class Played:
    """A WSGI application: what it was asked, with a gate that holds the paths told to wait."""

    def __init__(self):
        self.asked = []
        self.held = set()
        self.gate = threading.Event()
        self.reply = None  # a function (environ, start_response) instead of the usual answer

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read()
        self.asked.append({**environ, "body": body})
        if environ["PATH_INFO"] in self.held:
            self.gate.wait(20)
        if self.reply:
            return self.reply(environ, start_response)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["PATH_INFO"].encode()]

    def paths(self) -> list[str]:
        """The paths asked for, in the order of their coming."""
        return [environ["PATH_INFO"] for environ in self.asked]


class Running:
    """A server in a thread of its own, the application behind it, and the moment its clock shows."""

    def __init__(self, limits: Limits, aside: str | None = None):
        self.app = Played()
        self.moment = 1_000
        self.server = Server(self.app, limits, clock_ms=lambda: self.moment, aside=aside)
        self.listener = listen("127.0.0.1", 0, 512)
        self.port = self.listener.getsockname()[1]
        self.wires = []
        self.ready = threading.Event()
        self.thread = threading.Thread(target=lambda: run_loop(self._run()), daemon=True)
        self.thread.start()
        assert self.ready.wait(20)

    async def _run(self) -> None:
        self.loop, self.stopped = asyncio.get_running_loop(), asyncio.Event()
        await self.server.run(self.listener, self.stopped, self.ready.set)

    def connect(self, text: str = "", **options) -> Wire:
        """Open a connection and send `text`."""
        self.wires.append(Wire(self.port, **options))
        return self.wires[-1].send(text)

    def get(self, path: str, headers: str = ""):
        """Ask for a page on a new connection and return the reply."""
        with self.connect(f"GET {path} HTTP/1.1\r\nHost: here\r\n{headers}\r\n") as wire:
            return wire.reply()

    def tell_to_stop(self) -> None:
        """Do what SIGTERM does."""
        self.loop.call_soon_threadsafe(self.stopped.set)

    def stop(self) -> None:
        """Let go of everything held, stop, and wait for the end."""
        self.app.gate.set()
        if self.thread.is_alive():
            self.tell_to_stop()
        self.thread.join(20)
        for wire in self.wires:
            wire.close()
        assert not self.thread.is_alive(), "the server does not stop"


@pytest.fixture
def start():
    """A function that starts a server with small lanes and the given limits, and an application aside."""
    started = []

    def start(aside: str | None = None, **limits) -> Running:
        limits = {"lanes": SMALL_LANES, "sweep_seconds": 0.02, "drain_seconds": 2, **limits}
        started.append(Running(Limits(**limits), aside))
        return started[-1]

    yield start
    for running in started:
        running.stop()


@pytest.fixture
def serving(start) -> Running:
    """A running server with small lanes."""
    return start()
