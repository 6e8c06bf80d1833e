"""Values that people state for a village, each with its evidence; the newest one stands and none is edited."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import EnteredValue, Person, Unit
from quizapp.rules import evidence as rules
from quizapp.rules import policy as policies
from quizapp.rules.clock import rfc3339
from quizapp.rules.errors import Invalid, NotFound
from quizapp.rules.evaluation import Figure
from quizapp.rules.permissions import Actor
from quizapp.rules.policy import WHOLE, Indicator
from quizapp.services import audit, scope
from quizapp.services.campaigns import get_campaign
from quizapp.services.standings import villages
from quizapp.services.transaction import writing


@dataclass(frozen=True)
class Stated:
    """One stated value with who stated it and when."""

    value_milli: int
    evidence: str
    by: str | None
    at: datetime


def enter(
    actor: Actor | None,
    campaign_id: str,
    unit_code: str,
    indicator: str,
    value_milli: int,
    evidence: str,
    now: datetime,
    trace: audit.Trace = audit.NO_TRACE,
) -> None:
    """State the value of an entered indicator for a village; what stood before stays in the history.

    Raises NotFound for what the actor's role does not reach: it takes a leader above the village, so that nobody
    states the figures of the own one. Raises Invalid with every problem of the value.
    """
    campaign = get_campaign(campaign_id)
    unit, _ = get_place(actor, campaign, unit_code, indicator)
    problems = rules.check(value_milli, evidence)
    if problems:
        raise Invalid(problems)
    row_id, unit_id = campaign.id, unit.id
    with writing() as session:
        session.add(
            EnteredValue(
                campaign_id=row_id,
                unit_id=unit_id,
                indicator=indicator,
                value_milli=value_milli,
                evidence=evidence.strip(),
                entered_by_id=actor and actor.person_id,
                entered_at=now,
            )
        )
        subject = f"{campaign_id} {unit_code} {indicator}"
        audit.record(actor, unit_id, "evaluation.entered", subject, now, trace, value_milli=value_milli)


def get_place(actor: Actor | None, campaign, unit_code: str, indicator: str) -> tuple[Unit, Indicator]:
    """Return the village and the indicator that the actor may state a value for. Raises NotFound."""
    unit = next((one for one in villages(campaign.unit_id).values() if one.code == unit_code), None)
    entry = next((one for one in policies.parse(campaign.policy).indicators if one.code == indicator), None)
    if unit is None or entry is None or entry.measure != "entered":
        raise NotFound(scope.NOT_HERE)
    require_above(actor, unit)
    return unit, entry


def require_above(actor: Actor | None, unit: Unit) -> None:
    """Raise NotFound unless the actor leads a unit above this one."""
    scope.require(actor, "evaluation.enter", unit.parent_id if unit.parent_id is not None else unit.id)


def figures(campaign_id: int) -> dict[int, dict[str, Figure]]:
    """Return the newest stated value of each unit and indicator as a figure."""
    query = select(EnteredValue).where(EnteredValue.campaign_id == campaign_id).order_by(EnteredValue.id)
    found: dict[int, dict[str, Figure]] = {}
    for one in db.session.scalars(query):
        told = {"note": one.evidence, "entered_at": rfc3339(one.entered_at)}
        found.setdefault(one.unit_id, {})[one.indicator] = Figure(one.value_milli, WHOLE, told)
    return found


def history(campaign_id: int, unit_id: int) -> dict[str, list[Stated]]:
    """Return every value ever stated for a unit by indicator, newest first."""
    query = (
        select(EnteredValue, Person.name)
        .outerjoin(Person, Person.id == EnteredValue.entered_by_id)
        .where(EnteredValue.campaign_id == campaign_id, EnteredValue.unit_id == unit_id)
        .order_by(EnteredValue.id.desc())
    )
    found: dict[str, list[Stated]] = {}
    for one, name in db.session.execute(query):
        found.setdefault(one.indicator, []).append(Stated(one.value_milli, one.evidence, name, one.entered_at))
    return found
