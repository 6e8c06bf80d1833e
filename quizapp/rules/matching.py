"""Giving distinct things to wishers: the largest possible assignment, and proof where it falls short."""

from collections.abc import Hashable, Sequence


class Matching:
    """An assignment under way: `owners` is thing -> wisher, `jams` are groups that wish for too few things.

    Wishers are places in `wishes`. A wisher takes the first free thing in the order of its wishes; only when none
    is free do others make room. What has an owner keeps one, so that each list is read for free things only once.
    """

    def __init__(self, wishes: Sequence[Sequence[Hashable]], counts: Sequence[int]):
        self.wishes = wishes
        self.owners: dict[Hashable, int] = {}
        self.jams: list[frozenset[int]] = []
        self._free = [iter(things) for things in wishes]
        for wisher, count in enumerate(counts):
            self._serve_all(wisher, count)

    def _serve_all(self, wisher: int, count: int) -> None:
        for _ in range(count):
            visited: set[int] = set()
            if not self._serve(wisher, visited):
                self.jams = [jam for jam in self.jams if not jam <= visited] + [frozenset(visited)]
                return

    def _serve(self, wisher: int, visited: set[int]) -> bool:
        visited.add(wisher)
        for thing in self._free[wisher]:
            if thing not in self.owners:
                self.owners[thing] = wisher
                return True
        for thing in self.wishes[wisher]:
            owner = self.owners[thing]
            if owner not in visited and self._serve(owner, visited):
                self.owners[thing] = wisher
                return True
        return False

    def things(self, wisher: int) -> list[Hashable]:
        """Return what the wisher got, in no particular order."""
        return [thing for thing, owner in self.owners.items() if owner == wisher]

    def contested(self, jam: frozenset[int]) -> set[Hashable]:
        """Return all that the wishers of a jam wish for: fewer things than they ask for together."""
        return {thing for wisher in jam for thing in self.wishes[wisher]}


def match(wishes: Sequence[Sequence[Hashable]], counts: Sequence[int]) -> Matching:
    """Give wisher i up to `counts[i]` things of `wishes[i]`, no thing twice, as many in all as is possible.

    Everybody is served fully if and only if there is no jam.
    """
    return Matching(wishes, counts)
