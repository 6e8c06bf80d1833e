"""The server: it accepts connections, runs the lanes, looks for the overdue, and stops without losing a request."""

import asyncio
import contextlib
import heapq
import logging
import sys
import time
from email.utils import formatdate

from quizapp.serving.aside import Aside
from quizapp.serving.clock import utc_ms
from quizapp.serving.connection import Connection
from quizapp.serving.lanes import Lane, sender_of
from quizapp.serving.limits import Limits
from quizapp.serving.pace import Pace
from quizapp.serving.replying import Reply

log = logging.getLogger(__name__)


class Server:
    """One process' worth of serving a WSGI application."""

    def __init__(
        self, app, limits: Limits | None = None, clock_ms=utc_ms, is_one_of_many: bool = False, aside: str | None = None
    ):
        """Prepare; `clock_ms` stamps arrivals. Nothing is accepted before `run`.

        `aside` ("package:function") makes the application in another process, for the lanes that are computed there.
        """
        self.app = app
        self.limits = limits or Limits()
        threads = sum(lane.threads for lane in self.limits.lanes.values() if lane.is_aside)
        self.aside = Aside(app, aside, threads) if aside else app
        self.clock_ms = clock_ms
        self.connections: set[Connection] = set()
        self.leaving: set[Connection] = set()  # closed by us, but not yet by the other side
        self.held_bytes = 0  # of request bodies in memory
        self.refused: dict[int, int] = {}
        self.now = time.monotonic()
        self.date = f"Date: {formatdate(usegmt=True)}\r\n"
        self.is_draining = False
        self.loop: asyncio.AbstractEventLoop | None = None
        self.environ = {
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": is_one_of_many,
            "wsgi.run_once": False,
            "wsgi.input_terminated": True,
            "quizapp.server": self,
            "quizapp.clock_ms": clock_ms,
        }
        self.pace = Pace(self.limits.saves_at_once, self.limits.saves_per_second)
        self.lanes = {name: Lane(name, lane, self._work) for name, lane in self.limits.lanes.items()}

    async def run(self, listener, stop: asyncio.Event, on_ready=None) -> None:
        """Serve on a listening socket until `stop` is set; then answer what is at work, for `drain_seconds` at most."""
        self.loop = asyncio.get_running_loop()
        host, port = listener.getsockname()[:2]
        self.environ |= {"SERVER_NAME": host, "SERVER_PORT": str(port)}
        backlog = self.limits.backlog
        accepting = await self.loop.create_server(lambda: Connection(self), sock=listener, backlog=backlog)
        sweeping = self.loop.create_task(self._sweep())
        if on_ready:
            on_ready()
        await stop.wait()
        accepting.close()
        await self._drain()
        sweeping.cancel()

    # What connections ask for.

    def admit(self, connection: Connection) -> None:
        """Count a connection in; where there are too many, those that are idle longest go."""
        self.connections.add(connection)
        if len(self.connections) <= self.limits.connections:
            return
        idle = (one for one in self.connections if one is not connection and one.is_idle)
        longest = heapq.nsmallest(1 + self.limits.connections // 100, idle, key=lambda one: one.since)
        for one in longest or [connection]:
            one.close()

    def dismiss(self, connection: Connection) -> None:
        """Count a connection out for good."""
        self.connections.discard(connection)
        self.leaving.discard(connection)

    def see_off(self, connection: Connection) -> None:
        """Count a connection among those that only have to read what is written."""
        self.connections.discard(connection)
        self.leaving.add(connection)

    def start(self, request) -> int | None:
        """Put a request in its lane, or return the status to refuse it with.

        429 for an answer beyond its sender's pace while others wait; 503 where the lane is full, or has to give way to
        answers that wait.
        """
        request.queued_at = time.monotonic()
        if request.lane == "answers" and self._is_hurried(request):
            return 429
        return None if not self.gives_way(request) and self.lanes[request.lane].take(request) else 503

    def _is_hurried(self, request) -> bool:
        sender = sender_of(request.environ["PATH_INFO"], request.environ.get("HTTP_COOKIE"))
        is_beyond = sender is not None and self.pace.is_beyond(sender, request.queued_at)
        return is_beyond and self.lanes["answers"].waiting >= self.limits.pressed_at

    def gives_way(self, request) -> bool:
        """Whether so many answers wait that this request has to come back later."""
        limit = self.limits.lanes[request.lane].yields_at
        return limit is not None and self.lanes["answers"].waiting >= limit

    def release(self, request) -> None:
        """Give back the memory that a request's body held."""
        if request is not None:
            self.held_bytes -= request.size
            request.size = 0

    def count_refusal(self, status: int) -> None:
        """Count what the server refused itself."""
        self.refused[status] = self.refused.get(status, 0) + 1

    def report(self) -> dict:
        """Return how busy the server is: connections, requests waiting by lane, what it refused by status."""
        return {
            "connections": len(self.connections),
            "waiting": {name: lane.waiting for name, lane in self.lanes.items()},
            "held_bytes": self.held_bytes,
            "refused": dict(self.refused),
        }

    def tell(self, callback, *arguments) -> None:
        """Have the event loop call back; called from a thread. A loop that has ended has nobody left to tell."""
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(callback, *arguments)

    def _work(self, request) -> None:
        """Answer one request, in a lane's thread. A page that nobody waits for any more is not made."""
        connection = request.connection
        waited = time.monotonic() - request.queued_at
        is_left = connection.is_gone or connection.is_half_closed
        if is_left and request.is_safe and waited > self.limits.abandoned_seconds:
            self.tell(connection.finish, request, b"", False)
        elif self.gives_way(request):
            self.tell(self.count_refusal, 503)
            Reply(request, self).refuse(503, self.limits.lanes[request.lane].retry_after)
        else:
            Reply(request, self).make(self.aside if self.limits.lanes[request.lane].is_aside else self.app)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(self.limits.sweep_seconds)
            self.now = time.monotonic()
            self.pace.forget_full(self.now)
            self.date = f"Date: {formatdate(usegmt=True)}\r\n"
            for connection in [*self.connections, *self.leaving]:
                connection.check(self.now)

    async def _drain(self) -> None:
        self.is_draining = True
        for connection in list(self.connections):
            if connection.request is None:
                connection.close()
        limit = time.monotonic() + self.limits.drain_seconds
        while (self.connections or self.leaving) and time.monotonic() < limit:
            await asyncio.sleep(0.01)
        if self.connections:
            log.warning("stopped with %d requests unanswered", len(self.connections))
        for connection in [*self.connections, *self.leaving]:
            connection.transport.abort()
