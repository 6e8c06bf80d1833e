"""Pitfall 7: more time is proposed on the server's evidence or a village's, never on one person's word."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import outage
from quizapp.rules.outage import Silence, Sitting

START = datetime(2026, 7, 31, 12, 0, tzinfo=UTC)
NOW = START + timedelta(minutes=60)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def silences(*pairs) -> list[Silence]:
    """Return a silence an attempt: (from, until) in minutes, until None where it goes on."""
    return [Silence(number, at(a), None if b is None else at(b)) for number, (a, b) in enumerate(pairs)]


def sittings(count: int) -> list[Sitting]:
    return [Sitting(number, START) for number in range(count)]


def found(given_silences, open_count, down=(), now=NOW) -> list:
    return outage.village_outages(given_silences, sittings(open_count), list(down), now)


@pytest.mark.parametrize(
    ("pairs", "open_count", "expected"),
    [
        ([(10, 20), (10.5, 21), (11, 19)], 6, 1),  # three of six
        ([(10, 20), (10.5, 21), (11, 19)], 7, 0),  # less than half
        ([(10, 20), (10.5, 21)], 2, 0),  # all, but two
        ([(10, 20), (10.5, 21), (12.5, 19)], 3, 0),  # not together
        ([(10, 20), (11, 21), (12, 19)], 3, 1),  # just together
        ([(10, 12.9), (10, 12.9), (10, 12.9)], 3, 0),  # too short
        ([(10, None), (10, None), (10, None)], 3, 1),  # still silent
    ],
)
def test_three_and_half_of_a_village_within_two_minutes(pairs, open_count, expected):
    assert len(found(silences(*pairs), open_count)) == expected


def test_the_minutes_are_equal_and_begun_ones_count_whole():
    (one,) = found(silences((10, 20), (10.5, 21.2), (11, 19)), 4)
    assert (one.start, one.end, one.is_over, one.minutes) == (at(10), at(21.2), True, 12)
    assert (one.silent, one.open_count) == (frozenset({0, 1, 2}), 4)


def test_it_goes_on_until_half_are_back_and_then_those_who_stay_away_do_not_lengthen_it():
    (one,) = found(silences((10, 20), (10, None), (10, None)), 3)
    assert not one.is_over and one.end == NOW
    (one,) = found(silences((10, 20), (10, 22), (10, None), (10, None)), 4)
    assert one.is_over and one.end == at(22)


def test_no_more_than_two_hours_are_proposed():
    (one,) = found(silences((10, None), (10, None), (10, None)), 3, now=at(600))
    assert one.minutes == outage.MOST_MINUTES


def test_time_without_a_server_is_taken_off_a_villages_silence():
    down = [(at(10.5), at(15))]
    assert not found(silences((10, 16), (10.2, 17), (10.4, 17.5)), 3, down), "what is left is too short"
    (one,) = found(silences((10, 25), (10.2, 24), (10.4, 26)), 3, down)
    assert (one.start, one.end) == (at(15), at(26))


def test_the_server_was_down_where_no_process_beat():
    spans = [(at(0), at(10)), (at(5), at(12)), (at(20), at(40)), (at(40.9), at(59.8))]
    assert outage.gaps(spans, at(0), NOW) == [(at(12), at(20))]
    assert outage.gaps(spans, at(15), NOW) == [(at(15), at(20))], "only what lies in the exam's window"
    assert outage.gaps(spans[:2], at(0), NOW) == [(at(12), NOW)], "still down"
    assert outage.gaps([], at(0), NOW) == []


def test_a_fall_of_the_server_is_proposed_for_those_who_were_at_it():
    sat = [Sitting(1, at(0)), Sitting(2, at(0), at(11)), Sitting(3, at(13)), Sitting(4, at(2), at(50))]
    (one,) = outage.server_outages([(at(12), at(20))], sat, NOW)
    assert (one.silent, one.minutes, one.is_over) == (frozenset({1, 4}), 8, True)
    assert outage.server_outages([(at(12), at(20))], sat[1:3], NOW) == []


moments = st.floats(0, 60).map(lambda minutes: at(round(minutes, 2)))
kept = st.builds(
    lambda attempt, start, length: Silence(attempt, start, None if length is None else start + timedelta(minutes=length)),
    st.integers(0, 9), moments, st.none() | st.integers(1, 30),
)  # fmt: skip


@given(st.lists(kept, max_size=25), st.integers(0, 12), st.randoms())
def test_every_proposal_rests_on_enough_people_who_fell_silent_together(given_silences, open_count, dice):
    proposed = found(given_silences, open_count)
    for one in proposed:
        assert len(one.silent) >= outage.FEWEST and 2 * len(one.silent) >= one.open_count
        for attempt in one.silent:
            assert any(
                silence.attempt == attempt and one.start <= silence.start <= one.start + outage.TOGETHER
                for silence in given_silences
            )
        assert one.start <= one.end <= max([NOW, *(each.until or NOW for each in given_silences)])
        assert 1 <= one.minutes <= outage.MOST_MINUTES
    mixed = list(given_silences)
    dice.shuffle(mixed)
    assert found(mixed, open_count) == proposed, "the order in which they were found does not count"


@given(st.lists(kept, max_size=25), st.integers(0, 12))
def test_nobody_who_came_back_loses_more_than_what_is_proposed(given_silences, open_count):
    for one in found(given_silences, open_count):
        if one.is_over and one.minutes < outage.MOST_MINUTES:
            for silence in given_silences:
                together = one.start <= silence.start <= one.start + outage.TOGETHER
                if silence.attempt in one.silent and together and silence.until:
                    assert timedelta(minutes=one.minutes) >= silence.until - silence.start or (
                        silence.until - silence.start < outage.SHORTEST
                    )


@given(st.lists(st.tuples(moments, st.integers(0, 600)), max_size=12))
def test_gaps_and_spans_do_not_overlap(pairs):
    spans = [(begun, begun + timedelta(seconds=length)) for begun, length in pairs]
    for begun, ended in outage.gaps(spans, START, NOW):
        assert ended - begun > outage.DOWN
        assert all(last <= begun or first >= ended for first, last in spans)


def lasting(start: float, minutes: int) -> outage.Outage:
    return outage.Outage(at(start), at(start + minutes), True, frozenset({1, 2, 3}), 3)


@pytest.mark.parametrize(
    ("granted", "rest"),
    [(0, [10, 7]), (10, [7]), (4, [6, 7]), (8, [7]), (13, [4]), (15, []), (17, []), (99, [])],
)
def test_granted_minutes_are_taken_off_the_earliest_first(granted, rest):
    assert [minutes for _, minutes in outage.unmet([lasting(30, 7), lasting(5, 10)], granted)] == rest


def test_a_short_fall_of_the_server_is_proposed_whole():
    assert [minutes for _, minutes in outage.unmet([lasting(5, 2)], 0)] == [2]
    assert not outage.unmet([lasting(5, 2)], 2)
