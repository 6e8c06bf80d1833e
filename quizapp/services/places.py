"""Places of people and sums of villages as the kept figures tell them: nothing is ranked when it is read."""

from dataclasses import dataclass

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import BoardPlace, BoardScore, BoardSum, Exam, Person, RosterSum, Unit, UnitClosure
from quizapp.rules.ranking import UnitSums
from quizapp.services.standings import BOARD_KINDS


@dataclass(frozen=True)
class Place:
    """One person's place among the people of a unit."""

    rank: int
    person_id: int
    public_id: str
    name: str
    unit: str
    unit_code: str
    points_milli: int
    full_milli: int
    seconds_used: int


def scores(exam_id: int, unit_id: int) -> list[tuple[int, int]]:
    """Return (score, people who reached it) of a unit's people, highest first."""
    query = select(BoardScore.points_milli, BoardScore.people).where(
        BoardScore.exam_id == exam_id, BoardScore.unit_id == unit_id, BoardScore.people > 0
    )
    return [tuple(row) for row in db.session.execute(query.order_by(BoardScore.points_milli.desc()))]


def list_places(exam_id: int, unit_id: int, start: int, size: int, reached: list[tuple[int, int]]) -> list[Place]:
    """Return `size` places from the one numbered `start` (from 0); `reached` as `scores` returned it.

    The sums of `reached` lead to the score that the page begins within; only its own people are passed over.
    """
    above, highest = 0, None
    for points, people in reached:
        if above + people > start:
            highest = points
            break
        above += people
    if highest is None:
        return []
    page = select(BoardPlace.person_id).where(*_of(exam_id, unit_id), BoardPlace.order_milli >= -highest)
    page = page.order_by(*_order).limit(size).offset(start - above).subquery()  # passed over in the index alone
    named = _named(exam_id, unit_id).join(page, page.c.person_id == BoardPlace.person_id)
    rows = db.session.execute(named.order_by(*_order)).all()
    places: list[Place] = []
    for number, row in enumerate(rows, start + 1):
        last = places[-1] if places else None
        if last is None:
            rank = _rank(exam_id, unit_id, row, reached)
        elif (last.points_milli, last.seconds_used) == (row.points_milli, row.seconds_used):
            rank = last.rank
        else:
            rank = number
        places.append(Place(rank, *row))
    return places


def find_place(exam_id: int, unit_id: int, person_id: int, reached: list[tuple[int, int]]) -> Place | None:
    """Return a person's place among the people of a unit, or None where they have none."""
    row = db.session.execute(_named(exam_id, unit_id).where(BoardPlace.person_id == person_id)).first()
    return row and Place(_rank(exam_id, unit_id, row, reached), *row)


_order = BoardPlace.order_milli, BoardPlace.seconds_used, BoardPlace.person_id


def _of(exam_id: int, unit_id: int) -> tuple:
    return BoardPlace.exam_id == exam_id, BoardPlace.unit_id == unit_id


def _named(exam_id: int, unit_id: int):
    return (
        select(
            BoardPlace.person_id, Person.public_id, Person.name, Unit.name.label("unit"), Unit.code,
            BoardPlace.points_milli, BoardPlace.full_milli, BoardPlace.seconds_used,
        )
        .join(Person, Person.id == BoardPlace.person_id)
        .join(Unit, Unit.id == BoardPlace.home_id)
        .where(*_of(exam_id, unit_id))
    )  # fmt: skip


def _rank(exam_id: int, unit_id: int, row, reached: list[tuple[int, int]]) -> int:
    """One more than the people with a higher score, and those with the same in less time."""
    quicker = select(func.count()).where(
        BoardPlace.exam_id == exam_id,
        BoardPlace.unit_id == unit_id,
        BoardPlace.order_milli == -row.points_milli,
        BoardPlace.seconds_used < row.seconds_used,
    )
    return 1 + sum(people for points, people in reached if points > row.points_milli) + db.session.scalar(quicker)


def village_sums(exam: Exam, within_id: int) -> tuple[list[UnitSums], dict[int, str]]:
    """Return the sums of every village below a unit (or of the unit, where it is one), and their codes by row id."""
    query = (
        select(
            Unit.id, Unit.name, Unit.code, RosterSum.people, RosterSum.excused,
            BoardSum.sat, BoardSum.passed, BoardSum.points_milli, BoardSum.full_milli,
        )
        .join(UnitClosure, UnitClosure.descendant_id == Unit.id)
        .outerjoin(RosterSum, (RosterSum.unit_id == Unit.id) & (RosterSum.campaign_id == exam.campaign_id))
        .outerjoin(BoardSum, (BoardSum.unit_id == Unit.id) & (BoardSum.exam_id == exam.id))
        .where(UnitClosure.ancestor_id == within_id, Unit.kind.in_(BOARD_KINDS))
    )  # fmt: skip
    rows = db.session.execute(query).all()
    full = next((row.full_milli // row.sat for row in rows if row.sat), 1)  # every paper of an exam is worth the same
    sums = [
        UnitSums(row.id, row.name, row.people or 0, row.excused or 0, row.sat or 0, row.passed or 0,
                 row.points_milli or 0, full)
        for row in rows
    ]  # fmt: skip
    return sums, {row.id: row.code for row in rows}
