"""Passwords that are too weak are refused with a sentence, and one-time codes can be typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import passwords


def codes_of(password, login="zhangsan01"):
    return [problem.code for problem in passwords.check(password, login)]


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("", ["password-short"]),
        ("a8#kP2z", ["password-short"]),
        ("a8#kP2zQ", []),
        ("12345678", ["password-common"]),
        ("PassWord", ["password-common"]),
        ("ｐａｓｓｗｏｒｄ", ["password-common"]),
        ("pass word", ["password-common"]),
        ("woaini1314", ["password-common"]),
        ("liuan123", ["password-common"]),
        ("aaaaaaaaaa", ["password-common"]),
        ("ababababab", ["password-common"]),
        ("abcdefghijk", ["password-common"]),
        ("987654321", ["password-common"]),
        ("13579acegi", []),
        ("acegikmoq", ["password-common"]),
        ("zhangsan01", ["password-login"]),
        ("xxZhangSan01!!", ["password-login"]),
        ("春天的六安很美丽", []),
        ("春天的六安很美", ["password-short"]),
        ("correct horse battery staple", []),
        ("x" * 60 + "abc" * 30, ["password-not-storable"]),
        ("good\0enough", ["password-not-storable"]),
        ("good\ud800enough", ["password-not-storable"]),
    ],
)
def test_what_may_be_a_password(password, expected):
    assert codes_of(password) == expected


def test_a_login_of_one_or_two_characters_may_occur_by_chance():
    assert codes_of("ab8#kP2zQ", "ab") == []
    assert codes_of("abc8#kP2zQ", "abc") == ["password-login"]


@given(st.text(), st.text())
def test_checking_never_fails_tells_one_reason_and_never_repeats_the_password(password, login):
    problems = passwords.check(password, login)
    assert len(problems) <= 1
    for problem in problems:
        assert problem.message % problem.params
        assert password not in map(str, problem.params.values()) or password.isdigit()


def test_the_list_is_in_the_form_it_is_compared_in():
    """An entry nobody could match, because it is shorter than allowed or not folded, would guard nothing."""
    assert [entry for entry in passwords.COMMON if len(entry) < passwords.SHORTEST] == []
    assert [entry for entry in passwords.COMMON if entry != passwords.fold_login(entry)] == []


@given(st.binary(min_size=5, max_size=5))
def test_a_one_time_code_has_eight_characters_that_can_be_typed(random_bytes):
    code = passwords.new_slip_code(random_bytes)
    assert len(code) == 8
    assert passwords.normalise_slip_code(f" {code[:4].lower()}-{code[4:]} ") == code
    assert passwords.normalise_slip_code(code[:7]) is None
