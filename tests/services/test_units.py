"""The tree: adding, renaming and moving units keeps "within and below" true, and only administrators do it."""

import random

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Unit, UnitClosure
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services import units
from tests.cast import COUNTY, MET, OTHER_TOWNSHIP, OTHER_VILLAGE, TOWNSHIP, VILLAGE

ESTATE = "99990110120101"


def above(code: str) -> list[str]:
    query = select(Unit.code).join(UnitClosure, UnitClosure.ancestor_id == Unit.id)
    here = db.session.scalar(select(Unit.id).where(Unit.code == code))
    return list(db.session.scalars(query.where(UnitClosure.descendant_id == here).order_by(UnitClosure.depth)))


def test_a_unit_is_added_below_its_parent(cast, app_context):
    units.add(cast.actor("admin"), ESTATE, "  荷花 小区", "estate", VILLAGE, MET)
    assert above(ESTATE) == [ESTATE, VILLAGE, TOWNSHIP, COUNTY]
    assert db.session.scalar(select(AuditEvent.action).order_by(AuditEvent.id.desc())) == "unit.added"


def test_a_code_is_taken_once(cast, app_context):
    with pytest.raises(Conflict):
        units.add(None, VILLAGE, "另一村", "village", TOWNSHIP, MET)


def test_everything_wrong_with_a_unit_is_told_at_once(cast, app_context):
    with pytest.raises(Invalid) as refused:
        units.add(None, "A B/C", " ", "county", VILLAGE, MET)
    assert [one.code for one in refused.value.problems] == ["unit-code", "unit-name-missing", "unit-kind-order"]


@pytest.mark.parametrize("who", ["trainee", "trainer", "township_leader", "auditor", "stranger_leader"])
def test_only_an_administrator_changes_the_tree(cast, app_context, who):
    actor = cast.actor(who)
    with pytest.raises(NotFound):
        units.add(actor, ESTATE, "荷花小区", "estate", VILLAGE, MET)
    with pytest.raises(NotFound):
        units.rename(actor, VILLAGE, "新名村", MET)


def test_an_administrator_changes_nothing_of_the_next_township_and_nothing_above(cast, app_context):
    admin = cast.actor("admin")
    for deed in (
        lambda: units.rename(admin, OTHER_VILLAGE, "新名村", MET),
        lambda: units.move(admin, VILLAGE, OTHER_TOWNSHIP, MET),
        lambda: units.move(admin, OTHER_VILLAGE, TOWNSHIP, MET),
        lambda: units.add(admin, ESTATE, "荷花小区", "estate", OTHER_VILLAGE, MET),
    ):
        with pytest.raises(NotFound):
            deed()
    with pytest.raises(Conflict):
        units.add(admin, "98", "另一省", "province", None, MET)


def test_a_move_takes_everything_below_along(cast, app_context):
    units.add(None, ESTATE, "荷花小区", "estate", VILLAGE, MET)
    units.move(None, VILLAGE, OTHER_TOWNSHIP, MET)
    assert above(ESTATE) == [ESTATE, VILLAGE, OTHER_TOWNSHIP, COUNTY]
    assert above(OTHER_VILLAGE) == [OTHER_VILLAGE, OTHER_TOWNSHIP, COUNTY]


def test_a_move_changes_at_once_who_sees_whom(cast, app_context):
    from quizapp.services import scope

    units.move(None, VILLAGE, OTHER_TOWNSHIP, MET)
    village = scope.get_unit(VILLAGE).id
    assert scope.covers(cast.actor("stranger_leader"), "people.view", village)
    assert not scope.covers(cast.actor("township_leader"), "people.view", village)


def test_nothing_moves_below_itself_or_below_a_lower_kind(cast, app_context):
    for parent in (TOWNSHIP, VILLAGE):
        with pytest.raises(Conflict):
            units.move(None, TOWNSHIP, parent, MET)


def test_a_new_name_is_recorded_with_the_old_one_and_the_same_name_is_not(cast, app_context):
    admin = cast.actor("admin")
    units.rename(admin, VILLAGE, "新柳塘村", MET)
    units.rename(admin, VILLAGE, "新柳塘村", MET)
    trail = db.session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "unit.renamed")).all()
    assert trail == [{"before": "柳塘村", "after": "新柳塘村"}]


def test_a_list_holds_what_the_person_may_see(cast, app_context):
    assert [one.code for one in units.list_all(cast.actor("village_leader"))] == [VILLAGE]
    assert len(units.list_all(cast.actor("township_leader"))) == 3
    assert units.list_all(cast.actor("trainee")) == []
    assert len(units.list_all(None, within=OTHER_TOWNSHIP)) == 2


def test_whatever_is_moved_the_closure_is_what_the_parents_say(app_context):
    dice = random.Random(7)
    levels = [("province", 2), ("city", 3), ("county", 4), ("township", 6), ("village", 12)]
    codes: list[list[str]] = []
    for depth, (kind, count) in enumerate(levels):
        codes.append([f"{kind}-{number}" for number in range(count)])
        for code in codes[-1]:
            units.add(None, code, code, kind, dice.choice(codes[depth - 1]) if depth else None, MET)
    for _ in range(25):
        depth = dice.randrange(1, len(levels))
        units.move(None, dice.choice(codes[depth]), dice.choice(codes[dice.randrange(depth)]), MET)
    parents = dict(db.session.execute(select(Unit.id, Unit.parent_id)).all())
    expected = {(above, unit, depth) for unit in parents for depth, above in enumerate(chain(unit, parents))}
    query = select(UnitClosure.ancestor_id, UnitClosure.descendant_id, UnitClosure.depth)
    assert {tuple(row) for row in db.session.execute(query)} == expected


def chain(unit: int | None, parents: dict) -> list[int]:
    return [unit, *chain(parents[unit], parents)] if unit is not None else []
