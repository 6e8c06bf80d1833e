"""Texts: what may be stored, and what is evened out before answers are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.texts import check_text, even_out, is_storable


@pytest.mark.parametrize(
    ("written", "accepted"),
    [
        ("派出所。", "派出所"),
        ("派 出\u3000所", "派出所"),
        ("派出所.", "派出所"),
        ("派出所！？", "派出所"),
        ("３０日", "30日"),
        ("30 日", "30日"),
        ("ＡＢＣ", "abc"),
        ("（一）", "(一)"),
        ("\u200b派出所\ufeff", "派出所"),
        ("㎡", "m2"),
        ("ｶﾞ", "ガ"),
        ("straße", "STRASSE"),
        ("50％", "50%"),
        ("A，", "a"),
        ("…", "..."),
    ],
)
def test_these_are_the_same(written, accepted):
    assert even_out(written) == even_out(accepted)


@pytest.mark.parametrize(
    ("written", "accepted"),
    [
        ("50", "50%"), ("1.5", "15"), ("派出所", "派出"), ("《民法典》", "民法典"), ("-1", "1"), ("A,B", "AB"),
        ("甲、乙", "甲乙"),
    ],
)
def test_these_are_not_the_same(written, accepted):
    assert even_out(written) != even_out(accepted)


def test_an_answer_of_nothing_but_punctuation_keeps_it():
    assert even_out("、") == "、"
    assert even_out(" \u200b ") == ""


@given(st.text())
def test_evening_out_twice_changes_nothing_more(text):
    assert even_out(even_out(text)) == even_out(text)


@given(st.text(st.characters()))
def test_what_may_be_stored_is_unicode_without_nul(text):
    assert is_storable(text) == ("\0" not in text and not any(0xD800 <= ord(char) <= 0xDFFF for char in text))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("甲" * 5, []),
        ("甲" * 6, ["text-too-long"]),
        ("\ud800", ["text-not-storable"]),
        ("a\0", ["text-not-storable"]),
        ("", []),
    ],
)
def test_texts_are_checked(text, codes):
    assert [problem.code for problem in check_text(text, 5, "here")] == codes
