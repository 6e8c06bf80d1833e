"""D1–D7, G6, G8, G14: deadline evenings, the phones on the same cores as the server; nothing acknowledged is lost.

SOAK_SECONDS and SOAK_SHARE (of the people and their rate) make a shorter or a smaller evening of it, whose figures
show the way but prove nothing.
"""

import asyncio
import os
import random
import time
from collections import Counter

import pytest

from tests.soak.hall import PASSWORD, Hall, fill, standing
from tests.soak.phones import Phone, Tally, phones, request, run, sign_in, spread

pytestmark = pytest.mark.timeout(3600)
SHARE = float(os.environ.get("SOAK_SHARE", "1"))
SECONDS = float(os.environ.get("SOAK_SECONDS", "0"))
COMING = 20  # seconds in which a server that has just begun meets all phones for the first time; told by themselves


def many(number: int) -> int:
    """Return so many people, or the share of them that is asked for."""
    return max(int(number * SHARE), 10)


def lasting(seconds: float) -> float:
    """Return how long to go on."""
    return SECONDS or seconds


@pytest.fixture
def hall(instance):
    """A function that opens a hall for so many people; `options` are those of `quizapp serve`."""

    def open_hall(people: int, *options: str, **exam) -> Hall:
        seats = fill(instance, people, **exam)
        return Hall(instance.start(*options, seconds=60), seats)

    return open_hall


def settle(hall: Hall, crowd: list[Phone], *tallies: tuple[str, Tally]) -> None:
    """Tell the figures, and hold what was acknowledged against what stands."""
    for name, tally in tallies:
        print(f"\n{name}: {tally}\n  p99 by 10 s: {tally.course()}")
    print(f"server: {hall.memory_mb():.0f} MB, {hall.cpu_seconds():.1f} s of processor time")
    hall.server.stop()
    stands = standing(hall)
    said = {(phone.seat.attempt_id, slot): one for phone in crowd for slot, one in phone.said.items()}
    lost = [key for key, one in said.items() if stands.get(key, (0, ""))[0] < one[0]
            or stands[key][0] == one[0] and stands[key] != one]  # fmt: skip
    print(f"{len(said)} slots acknowledged, {len(lost)} lost")
    assert said and not lost
    assert not [error for _, tally in tallies for error in tally.errors]


def save_all(hall: Hall, crowd: list[Phone], tally: Tally, every: float, seconds: float) -> list:
    """Return the coroutines of everybody saving, each `every` seconds."""
    until = time.monotonic() + seconds
    return [phone.keep_saving(tally, every, until) for phone in crowd]


@pytest.mark.soak("D1", "D2")
@pytest.mark.parametrize(("database_kind", "most_ms"), [("sqlite", 300), ("postgresql", 250)])
def test_d1_d2_five_thousand_save_every_fifteen_seconds(hall, database_kind, most_ms):
    """D1, D2: 333 saves a second for half an hour; p99 at most 300 ms (PostgreSQL 250), no error, nothing lost."""
    opened = hall(many(5000))
    crowd, coming, saves = phones(opened.seats, opened.server.port, 1), Tally(), Tally()

    async def evening() -> None:
        await asyncio.gather(*save_all(opened, crowd, coming, 15, COMING))
        await asyncio.gather(*save_all(opened, crowd, saves, 15, lasting(1800)))

    run(evening(), crowd)
    settle(opened, crowd, ("while all come", coming), (f"D1 on {database_kind}", saves))
    assert saves.ms(0.99) <= most_ms
    assert not saves.troubles


@pytest.mark.soak("D3")
def test_d3_half_again_what_the_server_can_do(hall):
    """D3: the excess is told when to come back, and is taken then; nothing lost."""
    opened = hall(many(6000))
    crowd, warm, saves = phones(opened.seats, opened.server.port, 3), Tally(), Tally()
    for_capacity, seconds = 5, lasting(60)

    async def evening() -> None:
        await asyncio.gather(*save_all(opened, crowd[:64], warm, 0.0, for_capacity))
        rate = len(warm.times) / for_capacity * 1.5
        print(f"\nD3: capacity {rate / 1.5:.0f} saves/s, offered {rate:.0f}")
        due = [crowd[number % len(crowd)] for number in range(int(rate * seconds))]
        await spread([lambda at, phone=phone: phone.save(saves, at) for phone in due], seconds)

    run(evening(), crowd)
    settle(opened, crowd, ("D3", saves))
    assert not saves.bare


