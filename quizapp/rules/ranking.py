"""Ranks of people and of units; equals share a rank, and the next rank counts everybody before it (1, 2, 2, 4)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Ranked(Generic[Row]):
    """A row with its rank; None where a rank would mean nothing."""

    rank: int | None
    row: Row


@dataclass(frozen=True)
class PersonResult:
    """The attempt of a person that counts: thousandths of a point and whole seconds."""

    id: Any
    name: str
    score_milli: int
    seconds_used: int


@dataclass(frozen=True)
class Outcome:
    """How somebody did in the exam: the attempt that counts, in thousandths of a point, and whether it passed."""

    score_milli: int
    is_passed: bool


@dataclass(frozen=True)
class UnitSums:
    """What a unit's figures are made of: people of its dated roster, and what those who were not excused reached.

    Refuses sums that would make a share pass 100 %: they mean that somebody was counted twice.
    """

    id: Any
    name: str
    roster_size: int = 0
    excused: int = 0
    sat: int = 0
    passed: int = 0
    score_milli: int = 0
    full_milli: int = 1  # what one whole paper is worth

    def __post_init__(self):
        in_order = 0 <= self.passed <= self.sat <= self.counted <= self.roster_size and self.full_milli > 0
        if not in_order or not 0 <= self.score_milli <= self.sat * self.full_milli:
            raise ValueError(f"sums of unit {self.id} contradict each other: {self}")

    @property
    def counted(self) -> int:
        """The denominator of every share: the roster without those excused."""
        return self.roster_size - self.excused

    @property
    def participation(self) -> Fraction | None:
        """The share of the counted roster that sat the exam."""
        return share(self.sat, self.counted)

    @property
    def pass_share(self) -> Fraction | None:
        """The share of the counted roster that passed."""
        return share(self.passed, self.counted)

    @property
    def score(self) -> Fraction | None:
        """The mean share of full points over the counted roster; absentees bring 0. Units are ranked by it."""
        return share(self.score_milli, self.counted * self.full_milli)

    @property
    def mean_of_sat(self) -> Fraction | None:
        """The mean share of full points of those who sat."""
        return share(self.score_milli, self.sat * self.full_milli)

    def is_small(self, minimum: int) -> bool:
        """Whether the counted roster is below the stated minimum: ranked all the same, but marked."""
        return self.counted < minimum


def share(part: int, whole: int) -> Fraction | None:
    """Return the exact share, None of an empty whole."""
    return Fraction(part, whole) if whole else None


def milli(exact: Fraction | None) -> int | None:
    """Return a share or points in thousandths, halves rounded up; None stays None."""
    return None if exact is None else (exact.numerator * 2000 + exact.denominator) // (exact.denominator * 2)


def sum_roster(unit: UnitSums, roster: Mapping[Any, bool], outcomes: Mapping[Any, Outcome]) -> UnitSums:
    """Return `unit` with its sums taken over the roster (person id -> whether excused).

    A result of somebody who is not on the roster, or is excused, counts nowhere.
    """
    counted = [person for person, is_excused in roster.items() if not is_excused]
    reached = [outcomes[person] for person in counted if person in outcomes]
    return replace(
        unit,
        roster_size=len(roster),
        excused=len(roster) - len(counted),
        sat=len(reached),
        passed=sum(outcome.is_passed for outcome in reached),
        score_milli=sum(outcome.score_milli for outcome in reached),
    )


def rank_people(results: Iterable[PersonResult]) -> list[Ranked[PersonResult]]:
    """Return the results by score, highest first, then seconds, fewest first; equals by id, sharing a rank."""
    return rank(results, lambda row: (-row.score_milli, row.seconds_used), lambda row: row.id)


def rank_units(units: Iterable[UnitSums]) -> list[Ranked[UnitSums]]:
    """Return the units by score, highest first; equals by name and id, sharing a rank.

    A unit whose counted roster is empty stands last, without a rank.
    """
    units = list(units)
    scored = [unit for unit in units if unit.score is not None]
    empty = sorted((unit for unit in units if unit.score is None), key=lambda unit: (unit.name, unit.id))
    ranked = rank(scored, lambda unit: -unit.score, lambda unit: (unit.name, unit.id))
    return ranked + [Ranked(None, unit) for unit in empty]


def rank(rows: Iterable[Row], merit: Callable[[Row], Any], display: Callable[[Row], Any]) -> list[Ranked[Row]]:
    """Return the rows by merit, smallest first, then by `display`; rows of equal merit share the rank of the first."""
    keyed = sorted(((merit(row), display(row), row) for row in rows), key=lambda entry: entry[:2])
    ranked: list[Ranked[Row]] = []
    for place, (worth, _, row) in enumerate(keyed):
        is_tied = place > 0 and worth == keyed[place - 1][0]
        ranked.append(Ranked(ranked[-1].rank if is_tied else place + 1, row))
    return ranked
