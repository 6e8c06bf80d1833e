"""The dated roster of a campaign: who stands on it, within a leader's reach."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from quizapp.extensions import db
from quizapp.models import Campaign, Person, RosterEntry, Unit
from quizapp.rules.errors import NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import campaign_sight, campaigns, scope

DEED = "people.view"
SIZE = 50  # people a page


@dataclass(frozen=True)
class Line:
    """Somebody on the roster, with the unit and post of its day."""

    person_id: str
    name: str
    unit: str
    post: str
    excuse: str
    excused_by: str | None
    may_excuse: bool


@dataclass(frozen=True)
class Page:
    """One page of the roster; `total` and `excused` count everybody within reach, `found` what was looked for."""

    campaign: str
    campaign_id: str
    roster_on: date
    lines: list[Line]
    total: int
    excused: int
    found: int
    page: int
    pages: int
    villages: list[tuple[str, str]]  # (code, name) of the units within reach that have people on it


def find_page(actor: Actor, public_id: str, words: str = "", unit: str = "", only: str = "", page: int = 1) -> Page:
    """Return one page of the roster within the reader's units, by unit and name.

    `words` looks for a part of the name, `unit` narrows to a unit's code and below, `only` may be "excused". Raises
    NotFound for a campaign out of sight, a unit out of reach, and where the reader leads nobody of it.
    """
    campaign = campaign_sight.get_visible(actor, public_id)
    reach = _within_reach(actor, campaign)
    total, excused = _counts(reach)
    if not total:
        raise NotFound(scope.NOT_HERE)
    conditions = [*reach, *_wanted(actor, words.strip(), unit, only)]
    found, _ = _counts(conditions)
    pages = max(1, -(-found // SIZE))
    page = min(max(page, 1), pages)
    query = _entries().where(*conditions).order_by(Unit.code, Person.name, Person.id)
    rows = db.session.execute(query.limit(SIZE).offset((page - 1) * SIZE))
    may = scope.covers(actor, campaigns.EXCUSE, campaign.unit_id)
    lines = [_line(actor, may, *row) for row in rows]
    units = select(Unit.code, Unit.name).join(RosterEntry, RosterEntry.unit_id == Unit.id).where(*reach).distinct()
    villages = [tuple(row) for row in db.session.execute(units.order_by(Unit.code))]
    return Page(campaign.title, public_id, campaign.roster_on, lines, total, excused, found, page, pages, villages)


def get_line(actor: Actor, public_id: str, person: str) -> Line:
    """Return one person of the roster, for whoever may excuse people of it. Raises NotFound."""
    campaign = campaign_sight.get_visible(actor, public_id)
    scope.require(actor, campaigns.EXCUSE, campaign.unit_id)
    row = db.session.execute(_entries().where(*_within_reach(actor, campaign), Person.public_id == person)).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    return _line(actor, True, *row)


def _within_reach(actor: Actor, campaign: Campaign) -> list:
    return [RosterEntry.campaign_id == campaign.id, RosterEntry.unit_id.in_(scope.visible_units(actor, DEED))]


def _wanted(actor: Actor, words: str, unit: str, only: str) -> list:
    conditions = []
    if words:
        named = select(Person.id).where(Person.name.contains(words, autoescape=True))
        conditions.append(RosterEntry.person_id.in_(named))
    if unit:
        unit_id = scope.get_unit(unit).id
        scope.require(actor, DEED, unit_id)
        conditions.append(RosterEntry.unit_id.in_(scope.below(unit_id)))
    if only == "excused":
        conditions.append(RosterEntry.excuse != "")
    return conditions


def _counts(conditions: list) -> tuple[int, int]:
    query = select(func.count(), func.count().filter(RosterEntry.excuse != "")).select_from(RosterEntry)
    return tuple(db.session.execute(query.where(*conditions)).one())


def _entries():
    approver = aliased(Person)
    return (
        select(RosterEntry, Person, Unit.name, approver.name)
        .join(Person, Person.id == RosterEntry.person_id)
        .join(Unit, Unit.id == RosterEntry.unit_id)
        .outerjoin(approver, approver.id == RosterEntry.excused_by_id)
    )


def _line(actor: Actor, may: bool, entry: RosterEntry, person: Person, unit: str, approver: str | None) -> Line:
    may_excuse = may and person.id != actor.person_id
    return Line(person.public_id, person.name, unit, entry.post, entry.excuse, approver, may_excuse)
