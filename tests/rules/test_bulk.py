"""One change for many: what it may say and what it makes of a question."""

import pytest

from quizapp.rules import bulk
from quizapp.rules.bulk import Change, Held

HELD = Held("第一章", "easy", 1000, ("甲", "乙"))


def test_what_is_not_named_stays():
    assert bulk.applied(Change(deed="retire"), HELD) == HELD
    assert bulk.applied(Change(chapter="第二章", add_tags=("丙", "甲"), remove_tags=("乙",)), HELD) == Held(
        "第二章", "easy", 1000, ("甲", "丙")
    )


def test_tags_are_written_side_by_side():
    assert bulk.split_tags(" 居住证，费用、费用;  新 ") == ("居住证", "费用", "新")
    assert bulk.split_tags("fire  safety，第一章 总则\n新") == ("fire safety", "第一章 总则", "新")
    assert bulk.split_tags("") == bulk.split_tags(" ，\n ") == ()


def test_tags_do_not_pile_up():
    many = tuple(str(n) for n in range(20))
    assert len(bulk.applied(Change(add_tags=many), HELD).tags) == bulk.MOST_TAGS


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Change(), "nothing"),
        (Change(points_milli=0), "points"),
        (Change(chapter="章" * 121), "text-too-long"),
        (Change(add_tags=("签" * 41,)), "text-too-long"),
        (Change(add_tags=tuple("abcdefghijklm")), "too-many-tags"),
    ],
)
def test_what_is_wrong_with_a_change_is_said(change, code):
    assert [one.code for one in bulk.check(change)] == [code]
