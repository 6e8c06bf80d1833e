"""Phones by the thousand in one event loop: each sends when it is due and keeps what is not yet acknowledged.

A time counts from the instant a request was due to its acknowledgement, repeats and waits included, so that a server
that is behind cannot make itself look quick.
"""

import asyncio
import json
import random
import resource
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from tests.benchmarks.crowd import Seat
from tests.soak.hall import OPTIONS, SLOTS

PATIENCE = 180  # seconds until something that is not acknowledged counts as an error


@dataclass
class Tally:
    """What a kind of request came to."""

    times: list[float] = field(default_factory=list)  # seconds
    ends: list[float] = field(default_factory=list)  # when each was over, by the steady clock
    troubles: Counter = field(default_factory=Counter)  # by status, or by the name of the error on the wire
    bare: int = 0  # refusals that did not say when to come back
    errors: list[str] = field(default_factory=list)  # what never came to a good end

    def ms(self, share: float) -> float:
        """Return the milliseconds that this share of the requests did not exceed."""
        times = sorted(self.times)
        return times[min(int(len(times) * share), len(times) - 1)] * 1000 if times else 0.0

    def note(self, due: float) -> None:
        """Write down that what was due then is done now."""
        self.ends.append(time.monotonic())
        self.times.append(self.ends[-1] - due)

    def course(self, step: int = 10) -> str:
        """Return the p99 in ms of each span of so many seconds: one bad minute looks different from a slow hour."""
        spans: dict[int, list[float]] = {}
        for end, took in zip(self.ends, self.times, strict=True):
            spans.setdefault(int(end - self.ends[0]) // step, []).append(took)
        return " ".join(f"{sorted(took)[int(len(took) * 0.99)] * 1000:.0f}" for _, took in sorted(spans.items()))

    def __str__(self) -> str:
        figures = f"{len(self.times)} done, p50 {self.ms(0.5):.0f} ms, p95 {self.ms(0.95):.0f}, p99 {self.ms(0.99):.0f}"
        return f"{figures}, longest {self.ms(1):.0f}; troubles {dict(self.troubles)}, errors {len(self.errors)}"


class Wire:
    """A connection that is opened when something is to be sent, and kept."""

    def __init__(self, port: int):
        self.port, self.streams = port, None

    async def send(self, raw: bytes) -> tuple[int, dict, bytes]:
        """Send one request and return status, headers and body. Raises OSError and its like."""
        async with asyncio.timeout(60):
            if self.streams is None:
                self.streams = await asyncio.open_connection("127.0.0.1", self.port)
            reader, writer = self.streams
            writer.write(raw)
            lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            pairs = [line.partition(": ")[::2] for line in lines[1:] if line]
            headers = {name.lower(): value for name, value in pairs}
            headers["cookies"] = [value.partition(";")[0] for name, value in pairs if name.lower() == "set-cookie"]
            body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return int(lines[0].split()[1]), headers, body

    def close(self) -> None:
        """Hang up."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


class Phone:
    """One trainee's phone."""

    def __init__(self, seat: Seat, port: int, dice: random.Random):
        self.seat, self.wire, self.dice, self.seq = seat, Wire(port), dice, 0
        self.said: dict[str, tuple[int, str]] = {}  # slot -> (seq, option) that was acknowledged
        self.receipt = ""
        self.turn = asyncio.Lock()  # a phone sends one thing at a time

    def choose(self) -> dict:
        """Return the next answer, as the API takes it."""
        self.seq += 1
        return {"slot": self.dice.choice(SLOTS), "seq": self.seq, "value": [self.dice.choice(OPTIONS)]}

    async def save(self, tally: Tally, due: float, answers: list[dict] | None = None) -> bool:
        """Save answers, by default one fresh choice, and again until they are acknowledged."""
        answers = answers or [self.choose()]
        raw = request("PUT", self.seat, "answers", {"epoch": 1, "nonce": "k3v9", "answers": answers})
        async with self.turn:
            body = await self.insist(raw, tally, due)
        for one in answers if body else ():
            if body["saved"].get(one["slot"]) == one["seq"]:
                self.said[one["slot"]] = (one["seq"], one["value"][0])
        return body is not None

    async def submit(self, tally: Tally, due: float) -> None:
        """Hand in, and again until there is a receipt."""
        raw = request("POST", self.seat, "submission", {"epoch": 1, "answers": []})
        body = await self.insist(raw, tally, due)
        self.receipt = body["receipt"]["code"] if body else ""

    async def insist(self, raw: bytes, tally: Tally, due: float) -> dict | None:
        """Send until it is taken, as a phone does whose outbox holds it; None where it never was."""
        failures = 0
        while time.monotonic() < due + PATIENCE:
            failures += 1
            wait = min(30, 2**failures) * self.dice.uniform(0.5, 1.0)  # as static/exam/outbox.js does
            try:
                status, headers, body = await self.wire.send(raw)
            except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
                self.wire.close()
                tally.troubles[type(error).__name__] += 1
            else:
                if status < 300:
                    tally.note(due)
                    return json.loads(body)
                tally.troubles[status] += 1
                if status not in (429, 503):
                    tally.errors.append(body.decode()[:200])
                    return None
                tally.bare += "retry-after" not in headers
                wait = max(wait, float(headers.get("retry-after", 0)))
            await asyncio.sleep(wait)
        tally.errors.append("nobody took it")
        return None

    async def keep_saving(self, tally: Tally, every: float, until: float) -> None:
        """Save one answer after the other, each `every` seconds more or less."""
        due = time.monotonic() + every * self.dice.random()
        while due < until:
            await asyncio.sleep(max(0, due - time.monotonic()))
            await self.save(tally, due)
            due = max(due + every * self.dice.uniform(0.7, 1.3), time.monotonic())


async def sign_in(port: int, login: str, password: str, tally: Tally, due: float, dice: random.Random) -> None:
    """Sign in as a browser does that has been nowhere here: a token first, then login and password."""
    phone = Phone(Seat("", "", "", ""), port, dice)
    _, headers, body = await phone.wire.send(b"GET /api/v1/csrf HTTP/1.1\r\nHost: localhost\r\n\r\n")
    document = json.dumps({"login": login, "password": password}).encode()
    head = (
        f"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nCookie: {'; '.join(headers['cookies'])}\r\n"
        f"X-CSRFToken: {json.loads(body)['csrf_token']}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(document)}\r\n\r\n"
    )
    await phone.insist(head.encode() + document, tally, due)
    phone.wire.close()


def request(method: str, seat: Seat, what: str, document: dict) -> bytes:
    """Return a raw request on a seat's attempt."""
    body = json.dumps(document).encode()
    head = (
        f"{method} /api/v1/attempts/{seat.attempt_id}/{what} HTTP/1.1\r\nHost: localhost\r\n"
        f"Cookie: quizapp={seat.cookie}\r\nX-CSRFToken: {seat.csrf}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def phones(seats: Iterable[Seat], port: int, seed: int) -> list[Phone]:
    """Return a phone for each seat."""
    return [Phone(one, port, random.Random(f"{seed} {one.attempt_id}")) for one in seats]


async def hang_up(work: Awaitable, crowd: list[Phone]) -> None:
    """Do what the crowd does and hang every phone up afterwards, in the loop that its connection belongs to."""
    try:
        await work
    finally:
        for phone in crowd:
            phone.wire.close()
        await asyncio.sleep(0.1)


async def spread(tasks: list[Callable[[float], Awaitable]], seconds: float) -> None:
    """Begin each task at its own instant, evenly over so many seconds, and wait for all; each gets when it was due."""
    began = time.monotonic()

    async def at(number: int, task) -> None:
        due = began + seconds * number / len(tasks)
        await asyncio.sleep(max(0, due - time.monotonic()))
        await task(due)

    await asyncio.gather(*(at(number, task) for number, task in enumerate(tasks)))


def run(work: Awaitable, crowd: list[Phone]) -> None:
    """Run what a crowd does in a loop, with as many open files as there may be."""
    import uvloop

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    uvloop.run(hang_up(work, crowd))
