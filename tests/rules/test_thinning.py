"""Of many backups enough stay, and never more than a disk can hold."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.thinning import superfluous

NOW = datetime(2026, 7, 31, 20, 2, tzinfo=UTC)
minutes = st.lists(st.integers(0, 60 * 24 * 60), unique=True, max_size=200)


@given(minutes)
def test_the_newest_always_stay_and_what_went_has_something_as_new_or_newer_near_it(ages):
    moments = [NOW - timedelta(minutes=age) for age in ages]
    going = set(superfluous(moments, NOW))
    staying = sorted(set(moments) - going, reverse=True)
    assert staying[:3] == sorted(moments, reverse=True)[:3]
    for one in going:
        near = timedelta(hours=1) if NOW - one <= timedelta(days=2) else timedelta(days=1)
        assert NOW - one > timedelta(days=30) or any(one < other < one + near for other in staying)
    assert set(superfluous(staying, NOW)) == set(), "what stays once stays"


def test_a_month_of_backups_every_five_minutes_leaves_about_a_hundred():
    moments = [NOW - timedelta(minutes=5 * n) for n in range(12 * 24 * 40)]
    left = len(moments) - len(superfluous(moments, NOW))
    assert 80 <= left <= 110
