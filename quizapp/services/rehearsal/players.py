"""The people of a rehearsal: each signs in, answers, meets a bad network, and hands in at the bell with all others."""

import asyncio
import random
from dataclasses import dataclass, field
from time import monotonic

from quizapp.services.rehearsal.wire import Wire

CUT_SHARE = 0.04  # of saves whose answer never arrives
TRIES = 20
PROBES = 12  # connections that save without a pause, to see what the machine takes at most
PROBE_SECONDS = 4


@dataclass
class Log:
    """What all of them saw; times are in seconds."""

    saves: list[float] = field(default_factory=list)
    hand_ins: list[float] = field(default_factory=list)
    errors: int = 0
    cuts: int = 0
    said: dict = field(default_factory=dict)  # (attempt, slot) -> (epoch, seq) that was said to be saved
    probed: int = 0
    bell_seconds: float = 0.0


class Player:
    """One person with a phone."""

    def __init__(self, port: int, exam: str, login: str, password: str, log: Log, seed: int):
        """Prepare; nobody comes in yet."""
        self.wire, self.exam, self.log, self.dice = Wire(port), exam, log, random.Random(seed)
        self.login, self.password, self.attempt, self.seq = login, password, None, 0

    async def come_in(self) -> None:
        """Sign in and start."""
        self.wire.token = (await self._insist("GET", "/csrf"))["csrf_token"]
        told = await self._insist("POST", "/session", {"login": self.login, "password": self.password})
        self.wire.token = told["csrf_token"]
        self.attempt = await self._insist("POST", f"/exams/{self.exam}/attempts", {})

    async def answer(self, seconds: float) -> None:
        """Answer every question once, spread over so many seconds; now and then the network is gone."""
        items = self.attempt["paper"]["items"]
        begin = monotonic()
        for place, item in enumerate(items):
            await asyncio.sleep(max(0, begin + (place + self.dice.random()) * seconds / len(items) - monotonic()))
            await self.save(item)

    async def save(self, item: dict) -> None:
        """Save one answer until the server has said that it stands."""
        self.seq += 1
        body = {"epoch": self.attempt["epoch"],
                "answers": [{"slot": item["slot"], "seq": self.seq, "value": value_for(item, self.dice)}]}  # fmt: skip
        path = f"/attempts/{self.attempt['attempt_id']}/answers"
        if self.dice.random() < CUT_SHARE:
            self.log.cuts += 1
            await self.wire.send_and_cut("PUT", path, body)
        began = monotonic()
        told = await self._insist("PUT", path, body)
        self.log.saves.append(monotonic() - began)
        if told["saved"].get(item["slot"]) == self.seq:
            self.log.said[self.attempt["attempt_id"], item["slot"]] = (self.attempt["epoch"], self.seq)
        else:
            self.log.errors += 1

    async def hand_in(self) -> None:
        """Hand in until there is a receipt."""
        began = monotonic()
        path = f"/attempts/{self.attempt['attempt_id']}/submission"
        told = await self._insist("POST", path, {"epoch": self.attempt["epoch"], "answers": []})
        if told["receipt"]["code"]:
            self.log.hand_ins.append(monotonic() - began)

    async def _insist(self, method: str, path: str, body=None) -> dict:
        """Ask until the answer is yes, with growing pauses as a phone makes them. Raises ConnectionError at the end."""
        for n in range(TRIES):
            try:
                status, told = await self.wire.ask(method, path, body)
                if 200 <= status < 300:
                    return told
                if status not in (429, 503):
                    break
            except ConnectionError:
                self.log.cuts += 1
            await asyncio.sleep(min(10, 0.2 * 2**n) * (0.5 + self.dice.random() / 2))
        raise ConnectionError(path)


def value_for(item: dict, dice: random.Random):
    """Return some value that an item takes."""
    kind = item["kind"]
    if kind == "matching":
        return {one["id"]: dice.choice(item["right"])["id"] for one in item["options"]}
    if "options" in item:
        return [dice.choice(item["options"])["id"]] if kind != "ordering" else [one["id"] for one in item["options"]]
    if kind == "numerical":
        return str(dice.randrange(100))
    if kind == "true_false":
        return dice.random() < 0.5
    return ["演练"] * item["blanks"] if "blanks" in item else None


async def play(port: int, exam: str, people: int, password: str, seconds: float, login: str, say) -> Log:
    """Let everybody play the whole exam and return what they saw. `say(deed)` is told what begins."""
    log = Log()
    players = [Player(port, exam, login.format(number=n), password, log, n) for n in range(people)]
    say("sign-in")
    players = await _each(log, players, Player.come_in)
    say("answer")
    players = await _each(log, players, lambda one: one.answer(seconds))
    say("probe")
    await _probe(log, players[:PROBES])
    say("hand-in")
    began = monotonic()
    await _each(log, players, Player.hand_in)
    log.bell_seconds = monotonic() - began
    for one in players:
        one.wire.cut()
    return log


async def _each(log: Log, players: list[Player], deed) -> list[Player]:
    """Let all do something at once; who cannot is counted and takes no further part."""
    outcomes = await asyncio.gather(*(deed(one) for one in players), return_exceptions=True)
    left = [one for one, outcome in zip(players, outcomes, strict=True) if not isinstance(outcome, Exception)]
    log.errors += len(players) - len(left)
    return left


async def _probe(log: Log, players: list[Player]) -> None:
    """Save without any pause for a moment: how many saves a second does the machine take?"""
    until, before = monotonic() + PROBE_SECONDS, len(log.saves)

    async def hurry(one: Player) -> None:
        while monotonic() < until:
            await one.save(one.dice.choice(one.attempt["paper"]["items"]))

    await _each(log, players, hurry)
    log.probed = len(log.saves) - before
    del log.saves[before:]  # as fast as it goes is not how people answer
