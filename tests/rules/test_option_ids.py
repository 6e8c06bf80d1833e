"""G6: over two thousand papers neither place nor id of an option says whether it is right."""

import random
from collections import Counter

import pytest

from quizapp.rules import paper
from quizapp.rules.blueprint import Blueprint, Section
from quizapp.rules.paper import ID_ALPHABET, Candidate
from tests.rules.statistics import chi_square_limit

PAPERS, RIGHT = 2000, 1  # the right option stands second, as its author wrote it
CONTENT = {"stem": "（ ）", "options": ["甲", "乙", "丙", "丁"]}


@pytest.fixture(scope="module")
def right_options() -> list[dict]:
    """Of one single choice on each of the papers: the right option's place, its id and the others' ids."""
    dice = random.Random(20260731)
    blueprint = Blueprint((Section("甲", "single_choice", 1, 1000),))
    found = []
    for _ in range(PAPERS):
        drawn = paper.draw(blueprint, [Candidate(1, 1, "single_choice")], lambda ids: {1: CONTENT}, dice,
                           lambda: paper.new_option_id(dice))  # fmt: skip
        item = drawn["items"][0]
        ids = item["option_ids"]
        found.append({"place": item["order"].index(RIGHT), "id": ids[RIGHT],
                      "rank": sorted(ids).index(ids[RIGHT])})  # fmt: skip
    return found


def stray(counts: Counter, values) -> float:
    """Return chi-square of the counts against every value being as likely."""
    expected = PAPERS / len(values)
    return sum((counts[value] - expected) ** 2 / expected for value in values)


@pytest.mark.parametrize("what", ["place", "rank"])
def test_g6_the_right_option_stands_everywhere_equally_often(right_options, what):
    """G6: by its place on the paper, and by its id's place in the order of the ids."""
    assert stray(Counter(one[what] for one in right_options), range(4)) < chi_square_limit(3)


@pytest.mark.parametrize("place", range(paper.ID_LENGTH))
def test_g6_the_right_option_s_id_has_no_sign_more_often_than_others(right_options, place):
    """G6: letter by letter, chi-square p > 0.01; every id is as long as every other."""
    counts = Counter(one["id"][place] for one in right_options)
    assert stray(counts, ID_ALPHABET) < chi_square_limit(len(ID_ALPHABET) - 1)
    assert {len(one["id"]) for one in right_options} == {paper.ID_LENGTH}


def test_an_order_that_tells_is_found():
    told = Counter(random.Random(1).choices(range(4), [0.2, 0.4, 0.2, 0.2], k=PAPERS))
    assert stray(told, range(4)) > chi_square_limit(3)
