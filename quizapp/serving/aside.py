"""Pages made aside: a second process computes what leaders look at, so that it shares no interpreter with the saves.

It is started when such a page is first asked for. Until it is there, and whenever it is not, the pages are made here.
"""

import contextlib
import io
import json
import logging
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Connection

from quizapp.serving import process
from quizapp.serving.clock import utc_ms

NICENESS = 5  # behind whoever saves, where both want a processor
PAUSE_SECONDS = 10  # between starts of a process that does not live
ENDED = b""
log = logging.getLogger(__name__)


class Aside:
    """A WSGI application that has another process do the work; `app` does it where that one cannot."""

    def __init__(self, app, factory: str, lines: int):
        """Prepare; `factory` ("package:function") makes the application there, for `lines` requests at a time."""
        self.app, self.factory, self.count = app, factory, lines
        self.idle: queue.SimpleQueue[Connection] = queue.SimpleQueue()
        self.starting: list[Connection] = []
        self.lock = threading.Lock()
        self.open = 0
        self.process: subprocess.Popen | None = None
        self.started_at = -float("inf")

    def __call__(self, environ: dict, start_response):
        """Answer one request, from a thread of its own."""
        line = self._line()
        if line is not None:
            return self._ask(line, environ, start_response)
        try:
            return self.app(environ, start_response)
        finally:
            self._start_where_there_is_none()  # behind this page: a start takes a second of a processor

    def _line(self) -> Connection | None:
        """Return a line to the other process that nobody uses, or None."""
        with self.lock:
            for line in [line for line in self.starting if line.poll()]:
                self.starting.remove(line)
                self._hear_ready(line)
            with contextlib.suppress(queue.Empty):
                return self.idle.get_nowait()
        return None

    def _start_where_there_is_none(self) -> None:
        with self.lock:
            if not self.open and time.monotonic() - self.started_at > PAUSE_SECONDS:
                self._start()

    def _hear_ready(self, line: Connection) -> None:
        try:
            line.recv_bytes()
        except (OSError, EOFError):
            self._lose(line)
        else:
            self.idle.put(line)

    def _start(self) -> None:
        self.started_at = time.monotonic()
        if self.process:
            self.process.kill()  # nothing of it can be reached any more
            self.process.wait()
        pairs = [socket.socketpair() for _ in range(self.count)]
        there = [other.fileno() for _, other in pairs]
        command = [sys.executable, "-m", "quizapp.serving", "aside", self.factory, *map(str, there)]
        try:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=there)  # it ends with its lines
            self.starting = [Connection(ours.detach()) for ours, _ in pairs]
            self.open = self.count
        except OSError:
            log.exception("no process for pages aside")
        finally:
            for pair in pairs:
                for end in pair:
                    end.close()

    def _lose(self, line: Connection) -> None:
        line.close()
        self.open -= 1

    def _ask(self, line: Connection, environ: dict, start_response):
        body = environ["wsgi.input"].read()
        plain = {name: value for name, value in environ.items() if isinstance(value, str | int)}
        is_over = False
        try:
            line.send_bytes(json.dumps(plain).encode())
            line.send_bytes(body)
            head = line.recv_bytes()
        except (OSError, EOFError):
            log.error("the process for pages aside is gone; making %s here", environ["PATH_INFO"])
            with self.lock:
                self._lose(line)
            environ["wsgi.input"] = io.BytesIO(body)
            made = self.app(environ, start_response)
            try:
                yield from made
            finally:
                if hasattr(made, "close"):
                    made.close()
            return
        try:
            status, headers = json.loads(head)
            start_response(status, [tuple(header) for header in headers])
            while piece := line.recv_bytes():
                yield piece
            is_over = True
        finally:
            self._put_back(line, is_over)

    def _put_back(self, line: Connection, is_over: bool) -> None:
        """Keep a line for the next request; where nobody wanted the rest of a reply, it is read for nobody."""
        try:
            while not is_over:
                is_over = line.recv_bytes() == ENDED
        except (OSError, EOFError):
            with self.lock:
                self._lose(line)
        else:
            self.idle.put(line)


def stand_back() -> None:
    """Give way, from its start on, to the process that saves: a start takes a second of a processor."""
    os.nice(NICENESS)


def answer_aside(app, descriptors: list[int]) -> None:
    """Be the other process: answer on each of these lines until whoever holds their other ends closes them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # a request at work is still answered; the end of the lines ends us
    process.prepare()
    threads = [threading.Thread(target=_answer, args=(app, Connection(one))) for one in descriptors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os._exit(0)


def _answer(app, line: Connection) -> None:
    own = {"wsgi.version": (1, 0), "wsgi.errors": sys.stderr, "quizapp.clock_ms": utc_ms}
    with line, contextlib.suppress(OSError, EOFError):  # closed also where the application fails: it is asked elsewhere
        line.send_bytes(b"ready")
        while True:
            environ = json.loads(line.recv_bytes()) | own
            environ["wsgi.input"] = io.BytesIO(line.recv_bytes())
            _reply(app, environ, line)


def _reply(app, environ: dict, line: Connection) -> None:
    head: list = []

    def start(status, headers, exc_info=None):
        head[:] = [json.dumps([status, headers]).encode()]

    made = app(environ, start)
    try:
        for piece in made:
            if head:
                line.send_bytes(head.pop())
            if piece:
                line.send_bytes(piece)
        if head:
            line.send_bytes(head.pop())
    finally:
        if hasattr(made, "close"):
            made.close()
    line.send_bytes(ENDED)
