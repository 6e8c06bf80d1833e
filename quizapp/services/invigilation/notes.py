"""What running requests note in memory of the attempts they serve; the pulse writes it, so that a save pays nothing."""

from dataclasses import dataclass
from threading import Lock

MINUTE = 60_000  # ms: an attempt that goes on being heard is written at most so often
QUIET = 30_000  # after so long without a word its last one is written in any case
FORGET = 3_600_000
MOST_DEVICES = 8  # of one attempt; what further ones tell is not kept


@dataclass
class Heard:
    """When an attempt was heard, in ms: first and last since it was last written."""

    first: int
    last: int
    written: int = 0


@dataclass
class Told:
    """What one device tells of an attempt, and when that was last written."""

    values: dict
    at: int
    written: int = 0
    is_new: bool = True


class Notes:
    """The notes of one serving process; safe to use from many threads."""

    def __init__(self):
        self.lock = Lock()
        self.heard: dict[str, Heard] = {}
        self.told: dict[str, dict[tuple[str, str], Told]] = {}

    def hear(self, attempt: str, at: int) -> None:
        """Note that an attempt (public id) was heard at a moment in ms."""
        with self.lock:
            known = self.heard.get(attempt)
            if known is None:
                self.heard[attempt] = Heard(at, at)
            else:
                known.first = known.first or at
                known.last = max(known.last, at)

    def tell(self, attempt: str, kind: str, device: str, values: dict, at: int) -> None:
        """Note what a device tells of an attempt; the sums of one device replace its earlier ones."""
        with self.lock:
            devices = self.told.setdefault(attempt, {})
            known = devices.get((kind, device))
            if known is None and len(devices) < MOST_DEVICES:
                devices[kind, device] = Told(values, at)
            elif known is not None and known.values != values:
                known.values, known.at, known.is_new = values, at, True

    def due_heard(self, now: int) -> list[dict]:
        """Return what is to be written of the attempts heard, as the pulse's statements take it."""
        with self.lock:
            for attempt in [one for one, heard in self.heard.items() if heard.last < now - FORGET]:
                del self.heard[attempt]
            return [
                {"attempt": attempt, "first": heard.first, "last": heard.last}
                for attempt, heard in self.heard.items()
                if heard.last > heard.written and (heard.last - heard.written >= MINUTE or now - heard.last >= QUIET)
            ]

    def wrote_heard(self, rows: list[dict]) -> None:
        """Take down what is written now; what was heard meanwhile is of the next round."""
        with self.lock:
            for row in rows:
                known = self.heard.get(row["attempt"])
                if known is not None:
                    known.written = row["last"]
                    known.first = known.last if known.last > row["last"] else 0

    def due_told(self, now: int) -> list[dict]:
        """Return what devices tell that is to be written, each at most once a minute."""
        with self.lock:
            for attempt, devices in list(self.told.items()):
                if all(told.at < now - FORGET and not told.is_new for told in devices.values()):
                    del self.told[attempt]
            return [
                {"attempt": attempt, "kind": kind, "device": device, "told": told.values, "at": told.at}
                for attempt, devices in self.told.items()
                for (kind, device), told in devices.items()
                if told.is_new and now - told.written >= MINUTE
            ]

    def wrote_told(self, rows: list[dict], now: int) -> None:
        """Take down what is written now."""
        with self.lock:
            for row in rows:
                known = self.told.get(row["attempt"], {}).get((row["kind"], row["device"]))
                if known is not None:
                    known.written = now
                    known.is_new = known.values != row["told"]
