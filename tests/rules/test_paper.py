"""Papers: feasible or told why not, drawn without repeats, fairly, in the order of the sections."""

import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import paper
from quizapp.rules.blueprint import Blueprint, Section
from quizapp.rules.errors import Invalid
from quizapp.rules.paper import Candidate
from quizapp.rules.question_types import KINDS
from tests.rules.question_types.papers import SAMPLES
from tests.rules.statistics import chi_square_limit

CHAPTERS, LEVELS = ["", "第一章", "第二章"], ["", "易", "难"]
SECTIONS = st.builds(
    Section, st.just("甲"), st.sampled_from(["single_choice", "true_false"]), st.integers(1, 4), st.just(1000),
    st.sampled_from(CHAPTERS), st.sampled_from(LEVELS),
)
BLUEPRINTS = st.lists(SECTIONS, min_size=1, max_size=4).map(lambda sections: Blueprint(tuple(sections)))


@st.composite
def banks(draw):
    """Candidates of up to ten questions, some with two revisions that differ in chapter, level or even kind."""
    questions = draw(st.lists(st.integers(1, 10), max_size=14))
    return [
        Candidate(question, 100 + number, draw(st.sampled_from(["single_choice", "true_false"])),
                  draw(st.sampled_from(CHAPTERS)), draw(st.sampled_from(LEVELS)))
        for number, question in enumerate(questions)
    ]


def draw(blueprint, candidates, seed=0):
    rng = random.Random(seed)
    contents = {candidate.revision_id: SAMPLES[candidate.kind].content for candidate in candidates}
    return paper.draw(blueprint, candidates, lambda ids: contents, rng, lambda: paper.new_option_id(rng))


def can_be_filled(blueprint, candidates):
    """Hall's condition over every set of sections."""
    wanted = [
        {candidate.question_id for candidate in candidates if paper.fits(section, candidate)}
        for section in blueprint.sections
    ]
    return all(
        len(set().union(*(wanted[place] for place in group))) >= sum(blueprint.sections[p].count for p in group)
        for size in range(1, len(wanted) + 1)
        for group in combinations(range(len(wanted)), size)
    )


@given(BLUEPRINTS, banks(), st.integers(0, 9))
def test_a_paper_can_be_drawn_exactly_when_nothing_lacks(blueprint, candidates, seed):
    problems = paper.feasibility(blueprint, candidates)
    assert (problems == []) == can_be_filled(blueprint, candidates)
    if problems:
        with pytest.raises(Invalid) as caught:
            draw(blueprint, candidates, seed)
        assert caught.value.problems == problems
    else:
        assert len(draw(blueprint, candidates, seed)["items"]) == blueprint.count


@given(BLUEPRINTS, banks(), st.integers(0, 9))
def test_a_drawn_paper_is_what_the_blueprint_says_without_repeats(blueprint, candidates, seed):
    if paper.feasibility(blueprint, candidates):
        return
    drawn, known = draw(blueprint, candidates, seed), {candidate.revision_id: candidate for candidate in candidates}
    assert [item["slot"] for item in drawn["items"]] == [str(number + 1) for number in range(blueprint.count)]
    questions = [known[item["revision_id"]].question_id for item in drawn["items"]]
    assert len(set(questions)) == len(questions)
    places = [section for section in blueprint.sections for _ in range(section.count)]
    for section, item in zip(places, drawn["items"], strict=True):
        assert paper.fits(section, known[item["revision_id"]])
        assert (item["section"], item["kind"], item["points_milli"]) == (section.title, section.kind, 1000)
    ids = [option_id for item in drawn["items"] for option_id in item.get("option_ids", [])]
    assert len(set(ids)) == len(ids)


@given(BLUEPRINTS, banks())
def test_every_shortage_adds_up_and_can_be_told(blueprint, candidates):
    for problem in paper.feasibility(blueprint, candidates):
        assert problem.params["missing"] == problem.params["count"] - problem.params["found"] > 0
        assert str(problem.params["missing"]) in problem.message % problem.params


def bank(*groups):
    """Candidates from (count, kind, chapter, difficulty) groups, one revision a question."""
    kinds = [group[1:] for group in groups for _ in range(group[0])]
    return [Candidate(number, 1000 + number, *kind) for number, kind in enumerate(kinds)]


