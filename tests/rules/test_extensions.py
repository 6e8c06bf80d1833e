"""What more time does to one attempt."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.rules.extensions import Effect, effect

END = datetime(2026, 7, 31, 12, 0, tzinfo=UTC)
MINUTE, MS = timedelta(minutes=1), timedelta(milliseconds=1)
LATER = END + 15 * MINUTE


@pytest.mark.parametrize(
    ("state", "after", "late_after", "is_named", "expected"),
    [
        ("open", -5 * MINUTE, None, False, Effect(LATER, False)),
        ("open", 20 * MINUTE, None, False, Effect(LATER, False)),
        ("auto_submitted", 5 * MINUTE, None, False, Effect(LATER, True)),
        ("auto_submitted", 15 * MINUTE - MS, None, False, Effect(LATER, True)),
        ("auto_submitted", 15 * MINUTE, None, False, None),
        ("auto_submitted", 20 * MINUTE, 16 * MINUTE, False, None),
        ("auto_submitted", 20 * MINUTE, 15 * MINUTE + 30_000 * MS, False, Effect(LATER, False)),
        ("auto_submitted", 20 * MINUTE, 15 * MINUTE + 30_001 * MS, False, None),
        ("submitted", 5 * MINUTE, None, False, None),
        ("submitted", 5 * MINUTE, None, True, Effect(LATER, True)),
        ("submitted", 15 * MINUTE, 2 * MINUTE, True, None),
        ("marked", -5 * MINUTE, None, True, None),
        ("sealed", -5 * MINUTE, None, True, None),
    ],
)
def test_what_fifteen_minutes_do(state, after, late_after, is_named, expected):
    """C5: whoever is at it gets them, the clock's own closing is undone where that leaves time, marked is marked."""
    late = None if late_after is None else END + late_after
    assert effect(state, END, 15, END + after, 30, late, is_named) == expected


def test_no_minutes_take_up_again_what_its_person_handed_in_too_early():
    assert effect("submitted", END, 0, END - MINUTE, 30, None, is_named=True) == Effect(END, True)
    assert effect("submitted", END, 0, END, 30, None, is_named=True) is None
