"""Rosters whose day is still to come follow the people; when the day begins they stay as they are."""

from datetime import datetime

from sqlalchemy import delete, insert, select, tuple_, update

from quizapp.extensions import db
from quizapp.models import Campaign, RosterEntry
from quizapp.services import boards, campaigns
from quizapp.services.transaction import writing
from quizapp.services.wall_clock import today


def follow_due(now: datetime) -> int:
    """Bring the rosters whose day is still to come up to the people there are now; returns how many entries changed.

    An excuse stays with the person. Repeatable.
    """
    coming = db.session.execute(select(Campaign.id, Campaign.unit_id).where(Campaign.roster_on > today(now))).all()
    return sum(_follow(campaign_id, unit_id) for campaign_id, unit_id in coming)


def _follow(campaign_id: int, unit_id: int) -> int:
    if not any(_differences(campaign_id, unit_id)):
        return 0
    with writing() as session:
        new, gone, moved = _differences(campaign_id, unit_id)
        key = RosterEntry.campaign_id == campaign_id
        if gone:
            session.execute(delete(RosterEntry).where(key, RosterEntry.person_id.in_(gone)))
        if new:
            session.execute(insert(RosterEntry), [{"campaign_id": campaign_id, **row} for row in new])
        for row in moved:
            values = {"unit_id": row["unit_id"], "post": row["post"]}
            session.execute(update(RosterEntry).where(key, RosterEntry.person_id == row["person_id"]).values(values))
        people = [*gone, *(row["person_id"] for row in (*new, *moved))]
        boards.follow_roster(session, campaign_id, people)
        return len(new) + len(gone) + len(moved)


def _differences(campaign_id: int, unit_id: int) -> tuple[list[dict], list[int], list[dict]]:
    """Return the people who are not on the roster yet, the ids of those who left, and who moved."""
    here = campaigns.people_of_today(unit_id).subquery()
    entry = RosterEntry.__table__.alias()
    listed = select(entry.c.person_id).where(entry.c.campaign_id == campaign_id)
    new = select(here.c.person_id, here.c.unit_id, here.c.post).where(here.c.person_id.not_in(listed))
    gone = listed.where(entry.c.person_id.not_in(select(here.c.person_id)))
    moved = (
        select(here.c.person_id, here.c.unit_id, here.c.post)
        .join(entry, (entry.c.campaign_id == campaign_id) & (entry.c.person_id == here.c.person_id))
        .where(tuple_(here.c.unit_id, here.c.post) != tuple_(entry.c.unit_id, entry.c.post))
    )
    rows = [db.session.execute(query).mappings().all() for query in (new, moved)]
    return [dict(row, excuse="") for row in rows[0]], list(db.session.scalars(gone)), [dict(row) for row in rows[1]]
