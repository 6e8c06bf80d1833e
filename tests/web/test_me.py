"""One's own page: preferences without script, password, devices; and the first page of a new instance."""

import pytest

from tests.cast import PASSWORD


def test_ones_own_page_tells_name_unit_and_roles(browse):
    page = browse("village_leader")
    page.open("/me")
    for told in ("王清明", "柳塘村", "村书记", "village_leader", "leader", "this device"):
        assert told in page.words


def test_preferences_are_kept_in_cookies_and_go_back_where_they_came_from(browse):
    page = browse("trainee")
    page.open("/me")
    reply = page.send("/me/preferences", follow=False, text="elder", theme="dark", language="zh_CN", back="/me")
    assert (reply.status_code, reply.location) == (303, "/me")
    html = page.open("/me").text
    assert 'data-text="elder"' in html and 'data-theme="dark"' in html and 'lang="zh-CN"' in html


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_preferences_lead_nowhere_else_and_take_no_odd_words(browse, back):
    page = browse("trainee")
    page.open("/me")
    reply = page.send("/me/preferences", follow=False, text="huge", theme="<b>", language="xx", back=back)
    assert reply.location == "/" and not reply.headers.getlist("Set-Cookie")


def test_preferences_can_be_set_before_signing_in(browse):
    page = browse()
    page.open("/sign-in")
    page.send("/me/preferences", text="large", back="/sign-in")
    assert 'data-text="large"' in page.last.text


def test_a_new_password_ends_the_other_devices_but_not_this_one(browse):
    here, there = browse("trainee"), browse("trainee")
    assert there.open("/me").status_code == 200
    here.open("/me/password")
    here.send("/me/password", old=PASSWORD, new="heron-by-the-weir", again="heron-by-the-weir")
    assert "other devices are signed out" in here.words
    assert there.open("/me").status_code == 302
    assert browse("trainee", "heron-by-the-weir").open("/me").status_code == 200


@pytest.mark.parametrize(
    "old, new, again, told",
    [
        ("wrong", "heron-by-the-weir", "heron-by-the-weir", "The present password is not right."),
        (PASSWORD, "short", "short", "at least 8"), (PASSWORD, "12345678", "12345678", "among the first"),
        (PASSWORD, "my-trainee-word", "my-trainee-word", "login name"), (PASSWORD, PASSWORD, PASSWORD, "present one"),
        (PASSWORD, "heron-by-the-weir", "heron-by-the-wier", "not the same"),
    ],
)  # fmt: skip
def test_a_password_that_will_not_do_is_refused_beside_its_field(browse, old, new, again, told):
    page = browse("trainee")
    page.open("/me/password")
    assert page.send("/me/password", old=old, new=new, again=again).status_code == 422
    assert told in page.words
    assert browse("trainee").open("/me").status_code == 200


def test_another_device_is_ended_by_its_owner_alone(browse):
    here, there, stranger = browse("trainee"), browse("trainee"), browse("neighbour")
    page = here.open("/me").text
    key = page.split('name="device" value="')[1].split('"')[0]
    stranger.open("/me")
    stranger.send("/me/devices", device=key)
    assert there.open("/me").status_code == 200
    here.open("/me")
    here.send("/me/devices", device=key)
    assert "Signed out on 1 other device" in here.words
    assert there.open("/me").status_code == 302 and here.open("/me").status_code == 200


def test_all_other_devices_are_ended_at_once(browse):
    others = [browse("trainee") for _ in range(3)]
    here = others.pop()
    here.open("/me")
    here.send("/me/devices")
    assert [one.open("/me").status_code for one in others] == [302, 302]


def test_a_new_instance_says_how_to_begin(app):
    from tests.pages import Browser

    page = Browser(app)
    assert page.open("/", follow=True).status_code == 200
    assert "How to begin" in page.words and "quizapp init" in page.words


def test_the_sign_in_page_takes_the_login_from_a_slip(browse):
    page = browse()
    assert 'value="13800000001"' in page.open("/sign-in?login=13800000001").text
    assert "<script>x" not in page.open("/sign-in?login=<script>x").text


def test_a_wrong_password_and_an_unknown_login_are_told_alike(browse):
    page = browse()
    told = []
    for login in ("trainee", "nobody-at-all"):
        page.open("/sign-in")
        page.send("/sign-in", login=login, password="wrong-wrong")
        assert page.last.status_code == 401
        told.append(page.words)
    assert told[0] == told[1]
