"""A client that says byte for byte what a test wants said, and reads replies one by one."""

import socket
import struct
from http import HTTPStatus

SAVE = "PUT /api/v1/attempts/a1/answers HTTP/1.1\r\nHost: here\r\n"


def save(body: str = "{}") -> str:
    """Return the bytes of an answer save."""
    return f"{SAVE}Content-Length: {len(body)}\r\n\r\n{body}"


def page(path: str = "/page") -> str:
    """Return the bytes of a request for a page."""
    return f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n"


class Answer:
    """A reply: status, headers in lower case, body."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes):
        self.status, self.headers, self.body = status, headers, body

    def __repr__(self) -> str:
        return f"<{HTTPStatus(self.status)} {self.headers} {self.body[:80]!r}>"


class Wire:
    """One connection."""

    def __init__(self, port: int, seconds: float = 20, receive_buffer: int = 0):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(seconds)
        try:
            self.socket.connect(("127.0.0.1", port))
        except OSError:
            self.socket.close()
            raise
        self.stream = self.socket.makefile("rb")

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *ignored) -> None:
        self.close()

    def send(self, text: str | bytes) -> "Wire":
        """Send as it stands."""
        self.socket.sendall(text.encode("latin-1") if isinstance(text, str) else text)
        return self

    def reply(self, to_head: bool = False) -> Answer:
        """Read one whole reply; a chunked one is put together. Raises ConnectionError at an early end."""
        line = self._line()
        assert line.startswith("HTTP/1.1 "), f"no reply begins like that: {line!r}"
        headers = {}
        while text := self._line():
            name, _, value = text.partition(": ")
            headers[name.lower()] = value
        return Answer(int(line.split()[1]), headers, b"" if to_head else self._body(headers))

    def is_closed(self) -> bool:
        """Wait for the other side; True when it has ended, False when it says something."""
        try:
            return self.stream.read(1) == b""
        except ConnectionResetError:
            return True

    def end_sending(self) -> "Wire":
        """Say that nothing more will come, but go on listening."""
        self.socket.shutdown(socket.SHUT_WR)
        return self

    def vanish(self) -> None:
        """Break off like a phone that loses its network: what is still unread is thrown away."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        """Hang up."""
        self.stream.close()
        self.socket.close()

    def _line(self) -> str:
        line = self.stream.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError(f"the reply ends early: {line!r}")
        return line[:-2].decode("latin-1")

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") == "chunked":
            return b"".join(iter(self._chunk, b""))
        if "content-length" in headers:
            return self._exactly(int(headers["content-length"]))
        return self.stream.read() if headers.get("connection") == "close" else b""

    def _chunk(self) -> bytes:
        chunk = self._exactly(int(self._line(), 16))
        assert self._line() == ""
        return chunk

    def _exactly(self, size: int) -> bytes:
        data = self.stream.read(size)
        if len(data) != size:
            raise ConnectionError(f"{len(data)} of {size} bytes")
        return data
