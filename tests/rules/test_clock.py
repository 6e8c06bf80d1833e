"""The exam clock, to the millisecond."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import clock

OPENS = datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
CLOSES = datetime(2026, 7, 31, 16, 0, tzinfo=UTC)  # 24:00 in Shanghai
MS = timedelta(milliseconds=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("started_at", "limit", "extension", "expected"),
    [
        (CLOSES - 60 * MINUTE, 2400, 0, CLOSES - 20 * MINUTE),
        (CLOSES - 40 * MINUTE, 2400, 0, CLOSES),
        (CLOSES - 40 * MINUTE + MS, 2400, 0, CLOSES),
        (CLOSES - 40 * MINUTE - MS, 2400, 0, CLOSES - MS),
        (CLOSES - 3 * MINUTE, 2400, 0, CLOSES),
        (CLOSES - 3 * MINUTE, 2400, 900, CLOSES + 15 * MINUTE),
        (CLOSES - 60 * MINUTE, 2400, 900, CLOSES - 5 * MINUTE),
    ],
)
def test_the_deadline_is_the_limit_or_the_window_plus_an_own_extension(started_at, limit, extension, expected):
    """C7: the window cuts the limit, and an extension is granted on top of both."""
    assert clock.deadline(started_at, limit, CLOSES, extension) == expected


@pytest.mark.parametrize(
    ("now", "released_at", "state"),
    [
        (OPENS - MS, None, "upcoming"),
        (OPENS, None, "open"),
        (CLOSES - MS, None, "open"),
        (CLOSES, None, "closed"),
        (CLOSES + MS, CLOSES + 2 * MS, "closed"),
        (CLOSES + 2 * MS, CLOSES + 2 * MS, "released"),
        (CLOSES + 9 * MINUTE, CLOSES, "released"),
    ],
)
def test_the_state_of_a_window(now, released_at, state):
    assert clock.window_state(OPENS, CLOSES, released_at, now) == state


@pytest.mark.parametrize(
    ("now", "extension", "seconds"),
    [
        (CLOSES - 60 * MINUTE, 0, 2400),
        (CLOSES - 12 * MINUTE, 0, 720),
        (CLOSES - 12 * MINUTE + MS, 0, 719),
        (CLOSES - MS, 0, 0),
        (CLOSES, 0, 0),
        (CLOSES + MINUTE, 0, 0),
        (CLOSES - 12 * MINUTE, 60, 780),
    ],
)
def test_what_somebody_who_starts_now_would_have(now, extension, seconds):
    """C7: told before the start."""
    assert clock.seconds_available(now, 2400, CLOSES, extension) == seconds


def test_nobody_has_an_extension_or_an_outage_unless_it_is_granted():
    assert clock.deadline(OPENS, 2400, CLOSES) == OPENS + 40 * MINUTE
    assert clock.seconds_available(CLOSES - 12 * MINUTE, 2400, CLOSES) == 720
    assert clock.seconds_used(OPENS, OPENS + 10 * MINUTE) == 600


@pytest.mark.parametrize(
    ("now", "released_at", "left", "answer"),
    [
        (OPENS - MS, None, 1, "upcoming"),
        (OPENS, None, 1, "yes"),
        (OPENS, None, 0, "none_left"),
        (CLOSES - MS, None, 1, "yes"),
        (CLOSES, None, 1, "closed"),
        (CLOSES, CLOSES, 1, "released"),
    ],
)
def test_who_may_start(now, released_at, left, answer):
    assert clock.may_start(OPENS, CLOSES, released_at, now, left) == answer


@pytest.mark.parametrize(
    ("late_by", "state", "answer"),
    [
        (-MS, "open", "yes"),
        (0 * MS, "open", "yes"),
        (MS, "open", "yes"),
        (30_000 * MS - MS, "open", "yes"),
        (30_000 * MS, "open", "yes"),
        (30_000 * MS + MS, "open", "late"),
        (30_000 * MS, "auto_submitted", "yes"),
        (30_000 * MS + MS, "auto_submitted", "late"),
        (-MS, "submitted", "closed"),
        (-MS, "marked", "closed"),
        (-MS, "sealed", "closed"),
        (30_000 * MS + MS, "submitted", "late"),
        (30_000 * MS + MS, "sealed", "late"),
    ],
)
def test_an_answer_is_judged_by_its_arrival_alone(late_by, state, answer):
    """C2: the grace is inclusive, and a close in between does not make an answer late."""
    assert clock.accepts(CLOSES + late_by, CLOSES, 30, state) == answer


@pytest.mark.parametrize(
    ("after", "margin", "answer"),
    [
        (0, 0, False), (30_000, 0, False), (30_001, 0, True),
        (30_001, 10, False), (40_000, 10, False), (40_001, 10, True),
    ],
)
def test_an_attempt_is_closed_only_after_the_last_moment_an_answer_may_arrive(after, margin, answer):
    assert clock.may_close(CLOSES + after * MS, CLOSES, 30, margin) is answer


@given(st.integers(-100_000, 100_000), st.integers(0, 60))
def test_nothing_is_ever_both_acceptable_and_closable(ms, grace):
    moment = CLOSES + ms * MS
    assert (clock.accepts(moment, CLOSES, grace, "open") == "yes") != clock.may_close(moment, CLOSES, grace)


@pytest.mark.parametrize(
    ("last", "outage", "deadline_at", "seconds"),
    [
        (OPENS + 10 * MINUTE, 0, None, 600),
        (OPENS + 10 * MINUTE + 999 * MS, 0, None, 600),
        (OPENS + 10 * MINUTE, 120, None, 480),
        (OPENS + 10 * MINUTE, 900, None, 0),
        (OPENS - MS, 0, None, 0),
        (OPENS + 40 * MINUTE + 25_000 * MS, 0, OPENS + 40 * MINUTE, 2400),
        (OPENS + 39 * MINUTE, 0, OPENS + 40 * MINUTE, 2340),
    ],
)
def test_seconds_used(last, outage, deadline_at, seconds):
    assert clock.seconds_used(OPENS, last, outage, deadline_at) == seconds


def test_moments_of_any_zone_mean_the_same():
    shanghai = timezone(timedelta(hours=8))
    assert clock.window_state(OPENS, CLOSES.astimezone(shanghai), None, CLOSES) == "closed"
    assert clock.deadline(OPENS.astimezone(shanghai), 60, CLOSES) == OPENS + MINUTE


def test_a_naive_moment_is_refused():
    with pytest.raises(TypeError):
        clock.window_state(OPENS, CLOSES, None, datetime(2026, 7, 2))  # noqa: DTZ001 (the point of the test)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (CLOSES, "2026-07-31T16:00:00.000Z"),
        (CLOSES + timedelta(microseconds=1999), "2026-07-31T16:00:00.001Z"),
        (CLOSES.astimezone(timezone(timedelta(hours=8))), "2026-07-31T16:00:00.000Z"),
    ],
)
def test_moments_go_out_as_utc_with_milliseconds(moment, text):
    assert clock.rfc3339(moment) == text


def test_those_who_wait_start_one_after_the_other_within_twenty_seconds_of_the_opening():
    """D6: no second sees more than a small part of them, and each keeps the slot it has."""
    slots = [clock.start_slot(OPENS, CLOSES, 2400, f"person {number}") for number in range(2000)]
    seconds = [(slot - OPENS) // clock.SECOND for slot in slots]
    assert set(seconds) == set(range(20))
    assert max(seconds.count(second) for second in range(20)) <= 150
    assert slots[7] == clock.start_slot(OPENS, CLOSES, 2400, "person 7")


@given(st.integers(60, 7200), st.integers(1, 20_000), st.text())
def test_a_slot_costs_nobody_a_second(limit, window, who):
    """C7: whoever starts at the slot has what a start at the opening would have brought."""
    closes = OPENS + window * clock.SECOND
    slot = clock.start_slot(OPENS, closes, limit, who)
    assert OPENS <= slot <= OPENS + clock.WIDEST_SPAN
    assert clock.deadline(slot, limit, closes) - slot == clock.deadline(OPENS, limit, closes) - OPENS


def test_the_last_full_start_brings_the_whole_time_and_a_later_one_does_not():
    """C7"""
    last = clock.last_full_start(2400, CLOSES)
    assert clock.seconds_available(last, 2400, CLOSES) == 2400
    assert clock.seconds_available(last + MS, 2400, CLOSES) == 2399
