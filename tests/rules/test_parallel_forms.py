"""The report on an exam's papers: the same seed gives the same report, and its figures are those of the papers."""

import random

import pytest

from quizapp.rules import paper, parallel_forms
from quizapp.rules.blueprint import Blueprint, Section
from quizapp.rules.errors import Invalid
from quizapp.rules.paper import Candidate

LEVELS = ["easy", "medium", "hard"]
POOL = [
    Candidate(n, 100 + n, "single_choice", f"第{n % 4}章", LEVELS[n % 3], 1, frozenset({f"book#{n % 10}"})) for n in range(60)
]


def report(*sections, seed=1, measured=None, draws=60):
    return parallel_forms.simulate(Blueprint(sections), POOL, measured or {}, random.Random(seed), draws)


def test_a_seed_repeats_the_report_and_another_draws_other_papers():
    section = Section("单选", "single_choice", 10, 2000)
    assert report(section) == report(section)
    assert report(section).sheets != report(section, seed=2).sheets


def test_papers_drawn_by_difficulty_are_expected_to_be_equally_hard():
    free = report(Section("单选", "single_choice", 12, 1000))
    even = report(*(Section(level, "single_choice", 4, 1000, difficulty=level) for level in LEVELS))
    assert free.share.most > free.share.least
    assert even.share.most == pytest.approx(even.share.least) == pytest.approx((0.85 + 0.7 + 0.5) / 3)


def test_what_was_measured_goes_before_what_a_file_says():
    told = report(Section("单选", "single_choice", 10, 1000), measured={one.question_id: 0.25 for one in POOL})
    assert told.share.mean == pytest.approx(0.25)


def test_the_figures_are_those_of_the_papers():
    told = report(Section("单选", "single_choice", 10, 1000))
    for spread, name in ((told.share, "share"), (told.articles, "articles"), (told.chapters, "chapters")):
        values = [getattr(sheet, name) for sheet in told.sheets]
        assert (spread.least, spread.most) == (min(values), max(values))
        assert spread.mean == pytest.approx(sum(values) / len(values))
        assert sum(count for *_, count in spread.bars) == told.papers == 60
        assert len(spread.bars) <= parallel_forms.MOST_BARS
    assert 0 < told.overlap < told.busiest <= 1


def test_a_question_without_a_chapter_touches_none():
    pool = [Candidate(n, 100 + n, "single_choice", "" if n % 2 else "第一章") for n in range(20)]
    told = parallel_forms.simulate(Blueprint((Section("单选", "single_choice", 10, 1000),)), pool, {}, random.Random(1), 20)
    assert (told.chapters.least, told.chapters.most) == (1, 1)


def test_chapters_of_one_name_in_two_banks_are_two():
    pool = [Candidate(n, 100 + n, "single_choice", "第一章", bank="ab"[n % 2]) for n in range(20)]
    told = parallel_forms.simulate(Blueprint((Section("单选", "single_choice", 20, 1000),)), pool, {}, random.Random(1), 5)
    assert (told.chapters.least, told.chapters.most) == (2, 2)


def test_all_from_one_small_pool_have_everything_in_common():
    told = parallel_forms.simulate(
        Blueprint((Section("单选", "single_choice", 5, 1000),)), POOL[:5], {}, random.Random(1), 20
    )
    assert told.overlap == told.busiest == 1.0
    assert told.share.deviation == pytest.approx(0)


def test_where_no_paper_can_be_drawn_the_report_says_why():
    with pytest.raises(Invalid):
        report(Section("单选", "single_choice", 61, 1000))


def test_questions_to_avoid_come_only_where_the_others_do_not_suffice():
    ready = paper.prepare(Blueprint((Section("单选", "single_choice", 10, 1000),)), POOL)
    seen = set(range(45))
    for seed in range(20):
        drawn = {one - 100 for one in paper.pick(ready, random.Random(seed), seen)[0]}
        assert not drawn & seen
    drawn = {one - 100 for one in paper.pick(ready, random.Random(1), set(range(55)))[0]}
    assert set(range(55, 60)) <= drawn and len(drawn) == 10
