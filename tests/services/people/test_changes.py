"""Adding, changing, closing and reopening people, and who may do it to whom."""

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Person, RoleGrant, Unit
from quizapp.rules.errors import Conflict, Invalid, NotAllowed, NotFound
from quizapp.services.people import changes
from tests.cast import COUNTY, MET, NEXT_VILLAGE, OTHER_VILLAGE, PASSWORD, TOWNSHIP, VILLAGE

NEW = changes.NewPerson("newcomer", "孙谷雨", VILLAGE, "专干")


def grants(login: str) -> set[tuple[str, str]]:
    mine = Person.id == RoleGrant.person_id
    query = select(RoleGrant.role, Unit.code).join(Unit, Unit.id == RoleGrant.unit_id)
    return {tuple(row) for row in db.session.execute(query.where(mine, Person.login == login))}


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id.desc()).limit(1)))


def test_an_administrator_adds_somebody_who_gets_a_slip(cast, app_context):
    added = changes.add(cast.actor("admin"), NEW, MET)
    assert added.slip.login == "newcomer" and len(added.slip.code) == 9
    assert grants("newcomer") == {("trainee", VILLAGE)}
    assert actions() == ["person.added"]


@pytest.mark.parametrize(
    "who", ["trainee", "trainer", "village_leader", "township_leader", "auditor", "stranger_leader"]
)
def test_nobody_else_adds_people(cast, app_context, who):
    with pytest.raises(NotFound):
        changes.add(cast.actor(who), NEW, MET)


def test_an_administrator_adds_nobody_outside_the_own_township(cast, app_context):
    for unit in (OTHER_VILLAGE, COUNTY):
        with pytest.raises(NotFound):
            changes.add(cast.actor("admin"), changes.NewPerson("newcomer", "孙谷雨", unit), MET)


def test_a_login_that_looks_like_another_is_taken(cast, app_context):
    with pytest.raises(Conflict):
        changes.add(cast.actor("admin"), changes.NewPerson("ＴＲＡＩＮＥＥ", "孙谷雨", VILLAGE), MET)


def test_everything_wrong_with_a_person_is_told_at_once(cast, app_context):
    with pytest.raises(Invalid) as refused:
        changes.add(None, changes.NewPerson("a b/c", "", VILLAGE, "", ("boss",), "123"), MET)
    assert [one.code for one in refused.value.problems] == ["login", "name-missing", "role-unknown", "password-short"]


def test_a_move_takes_the_roles_given_and_leaves_none_behind(cast, app_context):
    new = changes.Particulars("王清明", NEXT_VILLAGE, "村书记", ("trainee",))
    changes.change(cast.actor("admin"), cast.ids["village_leader"], new, MET)
    assert grants("village_leader") == {("trainee", NEXT_VILLAGE)}
    assert cast.actor("village_leader").roles == ("trainee",)


def test_roles_held_in_another_unit_stay(cast, app_context):
    person = db.session.scalar(select(Person).where(Person.login == "trainee"))
    db.session.add(
        RoleGrant(
            person_id=person.id,
            unit_id=db.session.scalar(select(Unit.id).where(Unit.code == NEXT_VILLAGE)),
            role="leader",
        )
    )
    db.session.commit()
    changes.change(
        cast.actor("admin"), cast.ids["trainee"], changes.Particulars("周小满", TOWNSHIP, "", ("trainer",)), MET
    )
    assert grants("trainee") == {("leader", NEXT_VILLAGE), ("trainer", TOWNSHIP)}


def test_saving_without_a_change_leaves_no_trace(cast, app_context):
    before = actions()
    changes.change(
        cast.actor("admin"), cast.ids["trainee"], changes.Particulars("周小满", VILLAGE, "村专干", ("trainee",)), MET
    )
    assert actions() == before


def test_a_person_with_a_role_above_the_administrator_is_out_of_reach(cast, app_context):
    changes.add(None, changes.NewPerson("county", "钱夏至", VILLAGE, "", ("trainee",), PASSWORD), MET)
    person = db.session.scalar(select(Person).where(Person.login == "county"))
    db.session.add(
        RoleGrant(
            person_id=person.id, unit_id=db.session.scalar(select(Unit.id).where(Unit.code == COUNTY)), role="leader"
        )
    )
    db.session.commit()
    for deed in (
        changes.deactivate,
        lambda *given: changes.change(given[0], given[1], changes.Particulars("钱夏至", VILLAGE, "", ()), given[2]),
    ):
        with pytest.raises(NotAllowed):
            deed(cast.actor("admin"), person.public_id, MET)


def test_nobody_takes_the_own_administration_away(cast, app_context):
    admin = cast.actor("admin")
    with pytest.raises(Conflict):
        changes.change(admin, cast.ids["admin"], changes.Particulars("陈白露", TOWNSHIP, "", ("trainee",)), MET)
    with pytest.raises(Conflict):
        changes.deactivate(admin, cast.ids["admin"], MET)


def test_a_closed_account_opens_again_with_its_roles(cast, app_context):
    admin = cast.actor("admin")
    changes.deactivate(admin, cast.ids["trainee"], MET)
    assert actions() == ["person.deactivated"]
    changes.reactivate(admin, cast.ids["trainee"], MET)
    assert actions() == ["person.reactivated"] and grants("trainee") == {("trainee", VILLAGE)}


def test_a_stranger_is_not_there(cast, app_context):
    for deed in (changes.deactivate, changes.reactivate):
        with pytest.raises(NotFound):
            deed(cast.actor("admin"), cast.ids["stranger"], MET)
