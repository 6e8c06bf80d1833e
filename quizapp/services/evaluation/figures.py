"""The figures of every village of a campaign, measured from primary rows over the dated roster."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Attempt, Campaign, Exam
from quizapp.rules import policy as policies
from quizapp.rules.evaluation import Figure, Unit, evaluate, figures_from_sums
from quizapp.rules.policy import Policy
from quizapp.rules.ranking import Outcome, UnitSums, sum_roster
from quizapp.rules.village_result import Place
from quizapp.services import standings
from quizapp.services.evaluation import entered, study

HANDED_IN = ("submitted", "auto_submitted", "marked", "sealed")
LIVE = {"participation"}  # says who sat, nothing of scores: shown while an exam runs


@dataclass(frozen=True)
class Evaluated:
    """Every village with its figures and its row of `rules.evaluation.evaluate`, by row id; `order` is best first."""

    policy: Policy
    exams: list[Exam]
    places: dict[int, Place]
    rosters: dict[int, dict[int, bool]]
    units: dict[int, Unit]
    rows: dict[int, dict]
    order: list[int]

    @property
    def is_released(self) -> bool:
        """Whether every exam that counts has its results out."""
        return all(exam.released_at is not None for exam in self.exams)


def measure(campaign: Campaign, now: datetime) -> Evaluated:
    """Measure and evaluate every village of the campaign's township as things stand now."""
    policy = policies.parse(campaign.policy)
    exams, rosters = counting_exams(campaign.id), standings.rosters(campaign.id, campaign.unit_id)
    villages = standings.villages(campaign.unit_id)
    by_exam = [_exam_figures(policy, exam, campaign.unit_id) for exam in exams if exam.opens_at <= now]
    is_released = all(exam.released_at is not None for exam in exams)
    read, typed = study.finished(campaign.id), entered.figures(campaign.id)
    units = {}
    for unit_id, village in villages.items():
        figures = _study_figures(policy, village.name, rosters[unit_id], read)
        figures |= _together(policy, [one[unit_id] for one in by_exam], is_released)
        figures |= {code: one for code, one in typed.get(unit_id, {}).items() if _is_entered(policy, code)}
        units[unit_id] = Unit(unit_id, village.name, figures)
    rows = evaluate(policy, units.values())
    return Evaluated(
        policy,
        exams,
        {unit_id: Place(village.code, village.name, village.kind) for unit_id, village in villages.items()},
        rosters,
        units,
        {row["unit"]: row for row in rows},
        [row["unit"] for row in rows],
    )


def counting_exams(campaign_id: int) -> list[Exam]:
    """Return the exams of a campaign that count, earliest first."""
    query = select(Exam).where(Exam.campaign_id == campaign_id, Exam.counts).order_by(Exam.closes_at, Exam.id)
    return list(db.session.scalars(query))


def sitters(exam: Exam) -> set[int]:
    """Return who has handed an exam in, by row id; nothing of how they did."""
    query = select(Attempt.person_id).where(Attempt.exam_id == exam.id, Attempt.state.in_(HANDED_IN))
    return set(db.session.scalars(query))


def _exam_figures(policy: Policy, exam: Exam, township_id: int) -> dict[int, dict[str, Figure]]:
    """Return each village's figures of one exam; before its release only who sat is looked at."""
    if exam.released_at is not None:
        sums = standings.village_sums(exam, township_id)
    else:
        sat = dict.fromkeys(sitters(exam), Outcome(0, False))
        units, members = standings.villages(township_id), standings.rosters(exam.campaign_id, township_id)
        sums = [sum_roster(UnitSums(unit.id, unit.name), members[unit.id], sat) for unit in units.values()]
    return {one.id: figures_from_sums(policy, one) for one in sums}


def _together(policy: Policy, by_exam: Iterable[dict[str, Figure]], is_released: bool) -> dict[str, Figure]:
    """Add the figures of several exams up; scores only when all of them are released."""
    total: dict[str, Figure] = {}
    measures = {entry.code: entry.measure for entry in policy.indicators}
    for figures in by_exam:
        for code, figure in figures.items():
            if is_released or measures[code] in LIVE:
                total[code] = _sum(total[code], figure) if code in total else figure
    return total


def _sum(first: Figure, second: Figure) -> Figure:
    evidence = {name: count + second.evidence[name] for name, count in first.evidence.items() if name != "exams"}
    evidence["exams"] = first.evidence.get("exams", 1) + 1
    return Figure(first.part + second.part, first.whole + second.whole, evidence)


def _study_figures(policy: Policy, name: str, roster: dict[int, bool], read: set[int] | None) -> dict[str, Figure]:
    if read is None:
        return {}
    codes = {entry.code for entry in policy.indicators if entry.measure == "study_completion"}
    sums = sum_roster(UnitSums(0, name), roster, {})
    finished = sum(person in read for person, is_excused in roster.items() if not is_excused)
    return {code: one for code, one in figures_from_sums(policy, sums, finished).items() if code in codes}


def _is_entered(policy: Policy, code: str) -> bool:
    return any(entry.code == code and entry.measure == "entered" for entry in policy.indicators)
