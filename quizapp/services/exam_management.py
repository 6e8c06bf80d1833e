"""Exams as those see them who set them up, lead units in them, or release their results."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Attempt, Bank, Campaign, Exam, ExamBank, Person, Unit, UnitClosure
from quizapp.rules import clock
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import exam_setup, scope
from quizapp.services.attempts import marking

VIEW, MANAGE, RELEASE = "exams.view", "exams.manage", "exams.release"


@dataclass(frozen=True)
class Managed:
    """An exam with how many attempts of the reader's units are open, handed in and marked, and what may be done now."""

    id: str
    title: str
    campaign: str
    campaign_id: str
    unit: str
    opens_at: datetime
    closes_at: datetime
    ends_at: datetime  # for whoever was given the most time
    state: str
    counts: bool
    release_rule: str
    open: int
    handed_in: int
    marked: int
    may_change: bool
    may_close: bool
    may_release: bool
    may_preview: bool
    may_extend: bool


def list_managed(actor: Actor, now: datetime) -> list[Managed]:
    """Return the exams of units above, at and below those where the actor looks after exams, newest window first."""
    query = _exams().where(_in_sight(actor)).order_by(Exam.closes_at.desc(), Exam.id.desc())
    rows = db.session.execute(query).all()
    tallies = _tallies(actor, [exam.id for exam, *_ in rows])
    return [_managed(actor, row, tallies, now) for row in rows]


def get_managed(actor: Actor, public_id: str, now: datetime) -> Managed:
    """Return one exam as `list_managed` does. Raises NotFound."""
    row = db.session.execute(_exams().where(Exam.public_id == public_id, _in_sight(actor))).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    return _managed(actor, row, _tallies(actor, [row[0].id]), now)


def _exams():
    return (
        select(Exam, Campaign, Unit.name)
        .join(Campaign, Campaign.id == Exam.campaign_id)
        .join(Unit, Unit.id == Exam.unit_id)
    )


def _in_sight(actor: Actor):
    above = select(UnitClosure.ancestor_id).where(UnitClosure.descendant_id.in_(actor.units_for(VIEW)))
    return Exam.unit_id.in_(above) | Exam.unit_id.in_(scope.visible_units(actor, VIEW))


def _tallies(actor: Actor, exam_ids: list[int]) -> dict[int, dict[str, int]]:
    """Return exam -> state -> attempts of people within reach."""
    query = select(Attempt.exam_id, Attempt.state, func.count()).join(Person, Person.id == Attempt.person_id)
    query = query.where(Attempt.exam_id.in_(exam_ids), Person.unit_id.in_(scope.visible_units(actor, VIEW)))
    found: dict[int, dict[str, int]] = {}
    for exam_id, state, count in db.session.execute(query.group_by(Attempt.exam_id, Attempt.state)):
        found.setdefault(exam_id, {})[state] = count
    return found


def _managed(actor: Actor, row, tallies: dict, now: datetime) -> Managed:
    exam, campaign, unit = row
    tally = tallies.get(exam.id, {})
    state = clock.window_state(exam.opens_at, exam.ends_at, exam.released_at, now)
    may_manage = scope.covers(actor, MANAGE, exam.unit_id)
    return Managed(
        exam.public_id,
        exam.title,
        campaign.title,
        campaign.public_id,
        unit,
        exam.opens_at,
        exam.closes_at,
        exam.ends_at,
        state,
        exam.counts,
        exam.release_rule,
        tally.get("open", 0),
        tally.get("submitted", 0) + tally.get("auto_submitted", 0),
        tally.get("marked", 0) + tally.get("sealed", 0),
        may_manage and now < exam.opens_at,
        may_manage and state == "open" and now > exam.opens_at,
        state == "closed" and scope.covers(actor, RELEASE, exam.unit_id) and not marking.count_unmarked(exam.id),
        may_manage,
        state in ("open", "closed") and scope.covers(actor, "exams.extend", exam.unit_id),
    )


def get_draft(actor: Actor | None, public_id: str) -> exam_setup.Draft:
    """Return what an exam is set up with, for whoever may change it. Raises NotFound."""
    row = db.session.execute(
        select(Exam, Campaign.public_id.label("campaign")).join(Campaign).where(Exam.public_id == public_id)
    ).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    exam, campaign = row
    scope.require(actor, MANAGE, exam.unit_id)
    banks = select(Bank.slug).join(ExamBank, ExamBank.bank_id == Bank.id).where(ExamBank.exam_id == exam.id)
    return exam_setup.Draft(
        exam.title,
        campaign,
        exam.opens_at,
        exam.closes_at,
        exam.limit_seconds,
        list(db.session.scalars(banks.order_by(Bank.id))),
        exam.blueprint,
        exam.posts,
        exam.attempts_allowed,
        exam.pass_share_milli,
        exam.counts,
        exam.release_rule,
        exam.board,
        exam.only_reviewed,
    )
