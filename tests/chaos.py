"""A line between phones and the real server on which every request may go wrong, by dice that a seed plays again."""

import asyncio
import random
import re
import socket
import struct
import threading
from collections import Counter

PORTAL = "<!doctype html><title>WiFi</title><p>请先登录无线网络".encode()
ABORT = struct.pack("ii", 1, 0)  # SO_LINGER: close with a reset
STORM = {"reset": 30, "lost": 10, "stall": 5, "cut": 10, "portal": 10, "pass": 35}  # parts of 100


class ChaosProxy:
    """Listens on a port of its own. `fates` are weights of what befalls a request; calm lets everything pass.

    reset: cut before it arrives · lost: done by the server, the reply cut · stall: the reply comes `stall` seconds
    later · cut: half of the reply · portal: somebody else's page with 200 · hold: done, the reply never comes.
    """

    def __init__(self, port: int, seed: int, stall: float = 20):
        """Prepare a line to the server on `port`."""
        self.target, self.dice, self.stall = port, random.Random(seed), stall
        self.fates = {"pass": 1}
        self.played: Counter = Counter()
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "ChaosProxy":
        self.thread.start()
        self.ready.wait(10)
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    @property
    def url(self) -> str:
        """The address that phones call."""
        return f"http://127.0.0.1:{self.port}"

    def storm(self, fates: dict[str, int] = STORM) -> None:
        """Let things go wrong from the next request on."""
        self.fates = fates

    def calm(self) -> None:
        """Let everything pass from the next request on."""
        self.fates = {"pass": 1}

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self.loop.run_until_complete(asyncio.sleep(0))  # what is closed goes in the next turn
        self.loop.close()

    async def _serve(self, reader, writer) -> None:
        try:
            request = await self._read(reader)
            fate = self.dice.choices(list(self.fates), self.fates.values())[0]
            self.played[fate] += 1
            await self._play(fate, request, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # either end is gone
        finally:
            writer.close()

    async def _read(self, reader) -> bytes:
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        body = await reader.readexactly(int(length[1])) if length else b""
        head = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head)
        return head.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + body

    async def _play(self, fate: str, request: bytes, writer) -> None:
        if fate == "reset":
            return self._reset(writer)
        if fate == "portal":
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            reply = head % len(PORTAL) + PORTAL
        else:
            reply = await self._forward(request)
        if fate == "lost":
            return self._reset(writer)
        if fate in ("stall", "hold"):
            await asyncio.sleep(self.stall if fate == "stall" else 3600)
        writer.write(reply[: len(reply) // 2] if fate == "cut" else reply)
        await writer.drain()
        return None

    async def _forward(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
        writer.write(request)
        reply = await reader.read()
        writer.close()
        return reply

    @staticmethod
    def _reset(writer) -> None:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
        writer.transport.abort()
