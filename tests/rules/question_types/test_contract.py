"""What every kind of question has to keep, whatever it is; a new kind adds its sample here."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.errors import Invalid
from quizapp.rules.question_types import KINDS
from quizapp.rules.scoring import RULES
from tests.rules.question_types.papers import SAMPLES, item_for

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.dictionaries(
    st.sampled_from(["stem", "options", "blanks", "right", "any_order", "pairs", "order", "value", "tolerance", "parts"]),
    JSON_VALUES,
    max_size=5,
)
every_kind = pytest.mark.parametrize("kind", sorted(KINDS))


def test_every_kind_has_a_sample():
    assert set(SAMPLES) == set(KINDS)


@every_kind
def test_a_good_question_has_no_problem(kind):
    assert KINDS[kind].check(SAMPLES[kind].content, SAMPLES[kind].key) == []


@every_kind
def test_a_question_without_text_or_key_is_told_both(kind):
    codes = {problem.code for problem in KINDS[kind].check({**SAMPLES[kind].content, "stem": " \n"}, {})}
    assert codes == {"stem-missing", "key-missing"}


@every_kind
@given(content=FIELDS, key=FIELDS)
def test_checking_never_fails_and_every_problem_can_be_told(kind, content, key):
    for problem in KINDS[kind].check(content, key):
        assert problem.message % problem.params
        assert problem.place


@every_kind
def test_a_stored_question_comes_back_as_the_file_that_it_is_made_of(kind):
    content, key = SAMPLES[kind].content, SAMPLES[kind].key
    told = {"stem": content["stem"], **KINDS[kind].document(content, key)}
    assert json.loads(json.dumps(told)) == told
    assert KINDS[kind].define(told) == (content, key)


@every_kind
def test_a_laid_out_item_is_json_and_the_same_whatever_the_key(kind):
    laid_out = item_for(kind)
    assert json.loads(json.dumps(laid_out)) == laid_out


@every_kind
def test_clearing_is_allowed_and_earns_nothing(kind):
    item = item_for(kind)
    KINDS[kind].check_value(item, None)
    assert KINDS[kind].is_answered(item, None) is False
    assert all(KINDS[kind].mark(item, SAMPLES[kind].key, None, rule) == 0 for rule in RULES)


@every_kind
@pytest.mark.parametrize("rule", sorted(RULES))
def test_the_right_answer_earns_everything_and_the_wrong_one_nothing(kind, rule):
    item, sample = item_for(kind), SAMPLES[kind]
    for value, earned in ((sample.right(item), item["points_milli"]), (sample.wrong(item), 0)):
        KINDS[kind].check_value(item, value)
        assert KINDS[kind].is_answered(item, value) is True
        assert KINDS[kind].mark(item, sample.key, value, rule) == earned


@every_kind
@given(value=JSON_VALUES, seed=st.integers(0, 5), rule=st.sampled_from(sorted(RULES)))
def test_any_value_is_either_refused_with_a_sentence_or_marked(kind, value, seed, rule):
    item = item_for(kind, seed)
    try:
        KINDS[kind].check_value(item, value)
    except Invalid as refusal:
        assert [problem.place for problem in refusal.problems] == [item["slot"]]
        assert all(problem.message % problem.params for problem in refusal.problems)
    else:
        assert 0 <= KINDS[kind].mark(item, SAMPLES[kind].key, value, rule) <= item["points_milli"]
        assert KINDS[kind].is_answered(item, value) in (True, False)


@every_kind
@pytest.mark.parametrize("value", [0, 1, "", "true", "k3xq", 0.0, {}, [None], [0], [True], [[]], ["\0"], ["\ud800"]])
def test_wrong_shapes_are_refused(kind, value):
    with pytest.raises(Invalid):
        KINDS[kind].check_value(item_for(kind), value)


@every_kind
def test_a_refusal_never_repeats_what_was_sent(kind):
    """A lone surrogate in an answer may not come back in the reply that refuses it."""
    with pytest.raises(Invalid) as caught:
        KINDS[kind].check_value(item_for(kind), ["\ud800", "\ud800"])
    for problem in caught.value.problems:
        (problem.message % problem.params).encode()


@every_kind
def test_the_explained_key_is_json(kind):
    explained = KINDS[kind].explain(item_for(kind), SAMPLES[kind].key)
    assert json.loads(json.dumps(explained)) == explained


@every_kind
def test_the_words_of_a_kind_can_be_told(kind):
    params = {"section": "一、甲", "count": 3, "found": 1, "missing": 2}
    assert "一、甲" in KINDS[kind].LACKING % params
    assert KINDS[kind].NAME


@every_kind
def test_laying_out_throws_no_dice_of_its_own(kind):
    random.seed(1)
    first = item_for(kind, 7)
    random.seed(2)
    assert item_for(kind, 7) == first
