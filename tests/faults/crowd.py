"""Phones that save without a pause, send again what was not acknowledged, and remember every word of the server."""

import asyncio
import itertools
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import create_engine, text, update

from tests.benchmarks.crowd import Seat, seat
from tests.databases import SECRET_KEY, close_app, open_app
from tests.live import LiveServer

SLOTS = 12
PAPER = {
    "items": [
        {"slot": str(n), "revision_id": n, "kind": "fill_blank", "points_milli": 2000, "section": "", "blanks": 1}
        for n in range(1, SLOTS + 1)
    ],
    "rule": "exact",
}
PATIENCE = 60  # seconds until an answer that nobody takes ends the test
RATE_LIMITED = 429


def seat_in(server: LiveServer, number: int) -> list[Seat]:
    """Fill an instance that does not run yet: so many people, each in the middle of an exam of blanks to fill."""
    from quizapp.models import Attempt
    from quizapp.services import signing
    from quizapp.services.transaction import writing

    server.settings["QUIZAPP_SECRET_KEY"] = SECRET_KEY
    app = open_app(server.settings["DATABASE_URL"], server.instance_path)
    seats = seat(app, number)
    with app.app_context(), writing() as session:
        session.execute(update(Attempt).values(paper=PAPER))
    with app.app_context():
        signing.publish_key(datetime.now(UTC))  # so that a start has nothing to write
    close_app(app)
    return seats


@dataclass
class Phone:
    """One trainee: what was said to be saved by slot, and what every single request came to."""

    seat: Seat
    said: dict[str, tuple[int, str]] = field(default_factory=dict)
    acks: list[tuple[str, str, int]] = field(default_factory=list)  # nonce, slot, seq, in the order of their coming
    troubles: Counter = field(default_factory=Counter)  # by status, or by the name of the error on the wire
    bare: int = 0  # refusals that did not say when to come back
    delays: list[float] = field(default_factory=list)  # seconds from the first try to the acknowledgement
    gave_up: list[str] = field(default_factory=list)


class Crowd:
    """All phones, driven by an event loop in a thread of its own."""

    def __init__(self, server: LiveServer, seats: list[Seat], seed: int, pause: float = 0.0):
        """`pause` is how many seconds a phone thinks between two answers, more or less."""
        self.server, self.pause, self.dice = server, pause, random.Random(seed)
        self.phones = [Phone(one) for one in seats]
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def __enter__(self) -> "Crowd":
        self.thread.start()
        return self

    def __exit__(self, *error) -> None:
        self.stop()

    def stop(self) -> None:
        """Let every phone finish what it is sending, and no more."""
        self.is_over.set()
        self.thread.join(PATIENCE + 10)

    @property
    def acks(self) -> int:
        return sum(len(phone.acks) for phone in self.phones)

    @property
    def troubles(self) -> Counter:
        return sum((phone.troubles for phone in self.phones), Counter())

    @property
    def bare(self) -> int:
        return sum(phone.bare for phone in self.phones)

    @property
    def gave_up(self) -> list[str]:
        return [nonce for phone in self.phones for nonce in phone.gave_up]

    def delay(self, share: float) -> float:
        """Return the delay in seconds that this share of the answers did not exceed."""
        delays = sorted(delay for phone in self.phones for delay in phone.delays)
        return delays[min(int(len(delays) * share), len(delays) - 1)]

    def wait_for(self, acks: int, seconds: float = 60) -> "Crowd":
        """Wait until so many more answers are acknowledged."""
        wanted, limit = self.acks + acks, time.monotonic() + seconds
        while self.acks < wanted:
            assert time.monotonic() < limit, f"{self.acks} of {wanted} acknowledged; {self.troubles}"
            time.sleep(0.01)
        return self

    async def _run(self) -> None:
        await asyncio.gather(*(self._answer(number, phone) for number, phone in enumerate(self.phones)))

    async def _answer(self, number: int, phone: Phone) -> None:
        wire, dice = Wire(self.server.port), random.Random(self.dice.random())
        for seq in itertools.count(1):
            if self.is_over.is_set():
                break
            slot, nonce = str(dice.randrange(SLOTS) + 1), f"n{number:03}x{seq:05}z"
            await self._send_until_kept(phone, wire, slot, seq, nonce, dice)
            await asyncio.sleep(self.pause * dice.uniform(0.5, 1.5))
        wire.close()

    async def _send_until_kept(self, phone: Phone, wire: "Wire", slot, seq, nonce, dice) -> None:
        """Send one answer, the same one again and again, as a phone does whose outbox holds it."""
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            try:
                status, retry_after, body = await wire.send(request(phone.seat, slot, seq, nonce))
            except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
                wire.close()
                phone.troubles[type(error).__name__] += 1
                status = 0
            if status == 200 and body["saved"].get(slot) == seq and body["nonce"] == nonce:
                phone.said[slot] = (seq, nonce)
                phone.acks.append((nonce, slot, seq))
                phone.delays.append(time.monotonic() - began)
                return
            if status:
                phone.troubles[status] += 1
                phone.bare += not retry_after
            if self.is_over.is_set():
                return
            await asyncio.sleep(0.2 if status == RATE_LIMITED else dice.uniform(0.02, 0.08))
        phone.gave_up.append(nonce)


