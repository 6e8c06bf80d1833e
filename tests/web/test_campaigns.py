"""Campaign pages: the plan for everybody of the township, setting one up, the roster and excuses."""

from datetime import timedelta

from sqlalchemy import select

from tests.cast import NEXT_VILLAGE, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE


def fields(day, **changes) -> dict:
    return {
        "title": "夏季练兵", "unit_code": TOWNSHIP, "starts_on": day, "ends_on": day + timedelta(days=30), "roster_on": day,
        "handbooks": ["stage"], "plan": "先学习，**再测试**。\n\n<script>alert(1)</script>", **changes,
    }  # fmt: skip


def kept(app) -> list:
    from quizapp.extensions import db
    from quizapp.models import Campaign

    with app.app_context():
        return [(one.title, one.public_id) for one in db.session.scalars(select(Campaign).order_by(Campaign.id))]


def far(stage):
    """A day that is still to come, whatever the time zone."""
    return stage.now.date() + timedelta(days=3)


def test_everybody_of_the_township_reads_the_plan_and_finds_exam_and_handbook(browse, stage):
    for who in ("trainee", "trainer", "village_leader", "township_leader", "admin", "auditor"):
        page = browse(who)
        page.open("/campaigns")
        assert "示例练兵" in page.words
        page.open(f"/campaigns/{stage.campaign}")
        assert "示例考试" in page.words and "流动人口服务手册" in page.words and "2 people" in page.words
        assert ("Evaluation" in page.words) is (who not in ("trainee", "trainer"))
        assert ("The roster" in page.words) is (who in ("village_leader", "township_leader", "admin"))


def test_a_stranger_finds_no_campaign(browse, stage):
    for who in ("stranger", "stranger_leader"):
        page = browse(who)
        page.open("/campaigns")
        assert "示例练兵" not in page.words and "No campaign yet" in page.words
        assert page.open(f"/campaigns/{stage.campaign}").status_code == 404
        assert page.open(f"/campaigns/{stage.campaign}/roster").status_code in (403, 404)


def test_an_administrator_sets_one_up_and_changes_it(browse, stage, app):
    page = browse("admin")
    page.open("/campaigns/new")
    page.send("/campaigns/new", **fields(far(stage)))
    assert "The campaign is set up and its roster is taken." in page.last.text
    assert "<strong>再测试</strong>" in page.last.text and "<script>alert" not in page.last.text
    _, made = kept(app)[-1]
    page.open(f"/campaigns/{made}/edit")
    page.send(f"/campaigns/{made}/edit", **fields(far(stage), title="秋季练兵"))
    assert kept(app)[-1] == ("秋季练兵", made)


def test_what_is_wrong_stands_at_its_field(browse, stage, app):
    page = browse("admin")
    page.open("/campaigns/new")
    day = far(stage)
    reply = page.send("/campaigns/new", **fields(day, title="", ends_on="soon", roster_on="2020-01-01"))
    assert reply.status_code == 422
    for field in ("title", "ends_on", "roster_on"):
        assert f'id="{field}-error"' in reply.text
    reply = page.send("/campaigns/new", **fields(day, ends_on=day - timedelta(days=9)))
    assert reply.status_code == 422 and 'id="ends_on-error"' in reply.text
    assert page.send("/campaigns/new", **fields(day, unit_code=OTHER_TOWNSHIP)).status_code == 422
    assert page.send("/campaigns/new", **fields(day, handbooks=["nowhere"])).status_code == 422
    assert [title for title, _ in kept(app)] == ["示例练兵"]


def test_g9_fields_that_no_form_has_change_nothing(browse, stage, app):
    """G9: mass assignment on the campaign's forms."""
    page = browse("admin")
    page.open("/campaigns/new")
    extra = {"id": "1", "unit_id": "5", "public_id": "mine", "policy": "{}", "plan_html": "<b>x</b>", "created_at": "0"}
    page.send("/campaigns/new", **fields(far(stage), **extra))
    title, made = kept(app)[-1]
    assert title == "夏季练兵" and made != "mine" and "<b>x</b>" not in page.last.text
    page.open(f"/campaigns/{made}/edit")
    page.send(f"/campaigns/{made}/edit", **fields(far(stage), unit_code=OTHER_TOWNSHIP, roster_on="2020-01-01", **extra))
    with app.app_context():
        from quizapp.services import campaigns

        after = campaigns.get_draft(None, made)
    assert (after.unit_code, after.roster_on, len(after.policy["indicators"])) == (TOWNSHIP, far(stage), 8)


def test_leaders_see_the_roster_of_their_own_units(browse, stage):
    page = browse("township_leader")
    page.open(f"/campaigns/{stage.campaign}/roster")
    assert "周小满" in page.words and "吴立秋" in page.words
    page.open(f"/campaigns/{stage.campaign}/roster?q=立秋&unit={NEXT_VILLAGE}")
    assert "周小满" not in page.words and "吴立秋" in page.words
    page = browse("village_leader")
    page.open(f"/campaigns/{stage.campaign}/roster?unit={NEXT_VILLAGE}")
    assert "吴立秋" not in page.words
    page.open(f"/campaigns/{stage.campaign}/roster?unit={VILLAGE}&page=99")
    assert "周小满" in page.words


def test_a_township_leader_excuses_and_takes_it_back(browse, stage, cast):
    page, path = browse("township_leader"), f"/campaigns/{stage.campaign}/roster/{cast.ids['trainee']}"
    page.open(path)
    assert page.send(path, reason="").status_code == 422
    page.send(path, reason="产假", excused_by_id="1", unit_id="1")
    assert "周小满 is excused." in page.words and "产假" in page.words and "(by 冯霜降)" in page.words
    page.open(path)
    page.send(path, reason="产假", take_back="1")
    assert "周小满 counts again." in page.words and "产假" not in page.words


def test_nobody_else_excuses(browse, stage, cast):
    path = f"/campaigns/{stage.campaign}/roster/{cast.ids['trainee']}"
    for who, status in (("trainee", 403), ("trainer", 403), ("admin", 403), ("village_leader", 404),
                        ("stranger_leader", 404)):  # fmt: skip
        page = browse(who)
        assert page.open(path).status_code == status
        assert page.send(path, reason="病假").status_code == status
    page = browse("township_leader")
    page.open(f"/campaigns/{stage.campaign}/roster?only=excused")
    assert "病假" not in page.words
