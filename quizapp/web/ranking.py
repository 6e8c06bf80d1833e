"""Rankings of people and villages: on a phone, on a PC, in the hall."""

from collections import Counter

from flask import Blueprint, current_app, render_template, request
from flask_babel import gettext

from quizapp.services import ranking
from quizapp.web import edge
from quizapp.web.access import SIGNED_IN, access, actor
from quizapp.web.frame import points_words, share_words

blueprint = Blueprint("ranking", __name__, url_prefix="/ranking")
HALL_LINES = 10


@blueprint.get("")
@access(SIGNED_IN)
def index():
    return render_template("ranking/index.html", boards=ranking.list_boards(actor()))


def board(exam_id: str, size: int) -> ranking.Board:
    """Return the board that the request's address asks for; anything odd in it falls back to the first page."""
    by = "person" if request.args.get("by") == "person" else "unit"
    minimum = current_app.extensions["settings"].board_minimum
    within = request.args.get("within") or None
    return ranking.get_board(actor(), exam_id, by, within, edge.page_number(), minimum, size)


@blueprint.get("/<exam_id>")
@access(SIGNED_IN)
def page(exam_id: str):
    found = board(exam_id, ranking.PAGE)
    ranks = Counter(row.rank for row in found.rows)
    shares = [row.score * 100 for row in found.rows if row.score is not None] if found.by == "unit" else []
    return render_template(
        "ranking/page.html",
        board=found,
        shares=shares,
        lines=[line(found, row, ranks[row.rank] > 1) for row in found.rows],
        own=line(found, found.me, False) if found.me else None,
        pages=-(-found.total // ranking.PAGE),
    )


@blueprint.get("/<exam_id>/screen")
@access(SIGNED_IN)
def screen(exam_id: str):
    found = board(exam_id, HALL_LINES)
    return render_template("ranking/screen.html", board=found, lines=[line(found, row, False) for row in found.rows])


def line(found: ranking.Board, row, is_tied: bool) -> dict:
    """Return a row as the macro `places` takes it."""
    shared = {"rank": row.rank, "name": row.name, "is_tied": is_tied}
    if found.by == "person":
        time = gettext("%(minutes)s min %(seconds)s s", minutes=row.seconds_used // 60, seconds=row.seconds_used % 60)
        return {
            **shared,
            "score": points_words(row.points_milli),
            "unit": gettext("points"),
            "note": f"{row.unit} · {time}",
            "share": row.share,
            "is_own": row.is_me,
            "score_note": "",
        }
    note = gettext(
        "%(sat)s of %(counted)s sat · passed %(passed)s",
        sat=row.sat,
        counted=row.roster - row.excused,
        passed=share_words(row.pass_share),
    )
    if row.is_small:
        note += " · " + gettext("small roster")
    return {
        **shared,
        "score": share_words(row.score),
        "unit": "",
        "note": note,
        "share": row.score,
        "is_own": row.is_mine,
        "mine": gettext("Your unit"),
        "score_note": "",
    }
