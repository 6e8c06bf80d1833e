"""One-time codes: they sign in until they are replaced or their time is over, and go only to those within reach."""

from datetime import timedelta

import pytest

from quizapp.rules.errors import Conflict, NotAllowed, NotFound
from quizapp.services import sign_in
from quizapp.services.people import changes, codes
from tests.cast import MET, NEXT_VILLAGE, PASSWORD, TOWNSHIP, VILLAGE

MINUTE = timedelta(minutes=1)


def enter(login: str, password: str, now=MET):
    return sign_in.sign_in(login, password, "", "test", "127.0.0.1", 12, 1000, now)


def test_a_village_leader_issues_a_code_that_replaces_the_forgotten_password(cast, app_context):
    slip = codes.issue(cast.actor("village_leader"), cast.ids["trainee"], MET)
    assert (slip.name, slip.login, slip.unit) == ("周小满", "trainee", "柳塘村")
    with pytest.raises(sign_in.WrongLogin):
        enter("trainee", PASSWORD)
    assert enter("trainee", slip.code).actor.name == "周小满"


def test_a_code_may_be_typed_in_small_letters_without_its_dash(cast, app_context):
    slip = codes.issue(cast.actor("village_leader"), cast.ids["trainee"], MET)
    assert enter("trainee", slip.code.lower().replace("-", " "))


def test_a_code_works_only_within_its_time(cast, app_context):
    slip = codes.issue(cast.actor("village_leader"), cast.ids["trainee"], MET)
    assert enter("trainee", slip.code, slip.until - MINUTE)
    with pytest.raises(sign_in.WrongLogin):
        enter("trainee", slip.code, slip.until + MINUTE)


def test_a_password_of_ones_own_ends_the_code(cast, app_context):
    slip = codes.issue(cast.actor("village_leader"), cast.ids["trainee"], MET)
    session = enter("trainee", slip.code)
    assert sign_in.find_session(session.token, timedelta(hours=1), MET).has_code
    hashed = sign_in.hash_password("heron-by-the-weir")
    fresh = sign_in.change_password(session.actor, slip.code, hashed, session.token, MET)
    assert not sign_in.find_session(fresh, timedelta(hours=1), MET).has_code
    assert sign_in.find_session(session.token, timedelta(hours=1), MET) is None
    with pytest.raises(sign_in.WrongLogin):
        enter("trainee", slip.code, MET + MINUTE)


def test_a_code_ends_every_session_of_the_person(cast, app_context):
    session = enter("trainee", PASSWORD)
    codes.issue(cast.actor("village_leader"), cast.ids["trainee"], MET)
    assert sign_in.find_session(session.token, timedelta(hours=1), MET) is None


@pytest.mark.parametrize(
    "who, whom, refusal",
    [
        ("village_leader", "neighbour", NotFound), ("village_leader", "stranger", NotFound),
        ("stranger_leader", "trainee", NotFound), ("trainee", "neighbour", NotFound), ("trainer", "trainee", NotFound),
        ("township_leader", "admin", NotAllowed), ("township_leader", "auditor", NotAllowed),
        ("village_leader", "village_leader", Conflict), ("township_leader", "township_leader", Conflict),
    ],
)  # fmt: skip
def test_who_gets_no_code_from_whom(cast, app_context, who, whom, refusal):
    with pytest.raises(refusal if who != whom else (NotAllowed, Conflict)):
        codes.issue(cast.actor(who), cast.ids[whom], MET)


@pytest.mark.parametrize(
    "who, whom", [("township_leader", "village_leader"), ("admin", "auditor"), ("admin", "trainer")]
)
def test_who_gets_a_code_from_whom(cast, app_context, who, whom):
    assert codes.issue(cast.actor(who), cast.ids[whom], MET).code


def test_a_leader_is_no_way_into_another_leader_of_the_same_unit(cast, app_context):
    changes.add(None, changes.NewPerson("deputy", "沈秋分", VILLAGE, "", ("leader",), PASSWORD), MET)
    deputy = cast.actor("deputy")
    with pytest.raises(NotAllowed):
        codes.issue(deputy, cast.ids["village_leader"], MET)


def test_slips_for_all_who_wait_leave_out_who_has_a_password(cast, app_context):
    for login, unit in (("new1", VILLAGE), ("new2", NEXT_VILLAGE)):
        changes.add(None, changes.NewPerson(login, "孙谷雨", unit), MET)
    assert [slip.login for slip in codes.issue_waiting(cast.actor("village_leader"), VILLAGE, MET)] == ["new1"]
    assert [slip.login for slip in codes.issue_waiting(cast.actor("township_leader"), TOWNSHIP, MET)] == [
        "new1",
        "new2",
    ]
    with pytest.raises(NotFound):
        codes.issue_waiting(cast.actor("village_leader"), TOWNSHIP, MET)
