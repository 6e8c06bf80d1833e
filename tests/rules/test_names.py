"""Names and logins: look-alikes are one, and public boards do not tell who somebody is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.names import fold_login, fold_name, surname_masked


@pytest.mark.parametrize(
    "look_alike",
    ["admin", " Admin ", "ADMIN", "ａｄｍｉｎ", "ad\u200bmin", "admin\u00a0", "\ufeffadmin", "ad min", "ad\u202emin",
     "admi\u00adn", "admin\u3000", "\u3164admin", "adm\u034fin", "admin\ufe0f", "𝐚𝐝𝐦𝐢𝐧", "\tadmin\r\n"],
)
def test_logins_that_look_alike_are_one(look_alike):
    """S-22, I13: nobody takes over an account by white space, width or characters that show nothing."""
    assert fold_login(look_alike) == "admin"


@pytest.mark.parametrize("other", ["admin1", "ädmin", "аdmin", "管理员", "", "admi"])
def test_logins_that_differ_stay_apart(other):
    assert fold_login(other) != "admin"


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    """I13"""
    assert fold_login(fold_login(text)) == fold_login(text)
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(), st.integers(0, 20), st.sampled_from(" \u200b\u3000\ufeff\u2060\t"))
def test_what_shows_nothing_changes_no_login(text, place, blank):
    """I13"""
    assert fold_login(text[:place] + blank + text[place:]) == fold_login(text) or combines(text, place)


def combines(text, place):
    """Whether the neighbours would combine if nothing stood between them."""
    import unicodedata

    whole = unicodedata.normalize("NFKC", text)
    return whole != unicodedata.normalize("NFKC", text[:place]) + unicodedata.normalize("NFKC", text[place:])


def test_names_keep_single_spaces_and_rare_characters():
    assert fold_name("  Li   Ｍing ") == "li ming"
    assert fold_name("𠮷田") == "𠮷田"
    assert fold_name("㐂\U000e0100") == "㐂"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张小明", "张*明"), ("李明", "李*"), ("欧阳小明", "欧**明"), ("王", "*"), ("", ""), (" 张小明 ", "张*明"),
        ("张\u200b小明", "张*明"), ("𠮷小明", "𠮷*明"), ("阿依古丽·买买提", "阿******提"),
    ],
)
def test_a_public_board_shows_the_first_and_last_character(name, masked):
    assert surname_masked(name) == masked


@given(st.text(min_size=1))
def test_a_masked_name_never_shows_more_than_two_characters(name):
    masked = surname_masked(name)
    assert masked.strip("*") == masked.replace("*", "") or masked[0] != "*"
    assert sum(char != "*" for char in masked) <= 2
