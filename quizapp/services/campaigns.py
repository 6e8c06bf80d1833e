"""Campaigns: setting one up with its dated roster, changing it, excusing people."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select, update

from quizapp.extensions import db
from quizapp.models import Campaign, CampaignHandbook, Handbook, Person, RoleGrant, RosterEntry, Unit
from quizapp.rules import policy as policies
from quizapp.rules.errors import Conflict, Invalid, NotFound, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_
from quizapp.services import audit, boards, rendering, scope
from quizapp.services.transaction import writing

TITLE_LONGEST, PLAN_LONGEST = 200, 100_000
EXCUSE = "evaluation.publish"  # the deed that lets somebody excuse people


@dataclass(frozen=True)
class Draft:
    """What a campaign is set up with; `policy` is the plain data of rules/policy."""

    title: str
    unit_code: str
    starts_on: date
    ends_on: date
    roster_on: date
    handbooks: list[str]
    plan: str
    policy: dict


def usual_policy() -> dict:
    """Return the default policy as plain data, its names in the instance's language: receivers read them too."""
    plain = policies.to_plain(policies.DEFAULT)
    with force_locale(current_app.config["BABEL_DEFAULT_LOCALE"]):
        return {**plain, "indicators": [{**one, "name": gettext(one["name"])} for one in plain["indicators"]]}


def create(actor: Actor | None, draft: Draft, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> str:
    """Set a campaign up and take its roster: everybody who is a trainee below its unit now. Returns its public id.

    Until the roster's day begins, the roster follows the people (services/roster_day). Raises Invalid with every
    problem of the draft.
    """
    unit = scope.get_unit(draft.unit_code)
    scope.require(actor, "campaigns.manage", unit.id)
    unit_id, handbooks = unit.id, _check(draft)
    with writing() as session:
        campaign = Campaign(
            unit_id=unit_id,
            title=draft.title.strip(),
            plan=draft.plan,
            plan_html=rendering.block(draft.plan),
            starts_on=draft.starts_on,
            ends_on=draft.ends_on,
            roster_on=draft.roster_on,
            policy=draft.policy,
            created_at=now,
        )
        session.add(campaign)
        session.flush()
        session.add_all(CampaignHandbook(campaign_id=campaign.id, handbook_id=one) for one in handbooks)
        session.execute(_take_roster(campaign.id, unit_id))
        boards.count_roster(session, campaign.id)
        audit.record(actor, unit_id, "campaign.created", campaign.public_id, now, trace, title=draft.title)
        return campaign.public_id


def change(
    actor: Actor | None, public_id: str, draft: Draft, now: datetime, trace: audit.Trace = audit.NO_TRACE
) -> None:
    """Give a campaign another title, plan, dates and handbooks; unit, roster and policy stay as they are."""
    campaign = get_campaign(public_id)
    scope.require(actor, "campaigns.manage", campaign.unit_id)
    campaign_id, unit_id, handbooks = campaign.id, campaign.unit_id, _check(draft)
    values = {"title": draft.title.strip(), "plan": draft.plan, "plan_html": rendering.block(draft.plan)}
    with writing() as session:
        session.execute(
            update(Campaign)
            .where(Campaign.id == campaign_id)
            .values(**values, starts_on=draft.starts_on, ends_on=draft.ends_on)
        )
        session.execute(CampaignHandbook.__table__.delete().where(CampaignHandbook.campaign_id == campaign_id))
        session.add_all(CampaignHandbook(campaign_id=campaign_id, handbook_id=one) for one in handbooks)
        audit.record(actor, unit_id, "campaign.changed", public_id, now, trace, title=draft.title)


def get_draft(actor: Actor | None, public_id: str) -> Draft:
    """Return what a campaign is set up with, for whoever may change it. Raises NotFound."""
    campaign = get_campaign(public_id)
    scope.require(actor, "campaigns.manage", campaign.unit_id)
    query = select(Handbook.slug).join(CampaignHandbook).where(CampaignHandbook.campaign_id == campaign.id)
    return Draft(
        campaign.title,
        db.session.scalar(select(Unit.code).where(Unit.id == campaign.unit_id)),
        campaign.starts_on,
        campaign.ends_on,
        campaign.roster_on,
        list(db.session.scalars(query.order_by(Handbook.id))),
        campaign.plan,
        campaign.policy,
    )


def _check(draft: Draft) -> list[int]:
    problems = list(policies.check(draft.policy))
    problems += check_text(draft.title, TITLE_LONGEST, "title") + check_text(draft.plan, PLAN_LONGEST, "plan")
    if not draft.title.strip():
        problems.append(Problem("title", N_("A campaign needs a title."), "title"))
    if draft.ends_on < draft.starts_on:
        problems.append(Problem("dates", N_("A campaign cannot end before it begins."), "ends_on"))
    known = dict(db.session.execute(select(Handbook.slug, Handbook.id).where(Handbook.slug.in_(draft.handbooks))).all())
    for slug in draft.handbooks:
        if slug not in known:
            message = N_("The handbook %(slug)s is not here; import it first.")
            problems.append(Problem("no-handbook", message, "handbooks", {"slug": slug}))
    if problems:
        raise Invalid(problems)
    return list(known.values())


def people_of_today(unit_id: int):
    """Return the select of everybody who belongs on the roster of a unit now: person_id, unit_id and post."""
    return select(Person.id.label("person_id"), Person.unit_id, Person.post).where(
        Person.is_active,
        Person.unit_id.in_(scope.below(unit_id)),
        Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == "trainee")),
    )


def _take_roster(campaign_id: int, unit_id: int):
    """Return the statement that writes everybody's unit and post of today into the roster."""
    rows = people_of_today(unit_id).add_columns(db.literal(campaign_id), db.literal(""))
    return RosterEntry.__table__.insert().from_select(["person_id", "unit_id", "post", "campaign_id", "excuse"], rows)


def excuse(
    actor: Actor, public_id: str, person: str, reason: str, now: datetime, trace: audit.Trace = audit.NO_TRACE
) -> None:
    """Leave a person out of the campaign's denominators, for a stated reason; an empty reason takes that back.

    The actor must lead above the person's own unit: nobody excuses their own village's people alone.
    """
    row = db.session.execute(
        select(RosterEntry, Campaign.unit_id)
        .join(Campaign, Campaign.id == RosterEntry.campaign_id)
        .join(Person, Person.id == RosterEntry.person_id)
        .where(Campaign.public_id == public_id, Person.public_id == person)
    ).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    entry, unit_id = row
    scope.require(actor, EXCUSE, unit_id)
    if entry.person_id == actor.person_id:
        raise Conflict(N_("Nobody can excuse themselves."))
    key = (RosterEntry.campaign_id == entry.campaign_id) & (RosterEntry.person_id == entry.person_id)
    with writing() as session:
        session.execute(
            update(RosterEntry)
            .where(key)
            .values(excuse=reason.strip()[:200], excused_by_id=actor.person_id if reason.strip() else None)
        )
        boards.follow_roster(session, entry.campaign_id, [entry.person_id])
        audit.record(actor, unit_id, "roster.excused", f"{public_id} {person}", now, trace, reason=reason.strip()[:200])


def get_campaign(public_id: str) -> Campaign:
    """Return a campaign by its public id, whoever asks. Raises NotFound."""
    campaign = db.session.scalar(select(Campaign).where(Campaign.public_id == public_id))
    if campaign is None:
        raise NotFound(scope.NOT_HERE)
    return campaign