def told(blueprint, candidates):
    return [problem.message % problem.params for problem in paper.feasibility(blueprint, candidates)]


def test_a_section_that_lacks_questions_is_named_with_its_chapter_and_level():
    blueprint = Blueprint((Section("二、多选题", "multiple_choice", 5, 2000, "第三章", "难"),))
    candidates = bank((3, "multiple_choice", "第三章", "难"), (9, "multiple_choice", "第三章", "易"))
    assert told(blueprint, candidates) == [
        "“二、多选题 · 第三章 · 难”: multiple-choice questions wanted 5, found 3, missing 2."
    ]


def test_behind_a_shortage_stands_what_is_held_back_and_what_cases_there_are():
    plan = Blueprint((Section("判断", "true_false", 3, 1000, chapter="一"), Section("材料", "case", 1, 1000, parts=3)))
    pool = [Candidate(1, 11, "true_false", "一"), Candidate(2, 12, "case", parts=4), Candidate(3, 13, "case", parts=4)]
    flagged = [Candidate(4, 14, "true_false", "一"), Candidate(5, 15, "true_false", "二")]
    problems = paper.feasibility(plan, pool, {"flagged": flagged, "unreviewed": [Candidate(6, 16, "single_choice", "一")]})
    assert [one.code for one in problems] == ["section-short", "section-flagged", "section-short", "case-sizes"]
    assert [one.place for one in problems] == ["sections[0].count", "sections[0].count", "sections[1].count", "sections[1].parts"]
    assert problems[1].params["count"] == 1 and problems[3].params["sizes"] == "4 (× 2)"


def test_an_article_is_named_with_its_handbook_or_by_its_number_alone():
    one = Candidate(1, 11, "true_false", articles=frozenset({"stage#第三条"}))
    named = {article: paper.fits(Section("判断", "true_false", 1, 1000, article=article), one)
             for article in ("stage#第三条", "第三条", "other#第三条", "三条", "第三十条", "")}  # fmt: skip
    assert named == {"stage#第三条": True, "第三条": True, "other#第三条": False, "三条": False, "第三十条": False, "": True}


def test_a_section_takes_from_the_bank_that_it_names_or_from_each():
    one = Candidate(1, 11, "true_false", "第一章", bank="small")
    named = {bank: paper.fits(Section("判断", "true_false", 1, 1000, "第一章", bank=bank), one) for bank in ("small", "large", "")}
    assert named == {"small": True, "large": False, "": True}


def test_sections_that_want_the_same_questions_are_named_together():
    blueprint = Blueprint((
        Section("甲", "true_false", 6, 1000, "第一章"),
        Section("乙", "true_false", 6, 1000, "", "难"),
        Section("丙", "single_choice", 2, 1000),
    ))
    candidates = bank((10, "true_false", "第一章", "难"), (2, "single_choice", "", ""))
    assert told(blueprint, candidates) == [
        "“甲 · 第一章”、“乙 · 难” draw from the same questions: wanted together 12, found 10, missing 2."
    ]


def test_revisions_of_one_question_count_once():
    candidates = [Candidate(1, 11, "true_false"), Candidate(1, 12, "true_false")]
    (problem,) = paper.feasibility(Blueprint((Section("甲", "true_false", 2, 1000),)), candidates)
    assert problem.params["found"] == 1


def test_a_wide_section_leaves_a_narrow_one_what_it_needs():
    blueprint = Blueprint((Section("宽", "true_false", 8, 1000), Section("窄", "true_false", 2, 1000, "第一章")))
    candidates = bank((2, "true_false", "第一章", ""), (8, "true_false", "第二章", ""))
    for seed in range(30):
        assert len(draw(blueprint, candidates, seed)["items"]) == 10


def stray(counts, candidates, draws, size):
    """Chi-square of how often each of the candidates was drawn, corrected for drawing without putting back."""
    expected = draws * size / len(candidates)
    raw = sum((counts[candidate] - expected) ** 2 / expected for candidate in candidates)
    return raw * (len(candidates) - 1) / (len(candidates) - size)