@pytest.mark.soak("D4")
@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_d4_the_bell(hall, database_kind):
    """D4: 5,000 hand-ins within a minute beside the marking: every receipt within 10 s, p99 at most 2 s."""
    opened = hall(many(5000), board="live")  # a live board is marked at once
    crowd, saves, receipts = phones(opened.seats, opened.server.port, 4), Tally(), Tally()

    async def evening() -> None:
        await spread([lambda at, phone=phone: phone.save(saves, at, _batch(phone)) for phone in crowd], 30)
        await spread([lambda at, phone=phone: phone.submit(receipts, at) for phone in crowd], lasting(60))

    run(evening(), crowd)
    settle(opened, crowd, (f"D4 on {database_kind}: saves", saves), ("receipts", receipts))
    assert len({phone.receipt for phone in crowd}) == len(crowd)
    assert receipts.ms(1) <= 10_000
    assert receipts.ms(0.99) <= 2000


def _batch(phone: Phone) -> list[dict]:
    """Return twenty answers that waited on a phone."""
    return list({one["slot"]: one for one in (phone.choose() for _ in range(20))}.values())


@pytest.mark.soak("D5", "G9")
def test_d5_a_storm_of_sign_ins(hall):
    """D5, G9: 5,000 sign-ins within five minutes beside 333 saves a second: saves p99 at most 500 ms, all in."""
    opened, seconds = hall(many(5000)), lasting(300)
    crowd, coming, saves, ins = phones(opened.seats, opened.server.port, 5), Tally(), Tally(), Tally()
    dice = random.Random(5)
    number = int(many(5000) * min(seconds / 300, 1))

    async def evening() -> None:
        logins = [
            lambda at, login=f"p{n}": sign_in(opened.server.port, login, PASSWORD, ins, at, dice) for n in range(number)
        ]
        await asyncio.gather(*save_all(opened, crowd, coming, 15, COMING))
        await asyncio.gather(spread(logins, seconds), *save_all(opened, crowd, saves, 15, seconds))

    run(evening(), crowd)
    settle(opened, crowd, ("while all come", coming), ("D5: saves", saves), ("sign-ins", ins))
    assert len(ins.times) == number
    assert saves.ms(0.99) <= 500


@pytest.mark.soak("D6")
def test_d6_a_link_comes_back(hall):
    """D6: after three minutes without network everybody has twenty answers waiting: drained within two minutes.

    While a phone reaches nobody it tries again within thirty seconds, more or less: what comes is spread out.
    """
    opened = hall(many(5000))
    crowd, saves, arrivals = phones(opened.seats, opened.server.port, 6), Tally(), []

    async def back(phone: Phone) -> None:
        due = time.monotonic() + phone.dice.uniform(0, 30 * 1.3)
        await asyncio.sleep(due - time.monotonic())
        arrivals.append(due)
        await phone.save(saves, due, _batch(phone))

    async def evening() -> None:
        began = time.monotonic()
        await asyncio.gather(*(back(phone) for phone in crowd))
        print(f"\nD6: drained in {time.monotonic() - began:.0f} s")
        assert time.monotonic() - began <= 120

    run(evening(), crowd)
    settle(opened, crowd, ("D6", saves))
    busiest = max(Counter(int(one) for one in arrivals).values())
    print(f"the busiest second brought {busiest} of {len(crowd)}")
    assert busiest <= 3 * len(crowd) / 39, "nobody's clock sends them all at once"


