"""Fill-in questions."""

import pytest

from quizapp.rules.errors import Invalid
from quizapp.rules.question_types import fill_blank
from tests.rules.question_types.papers import item_for

KEY = {"blanks": [["居住地"], ["公安派出所", "派出所"], ["证明"]], "any_order": False}
THREE = {"stem": "一____二____三____", "blanks": 3}


@pytest.mark.parametrize(
    ("content", "key", "expected"),
    [
        ({"stem": "没有画线", "blanks": 1}, {"blanks": [["甲"]]}, []),
        ({"stem": "一个（　）", "blanks": 1}, {"blanks": [["甲"]]}, []),
        ({"stem": "__一__", "blanks": 1}, {"blanks": [["甲"]]}, ["blank-count"]),
        ({"stem": "____", "blanks": 0}, {"blanks": [["甲"]]}, ["blank-count"]),
        ({"stem": "____", "blanks": True}, {"blanks": [["甲"]]}, ["blank-count"]),
        ({"stem": "____", "blanks": 21}, {"blanks": [["甲"]]}, ["blank-count"]),
        ({"stem": "____", "blanks": 1}, {"blanks": [["甲"], ["乙"]]}, ["key-count"]),
        ({"stem": "____", "blanks": 1}, {"blanks": [[]]}, ["key-empty"]),
        ({"stem": "____", "blanks": 1}, {"blanks": [["甲", " "]]}, ["key-empty"]),
        ({"stem": "____", "blanks": 1}, {"blanks": "甲"}, ["key-missing"]),
        ({"stem": "____", "blanks": 1}, {"blanks": [["甲" * 501]]}, ["text-too-long"]),
        ({"stem": "____", "blanks": 1}, {"blanks": [["甲"]], "any_order": 1}, ["key-order"]),
    ],
)
def test_content_and_key_are_checked(content, key, expected):
    assert [problem.code for problem in fill_blank.check(content, key)] == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([], "wrong-shape"),
        (["甲", "乙"], "wrong-shape"),
        (["甲", "乙", "丙", "丁"], "wrong-shape"),
        (["甲", "乙", None], "wrong-shape"),
        (("甲", "乙", "丙"), "wrong-shape"),
        ("甲乙丙", "wrong-shape"),
        (["甲", "乙", "丙\0"], "text-not-storable"),
        (["甲", "\udfff", "丙"], "text-not-storable"),
        (["甲", "乙", "丙" * 501], "text-too-long"),
    ],
)
def test_a_wrong_value_is_refused(value, code):
    with pytest.raises(Invalid) as caught:
        fill_blank.check_value(item_for("fill_blank", content=THREE), value)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_texts_up_to_500_characters_and_characters_outside_the_base_plane_are_taken():
    fill_blank.check_value(item_for("fill_blank", content=THREE), ["𠮷" * 500, "", " "])


@pytest.mark.parametrize(
    ("value", "earned"),
    [
        (["居住地", "派出所", "证明"], 2000),
        (["居住地", "派出所", ""], 1333),
        (["居住地", "", ""], 666),
        (["派出所", "居住地", ""], 0),
        (["居住地", "居住地", "居住地"], 666),
    ],
)
def test_each_blank_earns_an_equal_share_rounded_down(value, earned):
    assert fill_blank.mark(item_for("fill_blank", content=THREE), KEY, value, "exact") == earned


def test_in_any_order_the_best_assignment_counts():
    key = {**KEY, "any_order": True}
    assert fill_blank.mark(item_for("fill_blank", content=THREE), key, ["证明", "居住地", "派出所"], "exact") == 2000
    assert fill_blank.judge(key, ["证明", "证明", "派出所"]) == [True, False, True]


def test_spaces_alone_are_no_answer():
    item = item_for("fill_blank", content=THREE)
    assert fill_blank.is_answered(item, ["", " \u3000", "\n"]) is False
    assert fill_blank.is_answered(item, ["", "", "甲"]) is True


def test_a_judgement_without_an_answer_is_wrong_everywhere():
    assert fill_blank.judge(KEY, None) == [False, False, False]
