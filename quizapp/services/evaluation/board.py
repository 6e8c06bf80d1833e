"""The board of a campaign: every village with rank, total and indicators, and how it stands to what was published."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Campaign, Exam, Unit
from quizapp.rules import clock, village_result
from quizapp.rules.permissions import Actor
from quizapp.rules.policy import Policy
from quizapp.services import scope
from quizapp.services.evaluation import chain, publishing, results, sheets, sight
from quizapp.services.evaluation.figures import Evaluated, measure
from quizapp.services.standings import village_of


@dataclass(frozen=True)
class Row:
    """One village; `indicators` is None where its explanation is not for the actor to open."""

    place: village_result.Place
    rank: int | None
    total: int
    indicators: list[dict] | None
    roster: int
    excused: int
    is_own: bool
    is_small: bool
    revision: int | None
    is_changed: bool  # what was published last says something else, or nothing


@dataclass(frozen=True)
class ExamState:
    """An exam that counts, and the sentence on what it keeps from being published."""

    id: str
    title: str
    state: str
    closes_at: datetime
    released_at: datetime | None
    in_the_way: str


@dataclass(frozen=True)
class Board:
    """A campaign's evaluation as it stands now."""

    campaign_id: str
    title: str
    township: village_result.Place
    roster_on: date
    policy: Policy
    rows: list[Row]
    exams: list[ExamState]
    revision: int | None
    published_at: datetime | None
    seal: dict | None
    may_publish: bool

    @property
    def is_released(self) -> bool:
        """Whether every exam that counts has its results out."""
        return all(exam.released_at is not None for exam in self.exams)

    @property
    def changed(self) -> list[Row]:
        """Villages that publishing now would give a new sheet."""
        return [row for row in self.rows if row.is_changed]


def get_board(actor: Actor | None, campaign_id: str, now: datetime) -> Board:
    """Return the evaluation as it stands now. Raises NotFound for a campaign out of the actor's sight."""
    campaign = sight.get_visible(actor, campaign_id)
    return make(actor, campaign, measure(campaign, now), now)


def make(actor: Actor | None, campaign: Campaign, evaluated: Evaluated, now: datetime) -> Board:
    """Return the board of measured figures as the actor may see it."""
    published = sheets.newest(campaign.id)
    township, head = db.session.get(Unit, campaign.unit_id), chain.find_head(db.session, campaign.id)
    return Board(
        campaign.public_id,
        campaign.title,
        village_result.Place(township.code, township.name, township.kind),
        campaign.roster_on,
        evaluated.policy,
        _rows(actor, campaign, evaluated, published),
        [exam_state(exam, now) for exam in evaluated.exams],
        max((one.revision for one in published.values()), default=None),
        max((one.published_at for one in published.values()), default=None),
        chain.as_seal(head) if head else None,
        scope.covers(actor, "evaluation.publish", campaign.unit_id),
    )


def exam_state(exam: Exam, now: datetime) -> ExamState:
    """Return how an exam that counts stands."""
    state = clock.window_state(exam.opens_at, exam.ends_at, exam.released_at, now)
    why = publishing.in_the_way(exam, now)
    return ExamState(exam.public_id, exam.title, state, exam.ends_at, exam.released_at, why)


def _rows(actor: Actor | None, campaign: Campaign, evaluated: Evaluated, published: dict) -> list[Row]:
    may_open = sight.open_units(actor, campaign)
    own = village_of(campaign.unit_id).get(actor.unit_id) if actor else None
    told = results.of_villages(campaign, evaluated)
    rows = []
    for unit_id in evaluated.order:
        row, roster, before = evaluated.rows[unit_id], evaluated.rosters[unit_id], published.get(unit_id)
        excused = sum(roster.values())
        rows.append(
            Row(
                evaluated.places[unit_id],
                row["rank"],
                row["total"],
                row["indicators"] if unit_id in may_open else None,
                len(roster),
                excused,
                unit_id == own,
                len(roster) - excused < evaluated.policy.minimum_size,
                before.revision if before else None,
                before is None or not village_result.is_same(told[unit_id], before.body),
            )
        )
    return rows


@dataclass(frozen=True)
class Choice:
    """A campaign whose evaluation the actor may open."""

    id: str
    title: str
    township: str
    starts_on: date
    ends_on: date


def list_campaigns(actor: Actor) -> list[Choice]:
    """Return the campaigns of units above, at and below the led ones, newest first."""
    reach = Campaign.unit_id.in_(scope.visible_units(actor, "evaluation.view"))
    for unit_id in actor.units_for("evaluation.view"):
        reach |= Campaign.unit_id.in_(scope.above(unit_id))
    rows = db.session.execute(
        select(Campaign, Unit.name)
        .join_from(Campaign, Unit)
        .where(reach)
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    )
    return [Choice(one.public_id, one.title, name, one.starts_on, one.ends_on) for one, name in rows]
