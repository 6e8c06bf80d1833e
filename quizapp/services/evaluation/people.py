"""The people behind a village's figures: who sat, who did not, who is excused and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from quizapp.extensions import db
from quizapp.models import Campaign, Exam, Person, RosterEntry, Unit
from quizapp.services import standings
from quizapp.services.evaluation import study
from quizapp.services.evaluation.figures import Evaluated, sitters


@dataclass(frozen=True)
class Sitting:
    """How somebody did in one exam; only for those who may see scores, and only after the release."""

    exam: str
    points_milli: int
    full_milli: int
    is_passed: bool


@dataclass(frozen=True)
class OnRoster:
    """One person of the dated roster. `missing` are exams that were not handed in; `read` of the required articles."""

    id: str
    name: str
    unit: str
    post: str
    excuse: str
    excused_by: str | None
    sat: list[str]
    missing: list[str]
    read: int
    sittings: list[Sitting]

    @property
    def state(self) -> str:
        """Return "excused", "missing" while an exam that has opened was not handed in, else "sat"."""
        return "excused" if self.excuse else "missing" if self.missing else "sat"


def behind(campaign: Campaign, evaluated: Evaluated, unit_id: int, sees_scores: bool, now: datetime) -> list[OnRoster]:
    """Return everybody of a village's dated roster, by name; scores only where they may be seen and are released."""
    approver = aliased(Person)
    query = (
        select(Person.id, Person.public_id, Person.name, Unit.name, RosterEntry, approver.name)
        .join_from(RosterEntry, Person, Person.id == RosterEntry.person_id)
        .join(Unit, Unit.id == RosterEntry.unit_id)
        .outerjoin(approver, approver.id == RosterEntry.excused_by_id)
        .where(RosterEntry.campaign_id == campaign.id, RosterEntry.person_id.in_(evaluated.rosters[unit_id]))
        .order_by(Person.name, Person.id)
    )
    opened = [exam for exam in evaluated.exams if exam.opens_at <= now]
    sat = {exam.id: sitters(exam) for exam in opened}
    scores = _scores(opened, unit_id) if sees_scores else {}
    read = study.counts(campaign.id)
    return [
        OnRoster(
            public_id,
            name,
            unit,
            entry.post,
            entry.excuse,
            approved_by,
            [exam.title for exam in opened if person in sat[exam.id]],
            [exam.title for exam in opened if person not in sat[exam.id]],
            read.get(person, 0),
            scores.get(person, []),
        )
        for person, public_id, name, unit, entry, approved_by in db.session.execute(query)
    ]


def _scores(exams: list[Exam], unit_id: int) -> dict[int, list[Sitting]]:
    """Return what everybody below a unit got in the released exams; nothing of others leaves the database."""
    found: dict[int, list[Sitting]] = {}
    for exam in exams:
        if exam.released_at is None:
            continue
        for one in standings.best_results(exam.id, unit_id):
            is_passed = one.points_milli * 1000 >= one.full_milli * exam.pass_share_milli
            sitting = Sitting(exam.title, one.points_milli, one.full_milli, is_passed)
            found.setdefault(one.person_id, []).append(sitting)
    return found
