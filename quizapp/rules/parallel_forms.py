"""How alike the papers of an exam are: expected score and coverage of many drawn papers, before anybody sits one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from math import floor, sqrt

from quizapp.rules import paper
from quizapp.rules.blueprint import Blueprint
from quizapp.rules.paper import Candidate

EXPECTED = {"easy": 0.85, "medium": 0.7, "hard": 0.5}  # share of the points, where nothing was measured
UNSAID = 0.7
DRAWS = 300
MOST_BARS = 12


@dataclass(frozen=True)
class Sheet:
    """What one paper asks: the share of points expected of people, how many articles and chapters it touches.

    A question without a chapter touches none.
    """

    share: float
    articles: int
    chapters: int


@dataclass(frozen=True)
class Spread:
    """Figures of many papers in a few numbers; `bars` are (from, to, how many papers)."""

    mean: float
    least: float
    most: float
    deviation: float
    bars: list[tuple[float, float, int]]


@dataclass(frozen=True)
class Report:
    """Many papers against each other; shares are 0..1. `busiest` is how often the question drawn most came up."""

    papers: int
    share: Spread
    articles: Spread
    chapters: Spread
    busiest: float
    overlap: float  # the share of questions that two people have in common, on average
    sheets: list[Sheet]


def expected(measured: float | None, difficulty: str) -> float:
    """Return the share of a question's points that people earn: as measured, else by its stated difficulty."""
    return EXPECTED.get(difficulty, UNSAID) if measured is None else measured


def sheet(
    blueprint: Blueprint, chosen: list[list[int]], known: Mapping[int, Candidate], shares: Mapping[int, float]
) -> Sheet:
    """Return what a paper asks; `chosen` are revision ids by section, `shares` what is expected of each."""
    points = earned = 0.0
    for section, revision_ids in zip(blueprint.sections, chosen, strict=True):
        worth = section.points_milli * section.parts
        points += worth * len(revision_ids)
        earned += worth * sum(shares[one] for one in revision_ids)
    drawn = [known[one] for one in chain.from_iterable(chosen)]
    articles = set().union(*(one.articles for one in drawn))
    chapters = {(one.bank, one.chapter) for one in drawn if one.chapter}
    return Sheet(earned / points if points else 0.0, len(articles), len(chapters))


def simulate(
    blueprint: Blueprint, candidates: Iterable[Candidate], measured: Mapping[int, float], rng, draws: int = DRAWS
) -> Report:
    """Draw many papers as people would get them and compare them. Raises Invalid where none can be drawn.

    `measured` is the share earned so far, by question id; `rng` decides everything, so that a seed repeats the report.
    """
    candidates = list(candidates)
    ready = paper.prepare(blueprint, candidates)
    return compare(blueprint, [paper.pick(ready, rng) for _ in range(draws)], candidates, measured)


def compare(
    blueprint: Blueprint, drawn: list[list[list[int]]], candidates: list[Candidate], measured: Mapping[int, float]
) -> Report:
    """Return the report over papers that are drawn already, each as revision ids by section."""
    known = {one.revision_id: one for one in candidates}
    shares = {one.revision_id: expected(measured.get(one.question_id), one.difficulty) for one in candidates}
    sheets = [sheet(blueprint, chosen, known, shares) for chosen in drawn]
    uses = Counter(one for chosen in drawn for one in chain.from_iterable(chosen))
    count, length = len(drawn), sum(section.count for section in blueprint.sections)
    pairs = sum(times * (times - 1) for times in uses.values())
    return Report(
        count,
        _spread([one.share for one in sheets], 0.01),
        _spread([one.articles for one in sheets], 1),
        _spread([one.chapters for one in sheets], 1),
        max(uses.values()) / count,
        pairs / (count * (count - 1) * length) if count > 1 else 1.0,
        sheets,
    )


def _spread(values: list[float], step: float) -> Spread:
    mean = sum(values) / len(values)
    deviation = sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return Spread(mean, min(values), max(values), deviation, _bars(values, step))


def _bars(values: list[float], step: float) -> list[tuple[float, float, int]]:
    """Return neighbouring bars from the least to the most, each a whole number of steps wide, at most MOST_BARS."""
    steps = [floor(value / step + 1e-9) for value in values]
    low, wide = min(steps), -(-(max(steps) - min(steps) + 1) // MOST_BARS)
    counts = Counter((one - low) // wide for one in steps)
    return [
        (round((low + place * wide) * step, 6), round((low + (place + 1) * wide - 1) * step, 6), counts[place])
        for place in range(max(counts) + 1)
    ]
