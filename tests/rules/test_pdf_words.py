"""Words of a PDF: lines keep to their room, and signs that the Chinese font lacks are set by those it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import pdf_words
from quizapp.rules.pdf_words import lowered, raised

TEXTS = st.text(st.characters(codec="utf-16-be", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200)


@given(TEXTS, st.floats(40, 480))
def test_no_line_is_wider_than_its_room_but_by_a_closing_sign_and_nothing_is_lost(text, room):
    lines = pdf_words.wrapped(text, 11, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        body = line.rstrip(pdf_words.NO_LINE_START)
        assert pdf_words.width(body, 11) <= room + 22


@pytest.mark.parametrize(("written", "is_set"), [
    ("面积 20 m²", "面积 20 m" + raised("2")), ("CO₂", "CO" + lowered("2")), ("½ 日", raised("1") + "/" + lowered("2") + " 日"),
    ("−5≤x", "–5≤x"), ("℃、㎡、①、é", "℃、㎡、①、é"),
])  # fmt: skip
def test_a_sign_that_the_font_lacks_is_set_by_those_it_has(written, is_set):
    assert pdf_words.settable(written) == is_set


@given(TEXTS)
def test_whatever_is_written_can_be_set_and_its_runs_are_plain(text):
    for _, run in pdf_words.runs(pdf_words.settable(text)):
        assert all(ord(one) < pdf_words.RAISED for one in run)
