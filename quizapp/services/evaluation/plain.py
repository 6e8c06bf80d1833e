"""The board as plain data for commands, with the names that the JSON API uses."""

from datetime import datetime

from quizapp.rules.clock import rfc3339
from quizapp.rules.village_result import number, outside
from quizapp.services.evaluation.board import Row, get_board


def board(campaign_id: str, now: datetime) -> dict:
    """Return every village of a campaign as the operator may see it."""
    found = get_board(None, campaign_id, now)
    told = {
        "campaign": found.campaign_id,
        "title": found.title,
        "township": vars(found.township),
        "roster_on": found.roster_on.isoformat(),
        "released": found.is_released,
        "rows": [_row(row) for row in found.rows],
        "changed_since": len(found.changed),
    }
    if found.revision:
        told |= {"revision": found.revision, "published_at": rfc3339(found.published_at), "seal": found.seal}
    return told


def _row(row: Row) -> dict:
    return {
        "unit": vars(row.place),
        "total": number(row.total),
        "rank": row.rank,
        "roster": row.roster,
        "excused": row.excused,
        "is_small": row.is_small,
        "indicators": [outside(entry) for entry in row.indicators],
    }
