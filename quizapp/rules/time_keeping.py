"""Which time it is, by a clock that cannot be set: where to begin, and when the clock on the wall has jumped.

All in whole milliseconds. `steady` counts from the machine's start, `reference` is UTC as the wall says it: the
machine's clock, or the database's where several machines share one.
"""

JUMP_MS = 2000
FRESH_MS = 60_000  # what somebody noted so recently still tells how wrong the reference is


def begin(reference: int, high_water: int | None, noted: int | None = None, noted_jump: int = 0) -> int:
    """Return the UTC moment to begin from, at a start of the machine that is not known yet.

    Time never goes back behind what was noted (`high_water`). Where others are at work and know the reference to be
    wrong, their word counts.
    """
    if noted is not None and noted_jump and abs(reference - noted_jump - noted) <= FRESH_MS:
        return reference - noted_jump
    return reference if high_water is None else max(reference, high_water)


def jump(reference: int, carried: int) -> int:
    """Return by how much the reference is ahead of the time carried on, 0 where they agree."""
    apart = reference - carried
    return apart if abs(apart) > JUMP_MS else 0
