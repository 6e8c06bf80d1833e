"""Time lost together is suggested to those who may give it back, on the server's evidence; nothing is granted by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Extension
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services.attempts import start
from quizapp.services.extensions import granting
from quizapp.services.invigilation import outages, pulse
from tests.cast import VILLAGE
from tests.results import hire_more
from tests.scenes import scene
from tests.stage import set_up

VILLAGERS = ("trainee", "second", "third")
pytestmark = pytest.mark.usefixtures("app_context")


@scene
def hall(cast):
    """Three villagers and two neighbours begin together."""
    hire_more()
    stage = set_up()
    ids = {
        login: start.start(cast.actor(login), stage.exam, stage.now).attempt_id
        for login in (*VILLAGERS, "neighbour", "fourth")
    }
    return stage, ids


def at(hall, minutes: float):
    return hall[0].now + timedelta(minutes=minutes)


def heard(hall, until: float, but=(), since: float = 0, span=None, every: float = 0.25):
    """Let the server serve and the attempts be heard from minute to minute, but for some."""
    minutes = since
    while minutes <= until:
        for login, attempt in hall[1].items():
            if login not in but:
                pulse.hear(attempt, at(hall, minutes))
        span = pulse.beat(span, at(hall, minutes))
        minutes += every
    return span


def suggested(cast, hall, minutes: float, who: str = "township_leader") -> list:
    return outages.list_suggestions(cast.actor(who), hall[0].exam, at(hall, minutes))


def test_a_village_that_falls_silent_together_is_suggested_with_its_minutes(cast, hall):
    span = heard(hall, 5)
    span = heard(hall, 12, but=VILLAGERS, since=5.25, span=span)
    (one,) = suggested(cast, hall, 12)
    assert (one.unit, one.unit_name, one.silent, one.open_count, one.is_over) == (VILLAGE, "柳塘村", 3, 3, False)
    assert one.minutes == 7 and one.may_grant
    heard(hall, 14, since=12.25, span=span)
    (one,) = suggested(cast, hall, 14.5)
    assert one.is_over and one.minutes == 8, "from the last word at 5 to the first at 12.25"
    assert db.session.scalar(select(func.count()).select_from(Extension)) == 0, "nothing is granted by itself"


def test_two_of_a_village_are_no_outage(cast, hall):
    heard(hall, 12, but=VILLAGERS[:2], since=5.25, span=heard(hall, 5))
    assert suggested(cast, hall, 12) == []


def test_a_fall_of_the_server_is_suggested_for_all_and_for_no_village(cast, hall):
    heard(hall, 5)
    heard(hall, 15, since=11)
    (one,) = suggested(cast, hall, 15)
    assert (one.unit, one.silent, one.is_over, one.minutes) == ("", 5, True, 6)


def test_a_village_leader_sees_the_own_village_alone_and_cannot_grant(cast, hall):
    heard(hall, 12, but=VILLAGERS, since=5.25, span=heard(hall, 5))
    (one,) = suggested(cast, hall, 12, "village_leader")
    assert one.unit == VILLAGE and not one.may_grant
    heard(hall, 25, since=20)
    assert [each.unit for each in suggested(cast, hall, 25, "village_leader")] == [VILLAGE], "the server's is not theirs"
    assert suggested(cast, hall, 12, "stranger_leader") == []
    for who in ("village_leader", "stranger_leader", "trainer"):
        with pytest.raises(NotFound):
            outages.get_suggestion(cast.actor(who), hall[0].exam, VILLAGE, one.key, at(hall, 12))
        with pytest.raises(NotFound):
            outages.dismiss(cast.actor(who), hall[0].exam, VILLAGE, one.key, "no", at(hall, 12))


def test_who_may_grant_sees_whom_it_fell_on(cast, hall):
    heard(hall, 12, but=VILLAGERS, since=5.25, span=heard(hall, 5))
    (one,) = suggested(cast, hall, 12)
    seen = outages.get_suggestion(cast.actor("township_leader"), hall[0].exam, VILLAGE, one.key, at(hall, 13))
    assert seen.names == ("周小满", "赵立春", "钱雨水") and seen.minutes == 8, "it goes on"


def test_what_is_granted_is_suggested_no_more(cast, hall):
    span = heard(hall, 12, but=VILLAGERS, since=5.25, span=heard(hall, 5))
    heard(hall, 13, since=12.25, span=span)
    (one,) = suggested(cast, hall, 13)
    wish = granting.Wish(one.minutes, "停电", unit=one.unit, is_outage=True)
    granting.grant(cast.actor("township_leader"), hall[0].exam, wish, at(hall, 13))
    assert suggested(cast, hall, 13) == [], "at once, whatever is shared"


def test_minutes_for_another_village_or_for_no_outage_take_nothing_off(cast, hall):
    span = heard(hall, 12, but=VILLAGERS, since=5.25, span=heard(hall, 5))
    heard(hall, 13, since=12.25, span=span)
    leader = cast.actor("township_leader")
    granting.grant(leader, hall[0].exam, granting.Wish(30, "x", unit="999901101202", is_outage=True), at(hall, 13))
    granting.grant(leader, hall[0].exam, granting.Wish(30, "x", unit=VILLAGE), at(hall, 13))
    assert len(suggested(cast, hall, 13)) == 1


def test_a_dismissal_leaves_its_reason_and_is_not_repeated(cast, hall):
    heard(hall, 12, but=VILLAGERS, since=5.25, span=heard(hall, 5))
    (one,) = suggested(cast, hall, 12)
    leader, given = cast.actor("township_leader"), (hall[0].exam, one.unit, one.key)
    for reason in ("", "  ", "x" * 201):
        with pytest.raises(Invalid):
            outages.dismiss(leader, *given, reason, at(hall, 12))
    outages.dismiss(leader, *given, "全村在开会", at(hall, 12))
    assert suggested(cast, hall, 12) == suggested(cast, hall, 12.9) == []
    with pytest.raises((NotFound, Conflict)):
        outages.dismiss(leader, *given, "again", at(hall, 12))
    line = db.session.scalar(select(AuditEvent).where(AuditEvent.action == "outage.dismissed"))
    assert line.detail["reason"] == "全村在开会" and line.person_id == leader.person_id


def test_time_lost_at_the_end_counts_although_the_clock_took_the_attempts_in(cast, hall):
    from quizapp.services.attempts import finish

    heard(hall, 50, every=1)
    heard(hall, 65, but=VILLAGERS, since=50.25, every=0.75)
    finish.close_expired(at(hall, 65))
    (one,) = [each for each in suggested(cast, hall, 66) if each.unit]
    assert one.unit == VILLAGE and one.is_over and one.minutes == 10, "from the last word to the deadline"
