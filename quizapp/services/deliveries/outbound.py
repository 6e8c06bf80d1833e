"""One POST to an allowed address, and nothing else: no redirect, no proxy, no second look-up, no endless wait.

Written on http.client: it does what it is told and no more. A client that follows redirects, reads proxies from the
environment and resolves names by itself would have to be talked out of each of these; here the connection is made
to the one address that was looked up, and is cut when the time is over, however slowly the other side drips.
"""

import contextlib
import http.client
import socket
import ssl
import threading
from dataclasses import dataclass
from time import monotonic

from quizapp.rules import receivers

SECONDS = 10
MOST_BYTES = 64 * 1024


class NotSent(Exception):
    """The message may not have arrived; the text is a trouble of `rules.delivery_troubles`."""


@dataclass(frozen=True)
class Reply:
    """What the receiver answered: at most 64 KB of its body, which is never shown to anybody."""

    status: int
    retry_after: str | None
    body: bytes


def post(url: str, headers: dict[str, str], body: bytes, places: frozenset, seconds: float = SECONDS) -> Reply:
    """Send `body` and return the answer. Raises NotAllowedThere for a place not among `places`, NotSent otherwise."""
    address = receivers.require_allowed(url, places)
    end = monotonic() + seconds
    try:
        raw = _connect(address, seconds)
    except OSError as error:
        raise NotSent(f"no-connection {type(error).__name__}") from error
    handle = raw.dup()  # cuts the connection under TLS as well
    watchdog = threading.Timer(max(end - monotonic(), 0), _cut, [handle])
    watchdog.daemon = True
    watchdog.start()
    try:
        reply = _exchange(address, raw, headers, body)
        if monotonic() >= end:
            raise TimeoutError  # the head of an answer that was cut may pass for a whole one
        return reply
    except (OSError, http.client.HTTPException, ValueError) as error:
        is_late = monotonic() >= end
        raise NotSent("no-answer" if is_late else f"broken-off {type(error).__name__}") from error
    finally:
        watchdog.cancel()
        handle.close()
        raw.close()


def _connect(address: receivers.Address, seconds: float) -> socket.socket:
    """Look the name up once and connect to the first address it has."""
    family, kind, protocol, _, where = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
    connection = socket.socket(family, kind, protocol)
    try:
        connection.settimeout(seconds)
        connection.connect(where)
    except BaseException:
        connection.close()
        raise
    return connection


def _exchange(address: receivers.Address, raw: socket.socket, headers: dict[str, str], body: bytes) -> Reply:
    wire = raw
    if address.scheme == "https":
        wire = ssl.create_default_context().wrap_socket(raw, server_hostname=address.host)
    try:
        connection = http.client.HTTPConnection(address.host, address.port)
        connection.sock = wire
        connection.request("POST", address.target, body, {**headers, "Host": _host_header(address)})
        answer = connection.getresponse()
        # Without a Content-Length an answer may go on for ever: no more is read than is needed.
        return Reply(answer.status, answer.getheader("Retry-After"), answer.read(MOST_BYTES))
    finally:
        wire.close()


def _host_header(address: receivers.Address) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return host if address.port == receivers.PORTS[address.scheme] else f"{host}:{address.port}"


def _cut(handle: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the exchange ended in the same moment
        handle.shutdown(socket.SHUT_RDWR)