def test_every_candidate_is_drawn_equally_often():
    blueprint = Blueprint((Section("甲", "true_false", 8, 1000),))
    candidates = bank((24, "true_false", "", ""))
    rng, counts, first = random.Random(731), Counter(), Counter()
    for _ in range(4000):
        (drawn,) = paper.choose(blueprint, candidates, rng)
        counts.update(drawn)
        first[drawn[0]] += 1
    revisions = [candidate.revision_id for candidate in candidates]
    assert stray(counts, revisions, 4000, 8) < chi_square_limit(23)
    assert stray(first, revisions, 4000, 1) < chi_square_limit(23)


def test_candidates_that_fit_the_same_sections_are_drawn_equally_often_when_sections_compete():
    blueprint = Blueprint((Section("宽", "true_false", 9, 1000), Section("窄", "true_false", 3, 1000, "第一章")))
    candidates = bank((10, "true_false", "第一章", ""), (10, "true_false", "第二章", ""))
    rng, counts = random.Random(731), Counter()
    for _ in range(4000):
        counts.update(revision for drawn in paper.choose(blueprint, candidates, rng) for revision in drawn)
    for chapter in ("第一章", "第二章"):
        alike = [candidate.revision_id for candidate in candidates if candidate.chapter == chapter]
        share = sum(counts[revision] for revision in alike) / 4000
        assert stray(counts, alike, 4000, share) < chi_square_limit(9)


def test_a_rule_of_the_blueprint_goes_with_the_paper():
    blueprint = Blueprint((Section("甲", "fill_blank", 1, 1500),), "net")
    drawn = draw(blueprint, bank((1, "fill_blank", "", "")))
    item = {"slot": "1", "revision_id": 1000, "kind": "fill_blank", "points_milli": 1500, "section": "甲", "blanks": 2}
    assert drawn == {"items": [item], "rule": "net"}


def test_the_contents_of_the_drawn_revisions_alone_are_read_and_once():
    blueprint, asked = Blueprint((Section("甲", "true_false", 2, 1000),)), []

    def read(revision_ids):
        asked.append(revision_ids)
        return dict.fromkeys(revision_ids, SAMPLES["true_false"].content)

    drawn = paper.draw(blueprint, bank((5, "true_false", "", "")), read, random.Random(3), str)
    assert asked == [[item["revision_id"] for item in drawn["items"]]]


def test_option_ids_that_repeat_are_thrown_again_and_an_endless_repeat_is_an_error():
    blueprint = Blueprint((Section("甲", "single_choice", 2, 1000),))
    candidates = bank((2, "single_choice", "", ""))
    contents = {candidate.revision_id: SAMPLES["single_choice"].content for candidate in candidates}
    made = (f"id{number // 3}" for number in range(100))
    items = paper.draw(blueprint, candidates, lambda ids: contents, random.Random(0), lambda: next(made))["items"]
    assert len({option_id for item in items for option_id in item["option_ids"]}) == 8
    with pytest.raises(RuntimeError):
        paper.draw(blueprint, candidates, lambda ids: contents, random.Random(0), lambda: "same")


def test_option_ids_are_four_small_letters_and_figures():
    rng = random.Random(1)
    made = [paper.new_option_id(rng) for _ in range(500)]
    assert all(len(option_id) == 4 for option_id in made)
    assert set("".join(made)) == set("abcdefghijklmnopqrstuvwxyz0123456789")


def test_a_large_bank_is_drawn_from_without_reading_it_twice_as_often():
    """Drawing throws as many dice as the paper has questions, not as many as the bank."""

    class Counting(random.Random):
        thrown = 0

        def random(self):
            Counting.thrown += 1
            return super().random()

        def getrandbits(self, bits):
            Counting.thrown += 1
            return super().getrandbits(bits)

    blueprint = Blueprint((Section("甲", "true_false", 20, 1000), Section("乙", "true_false", 20, 1000, "第一章")))
    paper.choose(blueprint, bank((5000, "true_false", "第一章", "")), Counting(1))
    assert Counting.thrown < 1000


def test_every_kind_can_be_drawn():
    sections = tuple(Section(kind, kind, 1, 1000) for kind in sorted(KINDS))
    candidates = bank(*((2, kind, "", "") for kind in sorted(KINDS)))
    assert [item["kind"] for item in draw(Blueprint(sections), candidates)["items"]] == sorted(KINDS)
