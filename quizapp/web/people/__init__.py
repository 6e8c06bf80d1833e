"""People: the list and one person, rosters and slips, and one's own page; one file a subject."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)

from quizapp.web.people import cards, me, password, roster, slips  # noqa: E402, F401 (they declare their addresses)