@pytest.mark.soak("D7")
def test_d7_slow_phones_hold_up_nobody(hall):
    """D7: 1,000 phones at 64 kbit/s and 200 that never finish a header; the others' p99 at most 500 ms."""
    opened, seconds = hall(many(1200)), lasting(60)
    crowd = phones(opened.seats, opened.server.port, 7)
    quick, slow, saves, crawl = crowd[: len(crowd) // 6], crowd[len(crowd) // 6 :], Tally(), Tally()

    async def evening() -> None:
        until = time.monotonic() + seconds
        teasing = [_tease(opened.server.port, until) for _ in range(many(200))]
        crawling = [_crawl(phone, crawl, until) for phone in slow]
        await asyncio.gather(*teasing, *crawling, *save_all(opened, quick, saves, 1, seconds))

    run(evening(), crowd)
    settle(opened, quick, ("D7: the others", saves), ("at 64 kbit/s", crawl))
    assert saves.ms(0.99) <= 500


async def _crawl(phone: Phone, tally: Tally, until: float) -> None:
    """Send saves byte by byte as a line of 64 kbit/s carries them: 80 bytes each 10 ms. Not all begin at one stroke."""
    await asyncio.sleep(phone.dice.uniform(0, 6))
    while time.monotonic() < until:
        due = time.monotonic()
        raw = request("PUT", phone.seat, "answers", {"epoch": 1, "answers": [phone.choose()]})
        reader, writer = await asyncio.open_connection("127.0.0.1", phone.wire.port)
        for start in range(0, len(raw), 80):
            writer.write(raw[start : start + 80])
            await asyncio.sleep(0.01)
        head = await reader.readuntil(b"\r\n\r\n")
        if head.split()[1] == b"200":
            tally.note(due)
        else:
            tally.errors.append(head[:40].decode())
        writer.close()
        await asyncio.sleep(phone.dice.uniform(2, 6))


async def _tease(port: int, until: float) -> None:
    """Begin requests and never end them: a header line every few seconds."""
    while time.monotonic() < until:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(b"PUT /api/v1/attempts/x/answers HTTP/1.1\r\nHost: localhost\r\n")
            while time.monotonic() < until and not reader.at_eof():
                await asyncio.sleep(3)
                writer.write(b"X-Slow: 1\r\n")
                await writer.drain()
        except OSError:
            pass
        writer.close()


@pytest.mark.soak("G6")
@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_g6_a_thousand_answer_every_second_and_a_half(hall, database_kind):
    """G6, G7: whole exams of fifty answers and a hand-in: save p95 at most 250 ms, p99 1 s, 0.15 s of CPU a trainee."""
    opened = hall(many(1000))
    crowd, saves, receipts = phones(opened.seats, opened.server.port, 8), Tally(), Tally()
    before = opened.cpu_seconds()

    async def exam(phone: Phone) -> None:
        due = time.monotonic()
        for _ in range(50):
            await asyncio.sleep(max(0, due - time.monotonic()))
            await phone.save(saves, due)
            due += 1.5 * phone.dice.uniform(0.7, 1.3)
        await phone.submit(receipts, time.monotonic())

    async def evening() -> None:
        await spread([lambda at, phone=phone: exam(phone) for phone in crowd], 30)

    run(evening(), crowd)
    spent = (opened.cpu_seconds() - before) / len(crowd)
    print(f"\nG7: {spent:.3f} s of processor time a trainee (the database of PostgreSQL not counted)")
    settle(opened, crowd, (f"G6 on {database_kind}", saves), ("receipts", receipts))
    assert saves.ms(0.95) <= 250
    assert saves.ms(0.99) <= 1000
    assert spent <= 0.25


@pytest.mark.soak("G8")
def test_g8_a_thousand_hand_in_within_five_seconds(hall):
    """G8: beside 300 saves a second: hand-in p95 at most 1 s, save p95 at most 500 ms; each 8 ms of CPU, marked."""
    opened = hall(many(2000), board="live")
    crowd, saves, receipts, quiet, spent = phones(opened.seats, opened.server.port, 9), Tally(), Tally(), Tally(), []
    leaving, staying = crowd[: len(crowd) // 2], crowd[len(crowd) // 2 :]

    async def bell() -> None:
        await asyncio.sleep(5)
        await spread([lambda at, phone=phone: phone.submit(receipts, at) for phone in leaving], 5)

    async def evening() -> None:
        await asyncio.gather(bell(), *save_all(opened, staying, saves, len(staying) / (300 * SHARE), 20))
        before = opened.cpu_seconds()
        await spread([lambda at, phone=phone: phone.submit(quiet, at) for phone in staying], 10)
        await asyncio.sleep(3)  # until the last is marked
        spent.append((opened.cpu_seconds() - before) / len(staying) * 1000)

    run(evening(), crowd)
    print(f"\nG8: {spent[0]:.1f} ms of processor time a hand-in with its marking, nothing beside it")
    settle(opened, staying, ("G8: saves", saves), ("hand-ins", receipts), ("by themselves", quiet))
    assert receipts.ms(0.95) <= 1000
    assert saves.ms(0.95) <= 500
    assert spent[0] <= 8


@pytest.mark.soak("G14")
def test_g14_three_thousand_idle_phones(hall):
    """G14: beside them 200 saves a second: no error, p95 at most 300 ms, at most 200 MB."""
    opened, seconds = hall(400), lasting(60)
    crowd, saves = phones(opened.seats, opened.server.port, 10), Tally()

    async def evening() -> None:
        idle = [await asyncio.open_connection("127.0.0.1", opened.server.port) for _ in range(many(3000))]
        await asyncio.gather(*save_all(opened, crowd, saves, 2, seconds))
        for _, writer in idle:
            writer.close()

    run(evening(), crowd)
    memory = opened.memory_mb()
    settle(opened, crowd, ("G14", saves))
    assert saves.ms(0.95) <= 300
    assert memory <= 200


@pytest.mark.soak("R17")
def test_r17_one_phone_that_floods_keeps_nobody_waiting(hall):
    """R17: a thousand connections save into one attempt; of 200 saves a second beside them none is refused, p99 500 ms."""
    opened, seconds = hall(400), lasting(30)
    crowd, saves = phones(opened.seats[1:], opened.server.port, 11), Tally()
    flooding, flood = phones([opened.seats[0]] * 1000, opened.server.port, 12), Tally()

    async def evening() -> None:
        await asyncio.gather(*save_all(opened, crowd, saves, 2, seconds), *save_all(opened, flooding, flood, 0, seconds))

    run(evening(), crowd + flooding)
    print(f"\nthe flood: {flood}")
    settle(opened, crowd, ("R17: the others", saves))
    assert flood.troubles[429] and not saves.troubles
    assert saves.ms(0.99) <= 500
