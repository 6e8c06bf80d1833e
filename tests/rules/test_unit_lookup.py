"""A unit is found by code, by a name that only one has, or by a path."""

import pytest

from quizapp.rules.errors import Problem
from quizapp.rules.unit_lookup import Known, Lookup

LOOKUP = Lookup(
    [
        Known(1, "999901101", "青禾镇", ("云溪县",)),
        Known(2, "999901101201", "柳塘村", ("云溪县", "青禾镇")),
        Known(3, "999901101202", "石桥社区", ("云溪县", "青禾镇")),
        Known(4, "999901102202", "石桥居委会", ("云溪县", "白浪镇")),
        Known(5, "999901102203", "柳塘村", ("云溪县", "白浪镇")),
    ]
)


@pytest.mark.parametrize(
    "code, name, township, unit_id",
    [
        ("999901101201", "", "", 2), (" ９９９９０１１０１２０１", "", "", 2), ("", "999901101201", "", 2),
        ("", "石桥社区", "", 3), ("", "石桥居委会", "", 4), ("", "青禾镇/柳塘村", "", 2), ("", "白浪镇-柳塘村", "", 5),
        ("", "云溪县-青禾镇-柳塘", "", 2), ("", "柳塘村", "白浪镇", 5), ("", "柳塘村委会", "青禾镇", 2),
        ("999901101201", "柳塘村委会", "", 2),
    ],
)  # fmt: skip
def test_one_unit_is_meant(code, name, township, unit_id):
    found = LOOKUP.find(code, name, township)
    assert isinstance(found, Known), found
    assert found.id == unit_id


@pytest.mark.parametrize(
    "code, name, problem",
    [
        ("", "柳塘村", "unit-ambiguous"), ("", "石桥", "unit-ambiguous"), ("", "无此村", "unit-unknown"),
        ("123", "", "unit-code-unknown"), ("999901101201", "石桥社区", "unit-contradiction"),
        ("", "柳塘村|石桥社区", "unit-several"), ("", "红旗镇-柳塘村", "unit-unknown"), ("", "---", "unit-unknown"),
    ],
)  # fmt: skip
def test_no_unit_or_several_are_a_problem(code, name, problem):
    found = LOOKUP.find(code, name)
    assert isinstance(found, Problem) and found.code == problem


def test_an_ambiguous_name_lists_the_candidates_with_path_and_code():
    named = LOOKUP.find("", "柳塘村").params["candidates"]
    assert named == "云溪县/青禾镇/柳塘村（999901101201）；云溪县/白浪镇/柳塘村（999901102203）"
