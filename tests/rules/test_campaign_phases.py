"""A campaign's dates as steps."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from quizapp.rules.campaign_phases import Window, phases

ZONE = ZoneInfo("Asia/Shanghai")
START, END = date(2026, 7, 1), date(2026, 8, 10)


def at(day: int, hour: int = 0, month: int = 7) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE).astimezone(UTC)


TEST = Window("网上测试", at(20, 8), at(1, month=8))


def told(windows, now):
    return [(one.kind, one.first.isoformat(), one.last.isoformat(), one.state)
            for one in phases(START, END, windows, now, ZONE)]  # fmt: skip


def test_study_comes_before_the_exam_and_the_summary_after_it():
    assert told([TEST], at(20, 9)) == [
        ("study", "2026-07-01", "2026-07-19", "done"),
        ("exam", "2026-07-20", "2026-07-31", "now"),
        ("summary", "2026-08-01", "2026-08-10", "later"),
    ]


def test_an_exam_is_now_by_its_moments_and_not_by_its_days():
    assert [step[3] for step in told([TEST], at(20, 7))] == ["done", "later", "later"]
    assert [step[3] for step in told([TEST], at(1, month=8))] == ["done", "done", "now"]


def test_days_are_those_of_the_wall_clock():
    evening = datetime(2026, 7, 19, 17, tzinfo=UTC)  # 1 o'clock of the 20th there
    assert told([TEST], evening)[0][3] == "done"


def test_without_an_exam_the_whole_campaign_is_study():
    assert told([], at(5)) == [("study", "2026-07-01", "2026-08-10", "now")]


def test_a_step_without_a_day_is_left_out():
    whole = Window("全程", at(1), at(11, month=8))
    assert [step[0] for step in told([whole], at(5))] == ["exam"]


def test_several_exams_stand_in_the_order_in_which_they_open():
    first = Window("预赛", at(10, 8), at(10, 10))
    steps = phases(START, END, [TEST, first], at(12), ZONE)
    assert [step.window.title if step.window else step.kind for step in steps] == ["study", "预赛", "网上测试", "summary"]
    assert [step.state for step in steps] == ["done", "done", "later", "later"]
    assert steps[0].last == date(2026, 7, 9)
