"""What never changes once it is known, kept in memory: the most recently used values of a kind."""

from collections import OrderedDict
from threading import Lock


class Remembered:
    """The most recently used values by key; safe to use from many threads."""

    def __init__(self, size: int):
        self.size, self.values, self.lock = size, OrderedDict(), Lock()

    def get(self, key):
        """Return the value kept for a key, or None."""
        with self.lock:
            if key in self.values:
                self.values.move_to_end(key)
            return self.values.get(key)

    def put(self, key, value):
        """Keep a value, forgetting the one unused for longest where there are too many."""
        with self.lock:
            self.values[key] = value
            if len(self.values) > self.size:
                self.values.popitem(last=False)
        return value
