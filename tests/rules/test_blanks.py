"""Blanks: in order, in any order, and that copying does not pay."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.blanks import judge

WORDS = st.sampled_from(["甲", "乙", "丙", "丁"])


@st.composite
def questions(draw):
    count = draw(st.integers(1, 4))
    accepted = draw(st.lists(st.lists(WORDS, min_size=1, max_size=3, unique=True), min_size=count, max_size=count))
    return accepted, draw(st.lists(WORDS | st.just(""), min_size=count, max_size=count))


def best_by_trying(accepted, texts):
    """The most blanks any assignment earns, by trying all, with repeats counted as the rule says."""
    best = 0
    for order in permutations(range(len(accepted))):
        earned, used = 0, {}
        for text, blank in zip(texts, order, strict=True):
            most = max(1, sum(set(other) == {text} for other in accepted))
            if text in accepted[blank] and used.get(text, 0) < most:
                used[text] = used.get(text, 0) + 1
                earned += 1
        best = max(best, earned)
    return best


@given(questions())
def test_in_any_order_earns_what_the_best_assignment_earns(question):
    assert sum(judge(*question, any_order=True)) == best_by_trying(*question)


@given(questions())
def test_in_order_each_text_is_held_against_its_own_blank(question):
    accepted, texts = question
    assert judge(accepted, texts, any_order=False) == [t in blank for t, blank in zip(texts, accepted, strict=True)]


@given(st.integers(1, 6), st.booleans(), st.data())
def test_one_right_answer_copied_into_all_blanks_earns_one_blank(count, any_order, data):
    accepted = [[f"答{index}", f"又{index}"] for index in range(count)]
    right = data.draw(st.sampled_from([text for blank in accepted for text in blank]))
    assert sum(judge(accepted, [right] * count, any_order)) == 1


@pytest.mark.parametrize(
    ("accepted", "texts", "earned"),
    [
        ([["甲", "乙"], ["甲", "乙"]], ["甲", "甲"], 1),
        ([["甲", "乙"], ["甲", "乙"]], ["乙", "甲"], 2),
        ([["甲"], ["甲"]], ["甲", "甲"], 2),
        ([["甲"], ["甲", "乙"]], ["甲", "甲"], 1),
        ([["甲"], ["甲", "乙"]], ["甲", "乙"], 2),
        ([["甲", "乙"], ["甲"]], ["甲", "乙"], 2),
        ([["甲"], ["乙"]], ["甲", "甲。"], 1),
        ([["甲"], ["乙"]], ["", " "], 0),
    ],
)
def test_repeats_in_any_order(accepted, texts, earned):
    assert sum(judge(accepted, texts, any_order=True)) == earned


def test_an_empty_blank_is_wrong_even_where_the_key_is_odd():
    assert judge([["\u200b"]], ["\u200b"], any_order=False) == [False]
