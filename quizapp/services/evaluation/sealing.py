"""Sealing what was marked: results of the exams that count become rows of the chain, without saying whose they are."""

from sqlalchemy import select, update

from quizapp.models import Attempt, Campaign, Exam, Receipt, Result, RosterEntry
from quizapp.rules.sealed_result import ToSeal, sealed_row
from quizapp.services import standings

GROUP = 1000


def seal_results(session, campaign: Campaign, exams: list[Exam], places: dict) -> list[dict]:
    """Move every marked attempt of the exams on to sealed and return their rows; `places` by the unit's row id.

    Rows stand in the order of their random ids, so that their place says nothing of whose they are.
    """
    claimed = session.scalars(
        update(Attempt)
        .where(Attempt.exam_id.in_([exam.id for exam in exams]), Attempt.state == "marked")
        .values(state="sealed")
        .returning(Attempt.id)
    ).all()
    codes = {unit: places[village].code for unit, village in standings.village_of(campaign.unit_id).items()}
    rows = []
    for start in range(0, len(claimed), GROUP):
        rows += _rows(session, campaign.id, claimed[start : start + GROUP], codes)
    return sorted(rows, key=lambda row: row["id"])


def _rows(session, campaign_id: int, attempt_ids: list[int], codes: dict[int, str]) -> list[dict]:
    query = (
        select(Attempt.public_id, Attempt.paper, Exam.public_id, Receipt.salt, RosterEntry.unit_id, Result)
        .join_from(Attempt, Exam)
        .join(Result, Result.attempt_id == Attempt.id)
        .join(Receipt, (Receipt.attempt_id == Attempt.id) & Receipt.superseded_by.is_(None))
        .outerjoin(RosterEntry, (RosterEntry.person_id == Attempt.person_id) & (RosterEntry.campaign_id == campaign_id))
        .where(Attempt.id.in_(attempt_ids))
    )
    return [
        sealed_row(to_seal(attempt, salt, exam, codes.get(unit, ""), paper, result))
        for attempt, paper, exam, salt, unit, result in session.execute(query)
    ]


def to_seal(attempt: str, salt: str, exam: str, unit: str, paper: dict, result: Result) -> ToSeal:
    """Return what a result's row is made of; `salt` as the receipt keeps it."""
    return ToSeal(
        attempt,
        bytes.fromhex(salt),
        exam,
        unit,
        result.points_milli,
        result.full_milli,
        result.seconds_used,
        result.marking_version,
        result.answers_digest,
        paper,
    )
