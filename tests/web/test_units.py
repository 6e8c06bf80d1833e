"""The pages of the tree: who sees which part, and who changes it."""

import pytest

from tests.cast import COUNTY, NEXT_VILLAGE, OTHER_TOWNSHIP, OTHER_VILLAGE, TOWNSHIP, VILLAGE


def test_a_township_leader_sees_the_villages_with_people_and_leaders(browse):
    page = browse("township_leader")
    page.open("/units")
    for told in ("青禾镇", "柳塘村", "石桥社区", "王清明"):
        assert told in page.words
    assert "白浪镇" not in page.words and "云溪县" not in page.words


def test_a_village_leader_sees_the_own_village_alone(browse):
    page = browse("village_leader")
    page.open("/units")
    assert "柳塘村" in page.words and "青禾镇" not in page.words
    for code in (TOWNSHIP, NEXT_VILLAGE, OTHER_VILLAGE, COUNTY, "nonsense"):
        assert page.open(f"/units/{code}").status_code == 404


@pytest.mark.parametrize("who", ["trainee", "stranger"])
def test_a_trainee_does_not_open_the_tree(browse, who):
    assert browse(who).open("/units").status_code == 403


@pytest.mark.parametrize("who", ["township_leader", "trainer", "auditor"])
def test_others_look_but_do_not_change(browse, who):
    page = browse(who)
    assert page.open(f"/units/{VILLAGE}").status_code == 200
    assert "Rename" not in page.words
    for deed in ("name", "units", "place"):
        assert page.open(f"/units/{VILLAGE}/{deed}").status_code == 403


def test_an_administrator_renames_adds_and_moves(browse):
    page = browse("admin")
    page.open(f"/units/{VILLAGE}/name")
    page.send(f"/units/{VILLAGE}/name", name="新柳塘村")
    assert "The name is changed." in page.last.text and "新柳塘村" in page.words
    page.open(f"/units/{VILLAGE}/units")
    page.send(f"/units/{VILLAGE}/units", kind="estate", name="荷花小区", code="99990110120101")
    assert "荷花小区" in page.words
    page.open("/units/99990110120101/place")
    page.send("/units/99990110120101/place", parent=NEXT_VILLAGE)
    page.open(f"/units/{NEXT_VILLAGE}")
    assert "荷花小区" in page.words


def test_a_wrong_unit_is_refused_beside_its_field(browse):
    page = browse("admin")
    page.open(f"/units/{TOWNSHIP}/units")
    assert page.send(f"/units/{TOWNSHIP}/units", kind="village", name="新村", code=VILLAGE).status_code == 409
    assert page.send(f"/units/{TOWNSHIP}/units", kind="village", name="新村", code="a b c!").status_code == 422
    assert page.send(f"/units/{TOWNSHIP}/units", kind="county", name="新县", code="1").status_code == 422


def test_no_way_leads_to_the_next_township(browse):
    page = browse("admin")
    for deed in ("name", "units", "place"):
        assert page.open(f"/units/{OTHER_VILLAGE}/{deed}").status_code == 404
    page.open(f"/units/{VILLAGE}/place")
    assert page.send(f"/units/{VILLAGE}/place", parent=OTHER_TOWNSHIP).status_code == 422
