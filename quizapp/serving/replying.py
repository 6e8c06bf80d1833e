"""From a complete request to the bytes of its reply: the WSGI call, made in a lane's thread."""

import logging
import threading

from quizapp.serving.refusals import refusal, status_line

PIECE_BYTES = 256 * 1024  # a reply up to this size goes out whole, a larger one as it is made
BODILESS = ("204", "304")
log = logging.getLogger(__name__)


class Gone(Exception):
    """Whoever asked is no longer there."""


class Reply:
    """One call of the application: what it is given, what it returns, and how that goes on the wire."""

    def __init__(self, request, server):
        self.request = request
        self.server = server
        self.method = request.environ["REQUEST_METHOD"]
        self.status = ""
        self.headers: list[tuple[str, str]] = []
        self.pieces: list[bytes] = []
        self.size = self.sent = 0
        self.promised: int | None = None
        self.is_begun = self.is_chunked = False
        self.keep_alive = request.keep_alive
        self.room: threading.Event | None = None

    def make(self, app) -> None:
        """Call the application and hand its reply to the connection. Raises nothing."""
        try:
            self._call(app)
            self._hand_over(is_last=True)
        except Gone:
            self._finish(b"", keep_alive=False)
        except BaseException:
            log.exception("the application failed at %s", self.method)
            self._fail()

    def refuse(self, status: int, retry_after: int = 0) -> None:
        """Answer in the server's own words."""
        is_page = "text/html" in self.request.environ.get("HTTP_ACCEPT", "")
        self.headers, body = refusal(status, retry_after, is_page, self.method == "GET")
        self.status, self.pieces, self.size = status_line(status), [body], len(body)
        self._hand_over(is_last=True)

    def start(self, status: str, headers: list, exc_info=None):
        """WSGI's start_response."""
        if exc_info and self.is_begun:
            raise exc_info[1]
        self.status, self.headers = status, headers
        return self._add

    def _call(self, app) -> None:
        iterable = app(self.request.environ, self.start)
        try:
            for piece in iterable:
                self._add(piece)
        finally:
            if hasattr(iterable, "close"):
                iterable.close()

    def _add(self, piece: bytes) -> None:
        if self.method == "HEAD" or not piece:
            return
        self.pieces.append(piece)
        self.size += len(piece)
        if self.size > PIECE_BYTES:
            self._hand_over(is_last=False)

    def _hand_over(self, is_last: bool) -> None:
        body = b"".join(self.pieces)
        head = b"" if self.is_begun else self._head(len(body), is_last)
        self.is_begun, self.pieces, self.size = True, [], 0
        self.sent += len(body)
        if self.is_chunked:
            body = (b"%x\r\n%b\r\n" % (len(body), body) if body else b"") + (b"0\r\n\r\n" if is_last else b"")
        if is_last:
            is_true = self.promised in (None, self.sent) or self.method == "HEAD"
            self._finish(head + body, self.keep_alive and is_true)
        else:
            self._send(head + body)

    def _send(self, data: bytes) -> None:
        """Send one piece and wait until there is room for the next: a slow reader does not fill the memory."""
        self.room = self.room or threading.Event()
        self.room.clear()
        self.server.tell(self.request.connection.send_piece, data, self.room)
        self.room.wait()
        if self.request.connection.is_gone:
            raise Gone

    def _finish(self, data: bytes, keep_alive: bool) -> None:
        self.server.tell(self.request.connection.finish, self.request, data, keep_alive)

    def _fail(self) -> None:
        if self.is_begun:  # too late for another status: a reply cut short tells the reader that it is not whole
            self._finish(b"", keep_alive=False)
        else:
            self.keep_alive = False
            self.refuse(500)

    def _head(self, size: int, is_whole: bool) -> bytes:
        lines = [f"HTTP/1.1 {self.status}\r\n", self.server.date]
        for name, value in self.headers:
            lines.append(f"{name}: {value}\r\n")
            if name.lower() == "content-length":
                self.promised = int(value)
        if self.promised is None and self.method != "HEAD" and not self.status.startswith(BODILESS):
            lines.append(self._frame(size, is_whole))
        self.keep_alive = self.keep_alive and not self.server.is_draining
        lines.append("\r\n" if self.keep_alive else "Connection: close\r\n\r\n")
        return "".join(lines).encode("latin-1")

    def _frame(self, size: int, is_whole: bool) -> str:
        """Return the header that says where the body ends."""
        if is_whole:
            return f"Content-Length: {size}\r\n"
        if self.request.environ["SERVER_PROTOCOL"] == "HTTP/1.1":
            self.is_chunked = True
            return "Transfer-Encoding: chunked\r\n"
        return ""  # an old reader takes the end of the connection for the end of the reply
