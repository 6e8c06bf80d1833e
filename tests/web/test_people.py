"""The pages about people: list, card, adding, changing, closing, codes; and who may open which."""

import re

import pytest

from tests.cast import NEXT_VILLAGE, OTHER_VILLAGE, PASSWORD, VILLAGE

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def test_a_village_leader_sees_the_people_of_the_own_village_and_no_others(browse):
    page = browse("village_leader")
    page.open("/people")
    assert "周小满" in page.words and "王清明" in page.words
    assert "吴立秋" not in page.words and "卫处暑" not in page.words


def test_a_search_finds_a_part_of_a_name_or_a_login(browse):
    page = browse("township_leader")
    page.open("/people?q=小满")
    assert "周小满" in page.words and "吴立秋" not in page.words
    page.open("/people?q=NEIGH")
    assert "吴立秋" in page.words and "周小满" not in page.words
    page.open("/people?q=%25")
    assert "Nobody is called that here" in page.words


@pytest.mark.parametrize("path", ["/people?unit=" + OTHER_VILLAGE, "/people?unit=nonsense", "/people/nobody"])
def test_what_is_out_of_reach_is_not_there(browse, path):
    assert browse("township_leader").open(path).status_code == 404


@pytest.mark.parametrize("who", ["trainee", "trainer", "auditor", "stranger"])
def test_people_without_that_role_do_not_open_the_list(browse, who):
    assert browse(who).open("/people").status_code == 403


def test_a_strangers_card_and_deeds_are_not_there(browse, cast):
    for who in ("admin", "township_leader"):
        page = browse(who)
        for whom in ("stranger", "stranger_leader"):
            assert page.open(f"/people/{cast.ids[whom]}").status_code == 404
            assert page.send(f"/people/{cast.ids[whom]}/code").status_code == 404
    for deed in ("change", "closing", "reopening"):
        assert browse("admin").send(f"/people/{cast.ids['stranger']}/{deed}", name="x", unit=VILLAGE).status_code == 404


def test_a_leader_may_look_and_issue_a_code_but_not_change(browse, cast):
    page = browse("village_leader")
    page.open(f"/people/{cast.ids['trainee']}")
    assert "New one-time code" in page.words and "Close the account" not in page.words
    for deed in ("change", "closing", "reopening"):
        assert page.send(f"/people/{cast.ids['trainee']}/{deed}").status_code == 403
    assert page.open("/people/new").status_code == 403
    assert page.open("/people/roster").status_code == 403


def test_a_code_is_shown_once_and_leads_to_a_password_of_ones_own(browse, cast):
    leader = browse("village_leader")
    leader.open(f"/people/{cast.ids['trainee']}")
    code = CODE.search(leader.send(f"/people/{cast.ids['trainee']}/code").text)[0]
    assert not CODE.search(leader.open(f"/people/{cast.ids['trainee']}").text)

    trainee = browse("trainee", code.lower())
    reply = trainee.open("/study")
    assert reply.status_code == 302 and reply.location == "/me/password?next=/study"
    trainee.open("/me/password?next=/study")
    trainee.send("/me/password?next=/study", new="heron-by-the-weir", again="heron-by-the-weir", follow=False)
    assert trainee.last.location == "/study"
    assert trainee.open("/study").status_code == 200
    assert browse("trainee", "heron-by-the-weir").open("/").status_code == 200


def test_an_administrator_adds_somebody_by_form_and_gets_the_slip(browse):
    page = browse("admin")
    page.open("/people/new")
    page.send("/people/new", name="孙谷雨", login="sungy", unit=VILLAGE, post="专干", roles="trainee")
    assert "孙谷雨 is added" in page.words and "sungy" in page.words
    code = CODE.search(page.last.text)[0]
    assert browse("sungy", code).open("/").location.startswith("/me/password")


def test_a_wrong_form_says_what_is_wrong_and_adds_nobody(browse):
    page = browse("admin")
    page.open("/people/new")
    assert page.send("/people/new", name="孙谷雨", login="trainee", unit=VILLAGE, roles="trainee").status_code == 409
    assert "The login name trainee is taken." in page.words
    assert page.send("/people/new", name="=1+1", login="a b/c", unit=VILLAGE, roles="trainee").status_code == 422
    assert page.words.count("“=1+1”") == 2
    assert page.send("/people/new", name="孙谷雨", login="sungy", unit=OTHER_VILLAGE).status_code == 422
    page.open("/people?q=孙谷雨")
    assert "Nobody is called that here" in page.words


def test_a_transfer_moves_the_person_between_the_leaders_lists(browse, cast):
    page = browse("admin")
    path = f"/people/{cast.ids['trainee']}"
    page.open(f"{path}/change")
    page.send(f"{path}/change", name="周小满", unit=NEXT_VILLAGE, post="村专干", roles="trainee")
    assert "石桥社区" in page.words
    assert browse("village_leader").open(path).status_code == 404


def test_a_role_that_is_taken_away_is_gone_with_the_next_request(browse, cast):
    leader, admin = browse("village_leader"), browse("admin")
    assert leader.open("/people").status_code == 200
    admin.open("/people")
    path = f"/people/{cast.ids['village_leader']}/change"
    admin.open(path)
    admin.send(path, name="王清明", unit=VILLAGE, post="村书记", roles="trainee")
    assert leader.open("/people").status_code == 403


def test_a_closed_account_is_signed_out_at_once(browse, cast):
    trainee, admin = browse("trainee"), browse("admin")
    assert trainee.open("/").status_code == 200
    admin.open("/people")
    admin.send(f"/people/{cast.ids['trainee']}/closing")
    assert "closed" in admin.words
    assert trainee.open("/").location == "/sign-in?next=/"
    admin.open("/people?state=closed")
    assert "周小满" in admin.words
    admin.send(f"/people/{cast.ids['trainee']}/reopening")
    assert trainee.open("/").status_code == 302, "an ended session must not come back to life"
    assert browse("trainee").open("/").status_code == 200


def test_slips_are_printed_for_all_who_wait_in_the_own_village(browse):
    admin = browse("admin")
    admin.open("/people/new")
    for login, unit in (("new1", VILLAGE), ("new2", NEXT_VILLAGE)):
        admin.send("/people/new", name="孙谷雨", login=login, unit=unit, roles="trainee")
        admin.open("/people/new")
    leader = browse("village_leader")
    leader.open("/people?state=waiting")
    assert "new1" in leader.words and "new2" not in leader.words
    leader.send("/people/slips", unit=VILLAGE)
    assert len(CODE.findall(leader.last.text)) == 1 and "new1" in leader.words
    assert leader.send("/people/slips", unit=NEXT_VILLAGE).status_code == 404


def test_no_page_with_a_code_or_a_password_may_be_kept_by_a_browser(browse, cast):
    leader = browse("village_leader")
    leader.open(f"/people/{cast.ids['trainee']}")
    assert leader.send(f"/people/{cast.ids['trainee']}/code").headers["Cache-Control"] == "no-store"


def test_a_form_without_its_token_does_nothing(browse, cast):
    page = browse("admin")
    reply = page.client.post(f"/people/{cast.ids['trainee']}/closing")
    assert reply.status_code == 400
    assert browse("trainee", PASSWORD).open("/").status_code == 200
