"""Ranking of people and villages: one rule, one place, the same everywhere it is shown."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Exam, Unit
from quizapp.rules.clock import rfc3339
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.ranking import Ranked, rank_units
from quizapp.rules.words import N_
from quizapp.services import places, scope
from quizapp.services.exams import get_exam

PAGE = 50
PERSON_RULE = N_("Higher score first; then less time used; equals share a place and the next place is left out.")
UNIT_RULE = N_(
    "Mean score over everybody on the dated roster; absent people count 0, excused ones are left out; "
    "equals share a place."
)


@dataclass(frozen=True)
class PersonRow:
    """One person's place."""

    rank: int
    person_id: str
    name: str
    unit: str
    unit_code: str
    points_milli: int
    full_milli: int
    seconds_used: int
    is_me: bool

    @property
    def share(self) -> float:
        """The score as a share of full points."""
        return self.points_milli / (self.full_milli or 1)


@dataclass(frozen=True)
class UnitRow:
    """One village's place and the figures beside it; shares are None where nobody is on the roster."""

    rank: int | None
    name: str
    unit_code: str
    score: float | None
    participation: float | None
    pass_share: float | None
    mean_of_sat: float | None
    roster: int
    excused: int
    sat: int
    is_small: bool
    is_mine: bool


@dataclass(frozen=True)
class Board:
    """A ranking as it may be shown now; without rows until the results are released, unless it is live."""

    exam_id: str
    title: str
    by: str
    within: str
    within_name: str
    is_released: bool
    frozen_at: datetime | None
    rule: str
    rows: list = field(default_factory=list)
    page: int = 1
    has_more: bool = False
    total: int = 0
    me: PersonRow | UnitRow | None = None


def get_board(
    actor: Actor | None,
    exam_public_id: str,
    by: str,
    within_code: str | None,
    page: int,
    minimum: int = 5,
    size: int = PAGE,
) -> Board:
    """Return one page of a ranking within a unit, by default the township of the exam.

    Raises NotFound for an exam or a unit out of the person's sight: what may be seen is the exam's own township,
    the units above which the person leads, and nothing of others.
    """
    exam = get_exam(exam_public_id)
    within = scope.get_unit(within_code) if within_code else db.session.get(Unit, exam.unit_id)
    _require_sight(actor, exam, within)
    is_released = exam.released_at is not None
    head = {
        "exam_id": exam.public_id,
        "title": exam.title,
        "by": by,
        "within": within.code,
        "within_name": within.name,
        "is_released": is_released,
        "frozen_at": exam.released_at,
        "rule": PERSON_RULE if by == "person" else UNIT_RULE,
    }
    if not is_released and exam.board != "live":
        return Board(**head)
    start = (max(page, 1) - 1) * size
    read = _people if by == "person" else _units
    rows, total, mine = read(actor, exam, within.id, start, size, minimum)
    return Board(**head, rows=rows, page=max(page, 1), has_more=total > start + size, total=total, me=mine)


def _require_sight(actor: Actor | None, exam: Exam, within: Unit) -> None:
    """Whoever may sit the exam, or leads above or below it, may see its board; only units inside the exam's own."""
    inside = db.session.scalar(select(Unit.id).where(Unit.id == within.id, Unit.id.in_(scope.below(exam.unit_id))))
    if inside is None:
        raise NotFound(scope.NOT_HERE)
    if actor is None:
        return
    belongs = select(Unit.id).where(Unit.id == actor.unit_id, Unit.id.in_(scope.below(exam.unit_id)))
    if db.session.scalar(belongs) is None and not scope.covers(actor, "units.view", exam.unit_id):
        raise NotFound(scope.NOT_HERE)


def _people(actor: Actor | None, exam: Exam, within_id: int, start: int, size: int, minimum: int) -> tuple:
    """Return (a page of rows, how many there are, the actor's own row)."""
    me = actor.person_id if actor else None
    reached = places.scores(exam.id, within_id)
    rows = [_person_row(one, me) for one in places.list_places(exam.id, within_id, start, size, reached)]
    own = places.find_place(exam.id, within_id, me, reached) if me else None
    return rows, sum(people for _, people in reached), own and _person_row(own, me)


def _person_row(place: places.Place, me: int | None) -> PersonRow:
    return PersonRow(
        place.rank,
        place.public_id,
        place.name,
        place.unit,
        place.unit_code,
        place.points_milli,
        place.full_milli,
        place.seconds_used,
        place.person_id == me,
    )


def _units(actor: Actor | None, exam: Exam, within_id: int, start: int, size: int, minimum: int) -> tuple:
    """Return (a page of rows, how many there are, the row of the actor's own village)."""
    sums, codes = places.village_sums(exam, within_id)
    home = set(db.session.scalars(scope.above(actor.unit_id))) & set(codes) if actor else set()
    ranked = rank_units(sums)
    rows = [_unit_row(place, codes, home, minimum) for place in ranked[start : start + size]]
    own = next((_unit_row(place, codes, home, minimum) for place in ranked if place.row.id in home), None)
    return rows, len(ranked), own


def _unit_row(place: Ranked, codes: dict[int, str], home: set[int], minimum: int) -> UnitRow:
    sums = place.row
    return UnitRow(
        place.rank,
        sums.name,
        codes[sums.id],
        _float(sums.score),
        _float(sums.participation),
        _float(sums.pass_share),
        _float(sums.mean_of_sat),
        sums.roster_size,
        sums.excused,
        sums.sat,
        sums.is_small(minimum),
        sums.id in home,
    )


def _float(share) -> float | None:
    return None if share is None else float(share)


@dataclass(frozen=True)
class BoardLink:
    """An exam whose ranking the person may open."""

    exam_id: str
    title: str
    closes_at: datetime
    is_released: bool
    is_live: bool


def list_boards(actor: Actor) -> list[BoardLink]:
    """Return the exams of the person's own line of units and of the led ones, newest first."""
    query = select(Exam).where(
        Exam.unit_id.in_(scope.above(actor.unit_id)) | Exam.unit_id.in_(scope.visible_units(actor, "units.view"))
    )
    return [
        BoardLink(exam.public_id, exam.title, exam.closes_at, exam.released_at is not None, exam.board == "live")
        for exam in db.session.scalars(query.order_by(Exam.closes_at.desc(), Exam.id.desc()))
    ]


def score_words(row: PersonRow | UnitRow) -> str:
    """Return a row's score for a list in plain text."""
    if isinstance(row, PersonRow):
        return f"{row.points_milli / 1000:g}/{row.full_milli / 1000:g}  {row.seconds_used} s  {row.unit}"
    return "–" if row.score is None else f"{row.score * 100:.1f} %  {row.sat}/{row.roster - row.excused}"


def as_plain(board: Board) -> dict:
    """Return a board as plain data with the same names as the JSON API."""
    people = board.by == "person"
    rows = [
        {
            "rank": row.rank,
            "name": row.name,
            "unit": row.unit if people else row.name,
            "unit_code": row.unit_code,
            **(
                {"score": row.points_milli / 1000, "seconds_used": row.seconds_used}
                if people
                else {
                    "score": row.score,
                    "participation": row.participation,
                    "pass_share": row.pass_share,
                    "mean_of_sat": row.mean_of_sat,
                    "roster": row.roster,
                    "is_small": row.is_small,
                }
            ),
        }
        for row in board.rows
    ]
    return {
        "released": board.is_released,
        "frozen_at": board.frozen_at and rfc3339(board.frozen_at),
        "within": board.within,
        "rule": board.rule,
        "rows": rows,
    }
