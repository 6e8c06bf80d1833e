"""One phone's connection in a rehearsal: requests over loopback, cut on purpose now and then."""

import asyncio
import json

PATIENCE = 30  # seconds until a request counts as lost


class Wire:
    """Keeps cookies and the token, and one connection that is opened again when it is gone."""

    def __init__(self, port: int):
        """Prepare; nothing is opened yet."""
        self.port, self.cookies, self.token, self.streams = port, {}, "", None

    async def ask(self, method: str, path: str, body=None) -> tuple[int, object]:
        """Send one request and return (status, parsed body). Raises OSError or TimeoutError where no answer comes."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._exchange(method, path, body)
        except (OSError, EOFError, TimeoutError) as error:
            self.cut()
            raise ConnectionError(str(error)) from error

    async def send_and_cut(self, method: str, path: str, body) -> None:
        """Send a request and cut the connection before its answer: the server may have done it or not."""
        try:
            async with asyncio.timeout(PATIENCE):
                _, writer = await self._opened()
                writer.write(self._request(method, path, body))
                await writer.drain()
        except (OSError, TimeoutError):
            pass
        self.cut()

    def cut(self) -> None:
        """Close the connection at once."""
        if self.streams:
            self.streams[1].transport.abort()
            self.streams = None

    async def _opened(self):
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        return self.streams

    def _request(self, method: str, path: str, body) -> bytes:
        raw = b"" if body is None else json.dumps(body).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [
            f"{method} /api/v1{path} HTTP/1.1",
            "Host: localhost",
            f"Cookie: {cookies}",
            f"X-CSRFToken: {self.token}",
            "Content-Type: application/json",
            f"Content-Length: {len(raw)}",
        ]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw

    async def _exchange(self, method: str, path: str, body) -> tuple[int, object]:
        reader, writer = await self._opened()
        writer.write(self._request(method, path, body))
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        length = 0
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self.cookies[key] = kept
        raw = await reader.readexactly(length)
        if "Connection: close" in head:
            self.cut()
        return int(head[0].split()[1]), json.loads(raw) if raw else None
