"""Values that many readers share for a few seconds: one of them computes, the others wait for it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock

from flask import current_app

FRESH = timedelta(seconds=4)
SIZE = 500


class Shared:
    """The newest values by key; safe to use from many threads."""

    def __init__(self):
        self.lock, self.kept, self.turns = Lock(), OrderedDict(), {}

    def get(self, key: Hashable, now: datetime, compute: Callable, fresh: timedelta):
        """Return the value of a key, computed anew where it is older than `fresh`; an error is nobody's value."""
        with self.lock:
            turn = self.turns.setdefault(key, Lock())
        with turn:
            made_at, value = self.kept.get(key, (None, None))
            if made_at is None or not made_at <= now < made_at + fresh:
                value = compute()
                with self.lock:
                    self.kept[key] = (now, value)
                    self.kept.move_to_end(key)
                    while len(self.kept) > SIZE:
                        self.turns.pop(self.kept.popitem(last=False)[0], None)
        return value


def get(key: Hashable, now: datetime, compute: Callable, fresh: timedelta = FRESH):
    """Return what this process shares under a key. Data only, and the key says for whose units."""
    shared = current_app.extensions.get("shared")
    if shared is None:
        shared = current_app.extensions.setdefault("shared", Shared())
    return shared.get(key, now, compute, fresh)
