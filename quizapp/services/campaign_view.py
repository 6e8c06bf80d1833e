"""A campaign as its page shows it: plan, steps, required handbooks, exams, and what the reader may open."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Campaign, CampaignHandbook, Edition, Exam, Handbook, RosterEntry, Unit
from quizapp.rules import clock
from quizapp.rules.campaign_phases import Phase, Window, phases
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import audience, campaign_sight, scope
from quizapp.services.evaluation import sight


@dataclass(frozen=True)
class Required:
    """A handbook that the campaign requires, in its current edition."""

    slug: str
    title: str
    edition: str


@dataclass(frozen=True)
class ExamLine:
    """An exam of the campaign; `is_mine`: the reader is in its audience; `has_board`: its ranking shows places."""

    id: str
    title: str
    opens_at: datetime
    closes_at: datetime
    state: str
    counts: bool
    is_mine: bool
    has_board: bool


@dataclass(frozen=True)
class View:
    """A campaign; the counts are those of its dated roster."""

    id: str
    title: str
    unit: str
    plan_html: str
    starts_on: date
    ends_on: date
    roster_on: date
    roster_size: int
    excused: int
    phases: list[Phase]
    handbooks: list[Required]
    exams: list[ExamLine]
    sees_evaluation: bool
    sees_roster: bool
    may_manage: bool


def get_view(actor: Actor | None, public_id: str, now: datetime, zone: tzinfo) -> View:
    """Return a campaign of the units above, at or below the reader's. Raises NotFound for any other."""
    campaign = campaign_sight.get_visible(actor, public_id)
    exams = db.session.scalars(select(Exam).where(Exam.campaign_id == campaign.id).order_by(Exam.opens_at, Exam.id))
    exams = exams.all()
    sizes = select(func.count(), func.count().filter(RosterEntry.excuse != ""))
    size, excused = db.session.execute(sizes.where(RosterEntry.campaign_id == campaign.id)).one()
    windows = [Window(one.title, one.opens_at, one.ends_at) for one in exams if one.counts]
    mine = {exam.id for exam in audience.exams_to_sit(actor)} if actor else set()
    return View(
        campaign.public_id,
        campaign.title,
        db.session.scalar(select(Unit.name).where(Unit.id == campaign.unit_id)),
        campaign.plan_html,
        campaign.starts_on,
        campaign.ends_on,
        campaign.roster_on,
        size,
        excused,
        phases(campaign.starts_on, campaign.ends_on, windows, now, zone),
        _required(campaign.id),
        [_line(exam, mine, now) for exam in exams],
        sees_evaluation(actor, public_id),
        sees_roster(actor, campaign),
        scope.covers(actor, "campaigns.manage", campaign.unit_id),
    )


def _required(campaign_id: int) -> list[Required]:
    query = (
        select(Handbook.slug, Handbook.title, Edition.label)
        .join(CampaignHandbook, CampaignHandbook.handbook_id == Handbook.id)
        .join(Edition, (Edition.handbook_id == Handbook.id) & Edition.is_current)
        .where(CampaignHandbook.campaign_id == campaign_id)
        .order_by(Handbook.id)
    )
    return [Required(*row) for row in db.session.execute(query)]


def _line(exam: Exam, mine: set[int], now: datetime) -> ExamLine:
    state = clock.window_state(exam.opens_at, exam.ends_at, exam.released_at, now)
    has_board = exam.released_at is not None or (exam.board == "live" and state != "upcoming")
    return ExamLine(
        exam.public_id, exam.title, exam.opens_at, exam.closes_at, state, exam.counts, exam.id in mine, has_board
    )


def sees_evaluation(actor: Actor | None, public_id: str) -> bool:
    """Whether the campaign's evaluation is for the reader to open."""
    if actor is not None and not actor.may("evaluation.view"):
        return False
    try:
        sight.get_visible(actor, public_id)
    except NotFound:
        return False
    return True


def sees_roster(actor: Actor | None, campaign: Campaign) -> bool:
    """Whether some of the campaign's roster is within the reader's reach."""
    if actor is None:
        return True
    led = scope.visible_units(actor, "people.view")
    inside = select(Unit.id).where(Unit.id.in_(led), Unit.id.in_(scope.below(campaign.unit_id)))
    return db.session.scalar(inside.limit(1)) is not None
