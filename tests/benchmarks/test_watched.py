"""D9: fifty leaders watch two hundred villages while three hundred answers a second are saved."""

import asyncio
import itertools
import json
import os
import random
import secrets
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests import loops, many_villages
from tests.benchmarks.crowd import PAPER, Seat, cookie_of, saves
from tests.live import LiveServer

VILLAGES, PEOPLE, LEADERS = 200, 25, 50
SAVES_A_SECOND, SAVING = 300, 60  # the second: connections that they come over
ROUNDS, SECONDS = 4, 12  # of either kind, interleaved
POLL_SECONDS = 10
SLOWEST_PAGE = 1.0
MOST_WORSE = 1.10


@pytest.fixture
def watched(app, cast, tmp_path):
    """A server with a large township at an exam: its port, those who save, and requests of those who watch."""
    from tests.stage import set_up

    now = datetime.now(UTC).replace(microsecond=0)
    with app.app_context():
        stage = set_up(now)
        many_villages.settle(stage.exam, VILLAGES, PEOPLE, now, PAPER)
        saving, leading = let_in(now)
    seats = [Seat(attempt, token, *cookie_of(app, token)) for attempt, token in saving]
    pages = [page(stage.exam, cookie_of(app, token)[0]) for token in leading]
    server = LiveServer(tmp_path, app.config["SQLALCHEMY_DATABASE_URI"], QUIZAPP_SECRET_KEY=app.config["SECRET_KEY"])
    server.start()
    yield server.port, seats, pages
    server.kill()


def let_in(now: datetime) -> tuple[list, list]:
    """Sign the first person at it in each village in, and half the leaders at the township, half in a village each."""
    from sqlalchemy import select

    from quizapp.extensions import db
    from quizapp.models import Attempt, RoleGrant, SignInSession, Unit
    from quizapp.services.sign_in import digest
    from quizapp.services.transaction import writing
    from tests.cast import TOWNSHIP

    township = db.session.scalar(select(Unit.id).where(Unit.code == TOWNSHIP))
    attempts = db.session.execute(
        select(Attempt.public_id, Attempt.person_id).where(Attempt.id % 100 == 2).limit(VILLAGES)
    )
    saving = [(attempt, person, secrets.token_urlsafe(32)) for attempt, person in attempts]
    leading = [(100 * village, village, secrets.token_urlsafe(32))
               for village in range(many_villages.FIRST_ID, many_villages.FIRST_ID + LEADERS)]  # fmt: skip
    with writing() as session:
        for person, token in [*((person, token) for _, person, token in saving), *((one, token) for one, _, token in leading)]:
            session.add(SignInSession(token_hash=digest(token), person_id=person, created_at=now, seen_at=now,
                                      expires_at=now + timedelta(hours=9)))  # fmt: skip
        for number, (person, village, _) in enumerate(leading):
            session.add(RoleGrant(person_id=person, unit_id=township if number % 2 else village, role="leader"))
    return [(attempt, token) for attempt, _, token in saving], [token for *_, token in leading]


def page(exam: str, cookie: str) -> bytes:
    head = f"GET /manage/exams/{exam}/live HTTP/1.1\r\nHost: localhost\r\nCookie: quizapp={cookie}\r\nX-Part: live\r\n\r\n"
    return head.encode()


async def exchange(reader, writer, request: bytes) -> bytes:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    await reader.readexactly(next(int(line[15:]) for line in lines if line.startswith(b"content-length:")))
    return head


async def paced(port: int, requests, every: float, until: float, took: list) -> None:
    """Send one request after the other, each at its own time; waiting for its turn counts."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    due = time.perf_counter() + random.random() * every
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        head = await exchange(reader, writer, next(requests))
        assert head.startswith(b"HTTP/1.1 2"), head
        took.append(time.perf_counter() - due)
        due += every
    writer.close()


def run(port: int, savers: list, pages: list) -> tuple[list, list]:
    """Let everybody work for a while; return how long saves and pages took."""
    saved, seen = [], []

    async def everybody():
        until = time.perf_counter() + SECONDS
        every = SAVING / SAVES_A_SECOND
        saving = [paced(port, one, every, until, saved) for one in savers]
        watching = [paced(port, itertools.repeat(one), POLL_SECONDS, until, seen) for one in pages]
        await asyncio.gather(*saving, *watching)

    loops.run(everybody)
    return saved, seen


def p99(took: list) -> float:
    return sorted(took)[int(len(took) * 0.99)]


@pytest.mark.soak("D9")
@pytest.mark.alone
@pytest.mark.timeout(300)
def test_d9_fifty_leaders_watching_do_not_slow_the_saves(watched):
    """D9: p99 of the saves worsens by less than a tenth, the page takes at most a second, nothing is refused."""
    port, seats, pages = watched
    numbers = itertools.count(1)
    savers = [itertools.chain.from_iterable(zip(*(saves(one, numbers, False) for one in seats[n::SAVING]), strict=False))
              for n in range(SAVING)]  # fmt: skip
    alone, together, seen = [], [], []
    run(port, savers, pages)  # warm
    for _ in range(ROUNDS):
        alone += run(port, savers, [])[0]
        saved, pages_took = run(port, savers, pages)
        together += saved
        seen += pages_took
    report = {"saves": len(alone) + len(together), "p50_ms": [sorted(one)[len(one) // 2] * 1000 for one in (alone, together)],
              "p99_ms": [p99(alone) * 1000, p99(together) * 1000], "pages": len(seen), "slowest_page_ms": max(seen) * 1000,
              "page_p50_ms": sorted(seen)[len(seen) // 2] * 1000, "cores": os.cpu_count()}  # fmt: skip
    print(json.dumps(report))
    assert len(seen) >= ROUNDS * LEADERS * 0.9 and max(seen) <= SLOWEST_PAGE
    assert p99(together) < p99(alone) * MOST_WORSE
