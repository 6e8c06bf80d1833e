"""Who sends quicker than a person can: a token bucket for each sender, kept as the moment at which it is full again."""


class Pace:
    """So many requests at once and so many a second from each sender. All of it runs in the event loop."""

    def __init__(self, at_once: int, per_second: float):
        self.burst_seconds, self.step = at_once / per_second, 1 / per_second
        self.full_at: dict[tuple, float] = {}

    def is_beyond(self, sender: tuple, now: float) -> bool:
        """Take a token of this sender's, or return True where there is none."""
        full_at = max(self.full_at.get(sender, now), now) + self.step
        if full_at > now + self.burst_seconds:
            return True
        self.full_at[sender] = full_at
        return False

    def forget_full(self, now: float) -> None:
        """Forget whoever could send at once again: a full bucket is like none."""
        self.full_at = {sender: full_at for sender, full_at in self.full_at.items() if full_at > now}
