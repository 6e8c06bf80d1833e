"""Campaigns: who sees which, what setting one up refuses, its roster within reach, and rosters whose day is to come."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Campaign, Person, RosterEntry, Unit
from quizapp.rules import policy
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services import campaign_roster, campaign_sight, campaign_view, campaigns, roster_day
from quizapp.services.people import changes
from tests.cast import COUNTY, MET, NEXT_VILLAGE, OTHER_TOWNSHIP, OTHER_VILLAGE, PASSWORD, TOWNSHIP, VILLAGE

pytestmark = pytest.mark.usefixtures("app_context")
ZONE = ZoneInfo("Asia/Shanghai")
TODAY = MET.astimezone(ZONE).date()
DRAFT = campaigns.Draft(
    "春季练兵", TOWNSHIP, TODAY, TODAY + timedelta(days=30), TODAY, [], "**要点**", policy.to_plain(policy.DEFAULT)
)


def roster(campaign: str) -> dict[str, str]:
    """Return login -> unit code of everybody on it."""
    query = (
        select(Person.login, Unit.code)
        .join(RosterEntry, RosterEntry.person_id == Person.id)
        .join(Unit, Unit.id == RosterEntry.unit_id)
        .join(Campaign, Campaign.id == RosterEntry.campaign_id)
    )
    return dict(db.session.execute(query.where(Campaign.public_id == campaign)).all())


def add(login: str, unit: str, roles=("trainee",)) -> str:
    return changes.add(None, changes.NewPerson(login, login, unit, "专干", roles, PASSWORD), MET).id


def test_an_administrator_sets_one_up_and_takes_the_trainees_below(cast):
    made = campaigns.create(cast.actor("admin"), DRAFT, MET)
    assert roster(made) == {"trainee": VILLAGE, "neighbour": NEXT_VILLAGE}
    view = campaign_view.get_view(cast.actor("trainee"), made, MET, ZONE)
    assert "<strong>要点</strong>" in view.plan_html and (view.roster_size, view.excused) == (2, 0)
    assert [(one.kind, one.state) for one in view.phases] == [("study", "now")]
    assert not view.sees_roster and not view.sees_evaluation and not view.may_manage


def test_nobody_else_sets_one_up_and_nobody_elsewhere(cast):
    for login, unit in (("trainee", TOWNSHIP), ("trainer", TOWNSHIP), ("township_leader", TOWNSHIP),
                        ("admin", OTHER_TOWNSHIP), ("admin", COUNTY), ("stranger_leader", TOWNSHIP)):  # fmt: skip
        with pytest.raises(NotFound):
            campaigns.create(cast.actor(login), replace(DRAFT, unit_code=unit), MET)
    assert campaign_sight.list_visible(None) == []


def test_everything_wrong_is_told_at_once(cast):
    wrong = replace(
        DRAFT, title="\0", ends_on=TODAY - timedelta(days=1), handbooks=["nowhere"], plan="\ud800", policy={}
    )
    with pytest.raises(Invalid) as refused:
        campaigns.create(cast.actor("admin"), wrong, MET)
    assert {one.place for one in refused.value.problems} == {"title", "ends_on", "handbooks", "plan", "indicators"}


def test_a_change_leaves_unit_roster_and_policy_alone(cast):
    made = campaigns.create(None, DRAFT, MET)
    campaigns.change(cast.actor("admin"), made, replace(DRAFT, title="夏季练兵", unit_code=OTHER_TOWNSHIP, plan="新"), MET)
    after = campaigns.get_draft(cast.actor("admin"), made)
    assert after == replace(DRAFT, title="夏季练兵", plan="新")
    assert roster(made) == {"trainee": VILLAGE, "neighbour": NEXT_VILLAGE}
    for login in ("township_leader", "trainer", "stranger_leader"):
        with pytest.raises(NotFound):
            campaigns.change(cast.actor(login), made, DRAFT, MET)
        with pytest.raises(NotFound):
            campaigns.get_draft(cast.actor(login), made)


def test_a_campaign_is_seen_from_below_and_above_but_not_from_beside(cast):
    ours = campaigns.create(None, DRAFT, MET)
    theirs = campaigns.create(None, replace(DRAFT, unit_code=OTHER_TOWNSHIP), MET)
    add("county-leader", COUNTY, ("leader",))
    add("county-trainee", COUNTY)
    seen = {
        login: {one.id for one in campaign_sight.list_visible(cast.actor(login))}
        for login in ("trainee", "village_leader", "auditor", "stranger", "county-leader", "county-trainee")
    }
    assert seen == {
        "trainee": {ours}, "village_leader": {ours}, "auditor": {ours}, "stranger": {theirs},
        "county-leader": {ours, theirs}, "county-trainee": set(),
    }  # fmt: skip
    for login, campaign in (("stranger", ours), ("stranger_leader", ours), ("trainee", theirs), ("county-trainee", ours)):
        with pytest.raises(NotFound):
            campaign_view.get_view(cast.actor(login), campaign, MET, ZONE)


def test_the_roster_is_shown_within_the_readers_units(cast):
    made = campaigns.create(None, DRAFT, MET)

    def names(login, **wanted):
        return [one.name for one in campaign_roster.find_page(cast.actor(login), made, **wanted).lines]

    assert names("township_leader") == ["周小满", "吴立秋"]
    assert names("village_leader") == ["周小满"]
    assert names("township_leader", words="立秋") == ["吴立秋"]
    assert names("township_leader", unit=VILLAGE) == ["周小满"]
    with pytest.raises(NotFound):  # a filter widens nothing, and tells nothing of others' units
        names("village_leader", unit=NEXT_VILLAGE)
    for login in ("trainee", "trainer", "auditor", "stranger_leader"):
        with pytest.raises(NotFound):
            names(login)
    with pytest.raises(NotFound):
        campaign_roster.get_line(cast.actor("village_leader"), made, cast.ids["neighbour"])


def test_a_township_leader_excuses_with_a_reason_and_takes_it_back(cast):
    made = campaigns.create(None, DRAFT, MET)
    leader = cast.actor("township_leader")
    campaigns.excuse(leader, made, cast.ids["trainee"], " 产假 ", MET)
    page = campaign_roster.find_page(leader, made, only="excused")
    assert [(one.name, one.excuse, one.excused_by) for one in page.lines] == [("周小满", "产假", "冯霜降")]
    assert (page.total, page.excused) == (2, 1)
    campaigns.excuse(leader, made, cast.ids["trainee"], "", MET)
    line = campaign_roster.get_line(leader, made, cast.ids["trainee"])
    assert (line.excuse, line.excused_by) == ("", None)
    actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id.desc()).limit(2)).all()
    assert actions == ["roster.excused"] * 2


def test_nobody_excuses_from_below_from_beside_or_themselves(cast):
    made = campaigns.create(None, DRAFT, MET)
    for login in ("village_leader", "admin", "trainer", "stranger_leader", "trainee"):
        with pytest.raises(NotFound):
            campaigns.excuse(cast.actor(login), made, cast.ids["trainee"], "病假", MET)
    with pytest.raises(NotFound):
        campaigns.excuse(cast.actor("township_leader"), made, cast.ids["stranger"], "病假", MET)
    own = add("leading-trainee", TOWNSHIP, ("leader", "trainee"))
    second = campaigns.create(None, DRAFT, MET)
    with pytest.raises(Conflict):
        campaigns.excuse(cast.actor("leading-trainee"), second, own, "忙", MET)
    assert not campaign_roster.get_line(cast.actor("leading-trainee"), second, own).may_excuse


def test_until_its_day_begins_a_roster_follows_the_people(cast):
    made = campaigns.create(None, replace(DRAFT, roster_on=TODAY + timedelta(days=2)), MET)
    campaigns.excuse(cast.actor("township_leader"), made, cast.ids["trainee"], "产假", MET)
    add("newcomer", VILLAGE)
    changes.change(None, cast.ids["trainee"], changes.Particulars("周小满", NEXT_VILLAGE, "村专干", ("trainee",)), MET)
    changes.deactivate(None, cast.ids["neighbour"], MET)
    assert roster_day.follow_due(MET) == 3
    assert roster(made) == {"trainee": NEXT_VILLAGE, "newcomer": VILLAGE}
    line = campaign_roster.get_line(cast.actor("township_leader"), made, cast.ids["trainee"])
    assert line.excuse == "产假", "an excuse moves along"
    assert roster_day.follow_due(MET) == 0


def test_from_its_day_on_a_roster_stays(cast):
    made = campaigns.create(None, replace(DRAFT, roster_on=TODAY + timedelta(days=2)), MET)
    today = campaigns.create(None, DRAFT, MET)
    add("newcomer", VILLAGE)
    assert roster_day.follow_due(MET + timedelta(days=2)) == 0
    assert "newcomer" not in roster(made)
    assert roster_day.follow_due(MET + timedelta(days=1)) == 1
    assert "newcomer" in roster(made) and "newcomer" not in roster(today)
    assert OTHER_VILLAGE not in roster(made).values()
