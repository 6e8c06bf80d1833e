"""From the bytes of a connection to complete requests: bounded, and stamped with their moment of arrival."""

import io
from functools import lru_cache
from urllib.parse import unquote_to_bytes, urlsplit

import httptools

from quizapp.serving.lanes import lane_of
from quizapp.serving.refusals import Refused

IDLE, HEAD, BODY = range(3)
LONGEST_NAME = 128  # bytes
ONCE = {"HTTP_HOST", "CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_AUTHORIZATION"}
SAFE = ("GET", "HEAD", "OPTIONS")


@lru_cache(maxsize=1024)
def environ_key(name: bytes) -> str | None:
    """Return where WSGI keeps a header, or None for one that must not get there.

    With an underscore a header could pass for another one; `Proxy` would be taken for the HTTP_PROXY setting.
    """
    key = name.decode("latin-1").upper().replace("-", "_")
    if b"_" in name or key == "PROXY":
        return None
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"


class Request:
    """One request on its way through: its WSGI environ, its lane, and what it holds of the memory for bodies."""

    __slots__ = ("environ", "lane", "body", "size", "keep_alive", "is_safe", "queued_at", "connection")

    def __init__(self, environ: dict, connection):
        self.environ = environ
        self.connection = connection
        self.lane = lane_of(environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("CONTENT_TYPE", ""))
        self.is_safe = environ["REQUEST_METHOD"] in SAFE
        self.body: list[bytes] = []
        self.size = 0
        self.keep_alive = False
        self.queued_at = 0.0


class Reader:
    """Reads one connection; hands each complete request to `connection.take`.

    A request arrives at the moment its headers are complete: a slow line that is still carrying the body is not the
    sender's loss. What somebody could win by holding a body back is bounded: in the lane of answers a body has
    `body_seconds` and no more.
    """

    __slots__ = (
        "connection", "server", "parser", "phase", "began", "received", "has_taken", "url", "headers", "request",
    )  # fmt: skip

    def __init__(self, connection, server):
        self.connection = connection
        self.server = server
        self.received = 0  # bytes of the present request, as sent
        self.parser = httptools.HttpRequestParser(self)
        self.phase = IDLE
        self.began = 0.0  # the server's `now` when this phase began
        self.request: Request | None = None

    def feed(self, data: bytes) -> None:
        """Take in what the socket gave. Raises Refused; after that the connection is past reading."""
        self.has_taken = False
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserCallbackError as error:
            raise error.__context__ from None
        except httptools.HttpParserUpgrade:
            pass  # answered as the plain request it also is; `on_message_complete` ends the connection after it
        except httptools.HttpParserError:
            raise Refused(400) from None
        if self.phase is not IDLE and not self.has_taken:  # else part of it belonged to the request before
            self.received += len(data)
            self._check_waste()

    def _check_waste(self) -> None:
        """Refuse headers that never end, and a body wrapped in more than itself: the parser keeps those in memory."""
        limit = self.server.limits.head_bytes
        if self.phase is HEAD and self.received > limit:
            raise Refused(431)
        if self.phase is BODY and self.received > 2 * (limit + self.request.size):
            raise Refused(400)

    def on_message_begin(self) -> None:
        self.phase, self.began, self.received = HEAD, self.server.now, 0
        self.url, self.headers = b"", {}

    def on_url(self, part: bytes) -> None:
        self.url += part

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.phase is not HEAD:
            return  # what follows a chunked body may not change the headers before it
        if len(name) > LONGEST_NAME:
            raise Refused(431)
        key, headers = environ_key(name), self.headers
        if key is None:
            return
        if key not in headers:
            headers[key] = value.decode("latin-1")
        elif key in ONCE:
            raise Refused(400)
        else:
            headers[key] += (";" if key == "HTTP_COOKIE" else ",") + value.decode("latin-1")

    def on_headers_complete(self) -> None:
        arrival = self.server.clock_ms()
        headers = self.headers
        version = self.parser.get_http_version()
        path, query = self._target()
        limits = self.server.limits
        if len(headers) > limits.headers or len(self.url) + sum(map(len, headers.values())) > limits.head_bytes:
            raise Refused(431)
        if version not in ("1.1", "1.0") or version == "1.1" and "HTTP_HOST" not in headers:
            raise Refused(400)
        environ = {
            **self.server.environ,
            **headers,
            "REQUEST_METHOD": self.parser.get_method().decode("ascii"),
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_PROTOCOL": f"HTTP/{version}",
            "REMOTE_ADDR": self.connection.address,
            "quizapp.arrival_ms": arrival,
        }
        self.request = Request(environ, self.connection)
        self.phase, self.began = BODY, self.server.now
        self._check_body(headers, version)

    def _target(self) -> tuple[str, str]:
        url = self.url
        if not url.startswith(b"/"):  # an address with a host goes to proxies, and then to us as well
            try:
                parts = urlsplit(url)
            except ValueError:
                raise Refused(400) from None
            if parts.scheme not in (b"http", b"https"):
                raise Refused(400)
            url = (parts.path or b"/") + (b"?" + parts.query if parts.query else b"")
        path, _, query = url.partition(b"?")
        if b"%" in path:
            path = unquote_to_bytes(path)
        return path.decode("latin-1"), query.decode("latin-1")

    def _check_body(self, headers: dict, version: str) -> None:
        length = int(headers.get("CONTENT_LENGTH") or 0)
        coding = headers.get("HTTP_TRANSFER_ENCODING")
        if length > self.server.limits.body_bytes:
            raise Refused(413)
        if coding is not None and coding.lower() != "chunked" or self.parser.should_upgrade() and (length or coding):
            raise Refused(400)
        if headers.get("HTTP_EXPECT", "").lower() == "100-continue" and version == "1.1":
            self.connection.invite_body()

    def on_body(self, part: bytes) -> None:
        request, limits = self.request, self.server.limits
        request.body.append(part)
        request.size += len(part)
        self.server.held_bytes += len(part)
        if request.size > limits.body_bytes:
            raise Refused(413)
        is_small = request.size <= limits.small_body_bytes
        if self.server.held_bytes > limits.all_bodies_bytes // (1 if is_small else 2):
            raise Refused(503)

    def on_message_complete(self) -> None:
        request, self.request, self.phase, self.has_taken = self.request, None, IDLE, True
        environ = request.environ
        body = request.body
        environ["wsgi.input"] = io.BytesIO(body[0] if len(body) == 1 else b"".join(body))
        request.body = []
        if environ.pop("HTTP_TRANSFER_ENCODING", None):
            environ["CONTENT_LENGTH"] = str(request.size)
        request.keep_alive = (
            environ["SERVER_PROTOCOL"] == "HTTP/1.1"
            and self.parser.should_keep_alive()
            and not self.parser.should_upgrade()
        )
        self.connection.take(request)

    def is_overdue(self, now: float) -> bool:
        """Whether the request that is being read should be here by now."""
        limits = self.server.limits
        if self.phase is HEAD:
            return now > self.began + limits.head_seconds
        earned = 0 if self.request.lane == "answers" else self.request.size / limits.body_bytes_per_second
        return now > self.began + limits.body_seconds + earned
