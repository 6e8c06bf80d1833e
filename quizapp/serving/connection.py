"""One connection: a request at a time, replies in the order of the requests, and nothing waits for it for ever."""

import asyncio
from collections import deque

from quizapp.serving.reading import IDLE, Reader, Request
from quizapp.serving.refusals import Refused, refusal, status_line
from quizapp.serving.replying import Reply


class Connection(asyncio.Protocol):
    """The socket's side of a conversation. All of it runs in the event loop."""

    __slots__ = (
        "server", "reader", "transport", "address", "request", "ahead", "last_words", "since",
        "is_gone", "is_closing", "is_full", "is_half_closed", "room",
    )  # fmt: skip

    def __init__(self, server):
        self.server = server
        self.reader: Reader | None = Reader(self, server)
        self.transport = None
        self.address = ""
        self.request: Request | None = None  # the one at work
        self.ahead: deque[Request] | None = None  # sent before the one at work was answered
        self.last_words = b""  # to be said when all of these are answered
        self.since = server.now  # when it last became idle, closing or full
        self.is_gone = self.is_closing = self.is_full = self.is_half_closed = False
        self.room = None  # a thread waits here for the reader of its reply

    # What the socket tells us.

    def connection_made(self, transport) -> None:
        self.transport = transport
        peer = transport.get_extra_info("peername")
        self.address = peer[0] if isinstance(peer, tuple) else ""
        self.server.admit(self)

    def data_received(self, data: bytes) -> None:
        if self.reader is None:
            return  # we only go on reading so that our last words arrive
        try:
            self.reader.feed(data)
        except Refused as refused:
            self.refuse(refused.status)

    def eof_received(self) -> bool:
        self.is_half_closed = True
        return self.request is not None  # what was asked is answered all the same

    def connection_lost(self, error) -> None:
        self.is_gone = True
        self.server.dismiss(self)
        self._stop_reading()
        for request in self.ahead or ():
            self.server.release(request)
        self._give_room()

    def pause_writing(self) -> None:
        self.is_full, self.since = True, self.server.now

    def resume_writing(self) -> None:
        self.is_full, self.since = False, self.server.now
        self._give_room()
        if self.request is None:
            self._go_on()

    # What the reader of our requests tells us.

    def invite_body(self) -> None:
        """Tell a client that asked first to send its body, unless a reply still stands before it."""
        if self.request is None:
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def take(self, request: Request) -> None:
        """Begin with a complete request, or keep it until the one before is answered. Raises Refused."""
        if self.request is None and not self.is_full:
            self._begin(request)
            return
        self.ahead = self.ahead or deque()
        self.ahead.append(request)
        if len(self.ahead) > self.server.limits.pipelined:
            raise Refused(400)

    def refuse(self, status: int) -> None:
        """Answer what could not be read to its end, after what was asked before it, and read no more."""
        self.server.count_refusal(status)
        self._stop_reading()
        headers, body = refusal(status)
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        head = f"HTTP/1.1 {status_line(status)}\r\n{self.server.date}{lines}Content-Length: {len(body)}\r\n"
        self.last_words = head.encode() + b"Connection: close\r\n\r\n" + body
        if self.request is None:
            self._go_on()

    # What the threads tell us.

    def send_piece(self, data: bytes, room) -> None:
        """Send a part of a reply; set `room` when there is space for more, or nobody to send it to."""
        if not self.is_gone:
            self.transport.write(data)
        if self.is_gone or self.transport.get_write_buffer_size() < self.server.limits.reply_bytes:
            room.set()
        else:
            self.room = room

    def finish(self, request: Request, data: bytes, keep_alive: bool) -> None:
        """Send the last part of a reply and go on with what comes next."""
        self.server.release(request)
        self.request, self.since = None, self.server.now
        if self.is_gone:
            return
        if data:
            self.transport.write(data)
        if keep_alive:
            self._go_on()
        else:
            self.close()

    def _begin(self, request: Request) -> None:
        self.request = request
        refused = self.server.start(request)
        if refused:
            self.server.count_refusal(refused)
            Reply(request, self.server).refuse(refused, self.server.limits.lanes[request.lane].retry_after)

    def _go_on(self) -> None:
        if self.is_full or self.is_closing:
            return
        if self.ahead:
            self._begin(self.ahead.popleft())
        elif self.last_words:
            self.transport.write(self.last_words)
            self._linger()
        elif self.is_half_closed or self.server.is_draining:
            self.close()

    # The end.

    def close(self) -> None:
        """Close when everything written has been sent."""
        self._part()
        self._stop_reading()
        self.transport.close()

    def _linger(self) -> None:
        """End our side and go on reading a little: closing at once would wipe out the words still on their way."""
        self._part()
        if self.is_half_closed or not self.transport.can_write_eof():
            self.transport.close()
        else:
            self.transport.write_eof()

    def _part(self) -> None:
        self.is_closing, self.since = True, self.server.now
        self.server.see_off(self)

    def _stop_reading(self) -> None:
        if self.reader is not None:
            self.server.release(self.reader.request)
            self.reader.parser = self.reader = None  # a parser knows its reader: the pair would wait for the collector

    def _give_room(self) -> None:
        if self.room is not None:
            self.room.set()
            self.room = None

    def check(self, now: float) -> None:
        """Let go of whoever has kept us waiting for too long."""
        limits = self.server.limits
        if self.is_closing or self.is_full:
            patience = limits.linger_seconds if self.is_closing else limits.reply_seconds
            unread = self.transport.get_write_buffer_size()
            if now > self.since + patience + unread / limits.reply_bytes_per_second:
                self.transport.abort()
        elif self.request is None:
            if self.reader.phase is not IDLE:
                if self.reader.is_overdue(now):
                    self.refuse(408)
            elif now > self.since + limits.idle_seconds:
                self.close()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is asked, answered or on its way."""
        return self.request is None and not self.is_closing and not self.is_full and self.reader.phase is IDLE
