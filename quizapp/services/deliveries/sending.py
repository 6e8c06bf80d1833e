"""Sending: claim, post outside any transaction, then mark; a crash in between sends again, and is applied once."""

import hashlib
import json
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from quizapp.rules import retry, webhooks
from quizapp.rules.errors import Refusal
from quizapp.services.deliveries import outbound, queue, receivers, receiving, secrets
from quizapp.services.deliveries.queue import Task
from quizapp.services.signing import signing_key

AT_ONCE = 8
AT_ONCE_TO_ONE = 4
BUDGET_SECONDS = 5  # no new sending begins after so long: closing exams on time goes before


class Refused(Exception):
    """The receiver answered, but not that it has the sheet; the text is a trouble of `rules.delivery_troubles`."""

    def __init__(self, trouble: str, retry_after: int | None = None):
        super().__init__(trouble)
        self.retry_after = retry_after


@dataclass
class Round:
    """What is under way, and what is known of the receivers so far."""

    now: datetime
    flying: dict[Future, Task] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    arrived: int = 0

    def skipped(self) -> set[int]:
        """Receivers to leave alone: those that did not answer, and those with enough under way.

        One sheet tries whether a receiver is there at all, before more of them wait for it.
        """
        busy = Counter(task.receiver_id for task in self.flying.values())
        full = {one for one, count in busy.items() if count >= (AT_ONCE_TO_ONE if one in self.answered else 1)}
        return self.silent | full


def deliver_due(now: datetime, budget_seconds: float = BUDGET_SECONDS) -> int:
    """Send what is due and return how many sheets arrived. Any number of processes may do so at once.

    A receiver that does not answer at all is left alone until the next round; one refused sheet blocks no other.
    """
    queue.raise_alarms(now)
    end, this = monotonic() + budget_seconds, Round(now)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while True:
            while monotonic() < end and len(this.flying) < AT_ONCE and (task := queue.claim(now, this.skipped())):
                _begin(this, pool, task)
            if not this.flying:
                return this.arrived
            done, _ = wait(this.flying, return_when=FIRST_COMPLETED)
            for future in done:
                _settle(this, this.flying.pop(future), future)


def _begin(this: Round, pool: ThreadPoolExecutor, task: Task) -> None:
    """Bring a sheet to the embedded receiver at once, or let a thread post it that knows nothing of the database."""
    if task.kind == "embedded":
        future = Future()
        try:
            future.set_result(_receive(task, this.now))
        except Exception as error:
            future.set_exception(error)
        _settle(this, task, future)
        return
    try:
        headers = webhooks.sign(task.event_id, this.now, task.body, secrets.read(task.slug), [signing_key()[1]])
    except (OSError, ValueError) as error:
        queue.mark_failed(task, f"no-secret {type(error).__name__}", None, this.now)
        return
    headers |= {"Content-Type": "application/json", "User-Agent": "quizapp"}
    this.flying[pool.submit(_post, task, headers, receivers.allowed_places(), this.now)] = task


def _receive(task: Task, now: datetime) -> bytes:
    headers = webhooks.sign(task.event_id, now, task.body, private_keys=[signing_key()[1]])
    return _checked(task, json.dumps(receiving.receive(task.receiver_id, headers, task.body, now)).encode())


def _post(task: Task, headers: dict[str, str], places: frozenset, now: datetime) -> bytes:
    reply = outbound.post(task.url, headers, task.body, places)
    if not 200 <= reply.status < 300:
        raise Refused(f"answered {reply.status}", retry.read_retry_after(reply.retry_after, now))
    return _checked(task, reply.body)


def _checked(task: Task, answer: bytes) -> bytes:
    """Return an answer unless it says that something else arrived; a receiver need not say anything."""
    try:
        stated = json.loads(answer)
    except (ValueError, RecursionError):
        return answer
    ours = {"received": task.event_id, "digest": hashlib.sha256(task.body).hexdigest()}
    if isinstance(stated, dict) and any(stated.get(name, value) != value for name, value in ours.items()):
        raise Refused("something-else")
    return answer


def _settle(this: Round, task: Task, future: Future) -> None:
    """Note what became of a sheet."""
    error = future.exception()
    if isinstance(error, outbound.NotSent):
        this.silent.add(task.receiver_id)
        queue.mark_failed(task, str(error), None, this.now)
        return
    this.answered.add(task.receiver_id)
    if error is None:
        queue.mark_delivered(task, hashlib.sha256(future.result()).hexdigest(), this.now)
        this.arrived += 1
    elif isinstance(error, Refused):
        queue.mark_failed(task, str(error), error.retry_after, this.now)
    elif isinstance(error, Refusal):
        queue.mark_failed(task, error.type, None, this.now)
    elif isinstance(error, Exception):
        queue.mark_failed(task, f"internal {type(error).__name__}", None, this.now)
    else:
        raise error
