"""What a rehearsal comes to: figures of what was measured, and whether that is safe."""

from dataclasses import dataclass

SAVE_P99_MS, HAND_IN_P99_MS = 300, 2000  # slower than that, people begin to doubt that they are saved
PAUSE_SECONDS = 15  # between two answers of one person, as they really come
BELL_SECONDS = 60  # in which everybody hands in
HEADROOM = 0.5  # of what the machine can do at most; the rest is for pages, sign-ins and bad luck


@dataclass(frozen=True)
class Played:
    """What a rehearsal saw; times are in milliseconds."""

    people: int
    saves: list[float]
    hand_ins: list[float]
    errors: int  # requests that were not answered as they should be, however often they were repeated
    cuts: int  # connections that were cut on purpose
    lost: int  # answers said to be saved that are not there, or older
    ranked: int  # people in the ranking afterwards
    saves_a_second: float  # as many as the machine can take
    hand_ins_a_second: float


def percentile(times: list[float], share: float) -> float:
    """Return the time that this share of all stays below; 0 where there is none."""
    ordered = sorted(times)
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)], 1) if ordered else 0.0


def carries(saves_a_second: float, hand_ins_a_second: float) -> int:
    """Return how many people may sit at once: each saves every 15 s, and all hand in within a minute."""
    return int(min(saves_a_second * HEADROOM * PAUSE_SECONDS, hand_ins_a_second * BELL_SECONDS))


def report(played: Played) -> dict:
    """Return the figures of a rehearsal as plain data, with `is_safe` and why not (`troubles`)."""
    told = {
        "people": played.people,
        "saves": len(played.saves),
        "hand_ins": len(played.hand_ins),
        "errors": played.errors,
        "cuts": played.cuts,
        "lost": played.lost,
        "ranked": played.ranked,
        "saves_a_second": round(played.saves_a_second, 1),
        "hand_ins_a_second": round(played.hand_ins_a_second, 1),
        "carries": carries(played.saves_a_second, played.hand_ins_a_second),
    }
    for name, times in (("save", played.saves), ("hand_in", played.hand_ins)):
        told |= {f"{name}_p{part}_ms": percentile(times, part / 100) for part in (50, 95, 99)}
    troubles = [
        name
        for name, is_bad in (
            ("lost", played.lost > 0),
            ("errors", played.errors > 0),
            ("not_handed_in", len(played.hand_ins) < played.people),
            ("not_ranked", played.ranked < played.people),
            ("slow_saves", told["save_p99_ms"] > SAVE_P99_MS),
            ("slow_hand_ins", told["hand_in_p99_ms"] > HAND_IN_P99_MS),
            ("too_many", told["carries"] < played.people),
        )
        if is_bad
    ]
    return {**told, "troubles": troubles, "is_safe": not troubles}
