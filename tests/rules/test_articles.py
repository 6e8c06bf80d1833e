"""Article numbers and citations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.articles import Number, read_citations, read_number, read_numeral, write_citations, write_numeral


@given(st.integers(0, 99_999_999))
def test_a_numeral_that_was_written_is_read_back(value):
    assert read_numeral(write_numeral(value)) == value


@pytest.mark.parametrize(
    "written, value",
    [
        ("十", 10),
        ("十二", 12),
        ("一十二", 12),
        ("二十", 20),
        ("一百〇五", 105),
        ("一百零五", 105),
        ("一〇五", 105),
        ("一千零四十", 1040),
        ("两百", 200),
        ("12", 12),
        ("１２", 12),
        ("一万零一十", 10010),
    ],
)
def test_the_ways_to_write_a_numeral(written, value):
    assert read_numeral(written) == value


@pytest.mark.parametrize("text", ["", "甲", "十甲", "-1"])
def test_what_is_no_numeral(text):
    assert read_numeral(text) is None


@pytest.mark.parametrize(
    "written, number",
    [
        ("第十二条", Number(12)),
        ("第十二条之一", Number(12, 1)),
        ("第一百二十条之十二", Number(120, 12)),
        (" 第 12 条 ", Number(12)),
        ("第十二条之一款", None),
        ("第十二条规定", None),
        ("十二条", None),
        ("第甲条", None),
    ],
)
def test_article_numbers(written, number):
    assert read_number(written) == number


@given(st.integers(1, 9999), st.integers(0, 19))
def test_a_number_that_was_written_is_read_back(ordinal, suffix):
    number = Number(ordinal, suffix)
    assert read_number(str(number)) == number


def test_numbers_sort_as_they_stand_in_the_law():
    assert sorted([Number(13), Number(12, 2), Number(12), Number(12, 1)]) == [
        Number(12),
        Number(12, 1),
        Number(12, 2),
        Number(13),
    ]


@pytest.mark.parametrize(
    "text, cited",
    [
        ("第三条", ["第三条"]),
        ("第三条、第五条之一", ["第三条", "第五条之一"]),
        ("第三条，第3条和第五条。", ["第三条", "第五条"]),
        ("第三条至第五条", ["第三条", "第四条", "第五条"]),
        ("第三条第二款、第四条第一款第二项", ["第三条", "第四条"]),
        ("urban-services#第三条、第四条", ["urban-services#第三条", "urban-services#第四条"]),
        ("other#第三条、第四条；第五条", ["other#第三条", "other#第四条", "第五条"]),
        ("", []),
    ],
)
def test_citations(text, cited):
    assert read_citations(text) == (cited, [])


@given(st.lists(st.sampled_from(["第一条", "第二条之一", "a#第一条", "a#第二条", "b-2#第一条"]), unique=True))
def test_citations_that_were_written_are_read_back(cited):
    assert read_citations(write_citations(cited)) == (cited, [])


@pytest.mark.parametrize(
    "text, unread",
    [
        ("第三条、五条", ["五条"]),
        ("第三条、附则", ["附则"]),
        ("第五条至第三条", ["第五条至第三条"]),
        ("第一条至第九百条", ["第一条至第九百条"]),
        ("Urban#第三条", ["Urban#第三条"]),
    ],
)
def test_what_names_no_article_is_told(text, unread):
    assert read_citations(text)[1] == unread
