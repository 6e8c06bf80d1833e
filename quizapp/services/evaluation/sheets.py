"""Published sheets as they are kept: the newest revision of every village, word for word."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Sheet


@dataclass(frozen=True)
class Published:
    """One village's newest revision; `body` is what receivers get."""

    unit_id: int
    event_id: str
    revision: int
    published_at: datetime
    body: dict


def newest(campaign_id: int) -> dict[int, Published]:
    """Return the newest published sheet of every village, by the unit's row id."""
    last = (
        select(Sheet.unit_id, func.max(Sheet.revision).label("revision"))
        .where(Sheet.campaign_id == campaign_id)
        .group_by(Sheet.unit_id)
        .subquery()
    )
    query = select(Sheet).join(last, (Sheet.unit_id == last.c.unit_id) & (Sheet.revision == last.c.revision))
    return {
        one.unit_id: Published(one.unit_id, one.event_id, one.revision, one.published_at, json.loads(one.body))
        for one in db.session.scalars(query.where(Sheet.campaign_id == campaign_id))
    }
