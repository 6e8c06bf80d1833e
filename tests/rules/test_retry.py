"""When deliveries are tried again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.retry import read_retry_after, wait_seconds

NOW = datetime(2026, 7, 31, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (1, 5), (2, 30), (3, 120), (4, 300), (5, 900), (6, 1800), (7, 3600), (8, 3600), (726, 3600), (727, None)],
)
def test_quickly_at_first_then_hourly_for_thirty_days(failures, seconds):
    assert wait_seconds(failures, 0) == seconds


@pytest.mark.parametrize(
    ("jitter", "seconds"), [(-1, 2880), (-0.5, 3240), (0.5, 3960), (1, 4320), (5, 4320), (-5, 2880)]
)
def test_hourly_tries_are_moved_by_up_to_a_fifth(jitter, seconds):
    assert wait_seconds(7, jitter) == seconds
    assert wait_seconds(6, jitter) == 1800


@pytest.mark.parametrize(
    ("failures", "retry_after", "seconds"),
    [(1, 60, 60), (1, 1, 5), (7, 60, 3600), (7, 7200, 7200), (1, 10**9, 86_400), (1, -5, 5), (1, None, 5), (1, 0, 5)],
)
def test_a_receiver_may_ask_for_longer_up_to_a_day(failures, retry_after, seconds):
    assert wait_seconds(failures, 0, retry_after) == seconds


@given(st.integers(0, 726), st.floats(-1, 1), st.none() | st.integers(-10, 10**12))
def test_a_wait_is_never_negative_and_never_longer_than_a_day(failures, jitter, retry_after):
    assert 0 <= wait_seconds(failures, jitter, retry_after) <= 86_400


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120), (" 0 ", 0), ("Fri, 31 Jul 2026 16:01:30 GMT", 90), ("Fri, 31 Jul 2026 15:00:00 GMT", 0),
        ("Sat, 01 Aug 2026 00:01:00 +0800", 60), (None, None), ("", None), ("soon", None), ("-5", None), ("1.5", None),
        ("１２", None), ("9" * 40, None), ("Fri, 31 Jul 2026 16:01:30", None), ("Fri, 99 Jul 2026 16:01:30 GMT", None),
    ],
)
def test_a_retry_after_header_is_read_or_passed_over(header, seconds):
    assert read_retry_after(header, NOW) == seconds
