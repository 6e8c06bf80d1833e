"""Who counts where: the dated roster of a campaign, the attempt that counts, and the sums of every village."""

from dataclasses import dataclass

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Exam, Person, Result, RosterEntry, Unit, UnitClosure
from quizapp.rules.ranking import Outcome, UnitSums, sum_roster

BOARD_KINDS = ("village", "community")


@dataclass(frozen=True)
class Best:
    """The attempt of a person that counts: the best, ties to the earlier."""

    person_id: int
    public_id: str
    name: str
    unit_id: int
    points_milli: int
    full_milli: int
    seconds_used: int


def best_results(exam_id: int, within_id: int) -> list[Best]:
    """Return the counting result of everybody on the roster below a unit, as the roster places them."""
    query = (
        select(
            Result.person_id,
            Person.public_id,
            Person.name,
            RosterEntry.unit_id,
            Result.points_milli,
            Result.full_milli,
            Result.seconds_used,
        )
        .join(Exam, Exam.id == Result.exam_id)
        .join(Person, Person.id == Result.person_id)
        .join(RosterEntry, (RosterEntry.campaign_id == Exam.campaign_id) & (RosterEntry.person_id == Result.person_id))
        .join(UnitClosure, UnitClosure.descendant_id == RosterEntry.unit_id)
        .where(Result.exam_id == exam_id, UnitClosure.ancestor_id == within_id)
        .order_by(Result.points_milli.desc(), Result.attempt_id)
    )
    best: dict[int, Best] = {}
    for row in db.session.execute(query):
        best.setdefault(row.person_id, Best(*row))
    return list(best.values())


def villages(within_id: int) -> dict[int, Unit]:
    """Return the villages and communities below a unit (or the unit itself where it is one), by row id."""
    query = (
        select(Unit)
        .join(UnitClosure, UnitClosure.descendant_id == Unit.id)
        .where(UnitClosure.ancestor_id == within_id, Unit.kind.in_(BOARD_KINDS))
        .order_by(Unit.code)
    )
    return {unit.id: unit for unit in db.session.scalars(query)}


def village_of(within_id: int) -> dict[int, int]:
    """Return for every unit below the villages of a unit, themselves included, the village it belongs to."""
    board = (
        select(UnitClosure.descendant_id)
        .join(Unit, Unit.id == UnitClosure.descendant_id)
        .where(UnitClosure.ancestor_id == within_id, Unit.kind.in_(BOARD_KINDS))
    )
    query = select(UnitClosure.descendant_id, UnitClosure.ancestor_id).where(UnitClosure.ancestor_id.in_(board))
    return dict(db.session.execute(query).all())


def rosters(campaign_id: int, within_id: int) -> dict[int, dict[int, bool]]:
    """Return for each village its roster: person id -> whether excused."""
    home = village_of(within_id)
    found: dict[int, dict[int, bool]] = {village: {} for village in villages(within_id)}
    query = select(RosterEntry.person_id, RosterEntry.unit_id, RosterEntry.excuse).where(
        RosterEntry.campaign_id == campaign_id, RosterEntry.unit_id.in_(home)
    )
    for person_id, unit_id, excuse in db.session.execute(query):
        found[home[unit_id]][person_id] = bool(excuse)
    return found


def village_sums(exam: Exam, within_id: int) -> list[UnitSums]:
    """Return each village's sums over its dated roster for one exam; `id` is the unit's row id."""
    outcomes, full = {}, 1
    for one in best_results(exam.id, within_id):
        full = one.full_milli
        outcomes[one.person_id] = Outcome(
            one.points_milli, one.points_milli * 1000 >= one.full_milli * exam.pass_share_milli
        )
    units, members = villages(within_id), rosters(exam.campaign_id, within_id)
    return [
        sum_roster(UnitSums(unit.id, unit.name, full_milli=full), members[unit.id], outcomes) for unit in units.values()
    ]
