"""Marking whole papers."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.marking import count_answered, mark_paper
from quizapp.rules.scoring import RULES
from tests.rules.question_types.papers import SAMPLES, item_for

SLOTS = [str(number) for number in range(1, len(SAMPLES) + 1)]
FULL = 1000 * sum(map(int, SLOTS))
KEYS = {number: SAMPLES[kind].key for number, kind in enumerate(sorted(SAMPLES), start=1)}


def paper_of_all_kinds(rule="half_if_subset"):
    items = [
        {**item_for(kind, points_milli=1000 * number), "slot": str(number), "revision_id": number}
        for number, kind in enumerate(sorted(SAMPLES), start=1)
    ]
    return {"items": items, "rule": rule}


def values(paper, which):
    return {item["slot"]: getattr(SAMPLES[item["kind"]], which)(item) for item in paper["items"]}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_all_right_earns_the_full_paper_and_all_wrong_nothing(rule):
    paper = paper_of_all_kinds(rule)
    right, wrong = mark_paper(paper, KEYS, values(paper, "right")), mark_paper(paper, KEYS, values(paper, "wrong"))
    assert (right.points_milli, right.full_milli, right.answered) == (FULL, FULL, len(SLOTS))
    assert right.marks == {slot: 1000 * int(slot) for slot in SLOTS}
    assert (wrong.points_milli, wrong.full_milli, wrong.answered) == (0, FULL, len(SLOTS))


def test_the_rule_of_the_paper_decides_about_incomplete_answers():
    paper, earned = paper_of_all_kinds(), {}
    choice = next(item for item in paper["items"] if item["kind"] == "multiple_choice")
    for rule in RULES:
        marked = mark_paper({**paper, "rule": rule}, KEYS, {choice["slot"]: [choice["option_ids"][0]]})
        earned[rule] = marked.points_milli
    assert earned == {"exact": 0, "half_if_subset": 1500, "per_right": 1500, "fixed_per_right": 500, "net": 1500}


@given(st.sets(st.sampled_from(SLOTS)), st.sets(st.sampled_from(SLOTS)))
def test_the_total_is_the_sum_of_the_marks_and_cleared_answers_count_nowhere(answered, cleared):
    paper = paper_of_all_kinds()
    given_values = {slot: value for slot, value in values(paper, "right").items() if slot in answered}
    given_values.update(dict.fromkeys(cleared))
    marked = mark_paper(paper, KEYS, given_values)
    assert marked.points_milli == sum(marked.marks.values()) == 1000 * sum(map(int, answered - cleared))
    assert marked.answered == count_answered(paper, given_values) == len(answered - cleared)
    assert set(marked.marks) == set(SLOTS)


def test_nothing_is_marked_without_its_key():
    with pytest.raises(KeyError):
        mark_paper(paper_of_all_kinds(), {1: KEYS[1]}, {})


def test_marking_is_the_same_whatever_the_order_of_the_answers():
    paper = paper_of_all_kinds()
    entries = list(values(paper, "right").items())
    random.Random(1).shuffle(entries)
    assert mark_paper(paper, KEYS, dict(entries)) == mark_paper(paper, KEYS, values(paper, "right"))
