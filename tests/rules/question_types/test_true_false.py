"""True or false."""

import pytest

from quizapp.rules.errors import Invalid
from quizapp.rules.question_types import true_false
from tests.rules.question_types.papers import item_for


@pytest.mark.parametrize("right", [None, 1, 0, "true", [True]])
def test_the_key_has_to_be_a_boolean(right):
    assert [problem.code for problem in true_false.check({"stem": "题干"}, {"right": right})] == ["key-missing"]


@pytest.mark.parametrize("value", [1, 0, "正确", [], [True]])
def test_only_a_boolean_answers(value):
    with pytest.raises(Invalid):
        true_false.check_value(item_for("true_false"), value)


@pytest.mark.parametrize(("right", "value", "earned"), [(True, True, 2000), (True, False, 0), (False, False, 2000),
                                                        (False, True, 0), (False, None, 0), (True, None, 0)])
def test_marking(right, value, earned):
    assert true_false.mark(item_for("true_false"), {"right": right}, value, "exact") == earned


def test_saying_false_is_an_answer():
    assert true_false.is_answered(item_for("true_false"), False) is True
