"""Moments as people write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import wall_clock

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 7, 31)


def test_24_00_is_the_end_of_the_day():
    assert wall_clock.moment(DAY, "24:00", ZONE) == datetime(2026, 7, 31, 16, tzinfo=UTC)
    assert wall_clock.moment(DAY, "0:00", ZONE) == datetime(2026, 7, 30, 16, tzinfo=UTC)
    assert wall_clock.moment(DAY, " 08：30 ", ZONE) == datetime(2026, 7, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("clock", ["", "24:01", "25:00", "8", "8:60", "8:5", "-1:00", "8:00:00", "noon", "٨:٠٠"])
def test_what_is_no_time_of_a_day_is_none(clock):
    assert wall_clock.moment(DAY, clock, ZONE) is None


def test_the_end_of_the_last_day_of_all_is_none():
    assert wall_clock.moment(date.max, "24:00", ZONE) is None


@pytest.mark.parametrize("text", ["2026-07-31 24:00", "2026-07-31T24:00", "2026-07-31T16:00:00Z", "2026-08-01T00:00+08:00",
                                  "2026-08-01T00:00:00"])  # fmt: skip
def test_c9_a_text_is_read_on_the_wall_clock_unless_it_says_its_zone(text):
    """C9: and the moment is told in UTC, whatever zone the text was in."""
    read = wall_clock.read(text, ZONE)
    assert (read, read.tzinfo) == (datetime(2026, 7, 31, 16, tzinfo=UTC), UTC)


@pytest.mark.parametrize("text", ["", "2026-07-31", "2026-02-30 08:00", "31.7.2026 08:00", "2026-07-31 26:00"])
def test_a_text_that_is_no_moment_is_none(text):
    assert wall_clock.read(text, ZONE) is None


@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC)), st.booleans())  # noqa: DTZ001 (naive on purpose)
def test_what_is_written_is_read_as_the_same_moment(at, is_end):
    at = at.replace(second=0, microsecond=0)
    day, clock = wall_clock.written(at, ZONE, is_end)
    read = wall_clock.moment(day, clock, ZONE)
    if at.astimezone(ZONE).utcoffset().total_seconds() == 8 * 3600:  # summer time of 1986 to 1991 writes one hour twice
        assert read == at
    assert clock != "24:00" or is_end


ZONES = sorted(available_timezones() - {"Factory", "localtime"})
SUMMERS = [datetime(year, month, 1, 4, tzinfo=UTC) for year in range(1986, 1992) for month in range(4, 10)]


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)) | st.sampled_from(SUMMERS),  # noqa: DTZ001
    st.booleans(),
)
def test_c9_in_every_zone_what_is_written_is_read_as_the_same_moment(name, at, is_end):
    """C9: all IANA zones, China's summers of 1986 to 1991 included; only an hour that a clock shows twice may differ."""
    zone, at = ZoneInfo(name), at.replace(second=0, microsecond=0)
    there = at.astimezone(zone)
    if there.utcoffset().total_seconds() % 60:
        return  # local mean time of long ago: no clock on a wall shows its seconds
    read = wall_clock.moment(*wall_clock.written(at, zone, is_end), zone)
    is_second_showing = there.replace(fold=0).astimezone(UTC) != at
    assert read == at or is_second_showing and read == there.replace(fold=0).astimezone(UTC)
    stated = wall_clock.read(f"{there:%Y-%m-%dT%H:%M:%S%z}", zone)
    assert stated == at and read.tzinfo == stated.tzinfo == UTC


def test_c9_chinas_summer_time_is_read_as_it_was():
    """C9: noon in the summer of 1988 was 3:00 UTC."""
    assert wall_clock.moment(date(1988, 7, 1), "12:00", ZONE) == datetime(1988, 7, 1, 3, tzinfo=UTC)
    assert wall_clock.moment(date(1992, 7, 1), "12:00", ZONE) == datetime(1992, 7, 1, 4, tzinfo=UTC)
