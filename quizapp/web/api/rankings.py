"""Rankings for other programs."""

from flask import current_app, request
from flask_babel import gettext
from msgspec import UNSET

from quizapp.rules.clock import rfc3339 as stamp
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.words import N_
from quizapp.services import ranking
from quizapp.web.access import SIGNED_IN, actor
from quizapp.web.api import blueprint
from quizapp.web.api.endpoint import endpoint
from quizapp.web.api.shapes import RankingOut, RankRow


@endpoint(
    blueprint,
    "GET",
    "/rankings/<exam_id>",
    SIGNED_IN,
    {200: RankingOut},
    "Ranking of people or units",
    query={
        "by": {"type": "string", "enum": ["person", "unit"], "default": "person"},
        "within": {"type": "string", "description": "a unit's code; the exam's township where it is left out"},
        "page": {"type": "integer", "minimum": 1, "maximum": 999_999, "default": 1},
    },
    refusals=(422,),
)
def show(exam_id: str):
    by = request.args.get("by", "person")
    page = request.args.get("page", "1")
    if by not in ("person", "unit"):
        raise Invalid([Problem("by", N_("Rankings are by person or by unit."), "by")])
    if not page.isascii() or not page.isdigit() or not 1 <= len(page) <= 6 or int(page) < 1:
        raise Invalid([Problem("page", N_("The page is a whole number from 1."), "page")])
    minimum = current_app.extensions["settings"].board_minimum
    board = ranking.get_board(actor(), exam_id, by, request.args.get("within") or None, int(page), minimum)
    row = person if by == "person" else unit
    return 200, RankingOut(
        board.is_released,
        stamp(board.frozen_at) if board.frozen_at else None,
        gettext(board.rule),
        board.within,
        [row(one) for one in board.rows],
        board.page,
        board.has_more,
        row(board.me) if board.me else UNSET,
    )


def person(one: ranking.PersonRow) -> RankRow:
    """Return a person's place in its outside shape."""
    return RankRow(one.rank, one.name, one.unit, one.points_milli / 1000, one.seconds_used, one.unit_code)


def unit(one: ranking.UnitRow) -> RankRow:
    """Return a village's place in its outside shape; shares are of 1."""
    return RankRow(
        one.rank,
        one.name,
        one.name,
        one.score,
        UNSET,
        one.unit_code,
        one.participation,
        one.pass_share,
        one.mean_of_sat,
        one.roster,
        one.is_small,
    )
