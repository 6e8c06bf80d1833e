"""Rankings of people and villages: on a phone, on a PC, in the hall."""

from flask import Blueprint, current_app, render_template, request

from quizapp.services import ranking
from quizapp.web.access import SIGNED_IN, access, actor

blueprint = Blueprint("ranking", __name__, url_prefix="/ranking")
HALL_LINES = 12


@blueprint.get("")
@access(SIGNED_IN)
def index():
    return render_template("ranking/index.html", boards=ranking.list_boards(actor()))


def board(exam_id: str, size: int) -> ranking.Board:
    """Return the board that the request's address asks for; anything odd in it falls back to the first page."""
    by = "person" if request.args.get("by") == "person" else "unit"
    page = request.args.get("page", 1, type=int)
    minimum = current_app.extensions["settings"].board_minimum
    return ranking.get_board(actor(), exam_id, by, request.args.get("within") or None, page, minimum, size)


@blueprint.get("/<exam_id>")
@access(SIGNED_IN)
def page(exam_id: str):
    return render_template("ranking/page.html", board=board(exam_id, ranking.PAGE))


@blueprint.get("/<exam_id>/screen")
@access(SIGNED_IN)
def screen(exam_id: str):
    return render_template("ranking/screen.html", board=board(exam_id, HALL_LINES))