class Wire:
    """A connection that is opened when something is to be sent, and kept."""

    def __init__(self, port: int):
        self.port, self.streams = port, None

    async def send(self, raw: bytes) -> tuple[int, str | None, dict]:
        """Send one request and return status, Retry-After and the parsed body."""
        async with asyncio.timeout(30):
            if self.streams is None:
                self.streams = await asyncio.open_connection("127.0.0.1", self.port)
            reader, writer = self.streams
            writer.write(raw)
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
            body = await reader.readexactly(int(headers["content-length"]))
        if headers.get("connection") == "close":
            self.close()
        return int(head[0].split()[1]), headers.get("retry-after"), json.loads(body)

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


def request(one: Seat, slot: str, seq: int, nonce: str) -> bytes:
    """Return the raw request that saves an answer whose words are its nonce."""
    answer = {"slot": slot, "seq": seq, "value": [nonce]}
    return _raw("PUT", one, "answers", {"epoch": 1, "nonce": nonce, "answers": [answer]})


def submission(one: Seat) -> bytes:
    """Return the raw request that hands in."""
    return _raw("POST", one, "submission", {"epoch": 1, "answers": []})


def _raw(method: str, one: Seat, what: str, document: dict) -> bytes:
    body = json.dumps(document).encode()
    head = (
        f"{method} /api/v1/attempts/{one.attempt_id}/{what} HTTP/1.1\r\nHost: localhost\r\n"
        f"Cookie: quizapp={one.cookie}\r\nX-CSRFToken: {one.csrf}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(frozen=True)
class Held:
    """What a database holds: (attempt, slot) -> (seq, words) as they stand, and the words of all that ever came."""

    stands: dict[tuple[str, str], tuple[int, str]]
    history: set[str]

    def lost(self, said: dict[tuple[str, str], tuple[int, str]], nonces: Iterable[str]) -> dict:
        """Return what was said to be saved and is absent, older or different now, or is not in the history."""
        stands = {key: self.stands.get(key) for key in said}
        found = {key: (said[key], one) for key, one in stands.items() if not is_kept(said[key], one)}
        return {**found, **{nonce: "not in the history" for nonce in nonces if nonce not in self.history}}


def held(database_url: str) -> Held:
    """Return what a database holds, opened as the product opens it, and demand that it is whole."""
    from quizapp import storage

    url = database_url.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url, **storage.engine_options(url))
    storage.prepare(engine)
    query = text(
        "SELECT public_id, slot, answers.seq, value FROM answers JOIN attempts ON attempts.id = answers.attempt_id"
    )
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        rows = connection.execute(query).all()
        history = {json.loads(value)[0] for value in connection.execute(text("SELECT value FROM answer_events")).scalars()}
    engine.dispose()
    return Held({(attempt, slot): (seq, json.loads(value)[0]) for attempt, slot, seq, value in rows}, history)


def lost(database_url: str, crowd: Crowd) -> dict:
    """Return what was said to be saved and is not held now, with what stands instead."""
    said = {(phone.seat.attempt_id, slot): one for phone in crowd.phones for slot, one in phone.said.items()}
    nonces = [nonce for phone in crowd.phones for nonce, _, _ in phone.acks]
    return held(database_url).lost(said, nonces)


def is_kept(said: tuple[int, str], stands: tuple[int, str] | None) -> bool:
    """Whether what stands is what was said to be saved, or newer."""
    return stands is not None and (stands[0] > said[0] or stands == said)
