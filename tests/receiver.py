"""A receiver of sheets on a real socket: checks signatures, applies an event once, and misbehaves as told."""

import contextlib
import hashlib
import json
import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from quizapp.rules import webhooks


class Receiver(ThreadingHTTPServer):
    """`plan` holds what to do with the next requests, in order: "ok" once it is empty.

    ok; a status as a number; ("status", headers); "hang", "drip", "reset" (after it has applied the event),
    "lie" (says that it holds something else), "huge" (an answer without end).
    """

    daemon_threads = True

    def __init__(self, now, port: int = 0, tls=None):
        super().__init__(("127.0.0.1", port), Handler)
        self.socket = tls.wrap_socket(self.socket, server_side=True) if tls else self.socket
        self.now = now
        self.secrets: list[bytes] = []
        self.plan: list = []
        self.tries: list[str] = []  # event ids as they came
        self.applied: dict[str, dict] = {}
        self.unverified = 0
        self.refuse: set[str] = set()  # events that it will never take
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    @property
    def place(self) -> str:
        """host:port, as the settings list it."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.place}/village-results"

    def stop(self) -> None:
        """Stop listening; whoever hangs is let go."""
        self.stopping.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address) -> None:
        """Keep quiet about connections that the other side cut."""


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            event = webhooks.verify(dict(self.headers), body, self.server.now, self.server.secrets)
        except webhooks.Unverified:
            self.server.unverified += 1
            return self.answer(401)
        self.server.tries.append(event)
        step = self.server.plan.pop(0) if self.server.plan else "ok"
        if event in self.server.refuse:
            step = 422
        if step in ("ok", "reset", "drip", "lie", "huge"):
            self.server.applied.setdefault(event, json.loads(body))
        return self.misbehave(step, {"received": event, "digest": hashlib.sha256(body).hexdigest()})

    def misbehave(self, step, receipt: dict) -> None:
        if isinstance(step, int):
            return self.answer(step)
        if isinstance(step, tuple):
            return self.answer(*step)
        if step == "hang":
            self.server.stopping.wait(30)
            return None
        if step == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return None
        if step == "drip":
            return self.drip()
        if step == "huge":
            return self.endless()
        return self.answer(200, body=json.dumps({**receipt, "digest": "0" * 64} if step == "lie" else receipt).encode())

    def answer(self, status: int, headers: dict | None = None, body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """Send one letter of the head of an answer at a time, for ever."""
        with contextlib.suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.server.stopping.is_set():
                self.wfile.write(b"x")
                time.sleep(0.05)

    def endless(self) -> None:
        with contextlib.suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while not self.server.stopping.is_set():
                self.wfile.write(b"x" * 65536)

    def log_message(self, *arguments) -> None:
        """Say nothing."""
