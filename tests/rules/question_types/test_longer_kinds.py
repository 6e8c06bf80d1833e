"""Numbers, pairs, orders and cases: what earns how much, and that more that is right never earns less."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.blueprint import Blueprint, Section
from quizapp.rules.marking import mark_paper
from quizapp.rules.paper import Candidate, draw, new_option_id
from quizapp.rules.question_types import check, define, document, matching, numerical, ordering
from tests.rules.question_types.papers import item_for

CASE = {
    "kind": "case",
    "stem": "老王一家从外地来。",
    "parts": [
        {"kind": "single_choice", "stem": "去哪里？", "options": ["甲", "乙", "丙"], "answer": "B", "explanation": "因为。"},
        {"kind": "true_false", "stem": "要交钱。", "options": [], "answer": False},
        {"kind": "ordering", "stem": "排序。", "options": [], "answer": ["申请", "受理", "发证"]},
    ],
}


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", "12"), (" １２．５ ", "12.5"), ("1,200", "1200"), ("−3", "-3"), (".5", "0.5"), ("7.", "7"), ("1 000", "1000")],
)
def test_a_number_is_read_however_it_is_written(text, number):
    assert numerical.read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "1,5", "12天", "1e3", "十二", "--1", "1/2", "nan", "九" * 40, None, 12])
def test_what_is_no_number_is_not_taken_for_one(text):
    assert numerical.read_number(text) is None


@given(value=st.decimals(-1000, 1000, places=2), step=st.decimals(0, 10, places=2), far=st.decimals("0.01", 10, places=2))
def test_the_ends_of_a_tolerance_are_inside_and_nothing_beyond_them_is(value, step, far):
    item, key = item_for("numerical"), {"value": str(value), "tolerance": str(step)}
    for near in (value - step, value, value + step):
        assert numerical.mark(item, key, str(near), "exact") == item["points_milli"]
    assert numerical.mark(item, key, str(value + step + far), "exact") == 0


@given(pairs=st.lists(st.integers(0, 4), min_size=2, max_size=8), data=st.data())
def test_one_more_right_pair_never_earns_less_and_a_wrong_one_takes_nothing_away(pairs, data):
    content = {"stem": "?", "options": [f"左{n}" for n in range(len(pairs))], "right": [f"右{n}" for n in range(5)]}
    item = item_for("matching", content=content)
    wanted = matching.right_pairs(item, {"pairs": pairs})
    given_ = {left: data.draw(st.sampled_from(item["right_ids"])) for left in data.draw(st.sets(st.sampled_from(list(wanted))))}
    earned = matching.mark(item, {"pairs": pairs}, given_ or None, "exact")
    left = data.draw(st.sampled_from(list(wanted)))
    better = matching.mark(item, {"pairs": pairs}, {**given_, left: wanted[left]}, "exact")
    assert 0 <= earned <= better <= item["points_milli"]
    assert better > 0
    assert (better == item["points_milli"]) == ({**given_, left: wanted[left]} == wanted)


@given(order=st.permutations(range(6)))
def test_each_entry_at_its_place_earns_its_share(order):
    content = {"stem": "?", "options": [f"项{n}" for n in range(6)]}
    item, key = item_for("ordering", content=content, points_milli=6000), {"order": list(range(6))}
    value = [item["option_ids"][place] for place in order]
    assert ordering.mark(item, key, value, "exact") == 1000 * sum(place == n for n, place in enumerate(order))


@pytest.mark.parametrize("kind", ["matching", "ordering"])
def test_what_is_shown_of_a_question_does_not_depend_on_its_key(kind):
    """The content keeps its sides in the order of their texts, whatever the right pairs or the right order are."""
    if kind == "matching":
        one, other = [["a", "x"], ["b", "y"]], [["a", "y"], ["b", "x"]]
    else:
        one, other = ["a", "b", "c"], ["c", "a", "b"]
    first, second = (define({"kind": kind, "stem": "?", "answer": answer}) for answer in (one, other))
    assert first[0] == second[0]
    assert first[1] != second[1]


def test_a_case_is_checked_part_by_part_and_comes_back_as_it_was():
    content, key = define(CASE)
    assert check("case", content, key) == []
    told = document("case", content, key)
    assert define({**CASE, **told}) == (content, key)
    wrong = check("case", {**content, "parts": [{**content["parts"][0], "options": []}, *content["parts"][1:]]}, key)
    assert [(one.code, one.place) for one in wrong] == [("option-count", "parts[0].options")]
    assert [one.code for one in check("case", {"stem": "x", "parts": [{"kind": "essay"}]}, {"parts": [{}]})] == ["part-kind"]


def test_a_case_is_laid_flat_its_parts_together_in_order_and_each_marked_by_its_own_key():
    content, key = define(CASE)
    plan = Blueprint((Section("案例", "case", 2, 1000, parts=3), Section("判断", "true_false", 1, 2000)))
    pool = [Candidate(n, n, "case", parts=3) for n in range(3)] + [Candidate(8, 8, "case", parts=2)]
    pool.append(Candidate(9, 9, "true_false"))
    rng = random.Random(3)
    contents = {n: {**content, "stem": f"材料{n}"} for n in range(4)} | {9: {"stem": "?"}}
    paper = draw(plan, pool, lambda ids: contents, rng, lambda: new_option_id(rng))
    items = paper["items"]
    assert [item["kind"] for item in items] == ["single_choice", "true_false", "ordering"] * 2 + ["true_false"]
    assert [item.get("part") for item in items] == [0, 1, 2, 0, 1, 2, None]
    assert [item.get("material") for item in items] == ["m1"] * 3 + ["m2"] * 3 + [None]
    assert plan.count == len(items)
    keys = dict.fromkeys(range(4), key) | {9: {"right": True}}
    values = {"1": [items[0]["option_ids"][1]], "2": False, "3": ordering.right_order(items[2], key["parts"][2]), "7": True}
    marked = mark_paper(paper, keys, values)
    assert (marked.points_milli, marked.full_milli) == (5000, plan.full_milli)


def test_a_section_has_a_rule_of_its_own_that_is_stored_with_the_paper():
    plan = Blueprint((Section("一", "multiple_choice", 1, 2000), Section("二", "multiple_choice", 1, 2000, rule="exact")))
    contents = {n: {"stem": "?", "options": ["甲", "乙", "丙"]} for n in (1, 2)}
    rng = random.Random(1)
    pool = [Candidate(n, n, "multiple_choice") for n in (1, 2)]
    paper = draw(plan, pool, lambda ids: contents, rng, lambda: new_option_id(rng))
    keys = dict.fromkeys((1, 2), {"right": [0, 1]})
    values = {item["slot"]: [item["option_ids"][0]] for item in paper["items"]}
    assert mark_paper(paper, keys, values).marks == {"1": 1000, "2": 0}
