"""Every limit of the server, with its unit and the reason for its size."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class LaneLimits:
    """One lane: so many threads, so many requests waiting; a further one is told to come back."""

    threads: int
    waiting: int
    retry_after: int  # seconds
    yields_at: int | None = None  # takes nothing more while so many answers wait
    is_aside: bool = False  # computed in a process of its own, where there is one


@dataclass(frozen=True)
class Limits:
    """What one server process takes on. Sizes are bytes, times are seconds."""

    connections: int = 16_000  # at the limit the connections that are idle longest make room
    backlog: int = 4096  # connections the kernel keeps until we accept them
    head_bytes: int = 32 * 1024
    head_seconds: float = 20  # from a request's first byte to the end of its headers
    headers: int = 100
    body_bytes: int = 20 * 1024 * 1024 + 64 * 1024  # a little above the application's own limit, whose words are kinder
    small_body_bytes: int = 64 * 1024
    all_bodies_bytes: int = 64 * 1024 * 1024  # held at once; bodies that are not small get half of it
    body_seconds: float = 30  # from the end of the headers to the end of the body …
    body_bytes_per_second: int = 8 * 1024  # … and a second more for so many bytes, except in the lane of answers
    idle_seconds: float = 300  # a phone thinks for minutes over a question; a new connection costs it three round trips
    reply_bytes: int = 4 * 1024 * 1024  # of one reply kept for a slow reader before the thread that makes it waits
    reply_seconds: float = 60  # until a reader who stopped reading is let go …
    reply_bytes_per_second: int = 1024  # … and a second more for so many bytes still to be read
    pipelined: int = 8  # requests one connection may send ahead
    linger_seconds: float = 2  # we go on reading, so that a refused sender gets to see why
    abandoned_seconds: float = 1  # a page that nobody waits for any more is dropped after so long in its queue
    drain_seconds: float = 20  # requests at work when the server is told to stop
    sweep_seconds: float = 1  # how often overdue connections are looked for
    saves_at_once: int = 120  # from one phone to one attempt, and so many a second: no person is quicker. Enforced …
    saves_per_second: float = 10
    pressed_at: int = 128  # … only while so many answers wait; else it would take from one and give to nobody
    lanes: dict[str, LaneLimits] = field(
        default_factory=lambda: {
            # Threads that save wait together for one commit: on a slow disk their number is the size of the group.
            "answers": LaneLimits(threads=16, waiting=1024, retry_after=2),
            "health": LaneLimits(threads=1, waiting=64, retry_after=2),
            # Under pressure the others give way one after the other, in this order.
            "boards": LaneLimits(threads=1, waiting=64, retry_after=10, yields_at=64, is_aside=True),
            "exports": LaneLimits(threads=1, waiting=16, retry_after=15, yields_at=128, is_aside=True),
            "files": LaneLimits(threads=1, waiting=16, retry_after=10, yields_at=256),
            # A hash takes 20 ms, one at a time.
            "sign-in": LaneLimits(threads=2, waiting=2048, retry_after=10, yields_at=512),
            # Threads that compute take turns with those that save; more of them make no more pages.
            "pages": LaneLimits(threads=3, waiting=256, retry_after=5, yields_at=768),
        }
    )
