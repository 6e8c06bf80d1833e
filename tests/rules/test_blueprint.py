"""Blueprints: read from plain data, refused with every problem and its place, written back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import blueprint
from quizapp.rules.blueprint import Blueprint, Section
from quizapp.rules.errors import Invalid
from quizapp.rules.question_types import KINDS
from quizapp.rules.scoring import RULES
from tests.rules.question_types.test_contract import JSON_VALUES

GOOD = {"title": "一、单选题", "kind": "single_choice", "count": 10, "points_milli": 2000}

SECTIONS = st.builds(
    Section,
    title=st.text(min_size=1, max_size=9).filter(lambda text: text.strip() and "\0" not in text),
    kind=st.sampled_from(sorted(KINDS)),
    count=st.integers(1, 10),
    points_milli=st.integers(1, 1_000_000),
    chapter=st.sampled_from(["", "第一章", "第二章"]),
    difficulty=st.sampled_from(["", "易", "难"]),
    bank=st.sampled_from(["", "small"]),
)


def problems_of(plain):
    return [(problem.code, problem.place) for problem in blueprint.check(plain)]


@given(st.builds(Blueprint, st.lists(SECTIONS, min_size=1, max_size=5).map(tuple), st.sampled_from(sorted(RULES))))
def test_what_is_written_reads_back_the_same(drawn):
    assert blueprint.parse(blueprint.to_plain(drawn)) == drawn


def test_the_rule_is_half_for_an_incomplete_answer_unless_said():
    assert blueprint.parse({"sections": [GOOD]}).rule == "half_if_subset"


def test_a_blueprint_knows_its_size():
    read = blueprint.parse({"sections": [GOOD, {**GOOD, "kind": "fill_blank", "count": 5, "points_milli": 500}]})
    assert (read.count, read.full_milli) == (15, 22_500)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": " "}, [("section-title", "title")]),
        ({"title": 5}, [("section-title", "title"), ("section-word", "title")]),
        ({"title": "题" * 121}, [("text-too-long", "title")]),
        ({"kind": "essay"}, [("section-kind", "kind")]),
        ({"kind": ["single_choice"]}, [("section-kind", "kind")]),
        ({"count": 0}, [("section-number", "count")]),
        ({"count": 301}, [("section-number", "count")]),
        ({"count": True}, [("section-number", "count")]),
        ({"count": "10"}, [("section-number", "count")]),
        ({"points_milli": 1.5}, [("section-number", "points_milli")]),
        ({"points_milli": -1}, [("section-number", "points_milli")]),
        ({"chapter": None}, [("section-word", "chapter")]),
        ({"difficulty": "难\0"}, [("text-not-storable", "difficulty")]),
        ({"weight": 1}, [("unknown-field", "weight")]),
    ],
)
def test_each_field_of_a_section_is_checked(change, expected):
    assert problems_of({"sections": [GOOD, {**GOOD, **change}]}) == [
        (code, f"sections[1].{field}") for code, field in expected
    ]


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        (None, [("sections", "sections")]),
        ([], [("sections", "sections")]),
        ({}, [("sections", "sections")]),
        ({"sections": []}, [("sections", "sections")]),
        ({"sections": [GOOD] * 31}, [("sections", "sections")]),
        ({"sections": ["x"]}, [("section", "sections[0]")]),
        ({"sections": [GOOD], "rule": "best"}, [("rule", "rule")]),
        ({"sections": [GOOD], "rule": ["net"]}, [("rule", "rule")]),
        ({"sections": [GOOD], "name": "x"}, [("unknown-field", "name")]),
        ({"sections": [{**GOOD, "count": 300}, GOOD]}, [("too-many-questions", "sections")]),
    ],
)
def test_the_whole_is_checked(plain, expected):
    assert problems_of(plain) == expected


def test_a_bad_blueprint_is_refused_with_all_its_problems():
    with pytest.raises(Invalid) as caught:
        blueprint.parse({"sections": [{**GOOD, "count": 0, "kind": "essay"}]})
    assert len(caught.value.problems) == 2


@given(JSON_VALUES | st.fixed_dictionaries({"sections": st.lists(JSON_VALUES, max_size=3), "rule": JSON_VALUES}))
def test_checking_never_fails_and_every_problem_can_be_told(plain):
    assert all(problem.message % problem.params for problem in blueprint.check(plain))
